// One field, checked and completed.
import { isCode } from '../contract/codes.ts'
import type { JsonValue } from '../contract/json.ts'
import { nestedNameProblem, ROOT_ATTRIBUTES } from '../contract/names.ts'
import type { Condition } from './condition.ts'
import { isDateValue } from './date.ts'
import {
  type Access,
  AUTOCAPITALIZES,
  ENTERKEYHINTS,
  FIELD_SCREENS,
  type FieldScreen,
  INPUTMODES,
} from './definition.ts'
import { FIELD_TYPES, type Field, type FieldFunctions, type FieldType, keepFunctions } from './field.ts'
import { checkCondition, checkPattern, fail, isRecord, readSettings, type Settings } from './read-setting.ts'
import { wholeOptions } from './whole-options.ts'

/** What a value of each type is before it is stored as text; the others are texts. */
const NUMBERS: readonly FieldType[] = ['number', 'range']
const CHOICES: readonly FieldType[] = ['select', 'radio', 'multiselect']
const NOT_TEXT: readonly FieldType[] = [
  ...NUMBERS,
  'multiselect',
  'checkbox',
  'switch',
  'consent',
  'group',
  'list',
  'custom',
]

/** Where the field stands: an item of a list has no name. */
export type Place = 'outermost' | 'nested' | 'item'

export function wholeField(definition: unknown, path: string, place: Place): Field {
  if (!isRecord(definition)) fail(path, 'must be an object; write { name, label }')
  const word = definition.type ?? 'text'
  const type = FIELD_TYPES.find((known) => known === word)
  if (!type)
    return fail(`${path}.type ${JSON.stringify(word)}`, `is no field type; use one of ${FIELD_TYPES.join(', ')}`)
  const settings = readSettings(definition, type, path)
  if (place !== 'outermost') checkPlace(settings, place)
  const { get, text, flag, number, words } = settings
  const name = place === 'item' ? 'item' : needed(settings, 'name')
  const label = type === 'hidden' ? '' : needed(settings, 'label')
  if (type !== 'hidden' && label.trim() === '')
    fail(`${path}.label`, 'cannot be empty; it is the name of the control for everyone (WCAG 4.1.2)')
  const storage = text('storage') === 'root' ? 'root' : 'user_metadata'
  const options = get('options')
  const field: Field = {
    type,
    name,
    label,
    hint: text('hint'),
    required: flag('required', false),
    recommended: flag('recommended', false),
    requiredWhen: condition(get('requiredWhen')),
    visibleWhen: condition(get('visibleWhen')),
    readOnlyWhen: condition(get('readOnlyWhen')),
    onHide: text('onHide') === 'clear' ? 'clear' : 'keep',
    access: wholeAccess(get('access'), `${path}.access`),
    screens: type === 'hidden' ? ['signUp'] : wholeScreens(settings),
    order: number('order') ?? 0,
    section: text('section'),
    signUpStep: text('signUpStep'),
    width: text('width') === 'half' ? 'half' : 'full',
    storage,
    path: wholePath(settings, name, place),
    stored: text('stored') === 'text' ? 'text' : text('stored') === 'json' ? 'json' : null,
    renamedFrom: words('renamedFrom'),
    prefill: staticPrefill(settings, type),
    prefillFrom: text('prefillFrom'),
    autocomplete: text('autocomplete'),
    inputmode: INPUTMODES.find((word) => word === get('inputmode')) ?? null,
    enterkeyhint: ENTERKEYHINTS.find((word) => word === get('enterkeyhint')) ?? null,
    autocapitalize: AUTOCAPITALIZES.find((word) => word === get('autocapitalize')) ?? null,
    sensitive: flag('sensitive', false),
    messages: wholeMessages(settings),
    oneOf: wholeOneOf(settings, type),
    minLength: number('minLength'),
    maxLength: number('maxLength'),
    trim: flag('trim', !CHOICES.includes(type)),
    pattern: text('pattern'),
    min: bound(settings, 'min', type),
    max: bound(settings, 'max', type),
    step: number('step'),
    options: options === undefined || typeof options === 'function' ? null : wholeOptions(options, `${path}.options`),
    optionsWhen: wholeOptionsWhen(settings),
    searchable: flag('searchable', false),
    minItems: number('minItems'),
    maxItems: number('maxItems'),
    version: type === 'consent' ? needed(settings, 'version') : null,
    text: text('text'),
    link: wholeLink(settings),
    value: type === 'hidden' ? hiddenValue(settings) : null,
    fields: type === 'group' ? wholeChildren(settings) : [],
    item:
      type === 'list'
        ? wholeField(
            get('item') ?? fail(`${path}.item`, "is missing; write item: { label: '…' }"),
            `${path}.item`,
            'item',
          )
        : null,
    origins: wholeOrigins(settings),
    codes: get('codes') === undefined ? null : words('codes'),
    control: type === 'custom' ? needed(settings, 'control') : null,
  }
  if (field.pattern !== null) checkPattern(field.pattern, `${path}.pattern`)
  checkOrder(field, 'minLength', 'maxLength', path)
  checkOrder(field, 'min', 'max', path)
  checkOrder(field, 'minItems', 'maxItems', path)
  if (field.step !== null && field.step <= 0) fail(`${path}.step`, 'must be above 0')
  if (CHOICES.includes(type) && options === undefined && field.optionsWhen.length === 0)
    fail(`${path}.options`, "cannot be empty; write options: ['…', '…']")
  if (storage === 'root') checkRoot(settings, name, type, place)
  keepFunctions(field, functionsIn(settings))
  return field
}

const OUTERMOST_ONLY = ['renamedFrom', 'signUpStep'] as const
const NOT_IN_ITEM = [
  ...OUTERMOST_ONLY,
  'name',
  'visibleWhen',
  'requiredWhen',
  'readOnlyWhen',
  'prefill',
  'prefillFrom',
  'section',
] as const

/** What would do nothing where the field stands is refused. */
function checkPlace({ get, path }: Settings, place: 'nested' | 'item'): void {
  for (const key of place === 'item' ? NOT_IN_ITEM : OUTERMOST_ONLY) {
    if (get(key) !== undefined)
      fail(
        `${path}.${key}`,
        place === 'item'
          ? 'is nothing an item of a list has; give it to the list, or leave it out'
          : 'is nothing a field in a group has; give it to the group, or leave it out',
      )
  }
}

function needed({ text, path }: Settings, key: 'name' | 'label' | 'version' | 'control'): string {
  return text(key) ?? fail(`${path}.${key}`, `is missing; write ${key}: '…'`)
}

/** A condition that `checkCondition` has looked through. */
function condition(value: unknown): Condition | null {
  return isCondition(value) ? value : null
}

function isCondition(value: unknown): value is Condition {
  return isRecord(value)
}

function wholeAccess(given: unknown, path: string): Readonly<Record<FieldScreen, Access>> {
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

function wholeScreens({ get, path }: Settings): readonly FieldScreen[] {
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

function wholePath({ get, words, path }: Settings, name: string, place: Place): readonly string[] {
  const given = get('path')
  const keys = given === undefined ? [name] : words('path')
  const at = `${path}.path`
  if (given !== undefined && place !== 'outermost')
    fail(at, 'a field in a group or a list is stored under its name; leave it out')
  if (place !== 'item') {
    for (const key of [name, ...keys]) {
      const problem = nestedNameProblem(key)
      if (problem) fail(`${key === name ? `${path}.name` : at} ${JSON.stringify(key)}`, problem.rule)
    }
  }
  return keys
}

function wholeMessages({ get, path }: Settings): Readonly<Record<string, string>> {
  const given = get('messages')
  return Object.fromEntries(
    Object.entries(isRecord(given) ? given : {}).map(([code, message]) => {
      if (!isCode(code))
        fail(`${path}.messages.${code}`, 'is no code; use one such as required, value_too_long or refused')
      return typeof message === 'string' ? [code, message] : fail(`${path}.messages.${code}`, 'must be a text')
    }),
  )
}

function wholeOneOf({ get, path }: Settings, type: FieldType): readonly (string | number)[] | null {
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

function bound({ get, path }: Settings, key: 'min' | 'max', type: FieldType): number | string | null {
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

function wholeOptionsWhen({ get, path }: Settings): Field['optionsWhen'] {
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

function wholeLink({ get, path }: Settings): Field['link'] {
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

function hiddenValue({ get, path }: Settings): JsonValue {
  const value = get('value')
  if (typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return value
  return fail(
    `${path}.value`,
    value === undefined ? "is missing; write value: '…'" : 'must be a text, a number, true or false',
  )
}

function wholeChildren({ get, path }: Settings): readonly Field[] {
  const given = get('fields')
  if (!Array.isArray(given) || given.length === 0)
    return fail(`${path}.fields`, 'cannot be empty; write fields: [{ name, label }]')
  return given.map((child: unknown, index) => wholeField(child, `${path}.fields[${index}]`, 'nested'))
}

function wholeOrigins({ words, path }: Settings): readonly string[] {
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
function staticPrefill({ get, path }: Settings, type: FieldType): JsonValue {
  const given = get('prefill')
  if (given === undefined || typeof given === 'function') return null
  const right =
    type === 'checkbox' || type === 'switch'
      ? typeof given === 'boolean'
      : NUMBERS.includes(type)
        ? typeof given === 'number'
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

function checkOrder(
  field: Field,
  low: 'minLength' | 'min' | 'minItems',
  high: 'maxLength' | 'max' | 'maxItems',
  path: string,
): void {
  const [min, max] = [field[low], field[high]]
  if (min !== null && max !== null && min > max)
    fail(`${path}.${low}`, `${min} is more than ${high} ${max}; no value could be right`)
}

function checkRoot({ get, path }: Settings, name: string, type: FieldType, place: Place): void {
  const at = `${path}.storage "root"`
  if (place !== 'outermost' || get('path') !== undefined)
    fail(at, 'a root attribute is not nested; leave out path and group')
  if (!ROOT_ATTRIBUTES.some((attribute) => attribute === name))
    fail(at, `the root takes ${ROOT_ATTRIBUTES.join(', ')}; rename the field or leave storage out`)
  if (get('renamedFrom') !== undefined)
    fail(`${path}.renamedFrom`, 'is for values in user_metadata; a root attribute has one name')
  if (NOT_TEXT.includes(type)) fail(at, `root attributes are texts; a ${type} field belongs into user_metadata`)
}

function functionsIn({ get, path }: Settings): FieldFunctions {
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
