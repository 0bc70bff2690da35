// The one shape of a profile: what backends say about a person in their own ways, read as an answer is.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Profile, profileOf } from '../../src/contract/profile.ts'
import { userAnswerSchema } from '../../src/contract/wire.ts'

const ADA = { id: 'u1', email: 'ada@example.org' }
const PLAIN = { ...ADA, email_verified: false, user_metadata: {} }

/** A profile as JSON text, as an answer carries it. */
const readText = (user: string): Profile => profileOf(userAnswerSchema.parse(JSON.parse(`{"user":${user}}`)).user)
const read = (user: unknown): Profile => readText(JSON.stringify(user))

test('what a backend does not say, or says with null, is absent; user_metadata is an object', () => {
  expect(read(ADA)).toEqual(PLAIN)
  const nothing = { name: null, picture: null, created_at: null, identities: null, logins_count: null }
  expect(read({ ...ADA, ...nothing, email_verified: null, user_metadata: null })).toEqual(PLAIN)
})

test('the profile of an Auth0 tenant is taken with every attribute that has a name here, and no other', () => {
  const named = {
    ...ADA,
    email_verified: true,
    name: 'Ada Lovelace',
    given_name: 'Ada',
    family_name: 'Lovelace',
    nickname: 'ada',
    picture: 'https://example.org/ada.png',
    username: 'ada',
    phone_number: '+441234567890',
    phone_verified: true,
    created_at: '2026-03-01T10:00:00.000Z',
    updated_at: '2026-03-02T10:00:00.000Z',
    last_login: '2026-03-02T09:59:00.000Z',
    logins_count: 7,
    identities: [
      { provider: 'auth0', user_id: 'u1', connection: 'Username-Password-Authentication', isSocial: false },
      { provider: 'github', user_id: '583231', connection: 'github', isSocial: true },
    ],
    user_metadata: { company: 'Acme', address: { city: null } },
  }
  const github = { provider: 'github', user_id: 583231, connection: 'github', isSocial: true, access_token: 'x' }
  const sent = { ...named, identities: [named.identities[0], github], app_metadata: { plan: 'pro' }, last_ip: '::1' }
  expect(read(sent)).toEqual(named)
})

test.each([
  ['2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z'],
  ['2026-03-01T10:00:00.123456+02:00', '2026-03-01T10:00:00.123456+02:00'],
  ['2026-03-01 10:00:00', '2026-03-01T10:00:00.000Z'],
  ['2026-03-01T10:00', '2026-03-01T10:00:00.000Z'],
  ['Sun, 01 Mar 2026 10:00:00 GMT', '2026-03-01T10:00:00.000Z'],
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  [1_772_359_200, '2026-03-01T10:00:00.000Z'],
  [1_772_359_200_000, '2026-03-01T10:00:00.000Z'],
  ['yesterday', undefined],
  ['', undefined],
  [1e300, undefined],
  [{ seconds: 1 }, undefined],
])('the date %j is %j', (created_at, expected) => {
  expect(read({ ...ADA, created_at }).created_at).toBe(expected)
})

test('an id that a database counts is a word here', () => {
  expect(read({ ...ADA, id: 7 }).id).toBe('7')
})

test('identities that cannot be read are left out, one by one', () => {
  const identities = [null, 'auth0', {}, { provider: 'auth0' }, { provider: 1, user_id: 'x' }, [], ADA]
  const good = { provider: 'auth0', user_id: 'u1' }
  expect(read({ ...ADA, identities: [...identities, { ...good, isSocial: 'no' }] }).identities).toEqual([good])
  expect(read({ ...ADA, identities: [] }).identities).toEqual([])
  expect(read({ ...ADA, identities: { auth0: 'u1' } }).identities).toBeUndefined()
})

test('nothing that is said beside a profile breaks it', () => {
  const extras = ['phone_verified', 'created_at', 'updated_at', 'last_login', 'logins_count', 'identities'] as const
  const other = fc
    .string()
    .filter(
      (name) =>
        !(name in PLAIN) && !/^(name|given_name|family_name|nickname|picture|username|phone_number)$/.test(name),
    )
  const name = fc.oneof(fc.constantFrom(...extras), other, fc.constantFrom('__proto__', 'constructor', 'toString'))
  fc.assert(
    fc.property(fc.array(fc.tuple(name, fc.jsonValue())), (said) => {
      const members = [...new Map(said)].map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
      const user = readText(`{${[...members, JSON.stringify(PLAIN).slice(1, -1)].join(',')}}`)
      expect(user).toMatchObject(PLAIN)
      expect(Object.keys(user).every((key) => key in PLAIN || extras.some((extra) => extra === key))).toBe(true)
    }),
  )
})
