// One account and one save, however often a person has to press the button.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memory } from '../../src/backends/memory.ts'
import type { Fault } from '../../src/backends/memory-faults.ts'
import { rest } from '../../src/backends/rest.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import { isLatchkeyError } from '../../src/contract/errors.ts'

const email = 'ana@example.org'
const password = 'correct horse'

/** The keys of what is sent, while the answers are these statuses; 0 is none. */
function keysFor(statuses: readonly number[]) {
  const keys: (string | null)[] = []
  const answers = [...statuses]
  const fetch = async (_input: RequestInfo | URL, init: RequestInit = {}) => {
    keys.push(new Headers(init.headers).get('idempotency-key'))
    const status = answers.shift() ?? 200
    if (status === 0) throw new TypeError('fetch failed')
    return Response.json(status === 200 ? { user: { id: '1', email, user_metadata: {} } } : {}, { status })
  }
  return { client: createClient({ backend: rest('/account'), environment: { ...systemEnvironment(), fetch } }), keys }
}

const settled = (call: Promise<unknown>) => call.catch(() => null)

test('the same body tried again has the same key until its outcome is known; another body has another', async () => {
  const { client, keys } = keysFor([0, 503, 429, 409, 200, 200])
  for (let times = 0; times < 4; times += 1) await settled(client.signUp({ email, password }))
  await settled(client.signUp({ email, password: 'another horse' }))
  const [lost, unavailable, limited, refused, other] = keys
  expect(lost).toMatch(/^[\x21-\x7e]{20,200}$/)
  expect([unavailable, limited, refused]).toEqual([lost, lost, lost])
  expect(other).not.toBe(lost)
  await client.signUp({ email, password })
  expect(keys.at(-1)).not.toBe(lost)
})

test('what succeeded and is done once more is another write', async () => {
  const { client, keys } = keysFor([200, 200])
  await client.updateMetadata({ company: 'Acme' })
  await client.updateMetadata({ company: 'Acme' })
  expect(new Set(keys).size).toBe(2)
})

test('a save has a key too, its version belongs to what it is the same as, and reading has none', async () => {
  const { client, keys } = keysFor([200, 0, 0, 200, 0])
  const { user } = await client.getProfile()
  await settled(client.updateMetadata({ company: 'Acme' }, { base: { user, version: '"v1"' } }))
  await settled(client.updateMetadata({ company: 'Acme' }, { base: { user, version: '"v1"' } }))
  await settled(client.updateMetadata({ company: 'Acme' }, { base: { user, version: '"v2"' } }))
  const [read, first, again, later] = keys
  expect(read).toBe(null)
  expect(again).toBe(first)
  expect(later).not.toBe(first)
})

const fault: fc.Arbitrary<Fault> = fc.constantFrom<Fault>(
  { kind: 'offline' },
  { kind: 'reset' },
  { kind: 'droppedAfterCommit' },
  { kind: 'cutBody' },
  { kind: 'hang' },
  { kind: 'hangAfterCommit' },
  { kind: 'html502' },
  { kind: 'html200' },
  { kind: 'redirect' },
  { kind: 'empty200' },
  { kind: 'rateLimited', retryAfter: 3 },
  { kind: 'unavailable', retryAfter: new Date(0) },
)

/** A client that gives up at once; every timer is over when it starts, but for those of answers that come. */
const impatient = (backend: ReturnType<typeof memory>) => createClient({ backend, timeout: 1 })

test('a sign-up that fails in any ways, and is sent until it succeeds, is one account and a success', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { maxLength: 4 }), async (faults) => {
      const backend = memory()
      const client = impatient(backend)
      for (const one of faults) {
        backend.heal()
        backend.fail(one, { call: 'signUp' })
        const error: unknown = await client
          .signUp({ email, password, user_metadata: { company: 'Acme' } })
          .catch((reason: unknown) => reason)
        expect(isLatchkeyError(error)).toBe(true)
      }
      backend.heal()
      const { user } = await client.signUp({ email, password, user_metadata: { company: 'Acme' } })
      expect(user).toMatchObject({ id: '1', email, user_metadata: { company: 'Acme' } })
      expect(backend.account(email)?.id).toBe('1')
    }),
    { numRuns: 100 },
  )
})

test('a save whose answer was lost, tried again, is a success and is stored once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { maxLength: 4 }), async (faults) => {
      const backend = memory({ accounts: [{ email, password, user_metadata: { n: 1 } }], signedIn: email })
      const client = impatient(backend)
      const base = await client.getProfile()
      for (const one of faults) {
        backend.heal()
        backend.fail(one, { call: 'patchProfile' })
        await settled(client.updateMetadata({ company: 'Acme' }, { base }))
      }
      backend.heal()
      await client.updateMetadata({ company: 'Acme' }, { base })
      expect(backend.account(email)).toMatchObject({ user_metadata: { n: 1, company: 'Acme' }, version: 2 })
    }),
    { numRuns: 100 },
  )
})

test('without keys on the server, a save whose answer was lost is still a success: what is stored is ours already', async () => {
  const capabilities = { ...memory().capabilities, idempotency: false }
  const backend = memory({ imitate: capabilities, accounts: [{ email, password }], signedIn: email })
  const client = createClient({ backend })
  const base = await client.getProfile()
  backend.fail({ kind: 'droppedAfterCommit' }, { call: 'patchProfile' })
  await settled(client.updateMetadata({ company: 'Acme' }, { base }))
  const saved = await client.updateMetadata({ company: 'Acme' }, { base })
  expect(saved?.user.user_metadata).toEqual({ company: 'Acme' })
  expect(backend.account(email)?.version).toBe(2)
})
