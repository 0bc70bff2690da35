// From stored metadata and a form's values to the intents that lead from one to the other.
import type { Intent } from '../contract/intents.ts'
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { decode, encode } from './codec.ts'
import type { Field, FieldValue } from './definition.ts'

/** Whether a control's value differs from what is stored, seen through the field's codec. */
export function isChanged(field: Field, stored: JsonObject, value: FieldValue): boolean {
  return encode(field, decode(field, ownValue(stored, field.name))) !== encode(field, value)
}

/**
 * One intent per changed field. Fields that were not given, unchanged ones and unknown keys make none,
 * so an unchanged form sends nothing.
 */
export function diff(
  fields: readonly Field[],
  stored: JsonObject,
  values: ReadonlyMap<string, FieldValue>,
): readonly Intent[] {
  const intents: Intent[] = []
  for (const field of fields) {
    const value = values.get(field.name)
    if (value === undefined || field.type === 'hidden' || !isChanged(field, stored, value)) continue
    const encoded = encode(field, value)
    intents.push(
      encoded === undefined ? { action: 'unset', key: field.name } : { action: 'set', key: field.name, value: encoded },
    )
  }
  return intents
}

/** What is stored under a name, never what an object inherits. */
export function ownValue(stored: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(stored, name) ? stored[name] : undefined
}
