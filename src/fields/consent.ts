// What a consent stores, made at the moment the person ticks or unticks it.
import type { JsonObject } from '../contract/json.ts'
import type { Field } from './field.ts'
import { sha256 } from './text-hash.ts'

/** The words a consent shows, in the order they are read; what its hash is taken of. */
export function consentText({ label, text, link }: Field): string {
  return [text, label, link && `${link.label} ${link.href}`].filter(Boolean).join('\n')
}

/**
 * The record of an answer. The time is the page's until the server of the contract writes its own;
 * the hash proves which words were shown.
 */
export function consentAnswer(field: Field, granted: boolean, now: number, locale: string): JsonObject {
  return {
    granted,
    at: new Date(now).toISOString(),
    version: field.version,
    textHash: sha256(consentText(field)),
    locale,
  }
}
