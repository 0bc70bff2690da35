// The laws of codecs, merge, diff and guard, for every type of field and for random definitions and values.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Intent } from '../../src/contract/intents.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/contract/json.ts'
import { decode, encode } from '../../src/fields/codec.ts'
import { defineFields } from '../../src/fields/define.ts'
import { diff } from '../../src/fields/diff.ts'
import { FIELD_TYPES, type Field, type Fields, type FieldValue } from '../../src/fields/field.ts'
import { mergeMetadata, placed, withValue } from '../../src/fields/merge.ts'
import { heldValue, type Stored, valueAt } from '../../src/fields/stored.ts'
import { definitionOf, forms, soundFields } from './random-definitions.ts'
import { heldBy, heldIn, metadataFor } from './random-values.ts'

/** No shrinking: a definition is made in so many steps that it would take minutes. */
const runs = (numRuns: number) => ({ numRuns, endOnFailure: true })

const one = (type: Field['type']) =>
  definitionOf(type, [], 2)
    .map((definition) => soundFields([{ ...definition, name: 'a' }]))
    .filter((fields) => fields !== null)

const key = fc.constantFrom('a', 'b', 'c', 'other')
const leaf = fc.oneof(fc.string(), fc.boolean(), fc.integer())
const json: fc.Arbitrary<JsonValue> = fc.oneof(leaf, fc.array(leaf), fc.dictionary(fc.string({ minLength: 1 }), leaf))

test('a merge sets, removes and keeps exactly what the patch says', () => {
  const patches = fc.dictionary(key, fc.oneof(json, fc.constant(null)))
  fc.assert(
    fc.property(fc.dictionary(key, json), patches, (stored, change) => {
      const merged = mergeMetadata(stored, change)
      for (const name of new Set([...Object.keys(stored), ...Object.keys(change)])) {
        const wanted = Object.hasOwn(change, name) ? change[name] : stored[name]
        if (wanted === null) expect(Object.hasOwn(merged, name)).toBe(false)
        else expect(merged[name]).toEqual(wanted)
      }
      expect(mergeMetadata(merged, change)).toEqual(merged)
    }),
  )
})

test.each(FIELD_TYPES)('%s: what was encoded is decoded to the same, and travels as JSON', (type) => {
  fc.assert(
    fc.property(one(type), fc.gen(), ({ fields: [field] }, generate) => {
      if (!field) return
      const held = generate(() => heldBy(field))
      const stored = encode(field, held)
      expect(decode(field, stored)).toEqual(held)
      expect(stored === undefined ? undefined : JSON.parse(JSON.stringify(stored))).toEqual(stored)
      if (field.stored === 'text' && stored !== undefined) expect(typeof stored).toBe('string')
    }),
    runs(300),
  )
})

test('texts of any Unicode come back, whatever they are stored as', () => {
  const { fields } = defineFields([
    { name: 'raw', label: 'Raw', trim: false, stored: 'text' },
    { name: 'company', label: 'Company' },
  ])
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const field of fields) {
        const held = field.trim ? text.trim() : text
        expect(decode(field, encode(field, held))).toBe(held)
      }
    }),
  )
})

/** The metadata and attributes of a sign-up. */
function created({ fields }: Fields, held: ReadonlyMap<string, FieldValue>): Required<Stored> {
  let user_metadata: JsonObject = {}
  let root: JsonObject = {}
  for (const field of fields) {
    const value = encode(field, held.get(field.name) ?? null)
    if (value === undefined) continue
    if (field.storage === 'root') root = { ...root, [field.name]: value }
    else user_metadata = withValue(user_metadata, field.path, value)
  }
  return { user_metadata, root }
}

test('what was typed at sign-up is what the profile form shows', () => {
  fc.assert(
    fc.property(forms(), fc.gen(), (fields, generate) => {
      const held = generate(() => heldIn(fields))
      const stored = created(fields, held)
      for (const field of fields.fields) expect(heldValue(field, stored)).toEqual(held.get(field.name))
    }),
    runs(300),
  )
})

/** A profile after intents, each taken as its description says. */
function after(stored: Required<Stored>, intents: readonly Intent[]): Required<Stored> {
  return intents.reduce<Required<Stored>>(({ user_metadata, root }, intent) => {
    if (intent.action === 'clear') return { user_metadata: {}, root }
    const value = 'value' in intent ? intent.value : undefined
    const path = 'path' in intent ? intent.path : [intent.key]
    return intent.target === 'root'
      ? { user_metadata, root: placed(root, path, value) }
      : { user_metadata: placed(user_metadata, path, value), root }
  }, stored)
}

/** Keys beside, inside and around fields that no definition knows. */
function withUnknown(fields: readonly Field[], metadata: JsonObject): JsonObject {
  const groups = fields.filter(({ type, path }) => type === 'group' && typeof valueAt(metadata, path) === 'object')
  const places = [['other'], ['n', 'other'], ...groups.map(({ path }) => [...path, 'other'])]
  return places.reduce((result, path) => {
    const parent = valueAt(result, path.slice(0, -1))
    return parent === undefined || isJsonObject(parent) ? withValue(result, path, { un: ['known'] }) : result
  }, metadata)
}

/** Metadata without what a definition knows. */
function unknownOf(fields: readonly Field[], metadata: JsonObject): JsonObject {
  const paths = fields.flatMap((field): readonly (readonly string[])[] =>
    field.type === 'group' && isJsonObject(valueAt(metadata, field.path))
      ? field.fields.map(({ name }) => [...field.path, name])
      : [field.path, ...field.renamedFrom.map((name) => [name])],
  )
  const rest = paths.reduce((result, path) => withValue(result, path, undefined), metadata)
  return JSON.parse(
    JSON.stringify(rest, (_, value) => (isJsonObject(value) && Object.keys(value).length === 0 ? undefined : value)) ??
      '{}',
  )
}

const profiles = (fields: Fields) =>
  metadataFor(fields).map((metadata) => ({ user_metadata: withUnknown(fields.fields, metadata), root: {} }))

test('an unchanged form has no intents, whatever is stored', () => {
  fc.assert(
    fc.property(forms(), fc.gen(), (fields, generate) => {
      const stored = generate(() => profiles(fields))
      const shown = new Map(fields.fields.map((field) => [field.name, heldValue(field, stored)]))
      expect(diff(fields.fields, stored, shown)).toEqual([])
    }),
    runs(300),
  )
})

test('a changed form leads to what is in it, and leaves alone what no field knows', () => {
  fc.assert(
    fc.property(forms(), fc.gen(), (fields, generate) => {
      const stored = generate(() => profiles(fields))
      const held = generate(() => heldIn(fields))
      const saved = after(stored, diff(fields.fields, stored, held))
      for (const field of fields.fields) {
        if (field.type !== 'hidden') expect(shownBy(field, saved)).toEqual(shownBy(field, created(fields, held)))
      }
      expect(unknownOf(fields.fields, saved.user_metadata)).toEqual(unknownOf(fields.fields, stored.user_metadata))
    }),
    runs(300),
  )
})

/** What a control would store, without hidden values: a profile form does not write them. */
function shownBy(field: Field, stored: Stored): JsonValue | undefined {
  return encode(field, withoutHidden(field, heldValue(field, stored)))
}

function withoutHidden(field: Field, held: FieldValue): FieldValue {
  if (field.type !== 'group' || !isJsonObject(held)) return held
  return Object.fromEntries(
    field.fields.map((child) => [
      child.name,
      child.type === 'hidden' ? child.value : withoutHidden(child, held[child.name] ?? null),
    ]),
  )
}

const moved = defineFields([
  { name: 'given_name', label: 'Given name', storage: 'root' },
  { name: 'crew', label: 'Crew', renamedFrom: ['team', 'gang'] },
  { name: 'city', label: 'City', path: ['address', 'city'] },
  {
    name: 'jobs',
    type: 'list',
    label: 'Jobs',
    item: {
      type: 'group',
      label: 'Job',
      fields: [
        { name: 'title', label: 'Title' },
        { name: 'firm', type: 'group', label: 'Firm', fields: [{ name: 'name', label: 'Name' }] },
      ],
    },
  },
  {
    name: 'home',
    type: 'group',
    label: 'Home',
    fields: [
      { name: 'street', label: 'Street' },
      { name: 'floor', type: 'number', label: 'Floor' },
      { name: 'terms', type: 'consent', label: 'Terms', version: '2' },
    ],
  },
])

const profile: Required<Stored> = {
  root: { given_name: 'Ana', nickname: 'An' },
  user_metadata: {
    gang: 'x',
    team: 'y',
    address: { city: 'Lisbon', zip: '1000', geo: { lat: 1 } },
    jobs: [{ id: 7, title: 'Cook', firm: { name: 'A', vat: 1 } }, { title: 'Boss' }],
    home: { street: 'Main', floor: ['not a number'], terms: { granted: true, version: '1' }, pet: 'cat' },
  },
}

test.each<[name: string, held: FieldValue, saved: JsonObject | null, root?: JsonObject]>([
  ['given_name', 'Bo', null, { given_name: 'Bo', nickname: 'An' }],
  ['given_name', '', null, { nickname: 'An' }],
  ['crew', 'z', { crew: 'z', gang: null, team: null }],
  ['crew', '', { gang: null, team: null }],
  ['city', 'Porto', { address: { city: 'Porto', zip: '1000', geo: { lat: 1 } } }],
  ['city', '', { address: { zip: '1000', geo: { lat: 1 } } }],
  [
    'jobs',
    [{ title: 'Boss' }, { id: 7, title: 'Chef', firm: { name: 'A', vat: 1 } }],
    { jobs: [{ title: 'Boss' }, { id: 7, title: 'Chef', firm: { name: 'A', vat: 1 } }] },
  ],
  [
    'home',
    { street: 'Side', floor: '', terms: null },
    { home: { street: 'Side', floor: ['not a number'], terms: { granted: true, version: '1' }, pet: 'cat' } },
  ],
  ['home', { floor: '2' }, { home: { street: 'Main', floor: 2, terms: { granted: true, version: '1' }, pet: 'cat' } }],
])('%s as %j changes just that', (name, held, changed, root = profile.root) => {
  const saved = after(profile, diff(moved.fields, profile, new Map([[name, held]])))
  expect(saved).toEqual({ root, user_metadata: mergeMetadata(profile.user_metadata, changed ?? {}) })
})

test('items show and keep what no field knows, also in a group inside of them', () => {
  const jobs = moved.fields.find(({ name }) => name === 'jobs')
  const shown = jobs ? heldValue(jobs, profile) : null
  expect(shown).toEqual([
    { id: 7, title: 'Cook', firm: { name: 'A', vat: 1 } },
    { title: 'Boss', firm: { name: '' } },
  ])
  expect(jobs && encode(jobs, shown)).toEqual(profile.user_metadata.jobs)
})
