// Random values for a definition: what its controls hold, and what may be stored.
import fc from 'fast-check'
import type { JsonObject, JsonValue } from '../../src/contract/json.ts'
import { encode } from '../../src/fields/codec.ts'
import type { Field, Fields, FieldType, FieldValue } from '../../src/fields/field.ts'
import { withValue } from '../../src/fields/merge.ts'

const TEXTS = ['x', 'y', 'xy', ' x ', 'xyxy', '5', 'a\nb', '🐎', '🐎🐎🐎']
const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'grapheme', maxLength: 6 }))
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

/** What the controls of a form hold, by name. */
export function heldIn({ fields }: Fields): fc.Arbitrary<ReadonlyMap<string, FieldValue>> {
  return fc
    .tuple(...fields.map((field) => heldBy(field).map((held): [string, FieldValue] => [field.name, held])))
    .map((entries) => new Map(entries))
}
