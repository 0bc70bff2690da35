// Dates that backends write in different ways, brought into ISO 8601.

/** Date, time and zone, as RFC 3339 has them. */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** Without a zone, as databases write them: such a time is UTC, wherever it is read. */
const ZONELESS = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/

/** Numbers below are seconds, as in tokens; milliseconds would be a day of 1973 at the latest. */
const LEAST_MILLISECONDS = 1e11

/** A date and time in ISO 8601: one that is already stays as it is. Undefined for what is none. */
export function isoDate(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const date = new Date(typeof value === 'number' ? milliseconds(value) : ZONELESS.test(value) ? `${value}Z` : value)
  if (Number.isNaN(date.getTime())) return undefined
  return typeof value === 'string' && ISO.test(value) ? value : date.toISOString()
}

function milliseconds(time: number): number {
  return Math.abs(time) < LEAST_MILLISECONDS ? time * 1000 : time
}
