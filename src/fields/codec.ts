// Between what a control holds and what is stored.
import type { JsonValue } from '../contract/json.ts'
import type { Field, FieldValue } from './definition.ts'

/** What a control of this field holds before anyone touched it. */
export function emptyValue(field: Field): FieldValue {
  if (field.type === 'checkbox') return false
  return field.type === 'hidden' ? field.value : ''
}

/** The stored form of a control's value; undefined where there is nothing to store. */
export function encode(field: Field, value: FieldValue): JsonValue | undefined {
  if (field.type === 'checkbox') return value === true
  const text = String(value)
  const kept = field.type === 'email' || ('trim' in field && field.trim) ? text.trim() : text
  return kept === '' ? undefined : kept
}

/** What a control shows for a stored value; a value of another kind is shown as nothing, and left alone until edited. */
export function decode(field: Field, stored: JsonValue | undefined): FieldValue {
  if (field.type === 'checkbox') return stored === true
  if (typeof stored === 'number') return String(stored)
  return typeof stored === 'string' ? stored : ''
}
