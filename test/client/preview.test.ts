// What a save would do, told before it is done, and what a backend cannot do, told with the reason.
import { expect, test } from 'vitest'
import { memory } from '../../src/backends/memory.ts'
import type { MemoryProfile } from '../../src/backends/memory-profiles.ts'
import { createClient } from '../../src/client/client.ts'
import { isLatchkeyError } from '../../src/contract/errors.ts'
import type { Intents } from '../../src/contract/intents.ts'
import type { JsonObject } from '../../src/contract/json.ts'

const email = 'ana@example.org'
const stored: JsonObject = { company: 'Acme', address: { city: 'Lisbon', zip: '1' }, tags: ['a'] }

function open(imitate: MemoryProfile) {
  const accounts = [{ email, password: 'correct horse', user_metadata: stored }]
  const backend = memory({ imitate, accounts, signedIn: email })
  return { backend, client: createClient({ backend, policy: { denyList: ['plan'] } }) }
}

const set = (key: string, value: JsonObject[string]): Intents => [
  { target: 'user_metadata', action: 'set', key, value },
]
const unset = (key: string): Intents => [{ target: 'user_metadata', action: 'unset', key }]
const setIn = (...path: readonly string[]): Intents => [{ target: 'user_metadata', action: 'setIn', path, value: 'x' }]
const unsetIn = (...path: readonly string[]): Intents => [{ target: 'user_metadata', action: 'unsetIn', path }]
const clear: Intents = [{ target: 'user_metadata', action: 'clear' }]

/** Bodies of the save, for intents over what is stored. */
test.each<readonly [MemoryProfile, Intents, JsonObject | null]>([
  ['latchkey', unset('tags'), { user_metadata: { tags: null } }],
  ['latchkey', setIn('address', 'city'), { user_metadata: { address: { city: 'x', zip: '1' } } }],
  ['latchkey', unsetIn('address', 'city'), { user_metadata: { address: { zip: '1' } } }],
  ['latchkey', clear, { user_metadata: {} }],
  [
    'latchkey',
    [...clear, ...set('company', 'Else')],
    { user_metadata: { company: 'Else', address: null, tags: null } },
  ],
  ['latchkey', [...set('company', 'Else'), ...clear], { user_metadata: {} }],
  ['latchkey', set('company', 'Acme'), null],
  ['latchkey', [{ target: 'root', action: 'set', key: 'given_name', value: 'Ana' }], { given_name: 'Ana' }],
  ['supabase', clear, { user_metadata: { company: null, address: null, tags: null } }],
  ['betterAuth', clear, { user_metadata: { company: null, address: null, tags: null } }],
  ['betterAuth', unset('fax'), null],
  ['clerk', setIn('address', 'city'), { user_metadata: { address: { city: 'x' } } }],
  ['clerk', unsetIn('address', 'city'), { user_metadata: { address: { city: null } } }],
  ['clerk', unsetIn('company', 'city'), null],
  ['clerk', set('address', { city: 'Porto' }), { user_metadata: { address: { city: 'Porto', zip: null } } }],
  ['clerk', clear, { user_metadata: { company: null, address: null, tags: null } }],
  ['appwrite', unset('tags'), { user_metadata: { company: 'Acme', address: { city: 'Lisbon', zip: '1' } } }],
  ['appwrite', clear, { user_metadata: {} }],
  ['keeping', set('company', 'Else'), { user_metadata: { company: 'Else' } }],
])('%s compiles %j to %j', async (imitate, intents, body) => {
  const { backend, client } = open(imitate)
  const base = await client.getProfile()
  const { requests, refused } = await client.preview(intents, { base })
  expect(refused).toEqual([])
  expect(requests.find(({ method }) => method === 'PATCH')?.body ?? null).toEqual(body)
  expect(backend.requests).toHaveLength(1)
})

test('it tells what is set, removed, how large it gets, and sends nothing', async () => {
  const { backend, client } = open('latchkey')
  const base = await client.getProfile()
  const intents = [...set('company', 'Else'), ...unset('tags'), ...unset('gone'), ...setIn('address', 'city')]
  expect(await client.preview(intents, { base })).toEqual({
    set: ['/user_metadata/company', '/user_metadata/address/city'],
    removed: ['/user_metadata/tags'],
    refused: [],
    bytes: JSON.stringify({ company: 'Else', address: { city: 'x', zip: '1' } }).length,
    requests: [
      { method: 'PATCH', body: { user_metadata: { company: 'Else', tags: null, address: { city: 'x', zip: '1' } } } },
    ],
  })
  expect(backend.requests).toHaveLength(1)
})

test('without a base it tells what is known, and which requests it takes', async () => {
  const { client } = open('latchkey')
  expect(await client.preview(set('company', 'Else'))).toEqual({
    set: ['/user_metadata/company'],
    removed: [],
    refused: [],
    bytes: null,
    requests: [{ method: 'PATCH', body: { user_metadata: { company: 'Else' } } }],
  })
  expect((await client.preview(setIn('address', 'city'))).requests).toEqual([
    { method: 'GET', body: null },
    { method: 'PATCH', body: null },
  ])
  expect(await client.preview(clear)).toMatchObject({ removed: ['/user_metadata'], bytes: 2 })
  const unversioned = await open('auth0').client.preview(setIn('address', 'city'))
  expect(unversioned.requests.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET'])
})

test.each<readonly [MemoryProfile, Intents, code: string, pointer: string, fix: RegExp]>([
  ['latchkey', set('a.b', 1), 'invalid_field_name', '/user_metadata/a.b', /nothing was sent/],
  ['latchkey', set('email', 1), 'reserved_field_name', '/user_metadata/email', /nothing was sent/],
  ['latchkey', set('plan', 1), 'denied_field_name', '/user_metadata/plan', /nothing was sent/],
  ['latchkey', setIn('address', 'a.b'), 'invalid_field_name', '/user_metadata/address/a.b', /nothing was sent/],
  ['latchkey', set('company', null), 'unsupported', '/user_metadata/company', /unset the place instead/],
  ['latchkey', set('company', 'x'.repeat(11_000)), 'metadata_too_large', '/user_metadata', /nothing was sent/],
  ['latchkey', [{ target: 'root', action: 'set', key: 'id', value: '2' }], 'unknown_field', '/id', /nothing was sent/],
  ['latchkey', [{ target: 'root', action: 'set', key: 'name', value: 5 }], 'invalid_type', '/name', /nothing was sent/],
  [
    'auth0',
    [{ target: 'root', action: 'set', key: 'name', value: 'Ana' }],
    'read_only',
    '/name',
    /make the field read-only/,
  ],
  ['betterAuth', set('fax', '1'), 'unknown_field', '/user_metadata/fax', /add it there/],
  ['clerk', set('address', { city: null }), 'unsupported', '/user_metadata/address/city', /null is no value here/],
  ['keeping', unset('tags'), 'unsupported', '/user_metadata/tags', /set another value/],
  ['keeping', clear, 'unsupported', '/user_metadata/company', /set another value/],
  ['deepKeeping', set('address', { city: 'x' }), 'unsupported', '/user_metadata/address/zip', /set another value/],
])('%s refuses %j with %s', async (imitate, intents, code, pointer, fix) => {
  const { backend, client } = open(imitate)
  const base = await client.getProfile()
  const { refused, requests } = await client.preview(intents, { base })
  expect(refused[0]).toMatchObject({ code, pointer })
  expect(requests).toEqual([])
  const error: unknown = await client.save(intents, { base }).catch((reason: unknown) => reason)
  expect(isLatchkeyError(error) && [error.code, error.issues]).toEqual([code, refused])
  expect(String(error)).toMatch(fix)
  expect(backend.requests.some(({ call }) => call === 'patchProfile')).toBe(false)
  expect(backend.account(email)?.user_metadata).toEqual(stored)
})

test('what breaks a rule is refused before the profile is even read', async () => {
  const { backend, client } = open('auth0')
  const error: unknown = await client.save(setIn('address', 'a.b')).catch((reason: unknown) => reason)
  expect(isLatchkeyError(error) && error.code).toBe('invalid_field_name')
  expect(backend.requests).toEqual([])
})

test('metadata of an older limit may be made smaller', async () => {
  const accounts = [{ email, password: 'correct horse', user_metadata: { a: 'x'.repeat(6000), b: 'x'.repeat(6000) } }]
  const backend = memory({ accounts, signedIn: email })
  const client = createClient({ backend })
  const base = await client.getProfile()
  await client.updateMetadata({ a: 'x'.repeat(5000) }, { base })
  expect((await client.preview(set('a', 'x'.repeat(7000)), { base })).refused).toMatchObject([
    { code: 'metadata_too_large', params: { max: 10_240 } },
  ])
})

test('a path without a key is a mistake of the site', async () => {
  const { client } = open('latchkey')
  await expect(client.save(setIn())).rejects.toThrow("write path: ['address', 'city']")
})

test('sign-up refuses what the backend would drop or not hold', async () => {
  const { backend, client } = open('betterAuth')
  const error: unknown = await client
    .signUp({ email: 'bo@example.org', password: 'correct horse', user_metadata: { fax: '1' } })
    .catch((reason: unknown) => reason)
  expect(isLatchkeyError(error) && [error.code, error.field]).toEqual(['unknown_field', 'fax'])
  expect(backend.requests).toEqual([])
})
