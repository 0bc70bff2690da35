// Turns what a site wrote into a whole definition, or says what is wrong, where, and how to mend it.
import { type NamePolicy, rootNameProblem, STANDARD_FIELDS } from '../contract/names.ts'
import {
  FIELD_SCREENS,
  FIELD_TYPES,
  type Field,
  type FieldDefinition,
  type FieldScreen,
  type Fields,
  type Option,
} from './definition.ts'
import { patternOf } from './pattern.ts'

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
  const checked = checkFields(definitions, policy)
  return { fields: checked.fields, policy: checked.policy }
}

/** `defineFields` for a definition that no compiler has seen, such as one read from HTML or JSON. */
export function checkFields(given: unknown, policy: NamePolicy = {}): Fields {
  if (!Array.isArray(given))
    throw new TypeError('fields: must be a list of fields; write defineFields([{ name, label }])')
  const names = new Map<string, number>()
  const fields = given.map((definition: unknown, index) => {
    const path = `fields[${index}]`
    const field = wholeField(definition, path)
    const at = `${path}.name ${JSON.stringify(field.name)}`
    const problem = rootNameProblem(field.name, policy)
    if (problem) fail(at, problem.rule)
    if (STANDARD_FIELDS.includes(field.name)) fail(at, 'this is a field of the screens themselves; choose another name')
    const earlier = names.get(field.name)
    if (earlier !== undefined) fail(at, `fields[${earlier}] has this name already; every name can be used once`)
    names.set(field.name, index)
    return field
  })
  return { fields, policy: { reservedNames: policy.reservedNames ?? true, denyList: policy.denyList ?? [] } }
}

function fail(path: string, rule: string): never {
  throw new TypeError(`${path}: ${rule}`)
}

/** The settings of one field as they were given, read one by one with the type each has to have. */
function settingsOf(definition: unknown, path: string) {
  if (typeof definition !== 'object' || definition === null) fail(path, 'must be an object; write { name, label }')
  const given = new Map<string, unknown>(Object.entries(definition))
  const optionalText = (key: string): string | null => {
    const value = given.get(key)
    if (value === undefined) return null
    return typeof value === 'string' ? value : fail(`${path}.${key}`, `must be a text; write ${key}: '…'`)
  }
  return {
    given,
    optionalText,
    text: (key: string): string => optionalText(key) ?? fail(`${path}.${key}`, `is missing; write ${key}: '…'`),
    flag(key: string, fallback: boolean): boolean {
      const value = given.get(key) ?? fallback
      return typeof value === 'boolean' ? value : fail(`${path}.${key}`, 'must be true or false')
    },
    length(key: string): number | null {
      const value = given.get(key) ?? null
      const whole = value === null || (typeof value === 'number' && Number.isInteger(value) && value >= 0)
      return whole ? value : fail(`${path}.${key}`, 'must be a whole number of characters, 0 or more')
    },
  }
}

function wholeField(definition: unknown, path: string): Field {
  const settings = settingsOf(definition, path)
  const { given, text, optionalText, flag, length } = settings
  const word = given.get('type') ?? 'text'
  const type = FIELD_TYPES.find((known) => known === word)
  if (!type)
    return fail(`${path}.type ${JSON.stringify(word)}`, `is no field type; use one of ${FIELD_TYPES.join(', ')}`)
  for (const key of given.keys()) {
    if (KNOWN_KEYS[type].includes(key)) continue
    fail(`${path}.${key}`, `a ${type} field has no such setting; use one of ${KNOWN_KEYS[type].join(', ')}`)
  }
  const name = text('name')
  if (type === 'hidden') {
    const value = text('value')
    return { name, type, value, label: '', hint: null, required: false, screens: ['signUp'], autocomplete: null }
  }
  const label = text('label')
  if (label.trim() === '')
    fail(`${path}.label`, 'cannot be empty; it is the name of the control for everyone (WCAG 4.1.2)')
  const common = {
    name,
    label,
    hint: optionalText('hint'),
    required: flag('required', false),
    screens: wholeScreens(given.get('screens'), `${path}.screens`),
    autocomplete: optionalText('autocomplete'),
  }
  if (type === 'email' || type === 'checkbox') return { ...common, type }
  if (type === 'select') return { ...common, type, options: wholeOptions(given.get('options'), `${path}.options`) }
  const minLength = length('minLength')
  const maxLength = length('maxLength')
  if (minLength !== null && maxLength !== null && minLength > maxLength) {
    fail(`${path}.minLength`, `${minLength} is more than maxLength ${maxLength}; no value could be right`)
  }
  const rules = { minLength, maxLength, trim: flag('trim', true) }
  if (type === 'textarea') return { ...common, ...rules, type }
  return { ...common, ...rules, type, pattern: wholePattern(optionalText('pattern'), path) }
}

function wholeScreens(screens: unknown, path: string): readonly FieldScreen[] {
  if (screens === undefined) return FIELD_SCREENS
  if (!Array.isArray(screens) || screens.length === 0)
    fail(path, `must name at least one of ${FIELD_SCREENS.join(', ')}`)
  return screens.map(
    (screen: unknown) =>
      FIELD_SCREENS.find((known) => known === screen) ??
      fail(`${path} ${JSON.stringify(screen)}`, `is no screen with fields; use one of ${FIELD_SCREENS.join(', ')}`),
  )
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

function wholeOptions(options: unknown, path: string): readonly Option[] {
  if (!Array.isArray(options) || options.length === 0) fail(path, "cannot be empty; write options: ['…', '…']")
  const whole = options.map((option: unknown, index): Option => {
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
