// The conformance cases of the account contract that better-auth has an answer to, by their numbers, on a real server.
import { afterAll, expect, test } from 'vitest'
import { betterAuth } from '../../src/backends/better-auth.ts'
import { type Client, createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import { startBetterAuth } from './better-auth-server.ts'
import { browserAt, type CookieBrowser } from './cookie-browser.ts'
import { rejection } from './rejection.ts'

const fifty = Array.from({ length: 50 }, (_, index) => `column_${index}`)
const COLUMNS = {
  ...Object.fromEntries(fifty.map((name) => [name, 'string' as const])),
  color: 'string',
  a: 'string',
  b: 'string',
  address: 'json',
} as const
const backend = betterAuth('/api/auth', { columns: COLUMNS })

const open = await startBetterAuth({
  columns: COLUMNS,
  options: { emailAndPassword: { enabled: true, minPasswordLength: 10 } },
})
const limited = await startBetterAuth({
  columns: COLUMNS,
  options: { rateLimit: { enabled: true, customRules: { '/sign-up/email': false } } },
})
afterAll(() => Promise.all([open.close(), limited.close()]))

interface Visitor {
  readonly client: Client
  readonly browser: CookieBrowser
}

/** Twenty password hashes at once take their time on a small machine. */
const clientWith = (fetch: typeof globalThis.fetch) =>
  createClient({ backend, timeout: 60_000, environment: { ...systemEnvironment(), fetch } })

function visitorAt({ origin }: typeof open): Visitor {
  const browser = browserAt(origin)
  return { browser, client: clientWith(browser.fetch) }
}

const password = 'correct horse'
let accounts = 0
function account(user_metadata: JsonObject = {}) {
  accounts += 1
  return { email: `ana${accounts}@example.org`, password, user_metadata }
}

const visitor = () => visitorAt(open)
const count = (email: string) => open.rows('SELECT id FROM user WHERE email = ?', email).length

async function signedUp(user_metadata: JsonObject = {}): Promise<Visitor & { readonly email: string }> {
  const here = visitor()
  const { user } = await here.client.signUp(account(user_metadata))
  return { ...here, email: user.email }
}

/** Refused with a code at a place, before anything was sent. */
async function refusesBefore(user_metadata: JsonObject, code: string, pointer: string): Promise<void> {
  const { client, browser } = visitor()
  const error = await rejection(client.signUp(account(user_metadata)))
  expect([error.code, error.issues?.[0].pointer]).toEqual([code, pointer])
  expect(browser.sent).toEqual([])
}

const cases: Readonly<Record<string, () => Promise<void>>> = {
  '1: a sign-up with metadata': async () => {
    const { client, browser } = visitor()
    const answers: string[] = []
    const watching = clientWith(async (input, init) => {
      const answer = await browser.fetch(input, init)
      answers.push(await answer.clone().text())
      return answer
    })
    const { user } = await watching.signUp(account({ color: 'red' }))
    expect(user.user_metadata).toEqual({ color: 'red' })
    expect(answers.join()).not.toContain(password)
    expect((await client.getProfile()).user).toEqual(user)
  },
  '2: the same address in another case': async () => {
    const { email } = await signedUp()
    const error = await rejection(visitor().client.signUp({ email: email.toUpperCase(), password }))
    expect([error.code, error.field, error.status]).toEqual(['user_exists', 'email', 422])
    expect(count(email)).toBe(1)
  },
  '3: twenty identical sign-ups at once': async () => {
    const same = account()
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => visitor().client.signUp(same)))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(count(same.email)).toBe(1)
  },
  '4: a weak password': async () => {
    const weak = { ...account(), password: 'nine char' }
    const error = await rejection(visitor().client.signUp(weak))
    expect([error.code, error.field, error.status]).toEqual(['password_weak', 'password', 400])
    expect(count(weak.email)).toBe(0)
  },
  '9: names that nobody can store': async () => {
    for (const [name, pointer] of [
      ['a.b', 'a.b'],
      ['$x', '$x'],
      ['x$y', 'x$y'],
      ['x'.repeat(101), 'x'.repeat(101)],
      ['', ''],
      ['a/~b.', 'a~1~0b.'],
    ] as const)
      await refusesBefore({ [name]: 'x' }, 'invalid_field_name', `/user_metadata/${pointer}`)
  },
  '10: reserved names': async () => {
    for (const name of ['user_id', 'email_verified'])
      await refusesBefore({ [name]: 'x' }, 'reserved_field_name', `/user_metadata/${name}`)
  },
  '11: the names of prototypes': async () => {
    await refusesBefore(JSON.parse('{"__proto__":"x"}'), 'invalid_field_name', '/user_metadata/__proto__')
    await refusesBefore(
      JSON.parse('{"address":{"constructor":{"x":1}}}'),
      'invalid_field_name',
      '/user_metadata/address/constructor',
    )
    expect(Reflect.get({}, 'x')).toBeUndefined()
  },
  '12: NUL and half a character': async () => {
    for (const value of ['a\0b', 'a\ud800'])
      await refusesBefore({ color: value }, 'invalid_value', '/user_metadata/color')
  },
  '13: a right and two wrong log-ins': async () => {
    const { email } = await signedUp()
    const { client } = visitor()
    const wrong = await rejection(client.logIn({ identifier: email, password: 'wrong' }))
    const unknown = await rejection(client.logIn({ identifier: 'nobody@example.org', password }))
    expect([wrong.code, wrong.status, wrong.field]).toEqual(['invalid_credentials', 401, null])
    expect({ ...unknown, message: unknown.message }).toEqual({ ...wrong, message: wrong.message })
    expect((await client.logIn({ identifier: email, password })).user.email).toBe(email)
  },
  '14: too many wrong log-ins': async () => {
    const { client } = visitorAt(limited)
    let error = await rejection(client.logIn({ identifier: 'ana@example.org', password: 'wrong' }))
    for (let tries = 1; tries < 11 && error.status !== 429; tries += 1)
      error = await rejection(client.logIn({ identifier: 'ana@example.org', password: 'wrong' }))
    expect([error.code, error.status]).toEqual(['rate_limited', 429])
    expect(error.retryAfter).toBeGreaterThan(0)
  },
  '15: no session, a made-up one, one that has ended': async () => {
    const nobody = visitor()
    expect(await nobody.client.getSession()).toBeNull()
    expect((await rejection(nobody.client.getProfile())).code).toBe('unauthenticated')
    const { browser } = visitor()
    const made = 'better-auth.session_token=made.up'
    const garbage = clientWith((input, init = {}) => {
      const headers = new Headers(init.headers)
      headers.set('cookie', made)
      return browser.fetch(input, { ...init, headers })
    })
    expect((await rejection(garbage.getProfile())).code).toBe('unauthenticated')
    expect(browser.sent.map(({ headers }) => headers.get('cookie'))).toEqual([made])
    const ended = await signedUp()
    open.write(
      "UPDATE session SET expiresAt = '2020-01-01T00:00:00.000Z' WHERE userId = (SELECT id FROM user WHERE email = ?)",
      ended.email,
    )
    expect((await rejection(ended.client.getProfile())).code).toBe('unauthenticated')
    expect((await rejection(ended.client.updateMetadata({ a: '1' }))).code).toBe('unauthenticated')
  },
  '16: one key changes and its neighbour stays': async () => {
    const { client } = await signedUp({ a: '1' })
    const saved = await client.updateMetadata({ b: '2' })
    expect(saved?.user.user_metadata).toEqual({ a: '1', b: '2' })
  },
  '17: an object is replaced whole': async () => {
    const { client } = await signedUp({ address: { home: 'y' } })
    const saved = await client.updateMetadata({ address: { work: 'x' } })
    expect(saved?.user.user_metadata).toEqual({ address: { work: 'x' } })
  },
  '18: null takes a key away, and one that is not there': async () => {
    const { client, email } = await signedUp({ a: '1' })
    for (let tries = 0; tries < 2; tries += 1)
      expect((await client.updateMetadata({ a: null }))?.user.user_metadata).toEqual({})
    expect(open.rows('SELECT a FROM user WHERE email = ?', email)).toEqual([{ a: null }])
  },
  '20: clear leaves nothing': async () => {
    const { client } = await signedUp({ a: '1', address: { city: 'x' } })
    expect((await client.clearMetadata()).user.user_metadata).toEqual({})
    expect((await client.getProfile()).user.user_metadata).toEqual({})
  },
  '21: an update of nothing sends nothing': async () => {
    const { client, browser } = await signedUp()
    const before = browser.sent.length
    expect([await client.updateMetadata({}), await client.updateMetadata({ a: undefined })]).toEqual([null, null])
    expect(browser.sent.length).toBe(before)
  },
  '27: fifty saves of fifty keys at once': async () => {
    const { client } = await signedUp()
    await Promise.all(fifty.map((name) => client.updateMetadata({ [name]: name })))
    const { user } = await client.getProfile()
    expect(user.user_metadata).toEqual(Object.fromEntries(fifty.map((name) => [name, name])))
  },
}

test.each(Object.entries(cases))('case %s', (_name, holds) => holds(), 60_000)
