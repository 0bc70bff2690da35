// The columns of a better-auth server: which values each kind takes, and which would come back as something else.
import type { Code } from '../contract/codes.ts'
import type { JsonValue } from '../contract/json.ts'

/** The kinds of `additionalFields` that better-auth has. */
export const COLUMN_TYPES = ['string', 'number', 'boolean', 'date', 'string[]', 'number[]', 'json'] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]

/** The kind of each column, by its name. */
export type ColumnTypes = ReadonlyMap<string, ColumnType>

interface Kind {
  /** What it takes, for developers. */
  readonly takes: string
  /** Why a value cannot be stored, or null. */
  readonly refuses: (value: JsonValue) => Code | null
}

const typed = (takes: string, isRight: (value: JsonValue) => boolean): Kind => ({
  takes,
  refuses: (value) => (isRight(value) ? null : 'invalid_type'),
})

const listOf = (takes: string, isRight: (item: JsonValue) => boolean): Kind => ({
  takes,
  refuses: (value) => (Array.isArray(value) && value.every(isRight) ? lossIn(value) : 'invalid_type'),
})

const isText = (value: JsonValue) => typeof value === 'string'
const isNumber = (value: JsonValue) => typeof value === 'number'

// The server itself stores a value of another kind as what the database makes of it: an object as "[object Object]",
// a text in a json column as nothing at all.
const KINDS: Readonly<Record<ColumnType, Kind>> = {
  string: typed('a text', isText),
  number: typed('a number', isNumber),
  boolean: typed('true or false', (value) => typeof value === 'boolean'),
  date: {
    takes:
      'a day such as "2026-11-24", or a moment such as "2026-11-24T09:30:00.000Z"; for other texts use a string column',
    refuses: (value) => (!isText(value) ? 'invalid_type' : dateIn(String(value)) === value ? null : 'invalid_date'),
  },
  'string[]': listOf('a list of texts', isText),
  'number[]': listOf('a list of numbers', isNumber),
  json: {
    takes: 'an object or a list; moments in it have the form "2026-11-24T09:30:00.000Z"',
    refuses: (value) => (typeof value === 'object' ? lossIn(value) : 'invalid_type'),
  },
}

export const takenBy = (type: ColumnType): string => KINDS[type].takes

/** Why a column of this kind cannot give a value back as it is, or null. */
export function columnProblem(type: ColumnType, value: JsonValue): Code | null {
  return KINDS[type].refuses(value)
}

/** What a column holds, as it was once given: a date column answers a day as its midnight. */
export function valueIn(type: ColumnType, stored: JsonValue): JsonValue {
  return type === 'date' && typeof stored === 'string' ? (dateIn(stored) ?? stored) : stored
}

/** A day, or a moment that is no midnight, as a date column gives it back; null for what is no date. */
function dateIn(text: string): string | null {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('T00:00:00.000Z', '')
}

/** Texts that the server takes for moments where it reads JSON, and writes anew (better-auth, `safeJSONParse`). */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/

function lossIn(value: JsonValue): Code | null {
  if (typeof value === 'string') return MOMENT.test(value) && isRewritten(value) ? 'unsupported' : null
  if (typeof value !== 'object' || value === null) return null
  return (
    Object.values(value)
      .map(lossIn)
      .find((code) => code !== null) ?? null
  )
}

function isRewritten(text: string): boolean {
  const date = new Date(text)
  return !Number.isNaN(date.getTime()) && date.toISOString() !== text
}
