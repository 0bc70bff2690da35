// The choices a field has, for what the other values are.
import type { Condition } from './condition.ts'
import { type Field, functionsOf, type Option } from './field.ts'

/** The choices of a field for what the other values are; null where a function finds them, or there are none. */
export function staticOptions(field: Field, holdsNow: (condition: Condition) => boolean): readonly Option[] | null {
  const fitting = field.optionsWhen.find(({ when }) => holdsNow(when))
  if (fitting) return fitting.options
  return field.options ?? (functionsOf(field).options || field.optionsWhen.length === 0 ? null : [])
}

/** Every choice a field can have, whatever the other values are; null where nobody here knows them. */
export function allOptions(field: Field): readonly Option[] | null {
  if (functionsOf(field).options || (field.options === null && field.optionsWhen.length === 0)) return null
  const all = [...(field.options ?? []), ...field.optionsWhen.flatMap(({ options }) => options)]
  return all.filter(({ value }, index) => all.findIndex((other) => other.value === value && !other.disabled) === index)
}
