// Conditions as plain data, and whether one holds for the values of a form or a stored profile.
import { isEmpty, type JsonValue } from '../contract/json.ts'
import { partsOf } from './condition-names.ts'
import { patternOf } from './pattern.ts'
import { isRecord } from './wrong.ts'

/** A value to compare with, or the value of another field: `{ field: 'start' }`. */
export type Operand = string | number | boolean | null | { readonly field: string }

/** What a value has to be; several operators together must all hold. A plain value means `equal`. */
export type Test =
  | string
  | number
  | boolean
  | null
  | {
      readonly equal?: Operand
      /** One of a list. */
      readonly in?: readonly (string | number | boolean)[]
      /** A list that has the item, or a text that has the part. */
      readonly contains?: string | number | boolean
      /** Numbers by size; texts, such as dates, by order. */
      readonly greater?: Operand
      readonly less?: Operand
      /** A regular expression that the whole text matches, with the `v` flag. */
      readonly matches?: string
      /** Whether there is no value: nothing, an empty text, an empty list. */
      readonly empty?: boolean
    }

/**
 * A condition over the values of fields, by name; all names together must hold.
 * A field that is hidden counts as empty; a checkbox, a switch and a consent are true or false.
 *
 * @example
 * { team_size: '51+', country: { in: ['DE', 'AT'] } }
 * { or: [{ newsletter: true }, { not: { topics: { empty: true } } }] }
 */
export type Condition =
  | { readonly [field: string]: Test }
  | { readonly and: readonly Condition[] }
  | { readonly or: readonly Condition[] }
  | { readonly not: Condition }

/** The value of a field by its name; undefined for none. */
export type ReadValue = (name: string) => JsonValue | undefined

/** Whether a condition holds; null, no condition at all, always does. */
export function holds(condition: Condition | null, read: ReadValue): boolean {
  return allHold(condition ?? {}, read)
}

function allHold(condition: unknown, read: ReadValue): boolean {
  return partsOf(condition).every(([key, test]) => {
    if (Array.isArray(test)) {
      return key === 'or' ? test.some((part) => allHold(part, read)) : test.every((part) => allHold(part, read))
    }
    return key === 'not' && isRecord(test) ? !allHold(test, read) : passes(test, read(key), read)
  })
}

/** Whether a value is as one test of a condition says. */
export function passes(test: unknown, value: JsonValue | undefined, read: ReadValue): boolean {
  if (!isRecord(test)) return equals(value, test)
  return Object.entries(test).every(([operator, given]) => {
    const operand = isRecord(given) ? read(String(given.field)) : given
    if (operator === 'in') return Array.isArray(operand) && operand.some((item) => equals(value, item))
    if (operator === 'contains')
      return Array.isArray(value)
        ? value.some((item) => equals(item, operand))
        : typeof value === 'string' && value.includes(String(operand))
    if (operator === 'greater') return order(value, operand) > 0
    if (operator === 'less') return order(value, operand) < 0
    if (operator === 'matches') return typeof value === 'string' && patternOf(String(operand)).test(value)
    return operator === 'empty' ? isEmpty(value) === operand : equals(value, operand)
  })
}

function equals(value: JsonValue | undefined, wanted: unknown): boolean {
  const none = wanted === null || wanted === undefined || wanted === ''
  return isEmpty(value) ? none : JSON.stringify(value) === JSON.stringify(wanted)
}

/** Above 0 when the first is greater, below when it is less, NaN where the two cannot be compared. */
function order(value: unknown, other: unknown): number {
  if (typeof value === 'number' && typeof other === 'number') return value - other
  if (typeof value !== 'string' || typeof other !== 'string' || !value || !other) return Number.NaN
  return value === other ? 0 : value > other ? 1 : -1
}
