// Root-level merge of metadata, the semantics of every update in the account contract, and changes along a path.
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'

/**
 * The metadata after a patch: each named root key is replaced whole, null deletes it, the rest stays.
 * Not RFC 7396: a null inside a nested value is stored.
 */
export function mergeMetadata(stored: JsonObject, patch: JsonObject): JsonObject {
  const merged = new Map(Object.entries(stored))
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key)
    else merged.set(key, value)
  }
  return Object.fromEntries(merged)
}

/** A copy of an object with the value at a path replaced, or removed where it is undefined; neighbours stay, emptied parents go. */
export function withValue(object: JsonObject, path: readonly string[], value: JsonValue | undefined): JsonObject {
  const [key = '', ...rest] = path
  const entries = Object.entries(object).filter(([name]) => name !== key)
  const inner = Object.hasOwn(object, key) ? object[key] : undefined
  const next = rest.length === 0 ? value : withValue(isJsonObject(inner) ? inner : {}, rest, value)
  const gone =
    next === undefined ||
    (rest.length > 0 && value === undefined && isJsonObject(next) && Object.keys(next).length === 0)
  return Object.fromEntries(gone ? entries : [...entries, [key, next]])
}

/**
 * A copy of an object in which exactly one place is another: set, with objects for its parents, or removed where the
 * value is undefined. Removing what is not there changes nothing, and emptied parents stay.
 */
export function placed(object: JsonObject, path: readonly string[], value: JsonValue | undefined): JsonObject {
  const [key = '', ...rest] = path
  const inner = Object.hasOwn(object, key) ? object[key] : undefined
  const entries = new Map(Object.entries(object))
  if (rest.length > 0) {
    if (value === undefined && !isJsonObject(inner)) return object
    entries.set(key, placed(isJsonObject(inner) ? inner : {}, rest, value))
  } else if (value === undefined) entries.delete(key)
  else entries.set(key, value)
  return Object.fromEntries(entries)
}
