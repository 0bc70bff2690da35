// The JSON Schema of a definition says what the guard does, as far as JSON Schema can.
import Ajv2020 from 'ajv/dist/2020'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../src/contract/json.ts'
import { defineFields } from '../../src/fields/define.ts'
import { FIELD_TYPES, type Field, type Fields } from '../../src/fields/field.ts'
import { guard } from '../../src/fields/guard.ts'
import { type JsonSchemaOptions, jsonSchema } from '../../src/fields/json-schema.ts'
import { mergeMetadata } from '../../src/fields/merge.ts'
import { definitionOf, forms, soundFields } from './random-definitions.ts'
import { metadataFor } from './random-values.ts'

/** Steps are met as closely here as the guard wants them. */
const ajv = new Ajv2020({ strict: true, unicodeRegExp: true, multipleOfPrecision: 9 })

type UnknownKeys = NonNullable<JsonSchemaOptions['unknownKeys']>

function compiled(fields: Fields, unknownKeys: UnknownKeys = 'allow'): (value: unknown) => boolean {
  const validate = ajv.compile(jsonSchema(fields, { unknownKeys }))
  return (value) => validate(value)
}

/** What the guard refuses at creation and the schema does not; never the other way round. */
function onlyGuarded(
  fields: Fields,
  patch: JsonObject,
  unknownKeys: UnknownKeys,
  isRight: (value: unknown) => boolean,
) {
  const result = guard(fields, { patch, stored: null, unknownKeys, actor: 'management' })
  // A null at the root is no value.
  const right = isRight(mergeMetadata({}, patch))
  if (result.ok) {
    expect(right, JSON.stringify(patch)).toBe(true)
    return []
  }
  return right ? result.issues.map(({ code, pointer }) => `${code} ${pointer}`) : []
}

/** Rules that JSON Schema has no words for. */
const UNSAID = [/^hidden_field /, /^invalid_date /, /^invalid_url /, /^invalid_step /, /^metadata_too_large /]

/** What the schema of a field may let through, by the issue the guard finds. */
function isUnsaid(issue: string, field: Field): boolean {
  const inside = field.item ?? field
  const types = [field, inside, ...inside.fields]
  const orders = types.some(({ type }) => ['date', 'time', 'datetime', 'month'].includes(type))
  const texts = types.some((part) => part.stored === 'text')
  return (
    UNSAID.some((rule) => rule.test(issue)) ||
    (orders && /^value_too_(small|large) /.test(issue)) ||
    (types.some(({ type }) => type === 'timezone') && issue.startsWith('not_an_option ')) ||
    (types.some(({ pattern }) => pattern?.includes('--')) && issue.startsWith('pattern_mismatch ')) ||
    texts
  )
}

/** Draws values for a definition and holds the schema to what the guard says of them. */
function expectAgreement(fields: Fields, generate: fc.GeneratorValue): void {
  const schema = jsonSchema(fields)
  const isWhole = !JSON.stringify(schema).includes('JSON Schema cannot say it')
  const unknownKeys = generate(() => fc.constantFrom('allow', 'refuse'))
  const isRight = compiled(fields, unknownKeys)
  for (let run = 0; run < 20; run++) {
    const patch = { ...generate(() => metadataFor(fields)), ...generate(() => unknown) }
    const wrong = onlyGuarded(fields, patch, unknownKeys, isRight).filter(
      (issue) => !leaves(fields).some((field) => isUnsaid(issue, field)),
    )
    if (isWhole) expect(wrong, JSON.stringify(patch)).toEqual([])
  }
}

/** Keys that no field describes. */
const unknown = fc.constantFrom<JsonObject>(
  {},
  {},
  {},
  { other: 'x' },
  { other: { deep: [{ er: null }] } },
  { user_id: 'x' },
  { other: { 'a.b': 1 } },
  { '': 1 },
  { n: { other: 1 } },
  { n: 'x' },
)

test.each(FIELD_TYPES)('agrees with the guard on %s', (type) => {
  const definitions = definitionOf(type, [], 1)
    .map((definition) => soundFields([{ ...definition, name: 'a' }]))
    .filter((fields) => fields !== null)
  fc.assert(fc.property(definitions, fc.gen(), expectAgreement), { numRuns: 30, endOnFailure: true })
})

test('agrees with the guard on conditions, paths, groups and lists', () => {
  fc.assert(fc.property(forms(), fc.gen(), expectAgreement), { numRuns: 200, endOnFailure: true })
}, 30_000)

function leaves({ fields }: Pick<Fields, 'fields'>): readonly Field[] {
  return fields.flatMap((field) => [field, ...leaves(field.item ?? field)])
}

const example = defineFields(
  [
    { name: 'company', label: 'Company', hint: 'As on the invoice', required: true, maxLength: 5 },
    { name: 'given_name', label: 'Given name', storage: 'root', required: true },
    { name: 'size', type: 'select', label: 'Size', options: ['1-10', { value: '51+', label: 'More', disabled: true }] },
    { name: 'seats', type: 'number', label: 'Seats', min: 1, step: 2 },
    { name: 'news', type: 'checkbox', label: 'News', stored: 'text' },
    { name: 'zip', label: 'ZIP', path: ['address', 'zip'], requiredWhen: { news: true }, pattern: '\\d{5}' },
    { name: 'start', type: 'date', label: 'Start', min: '2026-01-01' },
    { name: 'end', type: 'date', label: 'End', requiredWhen: { start: { greater: '2026-06-01' } } },
    { name: 'crew', label: 'Crew', renamedFrom: 'team', required: true },
  ],
  {
    denyList: ['plan'],
    rules: [{ field: 'seats', refuseWhen: { seats: { less: 2 }, news: true }, message: 'Not for one' }],
  },
)

test('is plain JSON with titles, and says what it leaves out', () => {
  const schema = jsonSchema(example)
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
  expect(schema).toMatchObject({
    type: 'object',
    required: ['company'],
    properties: {
      company: { title: 'Company', description: 'As on the invoice', type: 'string', maxLength: 5 },
      size: { type: 'string', enum: ['1-10'] },
      seats: { type: 'number', minimum: 1, $comment: 'In steps of 2 from 1.' },
      news: { enum: ['true', 'false'] },
      team: { deprecated: true },
    },
    propertyNames: { not: { enum: expect.arrayContaining(['plan', 'user_id']) } },
  })
  expect(schema.properties).not.toHaveProperty('given_name')
  const text = JSON.stringify(schema)
  expect(text).toContain('JSON Schema does not order texts: from 2026-01-01.')
  expect(text).toContain('JSON Schema cannot say it: end is required when Start is after \\"2026-06-01\\".')
})

test.each<[unknown, boolean]>([
  [{ company: 'Acme', crew: 'x' }, true],
  [{ company: 'Acme', team: 'x' }, true],
  [{ company: 'Acme' }, false],
  [{ company: '🐎🐎🐎🐎🐎', crew: 'x' }, true],
  [{ company: '🐎🐎🐎🐎🐎🐎', crew: 'x' }, false],
  [{ company: ' ', crew: 'x' }, false],
  [{ company: 'Acme', crew: 'x', size: '51+' }, false],
  [{ company: 'Acme', crew: 'x', news: 'true' }, false],
  [{ company: 'Acme', crew: 'x', news: 'true', address: { zip: '12345', other: 1 } }, true],
  [{ company: 'Acme', crew: 'x', news: 'true', address: { zip: '12345' }, seats: 1 }, false],
  [{ company: 'Acme', crew: 'x', address: { zip: '1234' } }, false],
  [{ company: 'Acme', crew: 'x', plan: 'free' }, false],
  [{ company: 'Acme', crew: 'x', other: { $set: 1 } }, false],
  [[], false],
])('%j: %s', (value, right) => expect(compiled(example)(value)).toBe(right))

test('unknown keys can be refused, wherever fields are', () => {
  const isRight = compiled(example, 'refuse')
  expect(isRight({ company: 'Acme', crew: 'x', team: 'y', address: { zip: '12345' } })).toBe(true)
  expect(isRight({ company: 'Acme', crew: 'x', other: 1 })).toBe(false)
  expect(isRight({ company: 'Acme', crew: 'x', address: { other: 1 } })).toBe(false)
})
