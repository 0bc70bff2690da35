// The form of a condition: its operators, its parts, and the fields it looks at.
import { isRecord } from './wrong.ts'

export const OPERATORS = ['equal', 'in', 'contains', 'greater', 'less', 'matches', 'empty'] as const

/** Every name a condition looks at. */
export function namesIn(condition: unknown): readonly string[] {
  return partsOf(condition).flatMap(([key, test]) => {
    if (Array.isArray(test)) return test.flatMap(namesIn)
    if (key === 'not' && isRecord(test)) return namesIn(test)
    const operands = isRecord(test) ? Object.values(test).filter(isRecord) : []
    return [key, ...operands.map(({ field }) => String(field))]
  })
}

/** The tests of a condition by name, and the conditions inside `and`, `or` and `not`. */
export function partsOf(condition: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(condition) ? Object.entries(condition) : []
}
