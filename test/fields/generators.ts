// Random definitions and values, small enough that rules are met and broken about equally often.
import fc from 'fast-check'
import type { JsonObject, JsonValue } from '../../src/contract/json.ts'
import { codesOf } from '../../src/fields/code-lists.ts'
import { encode } from '../../src/fields/codec.ts'
import { checkFields } from '../../src/fields/define.ts'
import { FIELD_TYPES, type Field, type Fields, type FieldType, type FieldValue } from '../../src/fields/field.ts'
import { withValue } from '../../src/fields/merge.ts'

type Definition = Readonly<Record<string, unknown>>

const TEXTS = ['x', 'y', 'xy', ' x ', 'xyxy', '5', 'a\nb', '🐎', '🐎🐎🐎']
const WORDS = ['x', 'y', 'z']
const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'grapheme', maxLength: 6 }))
const count = fc.nat(3)
const NUMBERS = [-1, 0, 0.5, 1, 2, 2.5, 3, 10]
const number = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc.integer({ min: -1e6, max: 1e6 }).map((thousandths) => thousandths / 1000),
)

const TEXTS_OF: { readonly [Type in FieldType]?: readonly string[] } = {
  email: ['x@y', 'x@y.example', 'no', 'x@y..z', '@'],
  tel: ['+49 30 1234', '12', '123', '(030) 12-34 ext. 5', '1234567890123456', 'x', ' 123 ', '123x1x2'],
  url: ['https://x.example', 'HTTP://x/y?z#q', 'javascript:x', 'x', 'https://'],
  picture: ['https://x.example/a.png', 'data:image/png,x'],
  date: ['2024-02-29', '2023-02-29', '2020-01-01', '2020-1-1', '0000-01-01'],
  time: ['09:30', '23:59:59.999', '24:00', '9:30'],
  datetime: ['2024-02-29T09:30', '2024-02-29 09:30', '2023-04-31T00:00'],
  month: ['2024-02', '2024-13', '0000-01'],
  color: ['#336699', '#ABCDEF', '#369', 'red'],
  country: ['DE', 'de', 'XX'],
  language: ['de', 'zh-Hans', 'xx'],
  timezone: ['Europe/Berlin', 'UTC', 'Nowhere/Else', '+01:00'],
  currency: ['EUR', 'HRK'],
}

const DATES = ['date', 'time', 'datetime', 'month'] as const

/** Any setting may be missing. */
function some(settings: { readonly [Key: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<Definition> {
  return fc.record(settings, { requiredKeys: [] })
}

const options = fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1 }).chain((values) =>
  fc.constantFrom<readonly unknown[]>(
    values,
    [{ label: 'Group', options: values }],
    values.map((value, index) => ({ value, label: value.toUpperCase(), disabled: index > 0 })),
  ),
)

/** The rules that only some types have. */
function rulesOf(type: FieldType): fc.Arbitrary<Definition> {
  const rare = (arbitrary: fc.Arbitrary<unknown>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
  for (const date of DATES) {
    if (type === date)
      return some({ min: rare(fc.constantFrom(...validTexts(date))), max: rare(fc.constantFrom(...validTexts(date))) })
  }
  switch (type) {
    case 'text':
    case 'textarea':
      return some({
        minLength: rare(count),
        maxLength: rare(count),
        trim: fc.boolean(),
        pattern: rare(fc.constantFrom('x+', '[xy]*', '.', '\\p{L}+', '(?:x|y)', '[\\w--x]')),
        oneOf: rare(fc.constant(['x', 'xy'])),
      })
    case 'email':
    case 'tel':
    case 'url':
      return some({ maxLength: rare(fc.constantFrom(3, 5, 12)), pattern: rare(fc.constantFrom('.*x.*', '.+3.+')) })
    case 'number':
    case 'range':
      return some({
        min: rare(fc.constantFrom(-1, 0, 0.5, 1)),
        max: rare(fc.constantFrom(2, 3, 2.5)),
        step: rare(fc.constantFrom(0.5, 1, 2, 0.1)),
        oneOf: rare(fc.constant([1, 2.5])),
      })
    case 'select':
    case 'radio':
      return fc.record({ options, oneOf: rare(fc.constant(['x', 'y'])) })
    case 'multiselect':
      return fc.record({ options, minItems: rare(count), maxItems: rare(count) })
    case 'consent':
      return fc.constant({ version: '2' })
    case 'custom':
      return fc.constant({ control: 'map' })
    case 'country':
    case 'language':
    case 'timezone':
    case 'currency':
      return some({ codes: rare(fc.constant(codesOf(type).slice(0, 3))) })
    default:
      return fc.constant({})
  }
}

function validTexts(type: (typeof DATES)[number]): readonly string[] {
  return {
    date: ['2020-01-01', '2024-02-29'],
    time: ['09:00', '23:00'],
    datetime: ['2024-02-29T09:30'],
    month: ['2024-01'],
  }[type]
}

const stored = fc.constantFrom(undefined, undefined, 'text', 'json')

/** A definition without a name, of the given depth of groups and lists at most. */
export function definitionOf(type: FieldType, names: readonly string[], depth: number): fc.Arbitrary<Definition> {
  const label = fc.constant('Label')
  if (type === 'hidden')
    return fc.record({ type: fc.constant(type), value: fc.constantFrom('x', '5', 1, true), stored })
  const common = { type: fc.constant(type), label }
  const shown =
    names.length === 0 ? fc.constant(undefined) : fc.option(conditionOver(names), { nil: undefined, freq: 2 })
  const onHide = fc.constantFrom('keep', 'clear')
  if (type === 'group') {
    const inner = fieldsOf(['p', 'q', 'r'], names, depth - 1)
    return fc.record({ ...common, visibleWhen: shown, readOnlyWhen: shown, onHide, fields: inner })
  }
  const needs = { required: fc.boolean(), visibleWhen: shown, requiredWhen: shown, readOnlyWhen: shown, onHide }
  if (type === 'list') {
    return fc.record({
      ...common,
      ...needs,
      item: itemOf(names, depth - 1),
      stored,
      minItems: fc.option(count, { nil: undefined }),
    })
  }
  const cases = () => fc.array(fc.record({ when: conditionOver(names), options }), { minLength: 1, maxLength: 2 })
  const choices =
    names.length > 0 && ['select', 'radio', 'multiselect'].includes(type)
      ? { optionsWhen: fc.option(cases(), { nil: undefined, freq: 2 }) }
      : {}
  const kept = type === 'consent' ? {} : { stored }
  return fc
    .tuple(fc.record({ ...common, ...needs, ...kept, ...choices }), rulesOf(type))
    .map(([one, other]) => ({ ...one, ...other }))
}

function itemOf(names: readonly string[], depth: number): fc.Arbitrary<Definition> {
  const plain = fc
    .constantFrom<FieldType>('text', 'number', 'select', 'date', 'email')
    .chain((type) => fc.tuple(fc.constant({ type, label: 'Item' }), rulesOf(type)))
    .map(([common, rules]) => ({ ...common, ...rules }))
  const group = fieldsOf(['p', 'q'], names, depth).map((fields) => ({ type: 'group', label: 'Item', fields }))
  return fc.oneof(plain, group)
}

function fieldsOf(
  names: readonly string[],
  outer: readonly string[],
  depth: number,
): fc.Arbitrary<readonly Definition[]> {
  const types = FIELD_TYPES.filter((type) => depth > 0 || (type !== 'group' && type !== 'list'))
  return fc.integer({ min: 1, max: names.length }).chain((size) =>
    fc.tuple(
      ...names.slice(0, size).map((name) =>
        fc
          .constantFrom(...types)
          .chain((type) => definitionOf(type, [...names.slice(0, size), ...outer], depth))
          .map((definition): Definition => ({ ...definition, name })),
      ),
    ),
  )
}

/** Definitions of up to five fields with conditions over each other, some of them along a path; wrong ones are left out. */
export function forms(settings: { readonly secrets?: 'allow' } = { secrets: 'allow' }): fc.Arbitrary<Fields> {
  const names = ['a', 'b', 'c', 'd', 'e']
  const path = fc.constantFrom(undefined, undefined, ['n', 'k'], ['n', 'm', 'k'])
  const placed = fieldsOf(names, [], 2).chain((definitions) =>
    fc.tuple(
      ...definitions.map((definition, index) =>
        path.map(
          (keys): Definition =>
            keys ? { ...definition, path: keys.map((key) => (key === 'k' ? `k${index}` : key)) } : definition,
        ),
      ),
    ),
  )
  return placed.map((definitions) => attempt(definitions, settings)).filter((fields) => fields !== null)
}

function attempt(definitions: readonly Definition[], settings: { readonly secrets?: 'allow' }): Fields | null {
  try {
    return checkFields(definitions.map(withoutUndefined), settings)
  } catch {
    return null
  }
}

function withoutUndefined(definition: Definition): Definition {
  return JSON.parse(JSON.stringify(definition))
}

const plain = fc.oneof(
  fc.constantFrom('x', 'y', '5', '2020-01-01'),
  fc.constantFrom(0, 1, 2.5),
  fc.boolean(),
  fc.constantFrom(null, ''),
)

/** A condition over some fields. */
export function conditionOver(names: readonly string[]): fc.Arbitrary<unknown> {
  const test = fc.oneof(
    { weight: 3, arbitrary: plain },
    plain.map((equal) => ({ equal })),
    fc.array(plain, { maxLength: 3 }).map((list) => ({ in: list })),
    fc.constantFrom('x', 'y', '5', '', 1).map((contains) => ({ contains })),
    fc.constantFrom(0, 1, '2020-01-01').map((greater) => ({ greater })),
    fc.constantFrom(1, 2, 'x').map((less) => ({ less })),
    fc.constantFrom('x+', '.*', '[xy]').map((matches) => ({ matches })),
    fc.boolean().map((empty) => ({ empty })),
    fc.record({ empty: fc.constant(false), in: fc.constant(['x', 1]) }),
    fc
      .constantFrom(...names, 'a')
      .filter((name) => names.includes(name))
      .map((field) => ({ equal: { field } })),
  )
  const one = fc.tuple(fc.constantFrom(...names), test).map(([name, given]) => ({ [name]: given }))
  return fc.oneof(
    { weight: 4, arbitrary: one },
    fc.tuple(one, one).map(([first, second]) => ({ ...first, ...second })),
    fc.tuple(one, one).map((parts) => ({ or: parts })),
    fc.tuple(one, one).map((parts) => ({ and: parts })),
    one.map((part) => ({ not: part })),
  )
}

/** What a control of the field can hold, in the form that it would show again. */
export function heldBy(field: Field): fc.Arbitrary<FieldValue> {
  const choices = [...(field.options ?? []), ...field.optionsWhen.flatMap((entry) => entry.options)].map(
    ({ value }) => value,
  )
  const known = field.codes ?? TEXTS_OF[field.type] ?? TEXTS
  switch (field.type) {
    case 'checkbox':
    case 'switch':
      return fc.boolean()
    case 'number':
    case 'range':
      return fc.oneof(
        fc.constant(''),
        number.map((given) => String(given + 0)),
      )
    case 'select':
    case 'radio':
      return fc.constantFrom('', ...choices, 'other')
    case 'multiselect':
      return fc.uniqueArray(fc.constantFrom(...choices, 'other'))
    case 'consent':
      return fc.oneof(
        fc.constant(null),
        fc.boolean().map((granted) => consent(granted, field.version ?? '')),
      )
    case 'hidden':
      return fc.constant(field.value)
    case 'group':
      return fc.record(Object.fromEntries(field.fields.map((child) => [child.name, heldBy(child)])))
    case 'list': {
      const { item } = field
      return item
        ? fc.array(
            heldBy(item).filter((held) => encode(item, held) !== undefined),
            { maxLength: 3 },
          )
        : fc.constant([])
    }
    case 'custom':
      return fc.constantFrom<JsonValue>(null, 'x', '5', 1, true, { x: [1] }, ['x'])
    default:
      return fc
        .oneof(fc.constant(''), fc.constantFrom(...known), text)
        .map((given) => (field.trim || field.type === 'email' ? given.trim() : given))
  }
}

export function consent(granted: boolean, version: string): JsonObject {
  return { granted, at: '2026-01-01T00:00:00.000Z', version, textHash: 'a'.repeat(64), locale: 'en' }
}

const wild: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(
  '',
  '  ',
  'x',
  '5',
  'true',
  '[]',
  '{}',
  0,
  1,
  2,
  2.5,
  true,
  false,
  null,
  [],
  ['x'],
  ['x', 'x'],
  [1],
  [null],
  {},
  { x: 1 },
  { p: 'x' },
  { granted: false },
)

/** What may be stored for a field: mostly what its control would store, otherwise anything. */
export function storedFor(field: Field): fc.Arbitrary<JsonValue | undefined> {
  const right = heldBy(field).map((held) => encode(field, held))
  const { item } = field
  if (field.type === 'list' && item && field.stored !== 'text') {
    const items = fc.array(storedFor(item), { maxLength: 3 }).map((list) => list.filter((entry) => entry !== undefined))
    return fc.oneof({ weight: 6, arbitrary: items }, { weight: 1, arbitrary: wild })
  }
  if (field.type !== 'group') return fc.oneof({ weight: 4, arbitrary: right }, { weight: 1, arbitrary: wild })
  const object = fc
    .tuple(...field.fields.map((child) => storedFor(child).map((value) => [child.name, value] as const)))
    .map((entries) =>
      Object.fromEntries(entries.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)),
    )
  return fc.oneof(
    { weight: 6, arbitrary: object },
    { weight: 1, arbitrary: wild },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )
}

/** Metadata with a value, or none, for every field of a definition. */
export function metadataFor({ fields }: Fields): fc.Arbitrary<JsonObject> {
  return fc
    .tuple(...fields.map((field) => storedFor(field).map((value) => [field, value] as const)))
    .map((entries) => entries.reduce<JsonObject>((metadata, [{ path }, value]) => withValue(metadata, path, value), {}))
}
