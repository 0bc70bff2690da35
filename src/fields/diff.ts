// From a stored profile and a form's values to the intents that lead from one to the other.
import type { Intent } from '../contract/intents.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { emptyValue, encode, own } from './codec.ts'
import type { Field, FieldValue } from './field.ts'
import { withValue } from './merge.ts'
import { heldValue, isChanged, isSameAnswer, type Stored, storedForm } from './stored.ts'

/**
 * The intents of a form: one for each root key or attribute that changed. Fields that were not given, unchanged ones
 * and unknown keys make none, so an unchanged form sends nothing; the neighbours of a nested value travel unchanged.
 * A value of null removes.
 */
export function diff(
  fields: readonly Field[],
  stored: Stored,
  values: ReadonlyMap<string, FieldValue>,
): readonly Intent[] {
  const attributes: Intent[] = []
  const touched = new Set<string>()
  let metadata = stored.user_metadata
  for (const field of fields) {
    const held = values.get(field.name)
    if (held === undefined || field.type === 'hidden' || !isChanged(field, stored, held)) continue
    if (field.storage === 'root') {
      attributes.push(intentOf('root', field.name, storedForm(field, held)))
      continue
    }
    const before = heldValue(field, stored)
    for (const name of field.renamedFrom) {
      if (!Object.hasOwn(metadata, name)) continue
      touched.add(name)
      metadata = withValue(metadata, [name], undefined)
    }
    for (const [path, value] of changedLeaves(field, field.path, before, held)) {
      touched.add(path[0] ?? field.name)
      metadata = withValue(metadata, path, value)
    }
  }
  return [...attributes, ...[...touched].map((key) => intentOf('user_metadata', key, own(metadata, key)))]
}

function intentOf(target: Intent['target'], key: string, value: JsonValue | undefined): Intent {
  return value === undefined ? { target, action: 'unset', key } : { target, action: 'set', key, value }
}

/** The places below a field that differ: a group's one by one, so that what else is stored in it stays. */
function changedLeaves(
  field: Field,
  path: readonly string[],
  before: FieldValue,
  held: FieldValue,
): readonly (readonly [path: readonly string[], value: JsonValue | undefined])[] {
  if (field.type === 'group') {
    return field.fields.flatMap((child) => {
      // A child that was not given is left alone.
      if (held !== null && !(isJsonObject(held) && Object.hasOwn(held, child.name))) return []
      return changedLeaves(child, [...path, child.name], childOf(before, child), childOf(held, child))
    })
  }
  const value = storedForm(field, held)
  return isSameAnswer(field, value, encode(field, before)) ? [] : [[path, value]]
}

function childOf(held: FieldValue, child: Field): FieldValue {
  if (held === null) return null
  const object: JsonObject = isJsonObject(held) ? held : {}
  return own(object, child.name) ?? emptyValue(child)
}
