// Turns what a site wrote into a whole definition, or says what is wrong, where, and how to mend it.
import { type NamePolicy, rootNameProblem, STANDARD_FIELDS } from '../contract/names.ts'
import {
  FIELD_SCREENS,
  FIELD_TYPES,
  type Field,
  type FieldDefinition,
  type Fields,
  type Option,
  type OptionDefinition,
} from './definition.ts'
import { patternOf } from './rules.ts'

const COMMON = ['name', 'type', 'label', 'hint', 'required', 'screens', 'autocomplete']
const TEXT_RULES = ['minLength', 'maxLength', 'trim']

/** The settings each type of field knows; any other key is a mistake that would silently do nothing. */
const KNOWN_KEYS: Readonly<Record<(typeof FIELD_TYPES)[number], readonly string[]>> = {
  text: [...COMMON, ...TEXT_RULES, 'pattern'],
  email: COMMON,
  textarea: [...COMMON, ...TEXT_RULES],
  select: [...COMMON, 'options'],
  checkbox: COMMON,
  hidden: ['name', 'type', 'value'],
}

/**
 * Checks a field definition and fills in its defaults.
 * Throws TypeError with the path of the mistake, the rule and the fix, such as
 * `fields[1].name "a.b": field names cannot contain "."; nest the value or use "_"`.
 *
 * @example
 * const fields = defineFields([
 *   { name: 'company', label: 'Company', required: true },
 *   { name: 'team_size', type: 'select', label: 'Team size', options: ['1-10', '11-50', '51+'] },
 * ])
 */
export function defineFields<const Definitions extends readonly FieldDefinition[]>(
  definitions: Definitions,
  policy: NamePolicy = {},
): Fields<Definitions> {
  const given: unknown = definitions
  if (!Array.isArray(given))
    throw new TypeError('fields: must be a list of fields; write defineFields([{ name, label }])')
  const names = new Map<string, number>()
  const fields = definitions.map((definition, index) => {
    const path = `fields[${index}]`
    const field = wholeField(definition, path)
    const nameProblem = rootNameProblem(field.name, policy)
    if (nameProblem) fail(`${path}.name ${JSON.stringify(field.name)}`, nameProblem.rule)
    if (STANDARD_FIELDS.includes(field.name)) {
      fail(
        `${path}.name ${JSON.stringify(field.name)}`,
        'this is a field of the screens themselves; choose another name',
      )
    }
    const earlier = names.get(field.name)
    if (earlier !== undefined) {
      fail(
        `${path}.name ${JSON.stringify(field.name)}`,
        `fields[${earlier}] has this name already; every name can be used once`,
      )
    }
    names.set(field.name, index)
    return field
  })
  return { fields, policy: { reservedNames: policy.reservedNames ?? true, denyList: policy.denyList ?? [] } }
}

function fail(path: string, rule: string): never {
  throw new TypeError(`${path}: ${rule}`)
}

function wholeField(definition: FieldDefinition, path: string): Field {
  const given: unknown = definition
  if (typeof given !== 'object' || given === null) fail(path, 'must be an object; write { name, label }')
  const type = definition.type ?? 'text'
  if (!FIELD_TYPES.includes(type))
    fail(`${path}.type ${JSON.stringify(type)}`, `is no field type; use one of ${FIELD_TYPES.join(', ')}`)
  for (const key of Object.keys(definition)) {
    if (!KNOWN_KEYS[type].includes(key)) {
      fail(`${path}.${key}`, `a ${type} field has no such setting; use one of ${KNOWN_KEYS[type].join(', ')}`)
    }
  }
  const text = (key: string, value: unknown): string =>
    typeof value === 'string' ? value : fail(`${path}.${key}`, `must be a text; write ${key}: '…'`)
  const optionalText = (key: string, value: unknown) => (value === undefined ? null : text(key, value))
  const flag = (key: string, value: unknown, fallback: boolean): boolean =>
    value === undefined || typeof value === 'boolean'
      ? (value ?? fallback)
      : fail(`${path}.${key}`, 'must be true or false')
  const length = (key: string, value: unknown): number | null =>
    value === undefined || (typeof value === 'number' && Number.isInteger(value) && value >= 0)
      ? (value ?? null)
      : fail(`${path}.${key}`, 'must be a whole number of characters, 0 or more')

  const name = text('name', definition.name)
  if (definition.type === 'hidden') {
    const value = text('value', definition.value)
    return {
      name,
      type: 'hidden',
      value,
      label: '',
      hint: null,
      required: false,
      screens: ['signUp'],
      autocomplete: null,
    }
  }
  const label = text('label', definition.label)
  if (label.trim() === '')
    fail(`${path}.label`, 'cannot be empty; it is the name of the control for everyone (WCAG 4.1.2)')
  const screens = definition.screens ?? FIELD_SCREENS
  if (!Array.isArray(screens) || screens.length === 0)
    fail(`${path}.screens`, `must name at least one of ${FIELD_SCREENS.join(', ')}`)
  for (const screen of screens) {
    if (!FIELD_SCREENS.includes(screen))
      fail(
        `${path}.screens ${JSON.stringify(screen)}`,
        `is no screen with fields; use one of ${FIELD_SCREENS.join(', ')}`,
      )
  }
  const common = {
    name,
    label,
    hint: optionalText('hint', definition.hint),
    required: flag('required', definition.required, false),
    screens,
    autocomplete: optionalText('autocomplete', definition.autocomplete),
  }
  switch (definition.type) {
    case 'email':
      return { ...common, type: 'email', autocomplete: common.autocomplete }
    case 'checkbox':
      return { ...common, type: 'checkbox' }
    case 'select':
      return { ...common, type: 'select', options: wholeOptions(definition.options, `${path}.options`) }
    default: {
      const minLength = length('minLength', definition.minLength)
      const maxLength = length('maxLength', definition.maxLength)
      if (minLength !== null && maxLength !== null && minLength > maxLength) {
        fail(`${path}.minLength`, `${minLength} is more than maxLength ${maxLength}; no value could be right`)
      }
      const rules = { minLength, maxLength, trim: flag('trim', definition.trim, true) }
      if (definition.type === 'textarea') return { ...common, ...rules, type: 'textarea' }
      return {
        ...common,
        ...rules,
        type: 'text',
        pattern: wholePattern(optionalText('pattern', definition.pattern), path),
      }
    }
  }
}

function wholePattern(pattern: string | null, path: string): string | null {
  if (pattern === null) return null
  try {
    patternOf(pattern)
  } catch {
    fail(
      `${path}.pattern ${JSON.stringify(pattern)}`,
      'is no regular expression with the v flag; escape characters such as "(", "[", "-" in a class',
    )
  }
  return pattern
}

function wholeOptions(options: readonly OptionDefinition[], path: string): readonly Option[] {
  if (!Array.isArray(options) || options.length === 0) fail(path, "cannot be empty; write options: ['…', '…']")
  const whole = options.map((option, index): Option => {
    const choice: unknown = typeof option === 'string' ? { value: option, label: option } : option
    if (!isOption(choice))
      fail(`${path}[${index}]`, 'must be a text or { value, label } with a value that is not empty')
    return { value: choice.value, label: choice.label }
  })
  whole.forEach(({ value }, index) => {
    if (whole.findIndex((other) => other.value === value) !== index)
      fail(`${path}[${index}] ${JSON.stringify(value)}`, 'stands there already; every value can be used once')
  })
  return whole
}

function isOption(choice: unknown): choice is Option {
  if (typeof choice !== 'object' || choice === null || !('value' in choice) || !('label' in choice)) return false
  return typeof choice.value === 'string' && choice.value !== '' && typeof choice.label === 'string'
}
