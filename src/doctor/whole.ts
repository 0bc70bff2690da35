// Takes a definition that `defineFields` has completed back to what a site would write, so that it can be looked at again.
import type { DefinitionPolicy, Field, Fields } from '../fields/field.ts'
import { settingsOf } from '../fields/settings.ts'
import { isRecord } from '../fields/wrong.ts'
import { standInText } from './stand-in.ts'

/** True for what `defineFields` answers with, also when it comes from another copy of the library or from JSON. */
export function isWhole(value: unknown): value is Fields {
  return isRecord(value) && isRecord(value.policy) && Array.isArray(value.fields) && value.fields.every(isWholeField)
}

function isWholeField(value: unknown): value is Field {
  return isRecord(value) && 'optionsWhen' in value && 'prefillFrom' in value && 'item' in value
}

/** The settings of a definition; rules are looked at no matter what they are. */
export interface WrittenPolicy extends Omit<DefinitionPolicy, 'rules'> {
  readonly rules?: unknown
}

/** What a site gives to `defineFields`. */
export interface Written {
  readonly definitions: unknown
  readonly policy: WrittenPolicy
}

/** What `defineFields` was given, as far as its answer tells; functions do not travel. */
export function writtenForm(definitions: unknown): Written {
  if (isWhole(definitions))
    return {
      definitions: definitions.fields.map((field) => definitionOf(field, 'outermost')),
      policy: definitions.policy,
    }
  // The script tag's defineFields leaves most of the checks for later.
  if (isRecord(definitions) && Array.isArray(definitions.written))
    return { definitions: definitions.written, policy: isRecord(definitions.policy) ? definitions.policy : {} }
  return { definitions, policy: {} }
}

function definitionOf(field: Field, place: 'outermost' | 'nested' | 'item'): Readonly<Record<string, unknown>> {
  const known = settingsOf(field.type)
  const settings = Object.entries(field).filter(
    ([key, value]) => known.includes(key) && value !== null && !(Array.isArray(value) && value.length === 0),
  )
  const { type, name, path, fields, item, options, optionsWhen } = field
  const isOwnPlace = place !== 'outermost' || (path.length === 1 && path[0] === name)
  return {
    ...Object.fromEntries(settings),
    ...(isOwnPlace && { path: undefined }),
    ...(place === 'item' && { name: undefined }),
    ...(type === 'group' && { fields: fields.map((child) => definitionOf(child, 'nested')) }),
    ...(item && { item: definitionOf(item, 'item') }),
    // A function finds the choices; here only that there are some counts.
    ...(known.includes('options') && !options && optionsWhen.length === 0 && { options: [standInText(0)] }),
  }
}
