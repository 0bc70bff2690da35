// The choices a field has, for what the other values are.
import type { Condition } from './condition.ts'
import { type Field, functionsOf, type Option } from './field.ts'

/** The choices of a field for what the other values are; null where a function finds them, or there are none. */
export function staticOptions(field: Field, holdsNow: (condition: Condition) => boolean): readonly Option[] | null {
  const fitting = field.optionsWhen.find(({ when }) => holdsNow(when))
  if (fitting) return fitting.options
  return field.options ?? (functionsOf(field).options || field.optionsWhen.length === 0 ? null : [])
}
