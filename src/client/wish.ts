// The part of a plan that is about `user_metadata`, seen over what is stored there.
import type { Capabilities } from '../contract/capabilities.ts'
import type { JsonObject } from '../contract/json.ts'
import { applied, type Change } from '../fields/three-way.ts'
import { METADATA, metadataOf, type Plan } from './plan.ts'

export interface Wish {
  readonly clears: boolean
  /** Paths begin inside `user_metadata`. */
  readonly changes: readonly Change[]
  /** What is there now; null where that is not known. */
  readonly stored: JsonObject | null
  /** What should be there in the end; the untouched rest too, where what is stored is known. */
  readonly wished: JsonObject
  readonly capabilities: Capabilities
}

/** What is to happen to the metadata of a profile, or null where nothing is. */
export function wishOf(
  { clears, changes }: Plan,
  capabilities: Capabilities,
  document: JsonObject | null,
): Wish | null {
  const here = changes.flatMap(({ path, value }): readonly Change[] =>
    path[0] === METADATA ? [{ path: path.slice(1), value }] : [],
  )
  if (!clears && here.length === 0) return null
  const stored = document && metadataOf(document)
  return { clears, changes: here, stored, wished: applied((!clears && stored) || {}, here), capabilities }
}

/** Whether an empty object does all that is wished for, and it is wished for. */
export function isWipe({ clears, wished, capabilities }: Wish): boolean {
  return clears && Object.keys(wished).length === 0 && capabilities.emptyClears === 'clears'
}

/** Whether every key has to be named to clear them, and nobody has said which there are. */
export function clearsByKey(wish: Wish): boolean {
  return wish.clears && !isWipe(wish) && !wish.stored && !wish.capabilities.columns
}

/** The keys that clearing takes away, beyond those that are set. */
export function goneKeys({ clears, stored, wished, capabilities }: Wish): readonly string[] {
  if (!clears) return []
  const known = stored ? Object.keys(stored) : (capabilities.columns ?? [])
  return known.filter((key) => !Object.hasOwn(wished, key))
}

/** Whether a change is about a place inside a root key. */
export function isNested({ path }: Change): boolean {
  return path.length > 1
}
