// What the guard makes of consents, deny list, secrets, root attributes and the site's own checks.
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { JsonObject } from '../../src/contract/json.ts'
import type { FieldDefinition } from '../../src/fields/definition.ts'
import { guard, guardAsync } from '../../src/fields/guard.ts'
import type { StandardSchema } from '../../src/fields/standard-schema.ts'
import { asked, definitions, shortOf } from './asked.ts'
import { consent } from './random-values.ts'

describe('consents', () => {
  const fields = definitions([
    { name: 'terms', type: 'consent', label: 'Terms', version: '2', required: true },
    {
      name: 'mail',
      type: 'group',
      label: 'Mail',
      fields: [{ name: 'news', type: 'consent', label: 'News', version: '1' }],
    },
  ])
  const given = { ...consent(true, '2'), at: '1999-01-01T00:00:00.000Z' }
  const dated = { ...given, at: '2026-11-24T00:00:00.000Z' }

  test('the time is the server’s', () => {
    expect(asked(fields, { terms: given }, null)).toEqual({ terms: dated })
    const news = { ...consent(false, '1'), at: 'whenever' }
    expect(asked(fields, { mail: { news } }, { terms: dated })).toEqual({ mail: { news: { ...news, at: dated.at } } })
  })

  test('an unchanged consent keeps its time', () => {
    const stored = { terms: { ...given, at: '2020-01-01T00:00:00.000Z' } }
    expect(asked(fields, { terms: given }, stored)).toEqual(stored)
    expect(asked(fields, { terms: { ...given, locale: 'de' } }, stored)).toEqual({ terms: { ...dated, locale: 'de' } })
  })

  test.each<[JsonObject, string]>([
    [{ ...given, granted: false }, 'required'],
    [{ ...given, version: '1' }, 'invalid_value'],
    [{ ...given, textHash: 'x' }, 'invalid_value'],
    [{ ...given, locale: 1 }, 'invalid_type'],
    [{ granted: true }, 'invalid_type'],
  ])('%j is refused', (terms, code) => expect(asked(fields, { terms }, null)).toEqual([`${code} /user_metadata/terms`]))

  test('a consent to an earlier version stays valid until it is asked for again', () => {
    const stored = { terms: { ...given, version: '1' } }
    expect(asked(fields, { mail: null }, stored)).toEqual({ mail: null })
  })
})

describe('policy', () => {
  const list: readonly FieldDefinition[] = [
    { name: 'seats', type: 'number', label: 'Seats' },
    { name: 'used', type: 'number', label: 'Used' },
    { name: 'city', label: 'City', path: ['address', 'city'] },
    { name: 'phone', type: 'tel', label: 'Phone' },
    { name: 'place', type: 'custom', control: 'map', label: 'Place' },
  ]
  const rules = [
    { field: 'used', refuseWhen: { used: { greater: { field: 'seats' } } }, message: 'More than there are' },
  ]
  const fields = definitions(list, { denyList: ['role'], rules })

  test('rules over several fields', () => {
    const refused = ['refused /user_metadata/used More than there are']
    expect(asked(fields, { seats: 1, used: 2 }, null)).toEqual(refused)
    expect(asked(fields, { seats: 1 }, { seats: 3, used: 2 })).toEqual(refused)
    expect(asked(fields, { seats: 2 }, { seats: 3, used: 2 })).toEqual({ seats: 2 })
    expect(asked(fields, { phone: null }, { seats: 1, used: 2 })).toEqual({ phone: null })
  })

  test('the deny list holds for the person', () => {
    const input = { unknownKeys: 'allow' } as const
    expect(asked(fields, { role: 'x' }, {}, input)).toEqual(['denied_field_name /user_metadata/role'])
    expect(asked(fields, { role: null }, { role: 'x' }, input)).toEqual(['denied_field_name /user_metadata/role'])
    expect(asked(fields, { role: 'x' }, {}, { ...input, actor: 'management' })).toEqual({ role: 'x' })
  })

  const card = '4111 1111 1111 1111'
  const key = `ghp_${'a1B2'.repeat(9)}`
  test.each<[JsonObject, string]>([
    [{ address: { city: card } }, '/user_metadata/address/city'],
    [{ place: { note: [key] } }, '/user_metadata/place/note/0'],
    [{ other: { deep: card } }, '/user_metadata/other/deep'],
    [{ address: { other: key } }, '/user_metadata/address/other'],
  ])('secrets are refused in %j', (patch, pointer) => {
    expect(asked(fields, patch, {}, { unknownKeys: 'allow' })).toEqual([`looks_like_secret ${pointer}`])
    expect(asked(fields, patch, patch, { unknownKeys: 'allow' })).toEqual(patch)
    expect(asked(definitions(list, { secrets: 'allow' }), patch, {}, { unknownKeys: 'allow' })).toEqual(patch)
  })

  test('a phone number may look like a card', () => {
    expect(asked(fields, { phone: '4222222222222' })).toEqual({ phone: '4222222222222' })
  })
})

describe('root attributes', () => {
  const fields = definitions([
    { name: 'given_name', label: 'Given name', storage: 'root', required: true, maxLength: 5 },
    { name: 'picture', type: 'picture', label: 'Picture', storage: 'root', access: 'read' },
  ])
  const of = (root: JsonObject, storedRoot: JsonObject = {}, stored: JsonObject | null = {}) => {
    const result = guard(fields, { root, storedRoot, stored })
    return result.ok ? result.root : shortOf(result)
  }

  test('are held to their fields', () => {
    expect(of({ given_name: 'Ana' })).toEqual({ given_name: 'Ana' })
    expect(of({}, {}, null)).toEqual(['required /given_name'])
    expect(of({ given_name: null }, { given_name: 'Ana' })).toEqual(['required /given_name'])
    expect(of({ given_name: 'Anastasia' }, { given_name: 'Ana' })).toEqual(['value_too_long /given_name'])
    expect(of({ given_name: 1 })).toEqual(['invalid_type /given_name'])
    expect(of({ picture: 'https://x.example' }, { given_name: 'Ana' })).toEqual(['read_only /picture'])
    expect(of({ nickname: 'x' }, { given_name: 'Ana' })).toEqual(['unknown_field /nickname'])
    expect(of({ nickname: 'x' }, { nickname: 'x', given_name: 'Ana' })).toEqual({ nickname: 'x' })
    expect(of({ nickname: null }, { nickname: 'x', given_name: 'Ana' })).toEqual({ nickname: null })
  })

  test('no patch stores no metadata', () => {
    expect(guard(fields, { root: { given_name: 'Ana' }, stored: null })).toEqual({
      ok: true,
      patch: null,
      root: { given_name: 'Ana' },
    })
  })
})

describe('checks of the site', () => {
  const one = (definition: Readonly<Record<string, unknown>>) => definitions([{ name: 'a', label: 'A', ...definition }])

  test.each<[verdict: unknown, expected: unknown]>([
    [undefined, { a: 'x' }],
    [null, { a: 'x' }],
    [true, { a: 'x' }],
    ['', { a: 'x' }],
    [false, ['refused /user_metadata/a']],
    ['Taken', ['refused /user_metadata/a Taken']],
  ])('validate answers %j', async (verdict, expected) => {
    const input = { patch: { a: 'x' }, stored: {} }
    expect(shortOf(guard(one({ validate: () => verdict }), input))).toEqual(expected)
    expect(shortOf(await guardAsync(one({ validate: async () => verdict }), input))).toEqual(expected)
  })

  test('a check that breaks does not pass', async () => {
    const broken = one({
      validate() {
        throw new Error('down')
      },
    })
    expect(asked(broken, { a: 'x' })).toEqual(['check_failed /user_metadata/a'])
    const slow = one({ validate: () => Promise.reject(new Error('down')) })
    expect(shortOf(await guardAsync(slow, { patch: { a: 'x' }, stored: {} }))).toEqual([
      'check_failed /user_metadata/a',
    ])
    const wrong = one({ schema: { '~standard': { version: 1, vendor: 'x', validate: async () => null } } })
    expect(shortOf(await guardAsync(wrong, { patch: { a: 'x' }, stored: {} }))).toEqual([
      'check_failed /user_metadata/a',
    ])
  })

  test('guard throws where an answer comes later, and only then', () => {
    const slow = one({ validate: async () => false })
    expect(() => guard(slow, { patch: { a: 'x' }, stored: {} })).toThrow(
      new TypeError('guard(): a check of a field answers with a promise; use await guardAsync(fields, input)'),
    )
    expect(asked(slow, { a: 'x' }, { a: 'x' })).toEqual({ a: 'x' })
    expect(asked(slow, { a: null }, { a: 'x' })).toEqual({ a: null })
  })

  test('a check sees the other values as they would be stored', () => {
    const seen: JsonObject[] = []
    const fields = definitions([
      { name: 'a', label: 'A', validate: (_, { values }) => void seen.push({ ...values }) },
      { name: 'b', type: 'number', label: 'B' },
      { name: 'c', label: 'C', path: ['deep', 'c'] },
      { name: 'home', type: 'group', label: 'Home', fields: [{ name: 'city', label: 'City' }] },
    ])
    guard(fields, { patch: { a: 'x', b: 2 }, stored: { b: 1, deep: { c: 'y' }, home: { city: 'z' } } })
    expect(seen).toEqual([{ a: 'x', b: 2, c: 'y', 'home.city': 'z' }])
  })

  test('checks inside of lists and groups are asked with their own values', () => {
    const fields = definitions([
      {
        name: 'jobs',
        type: 'list',
        label: 'Jobs',
        item: {
          type: 'group',
          label: 'Job',
          fields: [{ name: 'title', label: 'Title', validate: (value) => value !== 'x' }],
        },
      },
      { name: 'home', type: 'group', label: 'Home', fields: [{ name: 'city', label: 'City', validate: () => 'No' }] },
    ])
    expect(asked(fields, { jobs: [{ title: 'y' }, { title: 'x' }], home: { city: 'x' } })).toEqual([
      'refused /user_metadata/jobs/1/title',
      'refused /user_metadata/home/city No',
    ])
  })

  test('a Standard Schema checks and changes nothing', () => {
    const loud: StandardSchema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value) =>
          value === 'X' ? { value: 'changed' } : { issues: [{ message: 'Louder', path: ['deep', { key: 0 }] }] },
      },
    }
    expect(asked(one({ schema: loud }), { a: 'X' })).toEqual({ a: 'X' })
    expect(asked(one({ schema: loud }), { a: 'x' })).toEqual(['refused /user_metadata/a/deep/0 Louder'])
  })

  test('a schema of zod is one', async () => {
    const fields = one({ schema: z.string().email() })
    expect(shortOf(await guardAsync(fields, { patch: { a: 'x@example.com' }, stored: {} }))).toEqual({
      a: 'x@example.com',
    })
    expect(shortOf(await guardAsync(fields, { patch: { a: 'x' }, stored: {} }))).toEqual([
      'refused /user_metadata/a Invalid email address',
    ])
    const place = definitions([
      { name: 'p', type: 'custom', control: 'map', label: 'P', schema: z.object({ lat: z.number() }) },
    ])
    expect(asked(place, { p: { lat: 'north' } })).toEqual([
      'refused /user_metadata/p/lat Invalid input: expected number, received string',
    ])
  })
})
