// The account server through its one door, against a database: the contract, its refusals and its races.
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { defineFields } from '../../src/fields/define.ts'
import { type AccountServer, createAccountServer } from '../../src/server/account-server.ts'
import type { AccountServerOptions } from '../../src/server/options.ts'
import { DATABASES } from './databases.ts'

const origin = 'https://example.org'
const account = { email: 'a@example.org', password: 'correct horse' }
function ask(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Request {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return new Request(`${origin}/account${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), origin, ...headers },
    ...(body !== undefined && { body: text }),
  })
}

async function signUp(server: AccountServer, user_metadata: object = {}, email = account.email) {
  const answer = await server.fetch(ask('POST', '/signup', { ...account, email, user_metadata }))
  expect(answer.status).toBe(201)
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '', answer }
}

async function metadataOf(server: AccountServer, cookie: string): Promise<unknown> {
  const { user } = await (await server.fetch(ask('GET', '/me', undefined, { cookie }))).json()
  return user.user_metadata
}

describe.each(DATABASES)('on $kind', ({ create }) => {
  async function serve(options: Partial<AccountServerOptions> = {}): Promise<AccountServer> {
    const databaseUrl = options.databaseUrl ?? (await create()).url
    const server = await createAccountServer({ origin, ...options, databaseUrl })
    onTestFinished(() => server.close())
    return server
  }

  test('sign-up answers with the profile, and a cookie bound to host and TLS', async () => {
    const server = await serve()
    const { answer } = await signUp(server, { color: 'red', deep: { a: [1, null] } })
    const body = await answer.json()
    expect(body).toMatchObject({ status: 'created', user: { email: account.email, email_verified: false } })
    expect(body.user.user_metadata).toEqual({ color: 'red', deep: { a: [1, null] } })
    expect(JSON.stringify(body)).not.toContain('hash')
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-latchkey_session=[\w-]{43}; .*Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    )
  })

  test('one account for an address, whatever its case and however often at once', async () => {
    const server = await serve()
    const attempts = Array.from({ length: 8 }, (_, index) =>
      server.fetch(ask('POST', '/signup', { ...account, email: index % 2 ? 'A@example.org' : 'a@EXAMPLE.org' })),
    )
    const statuses = (await Promise.all(attempts)).map(({ status }) => status).sort()
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409])
  })

  test('a wrong password and an unknown address are told apart by nothing', async () => {
    const server = await serve()
    await signUp(server)
    const wrong = await server.fetch(ask('POST', '/login', { identifier: account.email, password: 'wrong password' }))
    const unknown = await server.fetch(
      ask('POST', '/login', { identifier: 'b@example.org', password: 'wrong password' }),
    )
    expect([wrong.status, unknown.status]).toEqual([401, 401])
    expect(await wrong.text()).toBe(await unknown.text())
  })

  test('log-in ends the session that came along; log-out ends its own', async () => {
    const server = await serve()
    const { cookie } = await signUp(server)
    const login = await server.fetch(
      ask('POST', '/login', { identifier: account.email, password: account.password }, { cookie }),
    )
    const next = login.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect((await server.fetch(ask('GET', '/me', undefined, { cookie }))).status).toBe(401)
    expect(await server.verifySession(ask('GET', '/me', undefined, { cookie: next }))).toMatchObject({
      email: account.email,
    })
    expect((await server.fetch(ask('POST', '/logout', {}, { cookie: next }))).status).toBe(204)
    expect(await (await server.fetch(ask('GET', '/session', undefined, { cookie: next }))).json()).toEqual({
      user: null,
    })
    expect(await server.verifySession(ask('GET', '/me', undefined, { cookie: next }))).toBe(null)
  })

  test('a session ends when its time is over', async () => {
    let time = 1_000_000
    const server = await serve({ now: () => time, sessionLifetime: 60 })
    const { cookie } = await signUp(server)
    time += 59_000
    expect((await server.fetch(ask('GET', '/me', undefined, { cookie }))).status).toBe(200)
    time += 2_000
    expect((await server.fetch(ask('GET', '/me', undefined, { cookie }))).status).toBe(401)
  })

  test.each<readonly [string, object, object]>([
    ['merges at the root', { b: '2' }, { a: '1', addr: { home: 'y' }, b: '2' }],
    ['replaces nested values whole', { addr: { work: 'x' } }, { a: '1', addr: { work: 'x' } }],
    ['removes by null', { a: null, gone: null }, { addr: { home: 'y' } }],
    ['keeps a nested null', { a: { b: null } }, { a: { b: null }, addr: { home: 'y' } }],
    ['clears with an empty object', {}, {}],
  ])('an update %s', async (_name, user_metadata, expected) => {
    const server = await serve()
    const { cookie } = await signUp(server, { a: '1', addr: { home: 'y' } })
    const answer = await server.fetch(ask('PATCH', '/me', { user_metadata }, { cookie }))
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"v2"'])
    expect(await metadataOf(server, cookie)).toEqual(expected)
  })

  test.each<readonly [string, string, number, string]>([
    ['a dotted name', '{"user_metadata":{"ok":1,"a.b":1}}', 422, 'invalid_field_name'],
    ['a nested dotted name', '{"user_metadata":{"ok":1,"p":{"x.y":1}}}', 422, 'invalid_field_name'],
    ['__proto__', '{"user_metadata":{"__proto__":{"polluted":1}}}', 422, 'invalid_field_name'],
    ['a deep constructor', '{"user_metadata":{"a":[{"constructor":{"prototype":{}}}]}}', 422, 'invalid_field_name'],
    ['__proto__ at the root', '{"__proto__":{},"user_metadata":{}}', 422, 'invalid_field_name'],
    ['a reserved name', '{"user_metadata":{"user_id":"x"}}', 422, 'reserved_field_name'],
    ['NUL', '{"user_metadata":{"a":"x\\u0000"}}', 422, 'invalid_value'],
    ['a lone surrogate', '{"user_metadata":{"a":"\\ud800"}}', 422, 'invalid_value'],
    ['a number that is none', '{"user_metadata":{"a":1e400}}', 422, 'invalid_value'],
    ['null', '{"user_metadata":null}', 422, 'invalid_type'],
    ['a list', '{"user_metadata":[]}', 422, 'invalid_type'],
    ['a privileged attribute', '{"email_verified":true,"user_metadata":{"ok":1}}', 422, 'unknown_field'],
    ['nothing', '{}', 422, 'required'],
    ['too much', JSON.stringify({ user_metadata: { a: 'x'.repeat(11_000) } }), 422, 'metadata_too_large'],
    ['too many bytes', JSON.stringify({ user_metadata: { a: 'x'.repeat(66_000) } }), 413, 'payload_too_large'],
    ['a key twice', '{"user_metadata":{"a":1,"\\u0061":2}}', 400, 'invalid_request'],
    ['brackets', '['.repeat(30_000), 400, 'invalid_request'],
    ['no JSON', 'user_metadata=1', 400, 'invalid_request'],
    ['a JSON text', '"x"', 400, 'invalid_request'],
  ])('an update with %s is refused and changes nothing', async (_name, body, status, code) => {
    const server = await serve()
    const { cookie } = await signUp(server, { kept: true })
    const answer = await server.fetch(ask('PATCH', '/me', body, { cookie }))
    expect([answer.status, (await answer.json()).code]).toEqual([status, code])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await metadataOf(server, cookie)).toEqual({ kept: true })
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  test('If-Match: the current version and * pass, a stale or weak one is a conflict', async () => {
    const server = await serve()
    const { cookie } = await signUp(server)
    const patch = (tag: string) =>
      server.fetch(ask('PATCH', '/me', { user_metadata: { tag } }, { cookie, 'if-match': tag }))
    expect((await patch('"v1"')).status).toBe(200)
    expect((await patch('"v1"')).status).toBe(412)
    expect((await patch('W/"v2"')).status).toBe(412)
    expect((await patch('*')).status).toBe(200)
    expect(await metadataOf(server, cookie)).toEqual({ tag: '*' })
    const known = await server.fetch(ask('GET', '/me', undefined, { cookie, 'if-none-match': '"v3"' }))
    expect(known.status).toBe(304)
  })

  test('two servers on one database lose none of 50 keys that are written at once', async () => {
    const { url: databaseUrl } = await create()
    const servers = [await serve({ databaseUrl }), await serve({ databaseUrl })]
    const [first] = servers
    if (!first) throw new Error('no server')
    const { cookie } = await signUp(first)
    const write = async (index: number): Promise<void> => {
      const server = servers[index % 2] ?? first
      const answer = await server.fetch(ask('PATCH', '/me', { user_metadata: { [`key${index}`]: index } }, { cookie }))
      // A writer that lost too often is told so, and tries again.
      if (answer.status === 412) await write(index)
      else expect(answer.status).toBe(200)
    }
    await Promise.all(Array.from({ length: 50 }, (_, index) => write(index)))
    expect(Object.keys(Object(await metadataOf(first, cookie)))).toHaveLength(50)
  })

  test('the field definition guards every write', async () => {
    const fields = defineFields([{ name: 'company', label: 'Company', required: true }])
    const server = await serve({ fields })
    const refused = await server.fetch(ask('POST', '/signup', { ...account, user_metadata: { role: 'admin' } }))
    expect((await refused.json()).errors).toEqual([
      { code: 'required', pointer: '/user_metadata/company' },
      { code: 'unknown_field', pointer: '/user_metadata/role' },
    ])
    const { cookie } = await signUp(server, { company: 'Acme' })
    expect((await server.fetch(ask('PATCH', '/me', { user_metadata: {} }, { cookie }))).status).toBe(422)
    expect(await metadataOf(server, cookie)).toEqual({ company: 'Acme' })
  })

  test.each(['https://evil.example', 'null', ''])('a write from the origin %j is refused', async (foreign) => {
    const server = await serve()
    const { cookie } = await signUp(server)
    for (const [method, path, body] of [
      ['POST', '/signup', account],
      ['POST', '/login', { identifier: account.email, password: account.password }],
      ['POST', '/logout', {}],
      ['PATCH', '/me', { user_metadata: { a: 1 } }],
    ] as const) {
      const answer = await server.fetch(ask(method, path, body, { cookie, origin: foreign }))
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null])
    }
    expect(await metadataOf(server, cookie)).toEqual({})
  })

  test('an allowed origin gets CORS headers, also for its preflight', async () => {
    const shop = 'https://shop.example'
    const server = await serve({ allowedOrigins: [shop] })
    const preflight = await server.fetch(ask('OPTIONS', '/me', undefined, { origin: shop }))
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('if-match')
    expect(preflight.headers.get('access-control-allow-origin')).toBe(shop)
    await expect(serve({ allowedOrigins: ['https://shop.example/'] })).rejects.toThrow(
      'allowedOrigins[0] "https://shop.example/": must be an origin without a path; write "https://example.com"',
    )
  })

  test('a form that posts itself gets a readable page, and nothing is stored', async () => {
    const server = await serve()
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await server.fetch(ask('POST', '/signup', 'email=a%40example.org&password=correct+horse', form))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([415, 'text/html; charset=utf-8'])
    const get = await server.fetch(ask('GET', '/login?password=x', undefined, { accept: 'text/html' }))
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
    const login = await server.fetch(ask('POST', '/login', { identifier: account.email, password: account.password }))
    expect(login.status).toBe(401)
  })

  test('nothing a client sends makes a 5xx', async () => {
    const failures: unknown[] = []
    const named = await serve({ bearer: true, usernames: true, onError: (error) => failures.push(error) })
    const signedUp = await named.fetch(ask('POST', '/signup', { ...account, username: 'ada' }))
    const cookie = signedUp.headers.get('set-cookie')?.split(';')[0] ?? ''
    const path = fc.constantFrom('/signup', '/login', '/logout', '/session', '/me', '/token', '/other')
    const odd = <Value>(...values: readonly Value[]) => fc.oneof(fc.constantFrom(...values), fc.jsonValue())
    const wishes = { session: odd('bearer', 'none', 'cookie'), remember: odd(true, false) }
    const wishing = (given: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
      fc
        .tuple(fc.record(given), fc.record(wishes, { requiredKeys: [] }))
        .map(([sent, wish]) => JSON.stringify({ ...sent, ...wish }))
    const password = odd(account.password)
    const method = fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE')
    const body = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((text) => `{"user_metadata":${text}}`),
      wishing({ email: odd('b@example.org', account.email), password, username: odd('eve', 'Ada', 'a') }),
      wishing({ identifier: odd('ADA', 'eve', account.email), password }),
      odd('x'.repeat(67)).map((refresh_token) => JSON.stringify({ refresh_token })),
    )
    const token = fc.stringMatching(/^[\w-]{43}$|^[ -~]{0,80}$/)
    const headers = fc.oneof(
      fc.constant({ cookie }),
      token.map((text) => ({ cookie, authorization: `Bearer ${text}` })),
      token.map((authorization) => ({ authorization })),
    )
    await fc.assert(
      fc.asyncProperty(method, path, body, headers, async (verb, place, text, sent) => {
        const answer = await named.fetch(ask(verb, place, verb === 'GET' ? undefined : text, sent))
        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: 300 },
    )
    expect(failures).toEqual([])
  })
})
