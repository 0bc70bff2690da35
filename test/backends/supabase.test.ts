// Our backend at the GoTrue that Supabase's own client has passed: an account's life, conflicts without versions, sessions.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memoryProfiles } from '../../src/backends/memory-profiles.ts'
import { supabaseCapabilities } from '../../src/backends/supabase-capabilities.ts'
import type { Intents } from '../../src/contract/intents.ts'
import { isJsonObject, type JsonObject } from '../../src/contract/json.ts'
import { jsonBytes } from '../../src/contract/limits.ts'
import { type Model, modelAfter, someIntents, storedBy } from '../client/profile-model.ts'
import { RUNS, SOAK_TIMEOUT } from '../soak.ts'
import { browserAt, EMAIL, errorOf, PASSWORD } from './supabase-browser.ts'
import { createGoTrue, type GoTrue } from './supabase-server.ts'

const ana = { email: EMAIL, password: PASSWORD }
const set = (key: string, value: string): Intents => [{ target: 'user_metadata', action: 'set', key, value }]
const setIn = (path: readonly string[], value: string): Intents => [
  { target: 'user_metadata', action: 'setIn', path, value },
]

/** What GoTrue has stored, copies of its own included. */
function storedIn(goTrue: GoTrue): JsonObject {
  return goTrue.accounts.find(EMAIL)?.user_metadata ?? {}
}

const callsOf = ({ requests }: GoTrue) => requests.map(({ method, path }) => `${method} ${path}`)

test('an account’s life', async () => {
  const goTrue = createGoTrue()
  const client = browserAt(goTrue)
  expect(await client.getSession()).toBe(null)
  await client.logOut()
  expect(goTrue.requests).toEqual([])

  const metadata = { company: 'Acme', address: { city: 'Lisbon', zip: '1' }, tags: ['a'] }
  const { user } = await client.signUp({ ...ana, given_name: 'Ana', user_metadata: metadata })
  expect(user).toMatchObject({ email: EMAIL, email_verified: true, given_name: 'Ana', user_metadata: metadata })
  expect(user.user_metadata).toEqual(metadata)
  const copies = { email: EMAIL, email_verified: true, phone_verified: false, sub: user.id }
  expect(storedIn(goTrue)).toEqual({ ...metadata, given_name: 'Ana', ...copies })
  expect((await client.getProfile()).user).toEqual(user)

  await client.updateMetadata({ company: 'Else', tags: null })
  await client.save([
    { target: 'root', action: 'set', key: 'picture', value: 'https://example.org/ana.png' },
    { target: 'root', action: 'unset', key: 'given_name' },
    ...setIn(['address', 'city'], 'Porto'),
  ])
  const after = { company: 'Else', address: { city: 'Porto', zip: '1' }, picture: 'https://example.org/ana.png' }
  expect(storedIn(goTrue)).toEqual({ ...after, ...copies })

  // Everything of the person's goes; what is GoTrue's, or stands at the root of the profile, stays.
  const cleared = await client.clearMetadata()
  expect(cleared.user).toMatchObject({ picture: after.picture, user_metadata: {} })
  expect(storedIn(goTrue)).toEqual({ picture: after.picture, ...copies })
  expect(goTrue.requests.at(-2)?.body).toEqual({ data: { company: null, address: null } })

  await client.logOut()
  expect(await client.getSession()).toBe(null)
  expect((await errorOf(client.getProfile())).code).toBe('unauthenticated')
  expect((await errorOf(client.logIn({ identifier: EMAIL, password: 'wrong horse' }))).code).toBe('invalid_credentials')
  const again = await client.logIn({ identifier: 'ANA@example.org', password: PASSWORD })
  expect(again.user.id).toBe(user.id)
})

test('the memory backend imitates what this one declares', () => {
  expect(memoryProfiles.supabase).toBe(supabaseCapabilities)
})

test('log-out ends this session alone', async () => {
  const goTrue = createGoTrue()
  const [here, there] = [browserAt(goTrue), browserAt(goTrue)]
  await here.signUp(ana)
  await there.logIn({ identifier: EMAIL, password: PASSWORD })
  await here.logOut()
  expect(goTrue.requests.at(-1)).toMatchObject({ method: 'POST', path: '/logout' })
  expect(goTrue.accounts.sessions.size).toBe(1)
  expect((await there.getProfile()).user.email).toBe(EMAIL)
})

test('a session that has ended on the server is over, by whichever code it says so', async () => {
  const goTrue = createGoTrue()
  const client = browserAt(goTrue)
  await client.signUp(ana)
  goTrue.accounts.sessions.clear()
  expect(await client.getSession()).toBe(null)
  await client.logIn({ identifier: EMAIL, password: PASSWORD })
  goTrue.accounts.users.clear()
  const error = await errorOf(client.updateMetadata({ company: 'Acme' }))
  expect(error.code).toBe('unauthenticated')
})

test('an access token that ends is renewed, once for all calls, and a lost answer logs nobody out', async () => {
  let now = Date.UTC(2026, 10, 25)
  let lost = 0
  const clock = { now: () => now }
  const goTrue = createGoTrue(clock)
  const client = browserAt(goTrue, {
    ...clock,
    before(call) {
      if (call !== 'POST /token' || lost === 0) return
      lost -= 1
      throw new TypeError('fetch failed')
    },
  })
  await client.signUp(ana)
  const first = await client.getToken()
  now += 3_580_000
  await Promise.all([client.getProfile(), client.updateMetadata({ company: 'Acme' })])
  expect(callsOf(goTrue).filter((call) => call === 'POST /token')).toHaveLength(1)
  expect(await client.getToken()).not.toBe(first)

  now += 3_600_000
  lost = 1
  expect((await errorOf(client.getProfile())).code).toBe('network')
  expect((await client.getProfile()).user.user_metadata).toEqual({ company: 'Acme' })
  // A token whose end the page did not see coming, such as one of a clock that was set.
  now += 3_600_000
  const behind = browserAt(goTrue)
  await behind.logIn({ identifier: EMAIL, password: PASSWORD })
  now += 3_600_000
  expect((await behind.getProfile()).user.email).toBe(EMAIL)
})

test('with addresses to confirm, nobody is signed in, and a new address cannot be told from one that has an account', async () => {
  const goTrue = createGoTrue({ autoconfirm: false })
  const client = browserAt(goTrue)
  const given = { ...ana, name: 'Ana', user_metadata: { company: 'Acme' } }
  const fresh = await client.signUp(given)
  expect(fresh).toMatchObject({ needsVerification: true, user: { email: EMAIL, email_verified: false, name: 'Ana' } })
  expect(fresh.user.user_metadata).toEqual({ company: 'Acme' })
  expect(await client.getSession()).toBe(null)
  const credentials = { identifier: EMAIL, password: PASSWORD }
  expect((await errorOf(client.logIn(credentials))).code).toBe('email_unverified')
  const user = goTrue.accounts.find(EMAIL)
  if (user) goTrue.accounts.confirm(user)
  expect(await client.signUp(given)).toEqual(fresh)
  expect((await client.logIn(credentials)).user).toMatchObject({ email_verified: true, name: 'Ana' })
})

test('a sign-up that asks for no session leaves none', async () => {
  const goTrue = createGoTrue()
  const client = browserAt(goTrue)
  const { user } = await client.signUp({ ...ana, logIn: false })
  expect(user.email).toBe(EMAIL)
  expect([goTrue.accounts.users.size, goTrue.accounts.sessions.size]).toEqual([1, 0])
  expect(await client.getSession()).toBe(null)
})

test('nothing is sent that GoTrue lets no page send', async () => {
  const goTrue = createGoTrue()
  const client = browserAt(goTrue)
  await client.signUp({ ...ana, remember: false, user_metadata: { company: 'Acme', fax: null } })
  await client.updateMetadata({ company: 'Else' })
  const [signUp] = goTrue.requests
  expect(signUp?.body).toEqual({ ...ana, data: { company: 'Acme' } })
  expect(goTrue.requests.map(({ headers }) => headers.get('idempotency-key'))).toEqual([null, null])
  expect(goTrue.requests.map(({ headers }) => headers.get('x-supabase-api-version'))).toEqual([
    ...['2024-01-01', '2024-01-01'],
  ])
  expect(goTrue.requests.map(({ headers }) => headers.has('authorization'))).toEqual([false, true])
})

test('what two people changed is said, and what one of them did is kept', async () => {
  const goTrue = createGoTrue()
  const [here, there] = [browserAt(goTrue), browserAt(goTrue)]
  await here.signUp({ ...ana, user_metadata: { company: 'Acme', address: { city: 'Lisbon', zip: '1' } } })
  const base = await here.getProfile()
  await there.logIn({ identifier: EMAIL, password: PASSWORD })
  await there.save([...set('company', 'Theirs'), ...setIn(['address', 'zip'], '2')])
  goTrue.requests.length = 0
  const mine = [...set('company', 'Mine'), ...setIn(['address', 'city'], 'Porto')]
  const preview = await here.preview(mine, { base })
  expect(preview.requests.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET'])
  const error = await errorOf(here.save(mine, { base }))
  expect(error.code).toBe('version_conflict')
  expect(error.conflicts).toEqual([{ pointer: '/user_metadata/company', base: 'Acme', mine: 'Mine', theirs: 'Theirs' }])
  expect(callsOf(goTrue)).toEqual(['GET /user', 'PUT /user', 'GET /user'])
  expect(storedIn(goTrue)).toMatchObject({ company: 'Theirs', address: { city: 'Porto', zip: '2' } })
})

test('a race that is lost after the write is said', async () => {
  const goTrue = createGoTrue()
  const there = browserAt(goTrue)
  let reads = 0
  const here = browserAt(goTrue, {
    before(call) {
      if (call !== 'GET /user') return
      reads += 1
      const user = goTrue.accounts.find(EMAIL)
      if (reads === 2 && user) goTrue.accounts.updateMetadata(user, { company: 'Theirs' })
    },
  })
  await there.signUp({ ...ana, user_metadata: { company: 'Acme' } })
  const base = await here.logIn({ identifier: EMAIL, password: PASSWORD })
  const error = await errorOf(here.save(set('company', 'Mine'), { base }))
  expect(error.conflicts).toEqual([{ pointer: '/user_metadata/company', base: 'Acme', mine: 'Mine', theirs: 'Theirs' }])
})

/** GoTrue's metadata as the profile has it: attributes at the root, and none of its own copies. */
function modelOf(stored: JsonObject): Model {
  const names: readonly string[] = supabaseCapabilities.rootAttributes
  const copies = ['email', 'email_verified', 'phone_verified', 'sub']
  const entries = Object.entries(stored).filter(([name]) => !copies.includes(name))
  return {
    root: Object.fromEntries(entries.filter(([name]) => names.includes(name))),
    user_metadata: Object.fromEntries(entries.filter(([name]) => !names.includes(name))),
  }
}

test(
  'what intents say is what GoTrue has stored in the end, and nothing else',
  async () => {
    const cases = fc.tuple(storedBy(supabaseCapabilities), someIntents, fc.boolean())
    const holds = async (stored: Model, intents: Intents, withBase: boolean) => {
      const goTrue = createGoTrue()
      const client = browserAt(goTrue)
      await client.signUp(ana)
      const user = goTrue.accounts.find(EMAIL)
      if (!user) throw new TypeError('nobody')
      const copies = { ...storedIn(goTrue) }
      user.user_metadata = structuredClone({ ...stored.user_metadata, ...stored.root, ...copies })
      const base = withBase ? await client.getProfile() : null
      const preview = await client.preview(intents, { base })
      goTrue.requests.length = 0

      const saved = await client.save(intents, { base })
      const wanted = modelAfter(stored, intents)
      expect(modelOf(storedIn(goTrue))).toEqual(wanted)
      expect(storedIn(goTrue)).toMatchObject(copies)
      if (saved) expect(saved.user.user_metadata).toEqual(wanted.user_metadata)
      expect(preview.refused).toEqual([])
      if (preview.bytes !== null) expect(preview.bytes).toBe(jsonBytes(wanted.user_metadata))
      const puts = goTrue.requests.filter(({ method }) => method === 'PUT')
      expect(puts.length).toBeLessThanOrEqual(1)
      // Nothing but the person's own is named, and only what changes.
      for (const { body } of puts) {
        const names = isJsonObject(body.data) ? Object.keys(body.data) : []
        expect(names.filter((name) => name in copies)).toEqual([])
        expect(names).not.toEqual([])
      }
    }
    await fc.assert(
      fc.asyncProperty(cases, (given) => holds(...given)),
      RUNS,
    )
  },
  SOAK_TIMEOUT,
)
