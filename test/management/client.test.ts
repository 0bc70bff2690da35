// The management client against the account server, over a real connection.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createManagement, isLatchkeyError, type Management } from 'latchkey/management'
import type { AccountServerOptions } from 'latchkey/server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DATABASES } from '../server/databases.ts'
import { ADA, openerOn, type Visitor } from '../server/visitor.ts'

const token = 'management-token-0123456789-abcdef'

/** Everything a rejected call says, and that the token is no part of it. */
async function failure(call: Promise<unknown>) {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!isLatchkeyError(error)) throw new Error(`not a LatchkeyError: ${String(error)}`)
  const { code, status, field, message } = error
  expect(`${message}${error.stack}${JSON.stringify(error)}`).not.toContain(token)
  return { code, status, field }
}

describe.each(DATABASES)('on $kind', (kind) => {
  const openServer = openerOn(kind)

  async function open(
    options: Partial<AccountServerOptions> = {},
  ): Promise<{ readonly management: Management; readonly endpoint: string; visitor(): Visitor }> {
    const { server, visitor } = await openServer({ management: { tokens: [token] }, ...options })
    const http = createServer(getRequestListener((request) => server.fetch(request)))
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    onTestFinished(() => {
      http.close()
      http.closeAllConnections()
    })
    const address = http.address()
    const port = typeof address === 'object' ? address?.port : null
    const endpoint = `http://127.0.0.1:${port}/account/`
    return { management: createManagement({ endpoint, token }), endpoint, visitor }
  }

  test('a user is made, found, listed, changed, cleared and deleted', async () => {
    const { management, visitor } = await open()
    const made = await management.createUser({ ...ADA, given_name: 'Ada', app_metadata: { plan: 'pro' } })
    expect(made).toMatchObject({
      user: { email: ADA.email, given_name: 'Ada', user_metadata: {}, app_metadata: { plan: 'pro' } },
      version: '"v1"',
      dropped: [],
    })
    const { id } = made.user
    expect(await management.getUser(id)).toEqual({ user: made.user, version: '"v1"' })
    expect(await management.findUser('ADA@example.org')).toEqual({ user: made.user, version: '"v1"' })
    expect(await management.findUser('eve+1&x@example.org')).toBe(null)
    expect(await management.listUsers()).toEqual({ users: [made.user], page: 0, perPage: 50, total: 1 })
    expect(await management.listUsers({ page: 1, perPage: 1 })).toEqual({ users: [], page: 1, perPage: 1, total: 1 })

    const ada = visitor()
    await ada.logIn()
    await ada.patch({ color: 'red', size: 3 })
    const changed = await management.updateUser(
      id,
      {
        user_metadata: { color: null, news: true },
        app_metadata: { seats: 2 },
        given_name: null,
        email_verified: true,
      },
      { version: '"v2"' },
    )
    expect(changed?.user).toMatchObject({
      email_verified: true,
      user_metadata: { size: 3, news: true },
      app_metadata: { plan: 'pro', seats: 2 },
    })
    expect(changed?.user).not.toHaveProperty('given_name')
    expect((await management.clearMetadata(id)).user).toMatchObject({
      user_metadata: {},
      app_metadata: { plan: 'pro', seats: 2 },
    })
    expect(await management.deleteUser(id)).toBe(undefined)
    expect(await failure(management.getUser(id))).toEqual({ code: 'not_found', status: 404, field: null })
    expect((await ada.me()).status).toBe(401)
  })

  test('what is undefined or empty is no change: nothing is cleared by accident, and nothing sent', async () => {
    const { management } = await open()
    const { user } = await management.createUser({ ...ADA, user_metadata: { a: 1 }, app_metadata: { b: 2 } })
    for (const changes of [
      {},
      { user_metadata: {} },
      { user_metadata: { a: undefined }, app_metadata: {}, given_name: undefined },
    ])
      expect(await management.updateUser(user.id, changes)).toBe(null)
    const changed = await management.updateUser(user.id, { name: 'Ada', user_metadata: { a: undefined } })
    expect(changed).toMatchObject({ user: { user_metadata: { a: 1 }, app_metadata: { b: 2 } }, version: '"v2"' })
  })

  test('refusals are typed, with their code and field', async () => {
    const { management } = await open()
    const { user } = await management.createUser(ADA)
    expect(await failure(management.createUser(ADA))).toEqual({ code: 'user_exists', status: 409, field: 'email' })
    expect(await failure(management.updateUser(user.id, { user_metadata: { 'a.b': 1 } }))).toEqual({
      code: 'invalid_field_name',
      status: 422,
      field: 'a.b',
    })
    expect(await failure(management.updateUser(user.id, { name: 'A' }, { version: '"v9"' }))).toMatchObject({
      code: 'version_conflict',
    })
    expect(await failure(management.deleteUser('nobody'))).toMatchObject({ code: 'not_found' })
    expect(await failure(management.listUsers({ perPage: 1000 }))).toMatchObject({ code: 'invalid_request' })
  })

  test('a wrong token is refused', async () => {
    const { endpoint } = await open()
    const wrong = createManagement({ endpoint, token: 'x'.repeat(32) })
    expect(await failure(wrong.listUsers())).toEqual({ code: 'unauthenticated', status: 401, field: null })
  })

  test('a write with an idempotency key is carried out once', async () => {
    const { management } = await open()
    const idempotencyKey = 'import-1'
    const made = await management.createUser(ADA, { idempotencyKey })
    expect(await management.createUser(ADA, { idempotencyKey })).toEqual(made)
    const other = management.createUser({ email: 'eve@example.org' }, { idempotencyKey })
    expect(await failure(other)).toMatchObject({ code: 'idempotency_key_reused' })
  })

  test('what the site does not keep is told', async () => {
    const { management } = await open({ deniedAttributes: ['nickname'] })
    const made = await management.createUser({ ...ADA, nickname: 'A' })
    expect(made.dropped).toEqual(['/nickname'])
    expect((await management.updateUser(made.user.id, { nickname: 'B' }))?.dropped).toEqual(['/nickname'])
  })
})

const endpoint = 'https://accounts.example/account'

test('no answer, an answer that makes no sense, and a caller who gives up are typed errors', async () => {
  const client = (fetch: typeof globalThis.fetch) => createManagement({ endpoint, token, fetch, timeout: 20 })
  const lost = client(() => Promise.reject(new TypeError('fetch failed')))
  expect(await failure(lost.listUsers())).toMatchObject({ code: 'network' })
  const page = client(async () => new Response('<h1>Welcome</h1>', { headers: { 'content-type': 'text/html' } }))
  expect(await failure(page.getUser('1'))).toMatchObject({ code: 'bad_response' })
  const silent = client(
    (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('given up')))
      }),
  )
  expect(await failure(silent.deleteUser('1'))).toMatchObject({ code: 'timeout' })
  const controller = new AbortController()
  const asked = failure(silent.findUser('ada@example.org', { signal: controller.signal }))
  controller.abort()
  expect(await asked).toMatchObject({ code: 'aborted' })
  expect(await failure(silent.listUsers({ signal: controller.signal }))).toMatchObject({ code: 'aborted' })
})

test('the token goes to the server of the endpoint only, in its header', async () => {
  const sent: Request[] = []
  const management = createManagement({
    endpoint,
    token,
    fetch: async (input, init) => {
      sent.push(new Request(input, init))
      return new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/' } })
    },
  })
  expect(await failure(management.getUser('a/b?c'))).toMatchObject({ code: 'bad_response' })
  expect(sent.map(({ url }) => url)).toEqual([`${endpoint}/management/users/a%2Fb%3Fc`])
  expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual([`Bearer ${token}`])
  expect(sent.map(({ credentials, redirect }) => [credentials, redirect])).toEqual([['omit', 'manual']])
})

test.each([
  ['endpoint', { endpoint: '/account', token }],
  ['endpoint', { endpoint: 'https://accounts.example/account?x=1', token }],
  ['token', { endpoint, token: 'secret-word' }],
  ['token', { endpoint, token: `secret-word ${'x'.repeat(32)}` }],
])('a wrong %s is named when the client is made, and no token is repeated', (path, options) => {
  expect(() => createManagement(options)).toThrow(TypeError)
  expect(() => createManagement(options)).toThrow(new RegExp(`^${path} (?!.*secret-word)`))
})

test.each(['', '.', '..', '\ud800'])('the id %j is a mistake of the caller', async (id) => {
  const management = createManagement({ endpoint, token, fetch: () => Promise.reject(new Error('nothing is sent')) })
  await expect(management.getUser(id)).rejects.toThrow(TypeError)
  await expect(management.deleteUser(id)).rejects.toThrow(TypeError)
  await expect(management.updateUser(id, {})).rejects.toThrow(TypeError)
})
