// What a sign-up that takes texts only cannot carry is stored with the first log-in, for this person, within a day, and nowhere else.
import { expect, test } from 'vitest'
import { type MemoryBackend, memory } from '../../src/backends/memory.ts'
import { createClient } from '../../src/client/client.ts'
import { type Environment, systemEnvironment } from '../../src/client/environment.ts'
import { isLatchkeyError } from '../../src/contract/errors.ts'
import type { JsonObject } from '../../src/contract/json.ts'

const email = 'ana@example.org'
const password = 'correct horse'

/** One tab: its storage outlives the page, so that a second client on it is the page after a reload. */
function openTab() {
  const kept = new Map<string, string>()
  let now = Date.parse('2026-03-01T12:00:00Z')
  const environment: Environment = {
    ...systemEnvironment(),
    now: () => now,
    storage: {
      read: (key) => kept.get(key) ?? null,
      write: (key, text) => (text === null ? kept.delete(key) : kept.set(key, text)),
    },
  }
  return {
    kept,
    page: (backend: MemoryBackend) => createClient({ backend, environment }),
    pass: (hours: number) => {
      now += hours * 3_600_000
    },
  }
}

const metadataOf = (backend: MemoryBackend) => backend.account(email)?.user_metadata

/** Ten texts that a sign-up carries, and one thing of each kind that it does not. */
const carried = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`text${index}`, 'x'.repeat(500)]))
const following: JsonObject = {
  eleventh: 'text',
  long: '🐎'.repeat(501),
  newsletter: true,
  address: { city: 'Lisbon' },
  [`${'n'.repeat(101)}`.slice(0, 100)]: 1,
}

test('what fits is sent, the rest is stored right after, and everything is there', async () => {
  const backend = memory({ imitate: 'auth0' })
  const { page, kept } = openTab()
  const answer = await page(backend).signUp({ email, password, user_metadata: { ...carried, ...following } })
  expect(backend.requests[0]?.body?.user_metadata).toEqual(carried)
  expect(answer.pending).toEqual([])
  expect(answer.user.user_metadata).toEqual({ ...carried, ...following })
  expect(metadataOf(backend)).toEqual({ ...carried, ...following })
  expect(kept.size).toBe(0)
})

test('where sign-up takes any JSON, it is one request', async () => {
  const backend = memory()
  const answer = await openTab().page(backend).signUp({ email, password, user_metadata: following })
  expect(backend.requests.map(({ call }) => call)).toEqual(['signUp'])
  expect(answer.pending).toEqual([])
})

test('what could not be stored is said, kept without the address, and stored with the next log-in of the same person', async () => {
  const backend = memory({ imitate: 'auth0', accounts: [{ email: 'bo@example.org', password }] })
  const { page, kept } = openTab()
  backend.fail({ kind: 'offline' }, { call: 'patchProfile' })
  const user_metadata = { company: 'Acme', newsletter: true, address: { city: 'Lisbon' } }
  const answer = await page(backend).signUp({ email: 'Ana@Example.org', password, user_metadata })
  expect(answer.pending).toEqual(['/user_metadata/newsletter', '/user_metadata/address'])
  expect(JSON.stringify([...kept])).not.toMatch(/ana@|correct horse/i)

  const other = await page(backend).logIn({ identifier: 'bo@example.org', password })
  expect(other.pending).toEqual([])
  expect(backend.account('bo@example.org')?.user_metadata).toEqual({})

  const again = await page(backend).logIn({ identifier: email, password })
  expect(again.pending).toEqual([])
  expect(again.user.user_metadata).toEqual(user_metadata)
  expect(kept.size).toBe(0)
})

test('a value that is there by then is left alone', async () => {
  const backend = memory({ imitate: 'auth0' })
  const { page } = openTab()
  backend.fail({ kind: 'offline' }, { call: 'patchProfile' })
  await page(backend).signUp({ email, password, user_metadata: { newsletter: true, age: 5 } })
  backend.write(email, { newsletter: false })
  await page(backend).logIn({ identifier: email, password })
  expect(metadataOf(backend)).toEqual({ newsletter: false, age: 5 })
})

test('after a day it is forgotten', async () => {
  const backend = memory({ imitate: 'auth0' })
  const { page, pass, kept } = openTab()
  backend.fail({ kind: 'offline' }, { call: 'patchProfile' })
  await page(backend).signUp({ email, password, user_metadata: { newsletter: true } })
  pass(24)
  const answer = await page(backend).logIn({ identifier: email, password })
  expect([answer.pending, metadataOf(backend), kept.size]).toEqual([[], {}, 0])
})

test('a sign-up that was refused leaves nothing for the account that is there', async () => {
  const backend = memory({ imitate: 'auth0', accounts: [{ email, password }] })
  const { page, kept } = openTab()
  const error: unknown = await page(backend)
    .signUp({ email, password: 'another horse', user_metadata: { newsletter: true } })
    .catch((reason: unknown) => reason)
  expect(isLatchkeyError(error) && error.code).toBe('user_exists')
  expect(kept.size).toBe(0)
  await page(backend).logIn({ identifier: email, password })
  expect(metadataOf(backend)).toEqual({})
})

test('a sign-up whose answer was lost is completed by the log-in that follows', async () => {
  const backend = memory({ imitate: 'auth0' })
  const { page } = openTab()
  backend.fail({ kind: 'droppedAfterCommit' }, { call: 'signUp' })
  const lost = page(backend).signUp({ email, password, user_metadata: { company: 'Acme', newsletter: true } })
  await lost.catch(() => null)
  const answer = await page(backend).logIn({ identifier: email, password })
  expect(answer.user.user_metadata).toEqual({ company: 'Acme', newsletter: true })
})

test('what else stands in the storage is nothing of ours', async () => {
  const backend = memory({ imitate: 'auth0', accounts: [{ email, password }] })
  const environment = {
    ...systemEnvironment(),
    storage: { read: () => '{"until":"soon","following":[1]', write: () => {} },
  }
  const answer = await createClient({ backend, environment }).logIn({ identifier: email, password })
  expect([answer.pending, metadataOf(backend)]).toEqual([[], {}])
})
