// One element of Lock's additionalSignUpFields as a field definition.
import type { NamePolicy } from '../contract/names.ts'
import type { FieldDefinition } from '../fields/definition.ts'
import { isSetting } from '../fields/settings.ts'
import {
  autocompleteOf,
  hiddenValueOf,
  inputModeOf,
  maxLengthOf,
  nameOf,
  noteUnused,
  storageOf,
  typeOf,
} from './field-settings.ts'
import { isObject, readGiven } from './given.ts'
import { type LockField, labelsOf } from './labels.ts'
import { needOf } from './need.ts'
import { type AddNote, collectNotes, described, type LockNote } from './note.ts'
import { boxPrefillOf, optionsOf, textPrefillOf } from './values.ts'

/** What Lock kept of an element, and what people wrote although Lock dropped it. */
const KEYS: readonly string[] = [
  ...['type', 'name', 'placeholder', 'placeholderHTML', 'icon', 'prefill', 'options', 'validator', 'value', 'storage'],
  ...['ariaLabel', 'iconUrl', 'label', 'hint', 'required', 'maxLength', 'autocomplete', 'inputMode'],
]

export interface FieldContext {
  readonly policy: NamePolicy
  /** Names of the fields before this one. */
  readonly names: readonly string[]
  readonly storedForm: 'lock' | 'typed'
}

export interface AdditionalField {
  /** Null where the field is left out; the notes say why. */
  readonly definition: FieldDefinition | null
  readonly notes: readonly LockNote[]
}

/** Translates one element; it is left out only where no definition could hold it. */
export function additionalField(element: unknown, index: number, context: FieldContext): AdditionalField {
  const path = `additionalSignUpFields[${index}]`
  const notes = collectNotes()
  const add: AddNote = (key, message) =>
    notes.add(key === '' || key.startsWith('[') ? path + key : `${path}.${key}`, message)
  if (!isObject(element)) add('', `Lock broke down at what is no object; ${described(element)} is left out.`)
  const definition = isObject(element) ? translated(element, add, context) : null
  return { definition, notes: notes.about(definition?.name ?? null) }
}

function translated(
  element: object,
  add: AddNote,
  { policy, names, storedForm }: FieldContext,
): FieldDefinition | null {
  const given = readGiven(element, KEYS, '', add, explainKey)
  const name = nameOf(given, add, policy, names)
  if (name === null) return null
  const type = typeOf(given, add)
  noteUnused(given, type, add)
  if (type === 'hidden') {
    const value = hiddenValueOf(given, add)
    return value === null ? null : { name, type, value }
  }
  const field: LockField = { name, type, given, add }
  if (type === 'text') {
    const need = needOf(field, true)
    const maxLength = maxLengthOf(field, need.validate === undefined)
    const settings = { ...maxLength, ...storageOf(field), ...autocompleteOf(field), ...inputModeOf(field) }
    return { name, ...labelsOf(field), ...need, ...settings, ...textPrefillOf(field) }
  }
  if (type === 'checkbox') {
    const prefill = boxPrefillOf(field)
    const stored = storedForm === 'lock' ? ({ stored: 'text' } as const) : {}
    if (storedForm === 'typed')
      add('type', `Lock stored "true" or "false"; here it is true or false. Set storedForm: 'lock' to keep the texts.`)
    const need = needOf(field, prefill.prefill === undefined)
    return { name, type, ...labelsOf(field), ...need, ...storageOf(field), ...prefill, ...stored }
  }
  const options = optionsOf(field)
  if (options === null) {
    add(
      'options',
      'Lock ignored a select without a list of options or a function that loads them; it is left out here too.',
    )
    return null
  }
  const prefill = textPrefillOf(field, typeof options === 'function' ? null : options)
  const settings = { ...storageOf(field), ...autocompleteOf(field) }
  return { name, type, ...labelsOf(field), ...needOf(field, true), options, ...settings, ...prefill }
}

function explainKey(key: string): string | null {
  if (!isSetting(key)) return null
  return 'Lock ignored it, and it is left out here too, though our fields have such a setting: write it into the definition if it should count.'
}
