// The JSON Schema of every setting, from the same tables that the check of a definition reads.
import { CODES } from '../contract/codes.ts'
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { MAX_NAME_LENGTH } from '../contract/limits.ts'
import { PROTOTYPE_NAMES } from '../contract/names.ts'
import { OPERATORS } from '../fields/condition-names.ts'
import { FIELD_SCREENS } from '../fields/definition.ts'
import type { FieldType } from '../fields/field.ts'
import { WORDS } from '../fields/read-setting.ts'
import { SETTINGS, type SettingKind } from '../fields/settings.ts'
import { NOT_TEXT, NUMBERS } from '../fields/whole-settings.ts'
import { type JsonSetting, SETTING_DESCRIPTIONS } from './setting-descriptions.ts'

const STRING = { type: 'string' }
const NUMBER = { type: 'number' }
const BOOLEAN = { type: 'boolean' }
const NOTHING = { type: 'null' }
const ACCESS = { enum: ['edit', 'read', 'none'] }
const SCALAR = { anyOf: [STRING, NUMBER, BOOLEAN] }

export const ref = (name: string): JsonObject => ({ $ref: `#/$defs/${name}` })
const words = (list: readonly string[]): JsonObject => ({ enum: [...list] })
const listOf = (items: JsonValue): JsonObject => ({ type: 'array', minItems: 1, items })

/** An object that takes these keys and no others. */
export function closed(properties: JsonObject, required: readonly string[]): JsonObject {
  return { type: 'object', properties, required: [...required], additionalProperties: false }
}

/** A key at any depth; the outermost names have more to keep to. */
const KEY = {
  type: 'string',
  minLength: 1,
  maxLength: MAX_NAME_LENGTH,
  pattern: '^[^.$\\u0000]+$',
  not: { enum: [...PROTOTYPE_NAMES] },
}

const KINDS: Readonly<Partial<Record<SettingKind, JsonObject>>> = {
  text: STRING,
  flag: BOOLEAN,
  count: { type: 'integer', minimum: 0 },
  number: NUMBER,
  words: listOf(STRING),
  condition: ref('condition'),
  options: ref('options'),
  fields: listOf(ref('nested')),
}

/** Settings that are more than their kind says. */
const SPECIAL: Readonly<Partial<Record<JsonSetting, JsonObject>>> = {
  name: KEY,
  label: { type: 'string', pattern: '\\S' },
  access: { anyOf: [ACCESS, closed(Object.fromEntries(FIELD_SCREENS.map((screen) => [screen, ACCESS])), [])] },
  screens: { type: 'array', minItems: 1, uniqueItems: true, items: words(FIELD_SCREENS) },
  path: listOf(KEY),
  renamedFrom: { anyOf: [STRING, listOf(STRING)] },
  messages: { type: 'object', propertyNames: words(CODES), additionalProperties: STRING },
  step: { type: 'number', exclusiveMinimum: 0 },
  optionsWhen: listOf(closed({ when: ref('condition'), options: ref('options') }, ['when', 'options'])),
  link: closed({ label: STRING, href: { type: 'string', pattern: '^([hH][tT][tT][pP][sS]?://|\\.{0,2}/(?!/)|#)' } }, [
    'label',
    'href',
  ]),
  value: SCALAR,
  item: ref('item'),
  origins: listOf({ type: 'string', pattern: '^https?://[^/?#]+$' }),
}

/** Settings that each type writes out for itself. */
const BY_TYPE: readonly JsonSetting[] = ['type', 'prefill', 'min', 'max', 'oneOf']

/** Every other setting with its description, to be referred to by each type that knows it. */
export function settingSchemas(names: readonly JsonSetting[]): JsonObject {
  const shared = names.filter((name) => !BY_TYPE.includes(name))
  return Object.fromEntries(
    shared.map((name) => {
      const list = WORDS[name]
      const schema = SPECIAL[name] ?? (list ? words(list) : KINDS[SETTINGS[name]]) ?? {}
      return [`setting-${name}`, { description: SETTING_DESCRIPTIONS[name], ...schema }]
    }),
  )
}

const BOXES: readonly FieldType[] = ['checkbox', 'switch']
const DATES: Readonly<Partial<Record<FieldType, string>>> = {
  date: '^\\d{4,}-\\d{2}-\\d{2}$',
  time: '^\\d{2}:\\d{2}',
  datetime: '^\\d{4,}-\\d{2}-\\d{2}T\\d{2}:\\d{2}',
  month: '^\\d{4,}-\\d{2}$',
}

/** What depends on the type: the values a field starts from and lies between, and where it is stored. */
export function settingOfType(name: JsonSetting, type: FieldType): JsonObject {
  const description = SETTING_DESCRIPTIONS[name]
  if (name === 'type') return { const: type, description }
  if (name === 'prefill') return { description, ...prefillOf(type) }
  if (name === 'min' || name === 'max') {
    const pattern = DATES[type]
    return { description, ...(pattern === undefined ? NUMBER : { type: 'string', pattern }) }
  }
  if (name === 'oneOf') return { description, ...listOf(oneOf(type)) }
  if (name === 'storage' && NOT_TEXT.includes(type)) return { description, const: 'user_metadata' }
  return ref(`setting-${name}`)
}

function oneOf(type: FieldType): JsonObject {
  const text = { type: 'string', minLength: 1 }
  if (type === 'custom') return { anyOf: [text, NUMBER] }
  return NUMBERS.includes(type) ? NUMBER : text
}

function prefillOf(type: FieldType): JsonObject {
  if (BOXES.includes(type)) return BOOLEAN
  if (NUMBERS.includes(type)) return NUMBER
  if (type === 'multiselect') return { type: 'array', items: STRING }
  if (type === 'list') return { type: 'array' }
  return type === 'custom' ? {} : STRING
}

const OPERAND = { anyOf: [STRING, NUMBER, BOOLEAN, NOTHING, closed({ field: STRING }, ['field'])] }

const TESTS: Readonly<Record<(typeof OPERATORS)[number], JsonObject>> = {
  equal: OPERAND,
  in: { type: 'array', items: SCALAR },
  contains: SCALAR,
  greater: OPERAND,
  less: OPERAND,
  matches: STRING,
  empty: BOOLEAN,
}

/** Conditions and choices, which refer to themselves. */
export function sharedSchemas(): JsonObject {
  const tests = Object.fromEntries(OPERATORS.map((operator) => [operator, TESTS[operator]]))
  const conditions = listOf(ref('condition'))
  const label = STRING
  const option = closed({ value: { type: 'string', minLength: 1 }, label, description: STRING, disabled: BOOLEAN }, [
    'value',
    'label',
  ])
  return {
    condition: {
      type: 'object',
      minProperties: 1,
      properties: { and: conditions, or: conditions, not: ref('condition') },
      additionalProperties: ref('test'),
    },
    test: { anyOf: [STRING, NUMBER, BOOLEAN, NOTHING, { ...closed(tests, []), minProperties: 1 }] },
    option: { anyOf: [{ type: 'string', minLength: 1 }, option] },
    options: listOf({
      anyOf: [ref('option'), closed({ label, options: listOf(ref('option')) }, ['label', 'options'])],
    }),
  }
}
