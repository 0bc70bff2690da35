// What a patch would store that no field describes.
import { type Issue, keysOf, pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { own } from './codec.ts'
import type { Field } from './field.ts'
import { same } from './stored.ts'

/** A key a definition knows, and the ones inside of it; null where a value is a field's own business. */
interface Place {
  readonly isField: boolean
  readonly inside: Places | null
  /** The keys of each item, where the value is a list of objects. */
  readonly items: Places | null
}

type Places = ReadonlyMap<string, Place>

/** A value that is new or changed and belongs to no field, or stands where fields have theirs. */
export interface Unknown extends Issue {
  readonly code: 'unknown_field' | 'invalid_type'
  readonly value: JsonValue
}

/** Everything in a patch that belongs to no field; null at the root, which removes, is always allowed. */
export function unknownIn(fields: readonly Field[], patch: JsonObject, stored: JsonObject): readonly Unknown[] {
  const known = fields.flatMap((field): readonly Entry[] =>
    field.storage === 'root'
      ? []
      : [{ path: field.path, field }, ...field.renamedFrom.map((name) => ({ path: [name], field }))],
  )
  const asked = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== null))
  return unknownBelow(asked, stored, placesOf(known), pointerTo('user_metadata'))
}

interface Entry {
  readonly path: readonly string[]
  readonly field: Field
}

function placesOf(entries: readonly Entry[]): Places {
  const names = new Set(entries.map(({ path }) => path[0] ?? ''))
  return new Map([...names].map((name) => [name, placeOf(entries.filter(({ path }) => path[0] === name))]))
}

function placeOf(entries: readonly Entry[]): Place {
  const end = entries.find(({ path }) => path.length === 1)
  if (!end)
    return {
      isField: false,
      inside: placesOf(entries.map(({ path, field }) => ({ path: path.slice(1), field }))),
      items: null,
    }
  const { field } = end
  return { isField: true, inside: placesInGroup(field), items: placesInGroup(field.item) }
}

function placesInGroup(field: Field | null): Places | null {
  return field?.type === 'group' ? placesOf(field.fields.map((child) => ({ path: [child.name], field: child }))) : null
}

function unknownBelow(object: JsonObject, stored: JsonObject, known: Places, pointer: string): readonly Unknown[] {
  return Object.entries(object).flatMap(([key, value]): readonly Unknown[] => {
    const at = pointer + pointerTo(key)
    const before = own(stored, key)
    if (same(value, before)) return []
    const place = known.get(key)
    if (!place) return [{ code: 'unknown_field', pointer: at, value }]
    if (place.items && Array.isArray(value)) return unknownInItems(value, before, place.items, at)
    if (!place.inside) return []
    if (isJsonObject(value)) return unknownBelow(value, isJsonObject(before) ? before : {}, place.inside, at)
    // A plain value where fields are stored below would take them away; of a group its own rules say so.
    return place.isField ? [] : [{ code: 'invalid_type', pointer: at, value }]
  })
}

/** Items move about, so a key that no field knows may stand in any of them if one had it before. */
function unknownInItems(
  items: readonly JsonValue[],
  before: JsonValue | undefined,
  known: Places,
  pointer: string,
): readonly Unknown[] {
  const earlier = Array.isArray(before) ? before.filter(isJsonObject) : []
  return items.flatMap((item, index) => {
    if (!isJsonObject(item)) return []
    const found = unknownBelow(item, {}, known, pointer + pointerTo(String(index)))
    return found.filter(({ pointer: at }) => {
      const key = keysOf(at).at(keysOf(pointer).length + 1) ?? ''
      return !earlier.some((old) => same(own(old, key), own(item, key)))
    })
  })
}
