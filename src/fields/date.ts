// Tells whether a text is a date, a time or both as HTML's controls write them, of a day that there is.
import type { DateDefinition } from './definition.ts'

/** HTML Standard, 2.3.5: four or more digits for a year greater than zero, and no second 60. */
const MONTH = '((?!0+-)\\d{4,})-(0[1-9]|1[0-2])'
const DATE = `${MONTH}-(0[1-9]|[12]\\d|3[01])`
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,3})?)?'

export const DATE_FORMS = {
  date: DATE,
  time: TIME,
  // HTML takes a space for the T as well, but its controls never give one; with one form, texts compare like times.
  datetime: `${DATE}T${TIME}`,
  month: MONTH,
}

export function isDateValue(type: DateDefinition['type'], text: string): boolean {
  const parts = new RegExp(`^${DATE_FORMS[type]}$`).exec(text)
  if (!parts) return false
  const [, year = '', month, day] = parts
  return day === undefined || Number(day) <= daysIn(year, Number(month))
}

/** The Gregorian calendar repeats every 400 years, so four digits tell a leap year however many there are. */
function daysIn(year: string, month: number): number {
  return new Date(Date.UTC(2000 + (Number(year.slice(-4)) % 400), month, 0)).getUTCDate()
}
