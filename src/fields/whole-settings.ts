// The settings of a field that are more than one plain value, checked and completed.
import { isCode } from '../contract/codes.ts'
import type { JsonValue } from '../contract/json.ts'
import type { Condition } from './condition.ts'
import { isDateValue } from './date.ts'
import { type Access, FIELD_SCREENS, type FieldScreen } from './definition.ts'
import type { Field, FieldFunctions, FieldType } from './field.ts'
import { checkCondition, type Settings } from './read-setting.ts'
import { wholeOptions } from './whole-options.ts'
import { fail, isRecord } from './wrong.ts'

/** What a value of each type is before it is stored as text; the others are texts. */
export const NUMBERS: readonly FieldType[] = ['number', 'range']
export const CHOICES: readonly FieldType[] = ['select', 'radio', 'multiselect']
export const NOT_TEXT: readonly FieldType[] = [
  ...NUMBERS,
  'multiselect',
  'checkbox',
  'switch',
  'consent',
  'group',
  'list',
  'custom',
]

/** A condition that `checkCondition` has looked through. */
export function condition(value: unknown): Condition | null {
  return isCondition(value) ? value : null
}

function isCondition(value: unknown): value is Condition {
  return isRecord(value)
}

export function wholeAccess(given: unknown, path: string): Readonly<Record<FieldScreen, Access>> {
  const wordOf = (value: unknown): Access =>
    value === undefined || value === 'edit'
      ? 'edit'
      : value === 'read' || value === 'none'
        ? value
        : fail(`${path} ${JSON.stringify(value)}`, 'must be one of edit, read, none, or { profile: … }')
  if (!isRecord(given)) return { signUp: wordOf(given), profile: wordOf(given), ensure: wordOf(given) }
  for (const key of Object.keys(given)) screenOf(key, path)
  return { signUp: wordOf(given.signUp), profile: wordOf(given.profile), ensure: wordOf(given.ensure) }
}

export function wholeScreens({ get, path }: Settings): readonly FieldScreen[] {
  const given = get('screens')
  if (given === undefined) return FIELD_SCREENS
  const list = typeof given === 'string' ? [given] : Array.isArray(given) ? given : []
  return list.map((screen: unknown) => screenOf(screen, `${path}.screens`))
}

function screenOf(word: unknown, path: string): FieldScreen {
  return (
    FIELD_SCREENS.find((known) => known === word) ??
    fail(`${path} ${JSON.stringify(word)}`, `is no screen with fields; use one of ${FIELD_SCREENS.join(', ')}`)
  )
}

export function wholeMessages({ get, path }: Settings): Readonly<Record<string, string>> {
  const given = get('messages')
  return Object.fromEntries(
    Object.entries(isRecord(given) ? given : {}).map(([code, message]) => {
      if (!isCode(code))
        fail(`${path}.messages.${code}`, 'is no code; use one such as required, value_too_long or refused')
      return typeof message === 'string' ? [code, message] : fail(`${path}.messages.${code}`, 'must be a text')
    }),
  )
}

export function wholeOneOf({ get, path }: Settings, type: FieldType): readonly (string | number)[] | null {
  const given = get('oneOf')
  if (given === undefined) return null
  if (!Array.isArray(given) || given.length === 0)
    return fail(`${path}.oneOf`, "cannot be empty; write oneOf: ['…', '…']")
  const [texts, numbers] = [!NUMBERS.includes(type), NUMBERS.includes(type) || type === 'custom']
  return given.map((value: unknown, index) => {
    if (texts && typeof value === 'string' && value !== '') return value
    if (numbers && typeof value === 'number' && Number.isFinite(value)) return value
    return fail(
      `${path}.oneOf[${index}]`,
      texts && numbers
        ? 'must be a text or a number'
        : `must be ${texts ? 'a text' : 'a number'}, as the values of the field are`,
    )
  })
}

export function bound({ get, path }: Settings, key: 'min' | 'max', type: FieldType): number | string | null {
  const given = get(key)
  if (given === undefined) return type === 'range' ? (key === 'min' ? 0 : 100) : null
  for (const date of ['date', 'time', 'datetime', 'month'] as const) {
    if (type !== date) continue
    if (typeof given === 'string' && isDateValue(date, given)) return given
    fail(
      `${path}.${key} ${JSON.stringify(given)}`,
      `must be written like a ${date} of the field, such as ${EXAMPLES[date]}`,
    )
  }
  return typeof given === 'number' ? given : fail(`${path}.${key}`, 'must be a number')
}

const EXAMPLES = { date: '2026-11-24', time: '09:30', datetime: '2026-11-24T09:30', month: '2026-11' }

export function wholeOptionsWhen({ get, path }: Settings): Field['optionsWhen'] {
  const given = get('optionsWhen')
  if (given === undefined) return []
  const at = `${path}.optionsWhen`
  if (!Array.isArray(given) || given.length === 0)
    return fail(at, 'must be a list; write [{ when: { … }, options: […] }]')
  return given.map((entry: unknown, index) => {
    if (!isRecord(entry)) return fail(`${at}[${index}]`, 'must be an object; write { when: { … }, options: […] }')
    checkCondition(entry.when, `${at}[${index}].when`)
    return {
      when: condition(entry.when) ?? fail(`${at}[${index}].when`, 'is missing'),
      options: wholeOptions(entry.options, `${at}[${index}].options`),
    }
  })
}

export function wholeLink({ get, path }: Settings): Field['link'] {
  const given = get('link')
  if (given === undefined) return null
  if (!isRecord(given) || typeof given.label !== 'string' || typeof given.href !== 'string')
    return fail(`${path}.link`, "must be an object; write { label: 'The terms', href: '/terms' }")
  if (!/^(https?:\/\/|\.{0,2}\/(?!\/)|#)/i.test(given.href))
    return fail(
      `${path}.link.href ${JSON.stringify(given.href)}`,
      'must be an http(s) address or a path; write "/terms"',
    )
  return { label: given.label, href: given.href }
}

export function hiddenValue({ get, path }: Settings): JsonValue {
  const value = get('value')
  if (typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return value
  return fail(
    `${path}.value`,
    value === undefined ? "is missing; write value: '…'" : 'must be a text, a number, true or false',
  )
}

export function wholeOrigins({ words, path }: Settings): readonly string[] {
  return words('origins').map((origin) => {
    if (!URL.canParse(origin) || !/^https?:/.test(origin) || new URL(origin).origin !== origin)
      fail(
        `${path}.origins ${JSON.stringify(origin)}`,
        'must be an origin without a path; write "https://images.example.com"',
      )
    return origin
  })
}

/** A prefill in the definition itself; a function is kept beside it. */
export function staticPrefill({ get, path }: Settings, type: FieldType): JsonValue {
  const given = get('prefill')
  if (given === undefined || typeof given === 'function') return null
  const right =
    type === 'checkbox' || type === 'switch'
      ? typeof given === 'boolean'
      : NUMBERS.includes(type)
        ? Number.isFinite(given)
        : type === 'multiselect' || type === 'list'
          ? Array.isArray(given)
          : NOT_TEXT.includes(type) || typeof given === 'string'
  if (!right || !isJson(given))
    return fail(`${path}.prefill ${JSON.stringify(given)}`, `is no value of a ${type} field`)
  return given
}

function isJson(value: unknown): value is JsonValue {
  return JSON.stringify(value) !== undefined
}

export function functionsIn({ get, path }: Settings): FieldFunctions {
  const call = (key: 'validate' | 'decode' | 'options' | 'prefill') => {
    const value = get(key)
    if (isFunction(value)) return { [key]: value }
    if (value !== undefined && (key === 'validate' || key === 'decode'))
      fail(`${path}.${key}`, `must be a function; write ${key}: (value) => …`)
    return {}
  }
  const schema = get('schema')
  if (schema !== undefined && !isSchema(schema))
    fail(`${path}.schema`, 'must be a Standard Schema, such as one of zod or valibot')
  return {
    ...call('validate'),
    ...call('decode'),
    ...call('options'),
    ...call('prefill'),
    ...(isSchema(schema) && { schema }),
  }
}

function isFunction(value: unknown): value is (...input: readonly unknown[]) => never {
  return typeof value === 'function'
}

function isSchema(value: unknown): value is NonNullable<FieldFunctions['schema']> {
  return (isRecord(value) || typeof value === 'function') && '~standard' in value && isRecord(value['~standard'])
}
