// Every reply that a server, or something in between, can give ends as a valid profile or as a typed error.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rest } from '../../src/backends/rest.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import { isLatchkeyError, type LatchkeyError } from '../../src/contract/errors.ts'

const user = { id: '1', email: 'a@example.org', user_metadata: { company: 'Acme' } }
const json = (body: unknown, init: ResponseInit = {}) => new Response(JSON.stringify(body), init)
const page = '<!doctype html><title>Log in</title>'

type Reply = () => Response | Promise<Response>

/** A client whose waits are over at once; `sent` counts its requests. */
function clientOf(reply: Reply) {
  const sent: string[] = []
  const environment = {
    ...systemEnvironment(),
    now: () => Date.parse('2026-03-01T12:00:00Z'),
    fetch: async (_input: RequestInfo | URL, init: RequestInit = {}) => {
      sent.push(init.method ?? 'GET')
      return reply()
    },
    startTimer(callback: () => void, milliseconds: number) {
      // The call's own limit is longer than any wait before a second try.
      if (milliseconds < 10_000) callback()
      return () => {}
    },
  }
  return { client: createClient({ backend: rest('/account'), environment }), sent }
}

async function failureOf(call: Promise<unknown>): Promise<LatchkeyError> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!isLatchkeyError(error)) throw new TypeError(`no LatchkeyError: ${String(error)}`)
  return error
}

function cut(status: number): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"user":{'))
      controller.error(new TypeError('terminated'))
    },
  })
  return new Response(body, { status })
}

function redirected(): Response {
  const response = new Response(page)
  Object.defineProperty(response, 'redirected', { value: true })
  return response
}

const REPLIES: readonly (readonly [name: string, reply: Reply, code: string, retryable: boolean])[] = [
  ['HTML with 200, as a captive portal', () => new Response(page), 'bad_response', true],
  ['HTML with 502', () => new Response(page, { status: 502 }), 'server_error', true],
  ['HTML with 404', () => new Response(page, { status: 404 }), 'not_found', false],
  ['an empty 200', () => new Response(''), 'bad_response', false],
  ['204 where a profile belongs', () => new Response(null, { status: 204 }), 'bad_response', false],
  ['a redirect', () => new Response(null, { status: 302, headers: { location: '/login' } }), 'bad_response', false],
  ['a page after a redirect', redirected, 'bad_response', false],
  ['truncated JSON', () => new Response('{"user":{"id"'), 'bad_response', true],
  ['a body cut short', () => cut(200), 'network', true],
  ['no answer', () => Promise.reject(new TypeError('fetch failed')), 'network', true],
  ['null', () => json(null), 'bad_response', true],
  ['a list', () => json([user]), 'bad_response', true],
  ['a user that is a text', () => json({ user: 'Ana' }), 'bad_response', true],
  ['a user without an id', () => json({ user: { ...user, id: undefined } }), 'bad_response', true],
  ['an e-mail address that is a number', () => json({ user: { ...user, email: 5 } }), 'bad_response', true],
  ['metadata that is a list', () => json({ user: { ...user, user_metadata: [] } }), 'bad_response', true],
  ['metadata that is a text', () => json({ user: { ...user, user_metadata: 'x' } }), 'bad_response', true],
  ['a name that is an object', () => json({ user: { ...user, name: {} } }), 'bad_response', true],
  ['problem details', () => json({ code: 'metadata_too_large' }, { status: 422 }), 'metadata_too_large', false],
  ['an unknown code', () => json({ code: 'teapot' }, { status: 422 }), 'invalid_request', false],
  ['a plain error', () => json({ error: 'Forbidden', message: 'No' }, { status: 403 }), 'forbidden', false],
  ['an error that is a list', () => json(['no'], { status: 400 }), 'invalid_request', false],
  ['a refusal without a body', () => new Response(null, { status: 401 }), 'unauthenticated', false],
  ['a status nobody knows', () => new Response('', { status: 499 }), 'bad_response', true],
  [
    'a refused idempotency key',
    () => json({ code: 'idempotency_key_reused' }, { status: 422 }),
    'idempotency_key_reused',
    false,
  ],
  [
    'the same request still running',
    () => json({ code: 'request_in_progress' }, { status: 409 }),
    'request_in_progress',
    true,
  ],
]

test.each(REPLIES)('%s', async (_name, reply, code, retryable) => {
  const read = await failureOf(clientOf(reply).client.getProfile())
  expect([read.code, read.retryable]).toEqual([code, retryable])
  const saved = await failureOf(clientOf(reply).client.updateMetadata({ company: 'Acme' }))
  expect([saved.code, saved.retryable]).toEqual([code, retryable])
})

test('any JSON at all is a profile or an error, and so is any text', async () => {
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc.json().map((text) => `{"user":${text}}`),
  )
  await fc.assert(
    fc.asyncProperty(body, fc.constantFrom(200, 201, 400, 409, 422, 500), async (text, status) => {
      const { client } = clientOf(() => new Response(text, { status }))
      const answer = await client.updateMetadata({ company: 'Acme' }).catch((error: unknown) => error)
      if (!isLatchkeyError(answer)) expect(answer).toHaveProperty('user.user_metadata', expect.any(Object))
    }),
  )
})

test.each([
  ['{"user":{"id":"1","email":"a@example.org"}}', {}],
  ['\ufeff{"user":{"id":"1","email":"a@example.org","user_metadata":null}}', {}],
  [
    '{"user":{"id":"1","email":"a@example.org","user_metadata":{"a.b":1,"":2,"$x":null}}}',
    { 'a.b': 1, '': 2, $x: null },
  ],
  [
    '{"user":{"id":"1","email":"a@example.org","user_metadata":{"constructor":{"prototype":1}}}}',
    { constructor: { prototype: 1 } },
  ],
])('%s is a profile', async (text, user_metadata) => {
  const { user: read } = await clientOf(() => new Response(text)).client.getProfile()
  expect(read).toEqual({ id: '1', email: 'a@example.org', email_verified: false, user_metadata })
})

test('a key named __proto__ is a key like any other, and reaches no prototype', async () => {
  const text =
    '{"user":{"id":"1","email":"a@example.org","__proto__":{"name":"x"},"user_metadata":{"__proto__":{"admin":true}}}}'
  const { user: read } = await clientOf(() => new Response(text)).client.getProfile()
  expect(Object.keys(read.user_metadata)).toEqual(['__proto__'])
  expect(Object.hasOwn(read, 'name')).toBe(false)
  expect(Reflect.get({}, 'admin')).toBe(undefined)
})

test.each([
  [409, 'signUp', 'user_exists'],
  [401, 'logIn', 'invalid_credentials'],
  [401, 'getProfile', 'unauthenticated'],
  [409, 'updateMetadata', 'version_conflict'],
] as const)('%i without our words, answering %s, is %s', async (status, call, code) => {
  const { client } = clientOf(() => json({ error: 'no' }, { status }))
  const password = 'correct horse'
  const calls = {
    signUp: () => client.signUp({ email: 'a@example.org', password }),
    logIn: () => client.logIn({ identifier: 'a@example.org', password }),
    getProfile: () => client.getProfile(),
    updateMetadata: () => client.updateMetadata({ company: 'Acme' }),
  }
  const error = await failureOf(calls[call]())
  expect(error.code).toBe(code)
  expect(`${String(error)}${error.stack}${JSON.stringify(error)}`).not.toContain(password)
})

test.each<readonly [name: string, headers: Record<string, string>, seconds: number | null]>([
  ['seconds', { 'retry-after': '7' }, 7],
  ['a date', { 'retry-after': 'Sun, 01 Mar 2026 12:00:30 GMT' }, 30],
  [
    'a date of a server whose clock is an hour ahead',
    { 'retry-after': 'Sun, 01 Mar 2026 13:00:30 GMT', date: 'Sun, 01 Mar 2026 13:00:00 GMT' },
    30,
  ],
  ['a date that has passed', { 'retry-after': 'Sun, 01 Mar 2026 11:00:00 GMT' }, 0],
  ["seconds in better-auth's header", { 'x-retry-after': '9' }, 9],
  ['the moment of a reset', { 'x-ratelimit-reset': String(Date.parse('2026-03-01T12:00:12Z') / 1000) }, 12],
  ['a rate limit', { ratelimit: '"default";r=0;t=30' }, 30],
  ['a rate limit of earlier drafts', { ratelimit: 'limit=10, remaining=0, reset=45' }, 45],
  ['only the policy', { 'ratelimit-policy': '"default";q=10;w=60' }, 60],
  ['something else', { 'retry-after': 'soon' }, null],
  ['nothing', {}, null],
])('how long to wait, said as %s', async (_name, headers, seconds) => {
  const { client } = clientOf(() => new Response('', { status: 429, headers }))
  const error = await failureOf(client.updateMetadata({ company: 'Acme' }))
  expect([error.code, error.retryAfter, error.retryable]).toEqual(['rate_limited', seconds, true])
})

test('a rate limit beside another refusal is no reason to wait', async () => {
  const { client } = clientOf(() => new Response('', { status: 422, headers: { ratelimit: '"default";r=9;t=30' } }))
  expect((await failureOf(client.updateMetadata({ company: 'Acme' }))).retryAfter).toBe(null)
})

test.each<readonly [name: string, reply: Reply, tries: number]>([
  ['no answer', () => Promise.reject(new TypeError('fetch failed')), 3],
  ['502', () => new Response(page, { status: 502 }), 3],
  ['503 that asks for a second', () => new Response('', { status: 503, headers: { 'retry-after': '1' } }), 3],
  ['503 that asks for a minute', () => new Response('', { status: 503, headers: { 'retry-after': '60' } }), 1],
  ['429 that asks for five seconds', () => new Response('', { status: 429, headers: { 'retry-after': '5' } }), 3],
  ['429 that asks for six', () => new Response('', { status: 429, headers: { 'retry-after': '6' } }), 1],
  ['429 that asks for nothing', () => new Response('', { status: 429 }), 1],
  ['500', () => new Response('', { status: 500 }), 1],
  ['401', () => new Response('', { status: 401 }), 1],
  ['HTML with 200', () => new Response(page), 1],
])('reading is tried again after %s as often as makes sense, writing never', async (_name, reply, tries) => {
  const reading = clientOf(reply)
  await failureOf(reading.client.getProfile())
  expect(reading.sent).toHaveLength(tries)
  const session = clientOf(reply)
  await failureOf(session.client.getSession())
  expect(session.sent).toHaveLength(tries)
  for (const write of ['updateMetadata', 'signUp', 'logIn', 'logOut'] as const) {
    const { client, sent } = clientOf(reply)
    const credentials = { email: 'a@example.org', identifier: 'a@example.org', password: 'correct horse' }
    const call =
      write === 'updateMetadata'
        ? client.updateMetadata({ company: 'Acme' })
        : write === 'logOut'
          ? client.logOut()
          : client[write](credentials)
    await failureOf(call)
    expect([write, sent.length]).toEqual([write, 1])
  }
})

test('a second try that succeeds is a success', async () => {
  const replies = [new Response('', { status: 503 }), json({ user })]
  const { client, sent } = clientOf(() => replies.shift() ?? new Response(''))
  expect((await client.getProfile()).user.id).toBe('1')
  expect(sent).toHaveLength(2)
})
