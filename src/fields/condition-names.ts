// The form of a condition: its operators, its parts, and the fields it looks at.

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

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The tests of a condition by name, and the conditions inside `and`, `or` and `not`. */
export function partsOf(condition: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(condition) ? Object.entries(condition) : []
}
