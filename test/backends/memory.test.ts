// The memory backend: each family's rule for an update, each fault at its time, and nothing shared that should not be.
import { expect, test } from 'vitest'
import { type MemoryBackend, memory } from '../../src/backends/memory.ts'
import type { Fault } from '../../src/backends/memory-faults.ts'
import { type MemoryProfile, memoryProfiles } from '../../src/backends/memory-profiles.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import type { CallContext } from '../../src/contract/backend.ts'
import { isLatchkeyError } from '../../src/contract/errors.ts'
import type { JsonObject } from '../../src/contract/json.ts'

const email = 'ana@example.org'
const password = 'correct horse'

const context: CallContext = {
  fetch: () => Promise.reject(new TypeError('nothing goes over the network')),
  now: Date.now,
  signal: new AbortController().signal,
  idempotencyKey: null,
  token: null,
}

/** As whoever is signed in, where that takes a token. */
const contextOf = (backend: MemoryBackend): CallContext => ({
  ...context,
  token: backend.initialTokens?.()?.accessToken ?? null,
})

const open = (imitate: MemoryProfile, user_metadata: JsonObject = {}) =>
  memory({ imitate, accounts: [{ email, password, user_metadata }], signedIn: email })

const metadataOf = (backend: MemoryBackend) => backend.account(email)?.user_metadata

async function codeOf(call: Promise<unknown>): Promise<string | null> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  return isLatchkeyError(error) ? error.code : error === null ? null : String(error)
}

const stored = { company: 'Acme', address: { home: 'y', zip: '1' } }

/** What a raw update makes of the same metadata, family by family. */
test.each<readonly [MemoryProfile, JsonObject, JsonObject | string]>([
  ['latchkey', { address: { home: 'x' } }, { company: 'Acme', address: { home: 'x' } }],
  ['latchkey', { company: null }, { address: stored.address }],
  ['latchkey', { address: { home: null } }, { company: 'Acme', address: { home: null } }],
  ['latchkey', {}, {}],
  ['auth0', {}, {}],
  ['auth0', { address: { home: 'x' } }, { company: 'Acme', address: { home: 'x' } }],
  ['supabase', {}, stored],
  ['supabase', { company: null }, { address: stored.address }],
  ['betterAuth', {}, 'invalid_request'],
  ['betterAuth', { address: { home: 'x' }, fax: '1' }, { company: 'Acme', address: { home: 'x' } }],
  ['clerk', {}, stored],
  ['clerk', { address: { home: null, city: 'z' } }, { company: 'Acme', address: { zip: '1', city: 'z' } }],
  ['appwrite', { address: { home: 'x' } }, { address: { home: 'x' } }],
  ['keeping', { company: null }, { company: null, address: stored.address }],
])('%s makes of the update %j %j', async (imitate, user_metadata, after) => {
  const backend = open(imitate, stored)
  const code = await codeOf(backend.patchProfile({ user_metadata, version: null }, contextOf(backend)))
  if (typeof after === 'string') expect([code, metadataOf(backend)]).toEqual([after, stored])
  else expect([code, metadataOf(backend)]).toEqual([null, after])
})

test.each(Object.entries(memoryProfiles))('%s carries a version exactly where it says so', async (_name, imitate) => {
  const { versions } = imitate
  const backend = memory({ imitate, accounts: [{ email, password }], signedIn: email })
  const { version } = await backend.getProfile(contextOf(backend))
  expect(version !== null).toBe(versions)
  backend.write(email, { other: 1 })
  const patch = { user_metadata: { company: 'Acme' }, version: '"v1"' }
  const code = await codeOf(backend.patchProfile(patch, contextOf(backend)))
  expect(code).toBe(versions ? 'version_conflict' : null)
})

test.each<readonly [JsonObject, string | null]>([
  [Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`k${index}`, '🐎'.repeat(500)])), null],
  [Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`k${index}`, ''])), 'too_many_items'],
  [{ k: 'x'.repeat(501) }, 'value_too_long'],
  [{ k: true }, 'invalid_type'],
  [{ ['k'.repeat(101)]: '' }, 'invalid_field_name'],
])('sign-up of texts, case %#', async (user_metadata, code) => {
  const backend = memory({ imitate: 'auth0' })
  expect(await codeOf(backend.signUp({ email, password, user_metadata }, context))).toBe(code)
  expect(backend.account(email) !== null).toBe(code === null)
})

const faults: readonly (readonly [Fault, code: string, isStored: boolean])[] = [
  [{ kind: 'offline' }, 'network', false],
  [{ kind: 'reset' }, 'network', false],
  [{ kind: 'droppedAfterCommit' }, 'network', true],
  [{ kind: 'cutBody' }, 'network', true],
  [{ kind: 'hang' }, 'timeout', false],
  [{ kind: 'hangAfterCommit' }, 'timeout', true],
  [{ kind: 'slow', milliseconds: 60_000 }, 'timeout', true],
  [{ kind: 'html502' }, 'server_error', false],
  [{ kind: 'html200' }, 'bad_response', false],
  [{ kind: 'redirect' }, 'bad_response', false],
  [{ kind: 'empty200' }, 'bad_response', false],
  [{ kind: 'rateLimited', retryAfter: 7 }, 'rate_limited', false],
  [{ kind: 'unavailable', retryAfter: new Date(0) }, 'server_error', false],
]

test.each(faults)('%j', async (fault, code, isStored) => {
  const backend = open('latchkey')
  const client = createClient({ backend, timeout: 20 })
  backend.fail(fault, { call: 'patchProfile' })
  expect(await codeOf(client.updateMetadata({ company: 'Acme' }))).toBe(code)
  expect(metadataOf(backend)).toEqual(isStored ? { company: 'Acme' } : {})
  await client.updateMetadata({ company: 'Else' })
  expect(metadataOf(backend)).toEqual({ company: 'Else' })
})

test('a slow answer that comes in time is an answer', async () => {
  const waits: number[] = []
  const startTimer = (callback: () => void, milliseconds: number) => {
    waits.push(milliseconds)
    callback()
    return () => {}
  }
  const backend = memory({
    accounts: [{ email, password }],
    signedIn: email,
    environment: { ...systemEnvironment(), startTimer },
  })
  backend.fail({ kind: 'slow', milliseconds: 900 })
  expect((await createClient({ backend }).getProfile()).user.email).toBe(email)
  expect(waits).toEqual([900])
})

test('a fault comes with the call, the turn and the time that were planned, and goes', async () => {
  let now = 1000
  const environment = { ...systemEnvironment(), now: () => now }
  const backend = memory({ accounts: [{ email, password }], signedIn: email, environment })
  const patch = () => codeOf(backend.patchProfile({ user_metadata: { n: 1 }, version: null }, context))
  backend.fail({ kind: 'html502' }, { call: 'patchProfile', nth: 2, times: 2 })
  expect(await codeOf(backend.getProfile(context))).toBe(null)
  expect([await patch(), await patch(), await patch(), await patch()]).toEqual([
    null,
    'server_error',
    'server_error',
    null,
  ])
  backend.fail({ kind: 'offline' }, { from: 2000, times: Number.POSITIVE_INFINITY })
  expect(await patch()).toBe(null)
  now = 2000
  expect([await patch(), await patch()]).toEqual(['network', 'network'])
  backend.heal()
  expect(await patch()).toBe(null)
})

test('browsers share the accounts and nothing else; what a test holds in hand is a copy', async () => {
  const backend = open('latchkey', { company: 'Acme' })
  const other = backend.browser()
  expect(await other.getSession(context)).toBe(null)
  backend.fail({ kind: 'offline' })
  await other.logIn({ identifier: 'ANA@example.org', password }, context)
  await other.patchProfile({ user_metadata: { company: 'Else' }, version: null }, context)
  expect(metadataOf(backend)).toEqual({ company: 'Else' })
  await other.logOut(context)
  expect(await other.getSession(context)).toBe(null)
  Object.assign(metadataOf(backend) ?? {}, { company: 'Mine' })
  expect(metadataOf(backend)).toEqual({ company: 'Else' })
  expect(JSON.stringify([...backend.requests, ...other.requests])).not.toContain(password)
})

test("a wrong name or address is the test's mistake", () => {
  // @ts-expect-error: for tests that are not typed.
  expect(() => memory({ imitate: 'auth1' })).toThrow('use one of latchkey, bearer, usernames, auth0')
  expect(() => memory({ signedIn: email })).toThrow('add it to accounts')
  expect(() => memory().write(email, {})).toThrow('there is no account')
})
