// From a stored profile and a form's values to the intents that lead from one to the other.
import type { Intent } from '../contract/intents.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { emptyValue, encode, own } from './codec.ts'
import type { Field, FieldValue } from './field.ts'
import { withValue } from './merge.ts'
import { heldValue, isChanged, type Stored, same, storedForm, valueAt } from './stored.ts'
import type { Change } from './three-way.ts'

/**
 * The intents of a form: one for each place that changed, so that neighbours and unknown keys are left alone. Fields
 * that were not given and unchanged ones make none, so an unchanged form sends nothing. A value of null removes.
 */
export function diff(
  fields: readonly Field[],
  stored: Stored,
  values: ReadonlyMap<string, FieldValue>,
): readonly Intent[] {
  const attributes: Intent[] = []
  const changes: Change[] = []
  for (const field of fields) {
    const held = values.get(field.name)
    if (held === undefined || field.type === 'hidden' || !isChanged(field, stored, held)) continue
    if (field.storage === 'root') {
      const value = storedForm(field, held)
      attributes.push(
        value === undefined
          ? { target: 'root', action: 'unset', key: field.name }
          : { target: 'root', action: 'set', key: field.name, value },
      )
      continue
    }
    const earlier = field.renamedFrom.filter((name) => Object.hasOwn(stored.user_metadata, name))
    changes.push(...earlier.map((name): Change => ({ path: [name], value: undefined })))
    changes.push(...changesIn(field, field.path, stored.user_metadata, heldValue(field, stored), held))
  }
  const after = changes.reduce((rest, { path, value }) => withValue(rest, path, value), stored.user_metadata)
  const removed = new Map<string, Intent>()
  const intents = changes.flatMap(({ path, value }): readonly Intent[] => {
    if (value !== undefined) return [setting(path, value)]
    const place = emptied(after, path)
    removed.set(JSON.stringify(place), unsetting(place))
    return []
  })
  return [...attributes, ...removed.values(), ...intents]
}

/** The places at and below a path that change: a group's one by one, so that what else is stored in it stays. */
function changesIn(
  field: Field,
  path: readonly string[],
  metadata: JsonObject,
  before: FieldValue,
  held: FieldValue,
): readonly Change[] {
  const raw = valueAt(metadata, path)
  if (field.type === 'group' && (raw === undefined || isJsonObject(raw))) {
    return field.fields.flatMap((child) => {
      // A child that was not given is left alone.
      if (held !== null && !(isJsonObject(held) && Object.hasOwn(held, child.name))) return []
      return changesIn(child, [...path, child.name], metadata, childOf(before, child), childOf(held, child))
    })
  }
  const value = storedForm(field, held)
  if (same(value, encode(field, before))) return []
  // What is stored is no group: it is replaced by one, with the children that were read from it.
  const isPart = field.type === 'group' && isJsonObject(held) && isJsonObject(before)
  return [{ path, value: isPart ? storedForm(field, { ...before, ...held }) : value }]
}

function childOf(held: FieldValue, child: Field): FieldValue {
  if (held === null) return null
  const object: JsonObject = isJsonObject(held) ? held : {}
  return own(object, child.name) ?? emptyValue(child)
}

/** The highest place that has nothing left in it once a value is gone. */
function emptied(after: JsonObject, path: readonly string[]): readonly string[] {
  const parent = path.slice(0, -1)
  return parent.length > 0 && valueAt(after, parent) === undefined ? emptied(after, parent) : path
}

function setting(path: readonly string[], value: JsonValue): Intent {
  const [key = '', ...inner] = path
  return inner.length === 0
    ? { target: 'user_metadata', action: 'set', key, value }
    : { target: 'user_metadata', action: 'setIn', path, value }
}

function unsetting(path: readonly string[]): Intent {
  const [key = '', ...inner] = path
  return inner.length === 0
    ? { target: 'user_metadata', action: 'unset', key }
    : { target: 'user_metadata', action: 'unsetIn', path }
}
