// What a sign-up form stores that nobody has touched.
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { decode, emptyValue, encode } from './codec.ts'
import { holds, type ReadValue } from './condition.ts'
import { type Field, type Fields, type FieldValue, fieldsOn } from './field.ts'
import { withValue } from './merge.ts'
import { conditionReader, type Stored } from './stored.ts'

/**
 * The values an untouched sign-up form stores: prefills of the definition, hidden values, and false for boxes;
 * only of fields that are shown and can be edited there. Prefills that a function finds are not among them.
 *
 * @example
 * const { user_metadata } = defaults(fields) // { newsletter: false, source: 'site' }
 */
export function defaults(fields: Fields): Required<Stored> {
  const here = fieldsOn(fields, 'signUp')
  const read = conditionReader(fields.fields, (field) => (here.includes(field) ? startOf(field) : emptyValue(field)))
  const entries = here.flatMap((field) => entryOf(field, read))
  return {
    user_metadata: entries.reduce<JsonObject>(
      (metadata, [{ storage, path }, value]) => (storage === 'root' ? metadata : withValue(metadata, path, value)),
      {},
    ),
    root: Object.fromEntries(
      entries.flatMap(([{ storage, name }, value]) => (storage === 'root' ? [[name, value]] : [])),
    ),
  }
}

/** What a control holds at first. */
function startOf(field: Field): FieldValue {
  if (field.type === 'group') return Object.fromEntries(field.fields.map((child) => [child.name, startOf(child)]))
  return field.prefill === null ? emptyValue(field) : decode(field, field.prefill)
}

function entryOf(field: Field, read: ReadValue): readonly (readonly [Field, JsonValue])[] {
  const isOpen = field.type === 'hidden' || field.access.signUp === 'edit'
  const isLocked = field.readOnlyWhen !== null && holds(field.readOnlyWhen, read)
  if (!isOpen || isLocked || !holds(field.visibleWhen, read)) return []
  const value = field.type === 'group' ? objectOf(field, read) : encode(field, startOf(field))
  return value === undefined ? [] : [[field, value]]
}

function objectOf(group: Field, outer: ReadValue): JsonValue | undefined {
  const read = conditionReader(group.fields, startOf, outer)
  const shown = group.fields.filter(({ screens }) => screens.includes('signUp'))
  const entries = shown.flatMap((child) => entryOf(child, read).map(([{ name }, value]) => [name, value] as const))
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
