// What `rest` sends for each kind of session, and what it believes of the answers.
import { expect, test } from 'vitest'
import { rest as restOnDemand } from '../../src/backends/rest.ts'
import type { RestOptions } from '../../src/backends/rest-over.ts'
import { rest } from '../../src/backends/rest-whole.ts'
import { createClient } from '../../src/client/client.ts'
import { clientEnvironment } from '../../src/client/client-environment.ts'
import { isLatchkeyError } from '../../src/contract/errors.ts'
import { codeOf } from './token-browser.ts'

const email = 'ana@example.org'
const password = 'correct horse'
const user = { id: '1', email, user_metadata: {} }
const session = { access_token: 'access-1', token_type: 'Bearer', expires_in: 900, refresh_token: 'refresh-1' }

interface Sent {
  readonly url: string
  readonly init: RequestInit
}

function clientOf(options: RestOptions, answer: (path: string) => unknown) {
  const sent: Sent[] = []
  let now = 0
  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const url = String(input)
    sent.push({ url, init })
    const found = answer(url.replace('/account', ''))
    return found instanceof Response ? found : Response.json(found)
  }
  const environment = { ...clientEnvironment(), fetch, now: () => now, randomId: () => 'a-word' }
  const wait = (milliseconds: number) => {
    now += milliseconds
  }
  return { client: createClient({ backend: rest('/account', options), environment }), sent, wait }
}

/** A request as it is on the way: method, path, what it carries, and its body. */
function told({ url, init }: Sent): readonly unknown[] {
  const headers = Object.fromEntries(new Headers(init.headers))
  const { accept: _accept, 'content-type': _type, ...special } = headers
  return [init.method, url, init.credentials, special, init.body ?? null]
}

test('with a cookie nothing is sent that was not asked for', async () => {
  const { client, sent } = clientOf({}, (path) => (path === '/logout' ? new Response(null, { status: 204 }) : { user }))
  await client.signUp({ email, password, given_name: 'Ana', user_metadata: { company: 'Acme' } })
  await client.logIn({ identifier: email, password })
  await client.getSession()
  await client.updateMetadata({ company: 'Acme' })
  await client.logOut()
  const key = { 'idempotency-key': 'a-word' }
  expect(sent.map(told)).toEqual([
    [
      'POST',
      '/account/signup',
      'include',
      key,
      `{"email":"${email}","password":"${password}","given_name":"Ana","user_metadata":{"company":"Acme"}}`,
    ],
    ['POST', '/account/login', 'include', {}, `{"identifier":"${email}","password":"${password}"}`],
    ['GET', '/account/session', 'include', {}, null],
    ['PATCH', '/account/me', 'include', key, '{"user_metadata":{"company":"Acme"}}'],
    ['POST', '/account/logout', 'include', {}, '{}'],
  ])
  for (const { init } of sent) expect([init.cache, init.redirect]).toEqual(['no-store', 'manual'])
})

test('what a sign-up or log-in asks of its session is sent, and no session is a wish as well', async () => {
  const { client, sent } = clientOf({ usernames: true }, () => ({ user }))
  await client.signUp({ email, password, username: 'ana', logIn: false, remember: false })
  await client.signUp({ email, password, username: 'ana', logIn: true, remember: true })
  await client.logIn({ identifier: 'ana', password, remember: false })
  expect(sent.map(({ init }) => init.body)).toEqual([
    `{"email":"${email}","password":"${password}","username":"ana","remember":false,"session":"none"}`,
    `{"email":"${email}","password":"${password}","username":"ana","remember":true}`,
    `{"identifier":"ana","password":"${password}","remember":false}`,
  ])
})

test('with tokens no cookie goes along, and every call carries the token that is good', async () => {
  const next = { ...session, access_token: 'access-2', refresh_token: 'refresh-2' }
  const { client, sent, wait } = clientOf({ session: 'bearer' }, (path) => {
    if (path === '/token') return { session: next }
    return path === '/logout' ? new Response(null, { status: 204 }) : { user, session }
  })
  expect(await client.getSession()).toBe(null)
  await client.signUp({ email, password, remember: false })
  expect(await client.logIn({ identifier: email, password })).toEqual({
    user: { ...user, email_verified: false },
    version: null,
    pending: [],
  })
  await client.getSession()
  wait(880_000)
  await client.updateMetadata({ company: 'Acme' })
  expect(await client.getToken()).toBe('access-2')
  await client.logOut()
  const key = { 'idempotency-key': 'a-word' }
  expect(sent.map(told)).toEqual([
    [
      'POST',
      '/account/signup',
      'omit',
      key,
      `{"email":"${email}","password":"${password}","remember":false,"session":"bearer"}`,
    ],
    ['POST', '/account/login', 'omit', {}, `{"identifier":"${email}","password":"${password}","session":"bearer"}`],
    ['GET', '/account/session', 'omit', { authorization: 'Bearer access-1' }, null],
    ['POST', '/account/token', 'omit', {}, '{"refresh_token":"refresh-1"}'],
    [
      'PATCH',
      '/account/me',
      'omit',
      { ...key, authorization: 'Bearer access-2' },
      '{"user_metadata":{"company":"Acme"}}',
    ],
    ['POST', '/account/logout', 'omit', { authorization: 'Bearer access-2' }, '{}'],
  ])
  for (const { url } of sent) expect(url).toMatch(/^\/account\/[a-z]+$/)
})

test('without an end a token is sent until it is refused; without a successor that is its end', async () => {
  let isOver = false
  const { client, sent, wait } = clientOf({ session: 'bearer' }, (path) => {
    const lasting = { access_token: 'access-1', token_type: 'bearer' }
    if (path === '/login') return { user, session: lasting }
    return isOver ? Response.json({ code: 'unauthenticated' }, { status: 401 }) : { user }
  })
  await client.logIn({ identifier: email, password })
  wait(1e12)
  await client.getProfile()
  isOver = true
  expect(await codeOf(client.getProfile())).toBe('unauthenticated')
  expect(await codeOf(client.getToken())).toBe('unauthenticated')
  expect(sent.map(({ url }) => url)).toEqual(['/account/login', '/account/me', '/account/me'])
})

test('a token without a successor is good to its end, and then nobody is signed in', async () => {
  const { client, sent, wait } = clientOf({ session: 'bearer' }, () => ({
    user,
    session: { access_token: 'access-1', token_type: 'Bearer', expires_in: 60 },
  }))
  await client.logIn({ identifier: email, password })
  wait(60_000)
  expect(await client.getToken()).toBe('access-1')
  wait(1)
  expect(await codeOf(client.getToken())).toBe('unauthenticated')
  expect(sent).toHaveLength(1)
})

test.each([
  [
    undefined,
    /answered without "session"; let the server hand out tokens, or leave session: 'bearer' out of rest\(\)$/,
  ],
  [{ ...session, access_token: undefined }, /must have an "access_token"/],
  [{ ...session, token_type: 'mac' }, /"token_type": "Bearer"$/],
  ['access-1', /must have an "access_token"/],
  [{ ...session, access_token: 'access-1\nx' }, /no header can carry$/],
  [{ ...session, access_token: '' }, /no header can carry$/],
])('a session of %j is no session', async (given, message) => {
  const { client } = clientOf({ session: 'bearer' }, () => ({ user, session: given }))
  for (const call of [client.signUp({ email, password }), client.logIn({ identifier: email, password })]) {
    const error: unknown = await call.catch((reason: unknown) => reason)
    if (!isLatchkeyError(error)) throw error
    expect([error.code, error.retryable]).toEqual(['bad_response', false])
    expect(error.message).toMatch(message)
    expect(error.message).not.toContain('access-1')
  }
  expect(await codeOf(client.getToken())).toBe('unauthenticated')
})

test('capabilities follow the options', () => {
  const kinds = [
    rest('/account'),
    rest('/account', { session: 'bearer', usernames: true }),
    rest('/account', { session: 'cookie' }),
  ]
  expect(
    kinds.map(({ capabilities, refresh }) => [capabilities.session, capabilities.usernames, refresh === undefined]),
  ).toEqual([
    ['cookie', false, true],
    ['bearer', true, false],
    ['cookie', false, true],
  ])
})

test.each([
  [{ session: 'token' }, 'session'],
  [{ usernames: 'yes' }, 'usernames'],
  [{ username: true }, 'username'],
])('a wrong option is a mistake of the site: %j', async (options, name) => {
  const message = `rest(): options.${name}: write { session: 'bearer', usernames: true }, or leave it out`
  // @ts-expect-error: for sites that are not typed.
  expect(() => rest('/account', options)).toThrow(new TypeError(message))
  // @ts-expect-error: the same where the calls are fetched, which know the options.
  const client = createClient({ backend: restOnDemand('/account', options) })
  await expect(client.logIn({ identifier: email, password })).rejects.toThrow(new TypeError(message))
})
