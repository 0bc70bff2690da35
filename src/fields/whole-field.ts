// One field, checked and completed.
import { nestedNameProblem, ROOT_ATTRIBUTES } from '../contract/names.ts'
import { AUTOCAPITALIZES, ENTERKEYHINTS, INPUTMODES } from './definition.ts'
import { FIELD_TYPES, type Field, type FieldType, keepFunctions } from './field.ts'
import { checkPattern, readSettings, type Settings } from './read-setting.ts'
import { wholeOptions } from './whole-options.ts'
import {
  bound,
  CHOICES,
  condition,
  functionsIn,
  hiddenValue,
  NOT_TEXT,
  staticPrefill,
  wholeAccess,
  wholeLink,
  wholeMessages,
  wholeOneOf,
  wholeOptionsWhen,
  wholeOrigins,
  wholeScreens,
} from './whole-settings.ts'
import { fail, isRecord } from './wrong.ts'

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

function wholeChildren({ get, path }: Settings): readonly Field[] {
  const given = get('fields')
  if (!Array.isArray(given) || given.length === 0)
    return fail(`${path}.fields`, 'cannot be empty; write fields: [{ name, label }]')
  return given.map((child: unknown, index) => wholeField(child, `${path}.fields[${index}]`, 'nested'))
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
