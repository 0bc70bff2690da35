// Stand-ins for what was refused, so that the rest of a definition can be looked at: none of them is ever shown.
import { isRecord } from '../fields/wrong.ts'

/** Starts every stand-in; a private character, which no site's name or label begins with. */
const MARK = '\uE000'

/** Name of a hidden field that is added to every definition under repair, for conditions to be about. */
export const KNOWN_NAME = MARK

export const KNOWN_FIELD = { name: KNOWN_NAME, type: 'hidden', value: true }

/** A condition that nothing is wrong with. */
export const SOUND_CONDITION = { [KNOWN_NAME]: true }

/** A text that stands nowhere else. */
export function standInText(number: number): string {
  return `${MARK}${number}`
}

export function isStandIn(text: string): boolean {
  return text.startsWith(MARK)
}

/** A condition without one name: what it said about it is about the known field now. */
export function withoutName(condition: unknown, name: string): unknown {
  if (!isRecord(condition)) return condition
  return Object.fromEntries(
    Object.entries(condition).map(([key, test]): [string, unknown] => {
      if (Array.isArray(test)) return [key, test.map((part: unknown) => withoutName(part, name))]
      if (key === 'not' && isRecord(test)) return [key, withoutName(test, name)]
      if (key === name) return [KNOWN_NAME, true]
      return [key, isRecord(test) ? withoutOperand(test, name) : test]
    }),
  )
}

function withoutOperand(test: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.fromEntries(
    Object.entries(test).map(([operator, operand]) => [
      operator,
      isRecord(operand) && operand.field === name ? { field: KNOWN_NAME } : operand,
    ]),
  )
}

/** Choices in which the second of two equal ones has another value. */
export function withoutTwins(options: unknown, number: number): unknown {
  const seen = new Set<unknown>()
  const distinct = (entry: unknown): unknown => {
    if (isRecord(entry) && Array.isArray(entry.options)) return { ...entry, options: entry.options.map(distinct) }
    const value = isRecord(entry) ? entry.value : entry
    if (!seen.has(value)) {
      seen.add(value)
      return entry
    }
    return standInText(number + seen.size)
  }
  return Array.isArray(options) ? options.map(distinct) : options
}
