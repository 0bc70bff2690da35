// Where the value of a field is in a stored profile: at the root, or along a path in `user_metadata`.
import { pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { ROOT_ATTRIBUTES } from '../contract/names.ts'
import { decode, encode, own, plainValue } from './codec.ts'
import { holds, type ReadValue } from './condition.ts'
import { type Field, type FieldValue, functionsOf } from './field.ts'

/** What is stored about a person, as far as fields can reach it. */
export interface Stored {
  readonly user_metadata: JsonObject
  /** Standard attributes beside it; absent ones missing. */
  readonly root?: JsonObject
}

/** The reachable part of a profile, whatever else it says. */
export function storedIn(profile: { readonly user_metadata: JsonObject }): Stored {
  const attributes = Object.entries(profile).flatMap(([name, value]): readonly [string, JsonValue][] =>
    ROOT_ATTRIBUTES.some((attribute) => attribute === name) && typeof value === 'string' ? [[name, value]] : [],
  )
  return { user_metadata: profile.user_metadata, root: Object.fromEntries(attributes) }
}

/** The value under a path, never what an object inherits. */
export function valueAt(object: JsonObject, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, key) => (isJsonObject(value) ? own(value, key) : undefined), object)
}

/** What is stored for a field as it is: under its path, else under a name it had before. */
export function rawValue(field: Field, { user_metadata, root = {} }: Stored): JsonValue | undefined {
  if (field.storage === 'root') return own(root, field.name)
  const value = valueAt(user_metadata, field.path)
  if (value !== undefined) return value
  const earlier = field.renamedFrom.find((name) => Object.hasOwn(user_metadata, name))
  return earlier === undefined ? undefined : own(user_metadata, earlier)
}

/** What a control shows for what is stored, through the site's own `decode` where there is one. */
export function heldValue(field: Field, stored: Stored): FieldValue {
  const raw = rawValue(field, stored)
  const read = functionsOf(field).decode
  return decode(field, raw !== undefined && read ? read(raw) : raw)
}

/** The keys of `user_metadata`, or of the root, that lead to a field's value. */
export function pointerOf(field: Field): string {
  return field.storage === 'root' ? pointerTo(field.name) : pointerTo('user_metadata', ...field.path)
}

/** The value of a field as a condition sees it: a box is true or false, a consent whether it was granted. */
export function conditionValue(field: Field, held: FieldValue): JsonValue | undefined {
  if (field.type === 'consent') return isJsonObject(held) && held.granted === true
  return plainValue(field, held)
}

/**
 * Reads values for conditions by name. A field that is hidden itself has none.
 * `held` answers what a field of the definition holds; `outer` reads the names beyond these fields.
 */
export function conditionReader(
  fields: readonly Field[],
  held: (field: Field) => FieldValue,
  outer: ReadValue = () => undefined,
): ReadValue {
  const read: ReadValue = (name) => {
    const field = fields.find((candidate) => candidate.name === name)
    if (!field) return outer(name)
    return holds(field.visibleWhen, read) ? conditionValue(field, held(field)) : undefined
  }
  return read
}

/** Whether a control's value differs from what is stored, seen through the field's codec. */
export function isChanged(field: Field, stored: Stored, held: FieldValue): boolean {
  if (held === null && rawValue(field, stored) === undefined) return false
  return !isSameAnswer(field, encode(field, heldValue(field, stored)), storedForm(field, held))
}

/** What is stored for a value; null removes. */
export function storedForm(field: Field, held: FieldValue): JsonValue | undefined {
  return held === null ? undefined : encode(field, held)
}

/** Whether two stored forms say the same: when a consent was given is for the server to say, and no part of the answer. */
export function isSameAnswer(field: Field, one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (!isJsonObject(one) || !isJsonObject(other)) return same(one, other)
  if (field.type === 'consent') return same({ ...one, at: '' }, { ...other, at: '' })
  if (field.type !== 'group') return same(one, other)
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => {
    const child = field.fields.find(({ name }) => name === key)
    return child ? isSameAnswer(child, own(one, key), own(other, key)) : same(own(one, key), own(other, key))
  })
}

/** Whether two values are equal; the order of an object's keys says nothing, and databases change it. */
export function same(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => same(item, other[index]))
  if (!isJsonObject(one) || !isJsonObject(other)) return one === other
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]))
  )
}
