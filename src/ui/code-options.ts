// The choices of the types that have codes: countries, languages, time zones and currencies.
import { type CodeType, codeName, sortedCodes } from '../fields/code-lists.ts'
import type { Field, Option } from '../fields/field.ts'

/** Which list of codes a field is about, or null. */
export function codeTypeOf({ type }: Field): CodeType | null {
  return type === 'country' || type === 'language' || type === 'timezone' || type === 'currency' ? type : null
}

/** The choices of a type that has codes, by their names in the language of the widget. */
export function codeOptions(field: Field, type: CodeType, language: string): readonly Option[] {
  const now = Date.now()
  const named = field.codes
    ? field.codes.map((value) => ({ value, label: codeName(type, value, language, now) }))
    : sortedCodes(type, language, now)
  return named.map(({ value, label }) => ({ value, label, description: null, disabled: false, group: null }))
}
