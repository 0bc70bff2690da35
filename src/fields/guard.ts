// The server's check of a patch: the same rules the forms hold to, over what is stored and what is asked together.
import { asIssues, type Issue, type Issues, pointerTo } from '../contract/codes.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { MAX_METADATA_BYTES } from '../contract/limits.ts'
import { type Fields, fieldsOn } from './definition.ts'
import { mergeMetadata } from './merge.ts'
import { metadataIssues, sizeIssue } from './metadata.ts'
import { valueIssue } from './rules.ts'

export interface GuardInput {
  /** What the request asks for `user_metadata`: a root key's new value, null to delete it, `{}` to clear everything. */
  readonly patch: unknown
  /** What is stored now; null on creation. */
  readonly stored: JsonObject | null
  /**
   * Whether keys that the definition does not describe are refused.
   * @default 'refuse'
   */
  readonly unknownKeys?: 'refuse' | 'allow'
  /**
   * Largest `user_metadata` after the patch, in bytes of its JSON.
   * @default 10240
   */
  readonly maxBytes?: number
}

export type GuardResult =
  | { readonly ok: true; readonly patch: JsonObject }
  | { readonly ok: false; readonly issues: Issues }

/**
 * Says whether a patch may be stored, by names, deny list, values, size and the rules of each field.
 * All or nothing: with one issue nothing of the patch may be stored. Stored neighbours that break a rule do not block.
 *
 * @example
 * const result = guard(fields, { patch: body.user_metadata, stored: user.user_metadata })
 * if (!result.ok) return problem(422, result.issues)
 */
export function guard(
  fields: Fields,
  { patch, stored, unknownKeys = 'refuse', maxBytes = MAX_METADATA_BYTES }: GuardInput,
): GuardResult {
  const structural = asIssues(metadataIssues(patch, fields.policy))
  if (structural || !isJsonObject(patch)) return refused(structural)
  const issues: Issue[] = []
  for (const [name, value] of Object.entries(patch)) {
    const field = fields.fields.find((candidate) => candidate.name === name)
    if (field) issues.push(...list(valueIssue(field, value)))
    else if (unknownKeys === 'refuse' && value !== null)
      issues.push({ code: 'unknown_field', pointer: pointerTo('user_metadata', name) })
  }
  const clears = stored !== null && Object.keys(patch).length === 0
  if (stored === null || clears) {
    const needed = clears
      ? fields.fields.filter((field) => Object.hasOwn(stored, field.name))
      : fieldsOn(fields, 'signUp')
    for (const field of needed)
      if (!Object.hasOwn(patch, field.name)) issues.push(...list(valueIssue(field, undefined)))
  }
  issues.push(...list(sizeIssue(mergeMetadata(clears ? {} : (stored ?? {}), patch), maxBytes)))
  const found = asIssues(issues)
  return found ? refused(found) : { ok: true, patch }
}

function refused(issues: Issues | null): GuardResult {
  return { ok: false, issues: issues ?? [{ code: 'invalid_type', pointer: pointerTo('user_metadata') }] }
}

function list(issue: Issue | null): readonly Issue[] {
  return issue ? [issue] : []
}
