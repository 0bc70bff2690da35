// The Management API of the Auth0-compatible door: what a machine may do to users, and what a person to themselves.
import { describe, expect, test } from 'vitest'
import { DATABASES, sqlite } from '../databases.ts'
import { ADA, type Door, doorOpenerOn, userPath } from './door.ts'
import { CONNECTION, MACHINE, SHOP } from './door-clients.ts'

const NEW = { connection: CONNECTION, email: 'grace@example.org', password: ADA.password }

describe.each(DATABASES)('on $kind', (kind) => {
  const open = doorOpenerOn(kind)

  test('a user is made, read, changed, found and deleted by a machine', async () => {
    const door = await open()
    const headers = await door.asMachine()
    const made = await door.send('POST', '/api/v2/users', {
      headers,
      body: { ...NEW, email_verified: true, user_metadata: { a: { b: [1] } }, app_metadata: { plan: 'pro' } },
    })
    expect(made.status).toBe(201)
    const id = made.json.user_id.replace('auth0|', '')
    expect(made.json).toEqual({
      user_id: `auth0|${id}`,
      email: NEW.email,
      email_verified: true,
      name: NEW.email,
      nickname: 'grace',
      created_at: expect.any(String),
      updated_at: expect.any(String),
      identities: [{ connection: CONNECTION, provider: 'auth0', user_id: id, isSocial: false }],
      user_metadata: { a: { b: [1] } },
      app_metadata: { plan: 'pro' },
    })
    const patch = { name: 'Grace', user_metadata: { c: 'x' }, app_metadata: { plan: null } }
    const changed = await door.send('PATCH', userPath(id), { headers, body: patch })
    expect(changed.json).toMatchObject({ name: 'Grace', user_metadata: { a: { b: [1] }, c: 'x' } })
    expect(changed.json).not.toHaveProperty('app_metadata')
    expect((await door.send('GET', userPath(id), { headers })).json).toEqual(changed.json)
    const some = await door.send('GET', `${userPath(id)}?fields=email,name`, { headers })
    expect(some.json).toEqual({ email: NEW.email, name: 'Grace' })
    const others = await door.send('GET', `${userPath(id)}?fields=email,name&include_fields=false`, { headers })
    expect(Object.keys(others.json)).not.toContain('email')
    expect(Object.keys(others.json)).toContain('user_id')

    expect((await door.send('GET', '/api/v2/users-by-email?email=GRACE@example.org', { headers })).json).toEqual([
      changed.json,
    ])
    expect((await door.send('GET', '/api/v2/users-by-email?email=nobody@example.org', { headers })).json).toEqual([])
    await door.signUp()
    const page = (await door.send('GET', '/api/v2/users?per_page=1&page=1&include_totals=true', { headers })).json
    expect(page).toMatchObject({ start: 1, limit: 1, length: 1, total: 2, users: [{ email: ADA.email }] })
    const found = await door.send('GET', `/api/v2/users?q=${encodeURIComponent(`email:"${ADA.email}"`)}`, { headers })
    expect(found.json).toMatchObject([{ email: ADA.email }])

    expect(await door.send('DELETE', userPath(id), { headers })).toMatchObject({ status: 204, text: '' })
    expect((await door.send('DELETE', userPath(id), { headers })).status).toBe(204)
    expect(await door.send('GET', userPath(id), { headers })).toMatchObject({
      status: 404,
      json: { statusCode: 404, error: 'Not Found', message: 'The user does not exist.', errorCode: 'inexistent_user' },
    })
    expect(door.errors).toEqual([])
  })

  test('a new address and a new password are stored with the rest or not at all, and end what the old ones began', async () => {
    const door = await open()
    const { json: ada } = await door.signUp()
    await door.send('POST', '/api/v2/users', {
      headers: await door.asMachine(),
      body: { ...NEW, email: 'bob@example.org' },
    })
    const headers = await door.asMachine()
    const patch = (body: object) => door.send('PATCH', userPath(ada._id), { headers, body })
    const taken = await patch({ email: 'BOB@example.org', password: 'another horse', user_metadata: { a: '1' } })
    expect(taken).toMatchObject({
      status: 400,
      json: { message: 'The specified new email already exists', errorCode: 'auth0_idp_error' },
    })
    expect((await patch({ email: 'new@example.org', user_metadata: { 'a.b': '1' } })).status).toBe(400)
    expect((await patch({ password: 'short' })).json).toMatchObject({
      message: 'PasswordStrengthError: Password is too weak',
    })
    expect((await door.logIn()).status).toBe(200)

    await patch({ email_verified: true })
    const moved = await patch({ email: 'New@example.org', password: 'another horse', user_metadata: { a: '1' } })
    expect(moved.json).toMatchObject({ email: 'New@example.org', email_verified: false, user_metadata: { a: '1' } })
    expect((await door.logIn()).status).toBe(403)
    expect((await door.logIn({ username: 'new@example.org', password: 'another horse' })).status).toBe(200)
    expect((await door.signUp()).status).toBe(200)
    expect(door.errors).toEqual([])
  })

  test('twenty patches of different keys at once are all kept', async () => {
    const door = await open()
    const { json } = await door.signUp()
    const headers = await door.asPerson()
    const keys = Array.from({ length: 20 }, (_, index) => `k${index}`)
    await Promise.all(
      keys.map((key) => door.send('PATCH', userPath(json._id), { headers, body: { user_metadata: { [key]: 1 } } })),
    )
    const { user_metadata } = (await door.send('GET', userPath(json._id), { headers })).json
    expect(Object.keys(user_metadata).sort()).toEqual(keys.sort())
  })
})

const open = doorOpenerOn(sqlite)

const insufficient = (...scopes: readonly string[]) => ({
  status: 403,
  json: {
    statusCode: 403,
    error: 'Forbidden',
    message: `Insufficient scope, expected any of: ${scopes.join(',')}`,
    errorCode: 'insufficient_scope',
  },
})

const UPDATE = ['update:users', 'update:users_app_metadata', 'update:current_user_metadata']

test('a person does nothing here but read themselves and change their metadata', async () => {
  const door = await open()
  const { json: ada } = await door.signUp({ user_metadata: { a: '1' } })
  const { json: bob } = await door.signUp({ email: 'bob@example.org' })
  const machine = await door.asMachine()
  await door.send('PATCH', userPath(ada._id), { headers: machine, body: { app_metadata: { plan: 'pro' } } })
  const headers = await door.asPerson()
  const send = (method: string, path: string, body?: object) =>
    door.send(method, path, { headers, ...(body && { body }) })
  const own = await send('GET', userPath(ada._id))
  expect(own.json).toMatchObject({ user_metadata: { a: '1' } })
  // The application's values about a person are not theirs to see.
  expect(own.text).not.toContain('plan')
  for (const body of [
    { user_metadata: { a: '2' }, name: 'x' },
    { email_verified: true },
    { app_metadata: { plan: 'max' } },
    { password: 'another horse' },
    { blocked: false },
  ]) {
    expect(await send('PATCH', userPath(ada._id), body), JSON.stringify(body)).toMatchObject(insufficient(...UPDATE))
  }
  for (const id of [bob._id, 'nobody']) {
    expect(await send('GET', userPath(id))).toMatchObject(insufficient('read:users', 'read:current_user'))
    expect(await send('PATCH', userPath(id), { user_metadata: {} })).toMatchObject(insufficient(...UPDATE))
  }
  expect(await send('GET', '/api/v2/users')).toMatchObject(insufficient('read:users'))
  expect(await send('GET', '/api/v2/users-by-email?email=bob@example.org')).toMatchObject(insufficient('read:users'))
  expect(await send('POST', '/api/v2/users', NEW)).toMatchObject(insufficient('create:users'))
  expect(await send('DELETE', userPath(ada._id))).toMatchObject(insufficient('delete:users'))
  expect((await door.send('GET', userPath(ada._id), { headers: machine })).json).toMatchObject({
    user_metadata: { a: '1' },
  })
})

test('a token does only what its scopes say', async () => {
  const door = await open({ clients: [SHOP, { ...MACHINE, scopes: ['read:users'] }] })
  const { json: ada } = await door.signUp()
  const machine = await door.asMachine()
  expect((await door.send('GET', userPath(ada._id), { headers: machine })).status).toBe(200)
  for (const [method, path, body] of [
    ['PATCH', userPath(ada._id), { name: 'x' }],
    ['POST', '/api/v2/users', NEW],
    ['DELETE', userPath(ada._id), undefined],
  ] as const) {
    expect((await door.send(method, path, { headers: machine, ...(body && { body }) })).status).toBe(403)
  }
  const reading = (await door.logIn({ scope: 'read:current_user', audience: 'https://login.example.org/api/v2/' })).json
  const headers = { authorization: `Bearer ${reading.access_token}` }
  expect((await door.send('GET', userPath(ada._id), { headers })).status).toBe(200)
  expect(await door.send('PATCH', userPath(ada._id), { headers, body: { user_metadata: {} } })).toMatchObject(
    insufficient(...UPDATE),
  )
})

test('what is wrong with a change is said in Auth0’s shape, and nothing is changed', async () => {
  const door = await open()
  const { json: ada } = await door.signUp({ user_metadata: { a: '1' } })
  const headers = await door.asMachine()
  const dotted = 'Fields with "." are not allowed, please remove all dotted fields.'
  for (const [body, message] of [
    [{}, "Payload validation error: 'Too few properties defined (0), minimum 1'."],
    [
      { logins_count: 1, identities: [] },
      "Payload validation error: 'Additional properties not allowed: logins_count,identities'.",
    ],
    [{ email: 'ada' }, "Object didn't pass validation for format email: ada"],
    [{ user_metadata: { a: '2', 'x.y': 1 } }, dotted],
    [{ user_metadata: { a: '2', p: { 'x.y': 1 } } }, dotted],
    [{ app_metadata: { 'x.y': 1 } }, dotted],
    [{ user_metadata: null }, 'on property user_metadata'],
    [{ user_metadata: [] }, 'on property user_metadata'],
    [{ user_metadata: 'x' }, 'on property user_metadata'],
    [{ user_metadata: { a: 'x'.repeat(20_000) } }, 'on property user_metadata'],
    [{ email_verified: 'yes' }, 'on property email_verified'],
    [{ picture: 'javascript:alert(1)' }, 'on property picture'],
  ] as const) {
    const reply = await door.send('PATCH', userPath(ada._id), { headers, body })
    expect(reply, JSON.stringify(body).slice(0, 100)).toMatchObject({
      status: 400,
      json: { statusCode: 400, error: 'Bad Request', message: expect.stringContaining(message) },
    })
  }
  expect((await door.send('GET', userPath(ada._id), { headers })).json).toMatchObject({
    email: ADA.email,
    user_metadata: { a: '1' },
  })
  for (const [body, status] of [
    [{ ...NEW, connection: 'github' }, 400],
    [{ ...NEW, email: undefined }, 400],
    [{ ...NEW, password: 'short' }, 400],
    [{ ...NEW, user_id: 'x' }, 400],
    [{ ...NEW, email: ADA.email.toUpperCase() }, 409],
  ] as const) {
    expect((await door.send('POST', '/api/v2/users', { headers, body })).json).toMatchObject({ statusCode: status })
  }
  for (const path of [
    '/api/v2/users?page=-1',
    '/api/v2/users?per_page=101',
    '/api/v2/users?q=name:x',
    '/api/v2/users-by-email',
  ]) {
    expect((await door.send('GET', path, { headers })).json, path).toMatchObject({
      statusCode: 400,
      errorCode: 'invalid_query_string',
    })
  }
  for (const id of ['nobody', 'google-oauth2|1', 'auth0|\0', 'auth0|']) {
    const reply = await door.send('GET', `/api/v2/users/${encodeURIComponent(id)}`, { headers })
    expect(reply.status, id).toBe(404)
  }
  expect(door.errors).toEqual([])
})

test('an account without a password logs nobody in', async () => {
  const door = await open()
  const { email, connection } = NEW
  const made = await door.send('POST', '/api/v2/users', {
    headers: await door.asMachine(),
    body: { email, connection },
  })
  expect(made.status).toBe(201)
  for (const password of ['', 'x', ADA.password])
    expect((await door.logIn({ username: email, password })).status).not.toBe(200)
})

test('pages of the clients’ origins may read answers, and no others', async () => {
  const door: Door = await open()
  const [own, other] = [SHOP.origins?.[0] ?? '', 'https://evil.example.org']
  for (const path of ['/oauth/token', '/dbconnections/signup', '/userinfo', '/api/v2/users']) {
    const asked = (origin: string) => door.send('OPTIONS', path, { headers: { origin } })
    const preflight = await asked(own)
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe(own)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('auth0-client')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH')
    expect((await asked(other)).headers.get('access-control-allow-origin')).toBe(null)
  }
  const reply = await door.send('GET', '/userinfo', { headers: { origin: own } })
  expect(reply.headers.get('access-control-expose-headers')).toContain('X-RateLimit-Remaining')
  expect(reply.headers.get('x-ratelimit-limit')).toMatch(/^\d+$/)
  expect(Number(reply.headers.get('x-ratelimit-reset'))).toBeGreaterThan(1_700_000_000)
})
