// Two people's edits of one profile brought together: what is already so, what still has to be sent, and what both changed.
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { placed } from './merge.ts'
import { same, valueAt } from './stored.ts'

/** One wish: the value that belongs at a place, or undefined to have nothing there. */
export interface Change {
  readonly path: readonly string[]
  readonly value: JsonValue | undefined
}

/** A place that two writers changed from the same value to different ones; undefined is nothing. */
export interface Clash {
  readonly path: readonly string[]
  readonly base: JsonValue | undefined
  readonly mine: JsonValue | undefined
  readonly theirs: JsonValue | undefined
}

export interface ThreeWay {
  /** Theirs with every wish that nobody else touched. */
  readonly merged: JsonObject
  /** The wishes that lead from theirs to merged. */
  readonly rest: readonly Change[]
  readonly conflicts: readonly Clash[]
}

/**
 * Brings wishes that were made over `base` to what another writer left. A wish is taken whole: where it names a place
 * inside an object, its neighbours are no concern of it; where it names the object, all of it is.
 */
export function threeWay(base: JsonObject, mine: readonly Change[], theirs: JsonObject): ThreeWay {
  const rest: Change[] = []
  const conflicts: Clash[] = []
  for (const change of mine) {
    const { path, value } = change
    const before = valueAt(base, path)
    const now = valueAt(theirs, path)
    if (same(now, value)) continue
    if (same(now, before)) rest.push(change)
    else conflicts.push({ path, base: before, mine: value, theirs: now })
  }
  return { merged: applied(theirs, rest), rest, conflicts }
}

/** A copy of an object with every wish fulfilled. */
export function applied(object: JsonObject, changes: readonly Change[]): JsonObject {
  return changes.reduce((result, { path, value }) => placed(result, path, value), object)
}
