// What callers hand to the client, checked and brought into the shapes it works with.
import type { RootAttributes } from '../contract/backend.ts'
import type { Capabilities } from '../contract/capabilities.ts'
import { LatchkeyError } from '../contract/errors.ts'
import type { Intent, Intents } from '../contract/intents.ts'
import { asIssues, type Issue, pointerTo } from '../contract/issues.ts'
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { ROOT_ATTRIBUTES } from '../contract/names.ts'
import { sizeIssue } from '../fields/metadata.ts'

/** Throws LatchkeyError when there is an issue. */
export function refuse(found: readonly (Issue | null)[]): void {
  const issues = asIssues(found.filter((issue) => issue !== null))
  if (issues)
    throw new LatchkeyError(issues[0].code, `${issues[0].pointer} breaks a rule; nothing was sent`, { issues })
}

/** A copy without the keys that are undefined, which mean "untouched". */
export function jsonOf(update: object): JsonObject {
  const entries: [string, JsonValue][] = Object.entries(update).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries)
}

/** One intent for each root key: null removes it. */
export function intentsOf(update: object): Intents {
  return Object.entries(jsonOf(update)).map(
    ([key, value]): Intent =>
      value === null
        ? { target: 'user_metadata', action: 'unset', key }
        : { target: 'user_metadata', action: 'set', key, value },
  )
}

/** The root attributes among what was given; anything else is not sent. */
export function attributesOf(given: object): RootAttributes {
  const entries = Object.entries(given).filter(
    ([key, value]) => ROOT_ATTRIBUTES.some((name) => name === key) && value !== undefined,
  )
  return Object.fromEntries(entries)
}

/** What the backend has no place for in the metadata of a new account. */
export function creationIssues(metadata: JsonObject, { columns, maxMetadataBytes }: Capabilities): readonly Issue[] {
  const lost = Object.keys(metadata).filter((key) => columns?.includes(key) === false)
  const size = sizeIssue(metadata, maxMetadataBytes)
  return [
    ...lost.map((key): Issue => ({ code: 'unknown_field', pointer: pointerTo('user_metadata', key) })),
    ...(size ? [size] : []),
  ]
}
