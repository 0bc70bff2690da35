// Sessions of the memory backend: tokens that end, are renewed in rotation, and can be ended by a test.
import { expect, test } from 'vitest'
import { type MemoryBackend, memory } from '../../src/backends/memory.ts'
import { createClient } from '../../src/client/client.ts'
import type { CallContext, Tokens } from '../../src/contract/backend.ts'
import { codeOf } from '../client/token-browser.ts'

const email = 'ana@example.org'
const password = 'correct horse'

let now = 0
const context: CallContext = {
  fetch: () => Promise.reject(new TypeError('nothing goes over the network')),
  now: () => now,
  signal: new AbortController().signal,
  idempotencyKey: null,
  token: null,
}

const open = (accessTokenLifetime = 60) =>
  memory({
    imitate: 'bearer',
    accounts: [{ email, password }],
    accessTokenLifetime,
    environment: { now: () => now, startTimer: () => () => {} },
  })

async function begun(backend: MemoryBackend): Promise<Tokens> {
  const { tokens } = await backend.logIn({ identifier: email, password }, context)
  if (!tokens) throw new TypeError('a log-in brings tokens')
  return tokens
}

const renewed = async (backend: MemoryBackend, { refreshToken }: Tokens): Promise<Tokens> => {
  if (!backend.refresh || refreshToken === null) throw new TypeError('this backend renews')
  return backend.refresh(refreshToken, context)
}

const isGood = async (backend: MemoryBackend, { accessToken }: Tokens) =>
  (await codeOf(backend.getProfile({ ...context, token: accessToken }))) === null

test('a token is good for its time, and for its own backend; without one nobody is signed in', async () => {
  const backend = open()
  const tokens = await begun(backend)
  expect(tokens.expiresAt).toBe(now + 60_000)
  expect([await isGood(backend, tokens), await isGood(open(), tokens)]).toEqual([true, false])
  expect(await codeOf(backend.getProfile(context))).toBe('unauthenticated')
  expect(await codeOf(backend.patchProfile({ user_metadata: {}, version: null }, context))).toBe('unauthenticated')
  now += 60_000
  expect(await isGood(backend, tokens)).toBe(false)
  const asked = await backend.getSession({ ...context, token: tokens.accessToken })
  expect(asked).toBe(null)
})

test('a refresh token is good again until something of its answer was used, and then ends the session', async () => {
  const backend = open()
  const first = await begun(backend)
  await renewed(backend, first)
  const second = await renewed(backend, first)
  expect(await isGood(backend, second)).toBe(true)
  expect(await codeOf(renewed(backend, first))).toBe('unauthenticated')
  expect([await isGood(backend, second), await codeOf(renewed(backend, second))]).toEqual([false, 'unauthenticated'])

  const other = await begun(backend)
  const next = await renewed(backend, other)
  await renewed(backend, next)
  expect(await codeOf(renewed(backend, other))).toBe('unauthenticated')
  expect(await codeOf(renewed(backend, { ...other, refreshToken: 'a guess' }))).toBe('unauthenticated')
})

test.each(['bearer', 'latchkey'] as const)(
  '%s: a test ends the sessions of one person, in every browser',
  async (imitate) => {
    const accounts = [
      { email, password },
      { email: 'bea@example.org', password },
    ]
    const backend = memory({ imitate, accounts, signedIn: email })
    const clients = [backend, backend.browser(), backend.browser('bea@example.org')].map((one) =>
      createClient({ backend: one }),
    )
    await clients[1]?.logIn({ identifier: email, password })
    const who = () => Promise.all(clients.map(async (client) => (await client.getSession())?.user.email))
    expect(await who()).toEqual([email, email, 'bea@example.org'])
    backend.endSessions(email)
    expect(await who()).toEqual([undefined, undefined, 'bea@example.org'])
    expect(() => backend.endSessions('nobody@example.org')).toThrow('there is no account "nobody@example.org"')
  },
)

test('a renewal fails when told to, and what is recorded has no token in it', async () => {
  const backend = open()
  const tokens = await begun(backend)
  backend.fail({ kind: 'html502' }, { call: 'refresh' })
  expect(await codeOf(renewed(backend, tokens))).toBe('server_error')
  await renewed(backend, tokens)
  expect(backend.requests.map(({ call }) => call)).toEqual(['logIn', 'refresh', 'refresh'])
  expect(JSON.stringify(backend.requests)).not.toMatch(/memory-|horse/)
})

test('another writer is one in the session of the token', async () => {
  const backend = open()
  const { accessToken } = await begun(backend)
  backend.fail({ kind: 'otherWriter', user_metadata: { by: 'another' } }, { call: 'patchProfile' })
  const patch = { user_metadata: { mine: 1 }, version: '"v1"' }
  expect(await codeOf(backend.patchProfile(patch, { ...context, token: accessToken }))).toBe('version_conflict')
  expect(backend.account(email)?.user_metadata).toEqual({ by: 'another' })
})

test.each([0, -1, Number.NaN])("a lifetime of %d is the test's mistake", (lifetime) => {
  expect(() => open(lifetime)).toThrow('accessTokenLifetime must be a number of seconds above 0')
})
