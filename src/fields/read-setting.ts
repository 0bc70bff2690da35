// Reads the settings of one field as they were given, each with the kind of value it has to have.
import { OPERATORS } from './condition-names.ts'
import { AUTOCAPITALIZES, ENTERKEYHINTS, INPUTMODES } from './definition.ts'
import type { FieldType } from './field.ts'
import { isSetting, SETTINGS, type Setting, settingsOf } from './settings.ts'
import { fail, isRecord } from './wrong.ts'

const text = (value: unknown) => typeof value === 'string'
const texts = (value: unknown) => Array.isArray(value) && value.length > 0 && value.every(text)

/** What each kind of setting is, and the words for it. A condition is looked at more closely by `checkCondition`. */
const KINDS: Readonly<Record<string, readonly [is: (value: unknown) => boolean, rule: (key: string) => string]>> = {
  text: [text, (key) => `must be a text; write ${key}: '…'`],
  flag: [(value) => typeof value === 'boolean', () => 'must be true or false'],
  number: [Number.isFinite, (key) => `must be a number; write ${key}: 1`],
  count: [
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
    () => 'must be a whole number, 0 or more',
  ],
  bound: [(value) => text(value) || Number.isFinite(value), (key) => `must be a number or a date; write ${key}: 1`],
  words: [(value) => text(value) || texts(value), (key) => `must be a list of texts; write ${key}: ['…']`],
  object: [isRecord, (key) => `must be an object; write ${key}: { … }`],
  condition: [isRecord, (key) => `must be a condition; write ${key}: { other_field: 'value' }`],
}

/** Settings that take one of a few words. */
export const WORDS: Readonly<Partial<Record<Setting, readonly string[]>>> = {
  onHide: ['keep', 'clear'],
  width: ['full', 'half'],
  storage: ['user_metadata', 'root'],
  stored: ['json', 'text'],
  inputmode: INPUTMODES,
  enterkeyhint: ENTERKEYHINTS,
  autocapitalize: AUTOCAPITALIZES,
}

export interface Settings {
  readonly path: string
  get(key: Setting): unknown
  text(key: Setting): string | null
  flag(key: Setting, fallback: boolean): boolean
  number(key: Setting): number | null
  words(key: Setting): readonly string[]
}

/** Checks every setting against its kind; the type of the field says which there are. */
export function readSettings(definition: unknown, type: FieldType, path: string): Settings {
  const given = new Map(
    Object.entries(isRecord(definition) ? definition : {}).filter(([, value]) => value !== undefined),
  )
  const known = settingsOf(type)
  for (const [key, value] of given) {
    const at = `${path}.${key}`
    if (!known.includes(key) || !isSetting(key))
      fail(at, `a ${type} field has no such setting; use one of ${known.join(', ')}`)
    const kind = KINDS[SETTINGS[key]]
    if (kind && !kind[0](value)) fail(at, kind[1](key))
    const words = WORDS[key]
    if (words && !words.includes(String(value)))
      fail(`${at} ${JSON.stringify(value)}`, `must be one of ${words.join(', ')}`)
    if (SETTINGS[key] === 'condition') checkCondition(value, at)
  }
  return {
    path,
    get: (key) => given.get(key),
    text: (key) => {
      const value = given.get(key)
      return typeof value === 'string' ? value : null
    },
    flag: (key, fallback) => {
      const value = given.get(key)
      return typeof value === 'boolean' ? value : fallback
    },
    number: (key) => {
      const value = given.get(key)
      return typeof value === 'number' ? value : null
    },
    words: (key) => {
      const value = given.get(key)
      return typeof value === 'string' ? [value] : Array.isArray(value) ? value.map(String) : []
    },
  }
}

/** Throws where a condition, however deep, is not one. */
export function checkCondition(condition: unknown, path: string): void {
  if (!isRecord(condition) || Object.keys(condition).length === 0)
    fail(path, "must be a condition; write { other_field: 'value' }")
  for (const [key, test] of Object.entries(condition)) {
    const at = `${path}.${key}`
    if (key === 'and' || key === 'or') {
      if (!Array.isArray(test) || test.length === 0)
        fail(at, `must be a list of conditions; write ${key}: [{ … }, { … }]`)
      test.forEach((part, index) => {
        checkCondition(part, `${at}[${index}]`)
      })
    } else if (key === 'not') checkCondition(test, at)
    else if (isRecord(test)) checkTest(test, at)
    else if (Array.isArray(test)) fail(at, 'cannot be compared with a list; write { in: […] }')
    else if (!isPlain(test)) fail(at, "must be a value; write { other_field: 'value' }")
  }
}

/** What a condition compares with, and what JSON carries as it is. */
function isPlain(value: unknown): boolean {
  return value === null || text(value) || typeof value === 'boolean' || Number.isFinite(value)
}

/** The comparisons that can be with another field. */
const WITH_FIELD = ['equal', 'greater', 'less']

function checkTest(test: Readonly<Record<string, unknown>>, path: string): void {
  if (Object.keys(test).length === 0) fail(path, 'says nothing; write { equal: … }')
  for (const [operator, operand] of Object.entries(test)) {
    const at = `${path}.${operator}`
    if (!OPERATORS.some((known) => known === operator)) fail(at, `is no comparison; use one of ${OPERATORS.join(', ')}`)
    if (operator === 'in') {
      if (!Array.isArray(operand) || !operand.every(isPlain)) fail(at, 'must be a list of values; write in: [1, 2]')
    } else if (operator === 'empty') {
      if (typeof operand !== 'boolean') fail(at, 'must be true or false')
    } else if (operator === 'matches') checkPattern(operand, at)
    else if (!WITH_FIELD.includes(operator)) {
      if (!isPlain(operand)) fail(at, `must be a value; write ${operator}: '…'`)
    } else if (!isPlain(operand) && !(isRecord(operand) && text(operand.field)))
      fail(at, "must be a value or another field; write { field: '…' }")
  }
}

/** Throws for what is no regular expression with the `v` flag. */
export function checkPattern(pattern: unknown, path: string): void {
  try {
    if (typeof pattern !== 'string') throw new TypeError()
    new RegExp(pattern, 'v')
  } catch {
    fail(
      `${path} ${JSON.stringify(pattern)}`,
      'is no regular expression with the v flag; escape characters such as "(", "[", "-" in a class',
    )
  }
}
