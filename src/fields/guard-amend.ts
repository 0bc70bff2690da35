// What the server makes of an accepted patch: the time of a consent is its own, and what became hidden goes.
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { own } from './codec.ts'
import { isSame } from './guard-findings.ts'
import type { Leaf } from './guard-leaves.ts'
import { withValue } from './merge.ts'
import { type Stored, same, valueAt } from './stored.ts'

export interface Asked {
  readonly patch: JsonObject | null
  readonly root: JsonObject
}

/** The request with the server's time in every new consent, and without the values that became hidden. */
export function amended(
  leaves: readonly Leaf[],
  { patch, root }: Asked,
  after: Stored,
  now: number,
): Asked & { readonly metadata: JsonObject } {
  let metadata = after.user_metadata
  const touched = new Set<string>()
  const attributes: [string, null][] = []
  const put = (path: readonly string[], value: JsonValue | undefined) => {
    if (value === undefined && valueAt(metadata, path) === undefined) return
    metadata = withValue(metadata, path, value)
    touched.add(path[0] ?? '')
  }
  for (const leaf of leaves) {
    const { field, path, before, after: value } = leaf
    if (value === undefined) continue
    if (field.type === 'consent' && isJsonObject(value) && !same(before, value))
      put(path, isSame(leaf) ? before : { ...value, at: new Date(now).toISOString() })
    if (leaf.visible || !leaf.clears || !isSame(leaf)) continue
    if (field.storage === 'root') attributes.push([field.name, null])
    else for (const place of [path, ...field.renamedFrom.map((name) => [name])]) put(place, undefined)
  }
  const changes = [...touched].map((key) => [key, own(metadata, key) ?? null] as const)
  return {
    patch: touched.size === 0 ? patch : { ...patch, ...Object.fromEntries(changes) },
    root: attributes.length === 0 ? root : { ...root, ...Object.fromEntries(attributes) },
    metadata,
  }
}
