// From a plan to the one request that a backend understands: for each way of merging, what it has to be sent.
import type { ProfileChanges } from '../contract/backend.ts'
import type { Capabilities, Merge } from '../contract/capabilities.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import type { NamePolicy } from '../contract/names.ts'
import { own } from '../fields/codec.ts'
import { placed } from '../fields/merge.ts'
import { same, valueAt } from '../fields/stored.ts'
import type { Change } from '../fields/three-way.ts'
import { METADATA, type Plan } from './plan.ts'
import { createRefusals, FIXES, type Refuse, refusePlan } from './refusals.ts'
import { clearsByKey, goneKeys, isNested, isWipe, type Wish, wishOf } from './wish.ts'

export interface CompileOptions {
  readonly capabilities: Capabilities
  readonly policy: NamePolicy
  /** The profile that is changed, as `documentOf` makes it; null where it is not known. */
  readonly stored: JsonObject | null
}

interface Merging {
  /** Whether the right request depends on what is stored. */
  readonly reads: (wish: Wish) => boolean
  /** What to send, or null for nothing; whatever cannot be done is refused. */
  readonly payload: (wish: Wish, refuse: Refuse) => JsonObject | null
}

/** Only a whole root key can be named: an edit inside one carries its neighbours along. */
const BY_KEY: Merging = { reads: (wish) => wish.changes.some(isNested) || clearsByKey(wish), payload: byKey }

const MERGINGS: Readonly<Record<Merge, Merging>> = {
  root: BY_KEY,
  columns: BY_KEY,
  // What should leave an object has to be named, and naming what is not there would make its parents.
  deep: {
    reads: (wish) =>
      clearsByKey(wish) ||
      wish.changes.some((change) => isJsonObject(change.value) || (change.value === undefined && isNested(change))),
    payload: inside,
  },
  replace: { reads: ({ clears }) => !clears, payload: whole },
}

/** Whether a backend has to be read before it can be told what to do. */
export function needsStored(plan: Plan, capabilities: Capabilities): boolean {
  const wish = wishOf(plan, capabilities, null)
  return wish !== null && MERGINGS[capabilities.merge].reads(wish)
}

/** Throws LatchkeyError with every rule that the plan itself breaks. */
export function checkPlan(plan: Plan, { capabilities, policy, stored }: CompileOptions): void {
  const refusals = createRefusals()
  refusePlan(attributesIn(plan), wishOf(plan, capabilities, stored), { capabilities, policy }, refusals)
  refusals.check()
}

/**
 * The request that does what the plan says and nothing more, or null when there is nothing to send. An empty
 * `user_metadata` is built only where nothing is meant to be left.
 * Throws LatchkeyError with every rule that the plan breaks, and for what this backend cannot do; nothing is left out silently.
 */
export function compile(plan: Plan, { capabilities, policy, stored }: CompileOptions): ProfileChanges | null {
  const refusals = createRefusals()
  const wish = wishOf(plan, capabilities, stored)
  refusePlan(attributesIn(plan), wish, { capabilities, policy }, refusals)
  const user_metadata = wish && MERGINGS[capabilities.merge].payload(wish, refusals.refuse)
  refusals.check()
  const root = attributesIn(plan)
    .filter(({ path, value }) => !stored || !same(valueAt(stored, path), value))
    .map(({ path, value }) => [path[0] ?? '', value ?? null] as const)
  if (!user_metadata && root.length === 0) return null
  return { ...(user_metadata && { user_metadata }), ...(root.length > 0 && { root: Object.fromEntries(root) }) }
}

function attributesIn({ changes }: Plan): readonly Change[] {
  return changes.filter(({ path }) => path[0] !== METADATA)
}

function byKey(wish: Wish, refuse: Refuse): JsonObject | null {
  const { changes, stored, wished, capabilities } = wish
  if (isWipe(wish)) return {}
  const patch = new Map<string, JsonValue>()
  for (const key of [...changes.map(({ path }) => path[0] ?? ''), ...goneKeys(wish)]) {
    const value = own(wished, key)
    if (stored && same(value, own(stored, key))) continue
    // No column is no place to have anything in.
    if (value === undefined && capabilities.columns?.includes(key) === false) continue
    if (value === undefined && !capabilities.nullDeletes) refuse('unsupported', [key], FIXES.unset)
    patch.set(key, value ?? null)
  }
  return patch.size > 0 ? Object.fromEntries(patch) : null
}

function inside(wish: Wish, refuse: Refuse): JsonObject | null {
  const { changes, stored } = wish
  if (isWipe(wish)) return {}
  const removals = goneKeys(wish).map((key): Change => ({ path: [key], value: undefined }))
  let patch: JsonObject = {}
  for (const { path, value } of [...changes, ...removals]) {
    const before = stored ? valueAt(stored, path) : undefined
    if (stored && same(before, value)) continue
    patch = placed(patch, path, deepValue(before, value, path, wish.capabilities.nullDeletes, refuse))
  }
  return Object.keys(patch).length > 0 ? patch : null
}

function whole({ stored, wished, capabilities }: Wish, refuse: Refuse): JsonObject | null {
  if (stored && same(stored, wished)) return null
  if (Object.keys(wished).length === 0 && capabilities.emptyClears !== 'clears') refuse('unsupported', [], FIXES.empty)
  return wished
}

/** What has to be merged into `before` to have `value` there and nothing else. */
function deepValue(
  before: JsonValue | undefined,
  value: JsonValue | undefined,
  path: readonly string[],
  nullDeletes: boolean,
  refuse: Refuse,
): JsonValue {
  if (value === undefined && !nullDeletes) refuse('unsupported', path, FIXES.unset)
  if (value === null && nullDeletes) refuse('unsupported', path, FIXES.null)
  if (!isJsonObject(value)) return value ?? null
  const there = isJsonObject(before) ? before : {}
  const parts = [...new Set([...Object.keys(value), ...Object.keys(there)])]
    .filter((key) => !same(own(there, key), own(value, key)))
    .map((key) => {
      const part = deepValue(own(there, key), own(value, key), [...path, key], nullDeletes, refuse)
      return [key, part] as const
    })
  return Object.fromEntries(parts)
}
