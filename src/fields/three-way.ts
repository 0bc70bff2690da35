// Two people's edits of one profile brought together: what is already so, what still has to be sent, and what both changed.
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
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
    const { value } = change
    if (same(valueAt(theirs, change.path), value)) continue
    // A value where the wish needs an object would be lost as well.
    const path = blockedAt(theirs, change.path)
    const [before, now] = [valueAt(base, path), valueAt(theirs, path)]
    if (same(now, before)) rest.push(change)
    else conflicts.push({ path, base: before, mine: valueAt(applied(base, [change]), path), theirs: now })
  }
  return { merged: applied(theirs, rest), rest, conflicts }
}

/** The first place on the way where something other than an object stands, else the place itself. */
function blockedAt(object: JsonObject, path: readonly string[]): readonly string[] {
  const end = path.findIndex((_key, index) => {
    const value = valueAt(object, path.slice(0, index + 1))
    return value !== undefined && !isJsonObject(value)
  })
  return end < 0 ? path : path.slice(0, end + 1)
}

/** A copy of an object with every wish fulfilled. */
export function applied(object: JsonObject, changes: readonly Change[]): JsonObject {
  return changes.reduce((result, { path, value }) => placed(result, path, value), object)
}
