// Intents brought into one shape: which place of the profile gets which value, each place named once.
import type { Intent, Intents } from '../contract/intents.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import type { Profile } from '../contract/profile.ts'
import { placed } from '../fields/merge.ts'
import { storedIn } from '../fields/stored.ts'
import { applied, type Change } from '../fields/three-way.ts'

export const METADATA = 'user_metadata'

export interface Plan {
  /** Whether everything in `user_metadata` goes that is not set here. */
  readonly clears: boolean
  /** Paths begin at the root of the profile, and none leads through another. */
  readonly changes: readonly Change[]
}

/** What a save can change of a profile, as one object that paths lead through. */
export function documentOf(profile: Profile): JsonObject {
  const { root, user_metadata } = storedIn(profile)
  return { ...root, [METADATA]: user_metadata }
}

/** The metadata of such an object, never what it inherits. */
export function metadataOf(document: JsonObject): JsonObject {
  const metadata = document[METADATA]
  return isJsonObject(metadata) ? metadata : {}
}

/** The intents one after the other; what a later one says about the same place, or about all of it, is as if said alone. */
export function planOf(intents: Intents): Plan {
  const cleared = intents.findLastIndex(({ action }) => action === 'clear')
  const said = intents.filter(({ target }, index) => index > cleared || target === 'root').map(changeOf)
  const changes = said
    .filter(({ path }, index) => !said.slice(index + 1).some((later) => leadsThrough(later.path, path)))
    .reduce(withChange, [])
  if (cleared < 0) return { clears: false, changes }
  // Over nothing, what is set is whole and what is removed is gone already.
  const kept = metadataOf(applied({ [METADATA]: {} }, changes))
  const whole = Object.entries(kept).map(([key, value]): Change => ({ path: [METADATA, key], value }))
  return { clears: true, changes: [...changes.filter(({ path }) => path[0] !== METADATA), ...whole] }
}

function changeOf(intent: Intent): Change {
  const value = intent.action === 'set' || intent.action === 'setIn' ? intent.value : undefined
  // At the root of a profile null is how an attribute is removed.
  if (intent.target === 'root') return { path: [intent.key], value: value ?? undefined }
  if (intent.action === 'set' || intent.action === 'unset') return { path: [METADATA, intent.key], value }
  const path = intent.action === 'clear' ? [] : intent.path
  if (path.length === 0)
    throw new TypeError(`intents: "${intent.action}" needs a path; write path: ['address', 'city']`)
  return { path: [METADATA, ...path], value }
}

/** The changes and one more, which may be about a place inside one of them. */
function withChange(changes: readonly Change[], next: Change): readonly Change[] {
  const found = changes.find(({ path }) => leadsThrough(path, next.path))
  return found ? changes.map((change) => (change === found ? placedIn(found, next) : change)) : [...changes, next]
}

/** A wish about a whole value, with one about a place inside it fulfilled. */
function placedIn({ path, value }: Change, inner: Change): Change {
  if (inner.value === undefined && !isJsonObject(value)) return { path, value }
  return { path, value: placed(isJsonObject(value) ? value : {}, inner.path.slice(path.length), inner.value) }
}

function leadsThrough(outer: readonly string[], path: readonly string[]): boolean {
  return outer.every((key, index) => path[index] === key)
}

/** The wishes of a plan key by key, for a profile with these keys: clearing them is a wish about each. */
export function wishesOver({ clears, changes }: Plan, ...documents: readonly JsonObject[]): readonly Change[] {
  if (!clears) return changes
  const named = new Set(changes.flatMap(({ path }) => (path[0] === METADATA ? (path[1] ?? []) : [])))
  const gone = new Set(
    documents.flatMap((document) => Object.keys(metadataOf(document))).filter((key) => !named.has(key)),
  )
  return [...changes, ...[...gone].map((key): Change => ({ path: [METADATA, key], value: undefined }))]
}
