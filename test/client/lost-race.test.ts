// Conflicts as a person meets them: with versions they are seen before the write, without they are found around it.
import { expect, test } from 'vitest'
import { type MemoryBackend, memory } from '../../src/backends/memory.ts'
import type { MemoryProfile } from '../../src/backends/memory-profiles.ts'
import { createClient } from '../../src/client/client.ts'
import { isLatchkeyError, type LatchkeyError } from '../../src/contract/errors.ts'
import type { Intents } from '../../src/contract/intents.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import { threeWay } from '../../src/fields/three-way.ts'

const email = 'ana@example.org'

function open(imitate: MemoryProfile, user_metadata: JsonObject) {
  const backend = memory({ imitate, accounts: [{ email, password: 'correct horse', user_metadata }], signedIn: email })
  return { backend, client: createClient({ backend }) }
}

const metadataOf = (backend: MemoryBackend) => backend.account(email)?.user_metadata
const callsOf = (backend: MemoryBackend) => backend.requests.map(({ call }) => call)

async function conflictOf(call: Promise<unknown>): Promise<LatchkeyError> {
  const error: unknown = await call.catch((reason: unknown) => reason)
  if (!isLatchkeyError(error)) throw new TypeError(`no conflict: ${String(error)}`)
  expect(error.code).toBe('version_conflict')
  return error
}

const setIn = (path: readonly string[], value: string): Intents => [
  { target: 'user_metadata', action: 'setIn', path, value },
]

test.each<MemoryProfile>(['latchkey', 'auth0', 'clerk', 'appwrite', 'replacing', 'deepVersioned', 'unversioned'])(
  '%s: what somebody else changed is kept, what both changed is said, the rest is saved',
  async (imitate) => {
    const { backend, client } = open(imitate, { company: 'Acme', address: { city: 'Lisbon', zip: '1' }, news: true })
    const base = await client.getProfile()
    backend.write(email, { company: 'Else', address: { city: 'Lisbon', zip: '2' }, news: true, other: 1 })
    const intents: Intents = [
      { target: 'user_metadata', action: 'set', key: 'company', value: 'Mine' },
      { target: 'user_metadata', action: 'unset', key: 'news' },
      ...setIn(['address', 'city'], 'Porto'),
      ...setIn(['address', 'zip'], '3'),
    ]
    const error = await conflictOf(client.save(intents, { base }))
    expect(error.conflicts).toEqual([
      { pointer: '/user_metadata/company', base: 'Acme', mine: 'Mine', theirs: 'Else' },
      { pointer: '/user_metadata/address/zip', base: '1', mine: '3', theirs: '2' },
    ])
    expect(error.issues).toEqual([
      { code: 'version_conflict', pointer: '/user_metadata/company' },
      { code: 'version_conflict', pointer: '/user_metadata/address/zip' },
    ])
    expect([error.field, error.retryable]).toEqual(['company', false])
    expect(metadataOf(backend)).toEqual({ company: 'Else', address: { city: 'Porto', zip: '2' }, other: 1 })
    // Over what is there now, it is the person's own decision.
    await client.save(intents, { base: await client.getProfile() })
    expect(metadataOf(backend)).toEqual({ company: 'Mine', address: { city: 'Porto', zip: '3' }, other: 1 })
  },
)

test('with a version one request is enough, and a conflict costs a read and a write more', async () => {
  const { backend, client } = open('latchkey', { company: 'Acme', news: true })
  const base = await client.getProfile()
  backend.fail({ kind: 'otherWriter', user_metadata: { company: 'Acme' } }, { call: 'patchProfile' })
  await client.save([{ target: 'user_metadata', action: 'set', key: 'company', value: 'Mine' }], { base })
  expect(callsOf(backend)).toEqual(['getProfile', 'patchProfile', 'getProfile', 'patchProfile'])
  expect(backend.requests.map(({ version }) => version)).toEqual([null, '"v1"', null, '"v2"'])
  expect(metadataOf(backend)).toEqual({ company: 'Mine' })
})

test('where everything is as wished already, a conflict is a success without another write', async () => {
  const { backend, client } = open('latchkey', { company: 'Acme' })
  const base = await client.getProfile()
  backend.write(email, { company: 'Mine' })
  const saved = await client.save([{ target: 'user_metadata', action: 'set', key: 'company', value: 'Mine' }], { base })
  expect(saved?.user.user_metadata).toEqual({ company: 'Mine' })
  expect(callsOf(backend)).toEqual(['getProfile', 'patchProfile', 'getProfile'])
})

test('clearing over a profile that got something new meanwhile says so and clears what was known', async () => {
  const { backend, client } = open('latchkey', { company: 'Acme', news: true })
  const base = await client.getProfile()
  backend.write(email, { company: 'Acme', news: false, more: 1 })
  const error = await conflictOf(client.clearMetadata({ base }))
  expect(error.conflicts.map(({ pointer }) => pointer).sort()).toEqual(['/user_metadata/more', '/user_metadata/news'])
  expect(metadataOf(backend)).toEqual({ news: false, more: 1 })
  await client.clearMetadata()
  expect(metadataOf(backend)).toEqual({})
})

test.each<MemoryProfile>(['auth0', 'unversioned', 'clerk', 'betterAuth'])(
  '%s: a race that is lost after the write is found and said',
  async (imitate) => {
    const { backend, client } = open(imitate, { company: 'Acme' })
    const base = await client.getProfile()
    // Somebody else saves between this write and the look at what became of it.
    backend.fail({ kind: 'otherWriter', user_metadata: { company: 'Else' } }, { call: 'getProfile', nth: 2 })
    const call = client.save([{ target: 'user_metadata', action: 'set', key: 'company', value: 'Mine' }], { base })
    const error = await conflictOf(call)
    expect(error.conflicts).toEqual([{ pointer: '/user_metadata/company', base: 'Acme', mine: 'Mine', theirs: 'Else' }])
    expect(callsOf(backend)).toEqual(['getProfile', 'getProfile', 'patchProfile', 'getProfile'])
  },
)

test('without a base the last write wins, for each key, in one request', async () => {
  const { backend, client } = open('auth0', { company: 'Acme' })
  backend.write(email, { company: 'Else', news: true })
  await client.updateMetadata({ company: 'Mine' })
  expect(callsOf(backend)).toEqual(['patchProfile'])
  expect(metadataOf(backend)).toEqual({ company: 'Mine', news: true })
})

test('a nested edit without a base carries the neighbours of this moment, also when they change in between', async () => {
  const { backend, client } = open('latchkey', { address: { city: 'Lisbon', zip: '1' } })
  const other = { address: { city: 'Lisbon', zip: '2' } }
  backend.fail({ kind: 'otherWriter', user_metadata: other }, { call: 'patchProfile' })
  await client.save(setIn(['address', 'city'], 'Porto'))
  expect(metadataOf(backend)).toEqual({ address: { city: 'Porto', zip: '2' } })
})

test('somebody who saves each time is not waited for forever, and nothing of theirs is lost', async () => {
  const { backend, client } = open('latchkey', { company: 'Acme' })
  const base = await client.getProfile()
  const theirs = { company: 'Acme', news: true }
  backend.fail(
    { kind: 'otherWriter', user_metadata: theirs },
    { call: 'patchProfile', times: Number.POSITIVE_INFINITY },
  )
  await conflictOf(client.save([{ target: 'user_metadata', action: 'set', key: 'company', value: 'Mine' }], { base }))
  expect(metadataOf(backend)).toEqual(theirs)
  expect(callsOf(backend).filter((call) => call === 'patchProfile')).toHaveLength(5)
})

test.each<
  readonly [
    name: string,
    base: JsonObject,
    path: string,
    value: string | undefined,
    theirs: JsonObject,
    rest: number,
    conflicts: number,
  ]
>([
  ['untouched', { a: 1 }, 'a', 'x', { a: 1, b: 2 }, 1, 0],
  ['the same change', { a: 1 }, 'a', 'x', { a: 'x' }, 0, 0],
  ['both changed', { a: 1 }, 'a', 'x', { a: 2 }, 0, 1],
  ['removed by both', { a: 1 }, 'a', undefined, {}, 0, 0],
  ['removed here, changed there', { a: 1 }, 'a', undefined, { a: 2 }, 0, 1],
  ['changed here, removed there', { a: 1 }, 'a', 'x', {}, 0, 1],
  ['added by both', {}, 'a', 'x', { a: 'y' }, 0, 1],
  ['a neighbour inside', { a: { b: 1, c: 1 } }, 'a/b', 'x', { a: { b: 1, c: 2 } }, 1, 0],
  ['an object that is none any more', { a: { b: 1 } }, 'a/b', 'x', { a: 'text' }, 0, 1],
  ['an object that is gone', { a: {} }, 'a/b', 'x', {}, 1, 0],
  ['removing inside of what is gone', { a: { b: 1 } }, 'a/b', undefined, { a: 'text' }, 0, 0],
])('three ways: %s', (_name, base, path, value, theirs, rest, conflicts) => {
  const result = threeWay(base, [{ path: path.split('/'), value }], theirs)
  expect([result.rest.length, result.conflicts.length]).toEqual([rest, conflicts])
  if (rest === 0) expect(result.merged).toEqual(theirs)
})
