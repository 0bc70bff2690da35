// Where the value of a field is in a stored profile: at the root, or along a path in `user_metadata`.
import { pointerTo } from '../contract/codes.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { ROOT_ATTRIBUTES } from '../contract/names.ts'
import { decode, own, plainValue } from './codec.ts'
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

/** A copy of an object with the value at a path replaced, or removed where it is undefined; neighbours stay, emptied parents go. */
export function withValue(object: JsonObject, path: readonly string[], value: JsonValue | undefined): JsonObject {
  const [key = '', ...rest] = path
  const entries = Object.entries(object).filter(([name]) => name !== key)
  const inner = own(object, key)
  const next = rest.length === 0 ? value : withValue(isJsonObject(inner) ? inner : {}, rest, value)
  const gone =
    next === undefined ||
    (rest.length > 0 && value === undefined && isJsonObject(next) && Object.keys(next).length === 0)
  return Object.fromEntries(gone ? entries : [...entries, [key, next]])
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
