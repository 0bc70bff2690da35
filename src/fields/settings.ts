// The table of settings: what kind of value each one takes, and which types of field know it.
import type { FieldType } from './field.ts'

/**
 * How a setting is written: `words` is a list of texts, `count` a whole number, `bound` a number or a text by type,
 * `function` code only, `json` whatever the type of the field holds.
 */
export type SettingKind =
  | 'text'
  | 'flag'
  | 'count'
  | 'number'
  | 'bound'
  | 'words'
  | 'condition'
  | 'options'
  | 'object'
  | 'fields'
  | 'json'
  | 'function'

export const SETTINGS = {
  name: 'text',
  type: 'text',
  label: 'text',
  hint: 'text',
  required: 'flag',
  recommended: 'flag',
  requiredWhen: 'condition',
  visibleWhen: 'condition',
  readOnlyWhen: 'condition',
  onHide: 'text',
  access: 'json',
  screens: 'words',
  order: 'number',
  section: 'text',
  signUpStep: 'text',
  width: 'text',
  storage: 'text',
  path: 'words',
  stored: 'text',
  renamedFrom: 'words',
  decode: 'function',
  prefill: 'json',
  prefillFrom: 'text',
  autocomplete: 'text',
  inputmode: 'text',
  enterkeyhint: 'text',
  autocapitalize: 'text',
  sensitive: 'flag',
  messages: 'object',
  oneOf: 'json',
  validate: 'function',
  schema: 'function',
  minLength: 'count',
  maxLength: 'count',
  trim: 'flag',
  pattern: 'text',
  min: 'bound',
  max: 'bound',
  step: 'number',
  options: 'options',
  optionsWhen: 'json',
  searchable: 'flag',
  minItems: 'count',
  maxItems: 'count',
  version: 'text',
  text: 'text',
  link: 'object',
  value: 'json',
  fields: 'fields',
  item: 'object',
  origins: 'words',
  codes: 'words',
  control: 'text',
} as const satisfies Readonly<Record<string, SettingKind>>

export type Setting = keyof typeof SETTINGS

const NESTED = 'name type label hint visibleWhen readOnlyWhen onHide access screens order section signUpStep path '
const COMMON = `${NESTED}required recommended requiredWhen width storage renamedFrom decode autocomplete inputmode enterkeyhint autocapitalize sensitive messages validate schema `
const VALUE = `${COMMON}stored prefill prefillFrom `
const PLAIN = `${VALUE}oneOf `
const TEXT = `${PLAIN}minLength maxLength trim pattern`
const NUMBER = `${PLAIN}min max step`
const DATE = `${PLAIN}min max`
const CHOICE = 'options optionsWhen searchable'
const CODE = `${PLAIN}codes`

const KNOWN: Readonly<Record<FieldType, string>> = {
  text: TEXT,
  textarea: TEXT,
  email: TEXT,
  tel: TEXT,
  url: TEXT,
  number: NUMBER,
  range: NUMBER,
  date: DATE,
  time: DATE,
  datetime: DATE,
  month: DATE,
  color: PLAIN,
  select: `${PLAIN}${CHOICE}`,
  radio: `${PLAIN}${CHOICE}`,
  multiselect: `${VALUE}${CHOICE} minItems maxItems`,
  checkbox: VALUE,
  switch: VALUE,
  consent: `${COMMON}version text link`,
  hidden: 'name type value path stored',
  group: `${NESTED}fields`,
  list: `${COMMON}stored prefill item minItems maxItems`,
  picture: `${PLAIN}origins`,
  country: CODE,
  language: CODE,
  timezone: CODE,
  currency: CODE,
  custom: `${PLAIN}control`,
}

/** The settings a type of field knows; any other would silently do nothing. */
export function settingsOf(type: FieldType): readonly string[] {
  return KNOWN[type].trim().split(' ')
}

/** True for the name of a setting of any type. */
export function isSetting(name: string): name is Setting {
  return Object.hasOwn(SETTINGS, name)
}
