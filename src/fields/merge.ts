// Root-level merge of metadata: the semantics of every update in the account contract.
import type { JsonObject } from '../contract/json.ts'

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
