// Tokens of the Auth0-compatible door: who gets them, what they say, that they are used once, and what ends them.
import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { DATABASES, sqlite } from '../databases.ts'
import { ADA, claimsIn, type Door, doorOpenerOn, userPath } from './door.ts'
import { ISSUER, MACHINE, SECRET, SHOP, SITE } from './door-clients.ts'

const API = `${ISSUER}api/v2/`

describe.each(DATABASES)('on $kind', (kind) => {
  const open = doorOpenerOn(kind)

  test('a password gives tokens that say who it is, signed with the published key', async () => {
    const door = await open()
    const { json: made } = await door.signUp({ given_name: 'Ada' })
    const { status, json, headers } = await door.logIn({
      scope: 'openid profile email read:current_user',
      audience: API,
    })
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(json).toMatchObject({
      scope: 'openid profile email read:current_user',
      expires_in: 7200,
      token_type: 'Bearer',
    })
    const keys = createLocalJWKSet((await door.send('GET', '/.well-known/jwks.json')).json)
    const id = await jwtVerify(json.id_token, keys, { issuer: ISSUER, audience: 'shop', algorithms: ['RS256'] })
    expect(id.payload).toMatchObject({ sub: `auth0|${made._id}`, email: ADA.email, given_name: 'Ada', nickname: 'ada' })
    const access = await jwtVerify(json.access_token, keys, { issuer: ISSUER, audience: API })
    expect(access.payload).toMatchObject({ sub: `auth0|${made._id}`, azp: 'shop', scope: json.scope })
    const info = await door.send('GET', '/userinfo', { headers: { authorization: `Bearer ${json.access_token}` } })
    expect(info.json).toMatchObject({ sub: `auth0|${made._id}`, email: ADA.email, name: ADA.email })
  })

  test('a refresh token is replaced with each use, and a second use ends all of its log-in', async () => {
    const door = await open()
    await door.signUp()
    const renew = (refresh_token: string, more = {}) =>
      door.send('POST', '/oauth/token', {
        body: { grant_type: 'refresh_token', client_id: 'shop', refresh_token, ...more },
      })
    const first = (await door.logIn({ scope: 'openid email offline_access' })).json
    const elsewhere = (await door.logIn({ scope: 'openid offline_access' })).json
    const second = (await renew(first.refresh_token)).json
    expect(second).toMatchObject({ scope: 'openid email offline_access', token_type: 'Bearer' })
    expect(claimsIn(second.id_token)).toMatchObject({ email: ADA.email })
    expect(second.refresh_token).not.toBe(first.refresh_token)
    const fewer = await renew(second.refresh_token, { scope: 'openid read:current_user' })
    expect(fewer.json.scope).toBe('openid')
    expect((await renew(fewer.json.refresh_token)).json.scope).toBe('openid email offline_access')

    const invalid = { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' }
    const third = (await renew(elsewhere.refresh_token)).json
    expect(await renew(elsewhere.refresh_token)).toMatchObject({ status: 403, json: invalid })
    expect(await renew(third.refresh_token)).toMatchObject({ status: 403, json: invalid })
  })

  test('a log-in’s refresh tokens end when its client says so, whichever of them it names', async () => {
    const door = await open()
    await door.signUp()
    const send = (path: string, body: object) => door.send('POST', path, { body: { client_id: 'shop', ...body } })
    const renew = (refresh_token: string) => send('/oauth/token', { grant_type: 'refresh_token', refresh_token })
    const logIn = async () => (await door.logIn({ scope: 'openid offline_access' })).json.refresh_token
    const [first, other] = [await logIn(), await logIn()]
    const second = (await renew(first)).json.refresh_token
    const secret = { client_id: 'site', client_secret: SITE.clientSecret }
    for (const body of [{ token: second, ...secret }, { token: 'x' }, { token: `${second.split('.')[0]}.x` }]) {
      expect((await send('/oauth/revoke', body)).status).toBe(200)
    }
    const third = (await renew(second)).json.refresh_token
    expect((await send('/oauth/revoke', { token: third, client_id: 'nobody' })).status).toBe(401)
    expect((await send('/oauth/revoke', {})).status).toBe(400)
    expect((await send('/oauth/revoke', { token: second })).status).toBe(200)
    expect((await renew(third)).status).toBe(403)
    expect((await renew(other)).status).toBe(200)
  })

  test('of ten that use one refresh token at once at two servers, one gets the next', async () => {
    const door = await open()
    const other = await open({}, {}, door.database)
    await door.signUp()
    const { refresh_token } = (await door.logIn({ scope: 'openid offline_access' })).json
    const body = { grant_type: 'refresh_token', client_id: 'shop', refresh_token }
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? door : other).send('POST', '/oauth/token', { body })),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 403)])
    expect([...door.errors, ...other.errors]).toEqual([])
  })

  test('with a leeway, a refresh token whose answer was lost is taken once more', async () => {
    let time = Date.UTC(2030, 0, 1)
    const door = await open({ refreshTokenLeeway: 10 }, { now: () => time })
    await door.signUp()
    const first = (await door.logIn({ scope: 'openid offline_access' })).json
    const renew = (refresh_token: string) =>
      door.send('POST', '/oauth/token', { body: { grant_type: 'refresh_token', client_id: 'shop', refresh_token } })
    const lost = (await renew(first.refresh_token)).json
    time += 9000
    const second = await renew(first.refresh_token)
    expect(second.status).toBe(200)
    expect((await renew(lost.refresh_token)).status).toBe(200)
    time += 2000
    expect((await renew(first.refresh_token)).status).toBe(403)
    expect((await renew(second.json.refresh_token)).status).toBe(403)
  })

  test('tokens end with their time, with the account, and refresh tokens with the password', async () => {
    let time = Date.UTC(2030, 0, 1)
    const door = await open({ accessTokenLifetime: 60, refreshTokenLifetime: 600 }, { now: () => time })
    const { json: made } = await door.signUp()
    const logIn = async () => (await door.logIn({ scope: 'openid offline_access' })).json
    const renew = (refresh_token: string) =>
      door.send('POST', '/oauth/token', { body: { grant_type: 'refresh_token', client_id: 'shop', refresh_token } })
    const info = async (token: string) =>
      (await door.send('GET', '/userinfo', { headers: { authorization: `Bearer ${token}` } })).status
    const first = await logIn()
    expect(await info(first.access_token)).toBe(200)
    time += 61_000
    expect(await info(first.access_token)).toBe(401)
    const second = (await renew(first.refresh_token)).json
    // A replaced token lives no longer than the first.
    time += 540_000
    expect((await renew(second.refresh_token)).status).toBe(403)

    const third = await logIn()
    const machine = await door.asMachine()
    const password = 'another horse'
    await door.send('PATCH', userPath(made._id), { headers: machine, body: { password } })
    expect((await renew(third.refresh_token)).status).toBe(403)
    expect((await door.logIn()).status).toBe(403)
    const fourth = (await door.logIn({ password, scope: 'openid offline_access' })).json
    await door.send('DELETE', userPath(made._id), { headers: machine })
    expect(await info(fourth.access_token)).toBe(401)
    expect((await renew(fourth.refresh_token)).status).toBe(403)
    expect(door.errors).toEqual([])
  })

  test('the database holds no token and no code in a form that could be used', async () => {
    const door = await open()
    await door.signUp()
    const { refresh_token, access_token } = (await door.logIn({ scope: 'openid offline_access' })).json
    const rows = JSON.stringify(await door.database.query('SELECT * FROM auth0_grants'))
    expect(rows).toContain(refresh_token.split('.')[0])
    expect(rows).not.toContain(refresh_token.split('.')[1])
    expect(rows).not.toContain(access_token)
  })

  test('servers that start together on a new database share one key', async () => {
    const database = await kind.create()
    const doors = await Promise.all(Array.from({ length: 3 }, () => open({}, {}, database)))
    const keys = await Promise.all(doors.map(async (door) => (await door.send('GET', '/.well-known/jwks.json')).text))
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).not.toMatch(/"(d|p|q|dp|dq|qi)":/)
    const [first, second] = doors
    await first?.signUp()
    const headers = (await first?.asPerson()) ?? {}
    expect((await second?.send('GET', '/userinfo', { headers }))?.json).toMatchObject({ sub: expect.any(String) })
  })
})

const open = doorOpenerOn(sqlite)

test('a machine gets a token for what its client may do, by either way of saying its secret', async () => {
  const door = await open()
  const body = { grant_type: 'client_credentials', audience: API, scope: 'read:users openid' }
  const posted = await door.send('POST', '/oauth/token', {
    body: { ...body, client_id: 'machine', client_secret: SECRET },
  })
  expect(posted.json).toMatchObject({ scope: 'read:users', token_type: 'Bearer', expires_in: 7200 })
  expect(claimsIn(posted.json.access_token)).toMatchObject({
    sub: 'machine@clients',
    aud: API,
    gty: 'client-credentials',
  })
  expect(posted.json.id_token).toBe(undefined)
  const form = new URLSearchParams(body)
  const headers = { authorization: `Basic ${Buffer.from(`machine:${SECRET}`).toString('base64')}` }
  expect((await door.send('POST', '/oauth/token', { body: form, headers })).json.scope).toBe('read:users')
  const info = { authorization: `Bearer ${posted.json.access_token}` }
  expect((await door.send('GET', '/userinfo', { headers: info })).status).toBe(401)
})

const refused = (status: number, error: string, error_description: unknown = expect.any(String)) => ({
  status,
  json: { error, error_description },
})

const REFUSED: readonly (readonly [object, object])[] = [
  [{ grant_type: undefined }, refused(400, 'invalid_request', 'Missing required parameter: grant_type')],
  [{ grant_type: 'urn:other' }, refused(403, 'unsupported_grant_type')],
  [{ grant_type: 'client_credentials' }, refused(403, 'unauthorized_client')],
  [{ client_id: 'nobody' }, refused(401, 'invalid_client')],
  [{ client_id: undefined }, refused(401, 'invalid_client')],
  [{ client_id: 'machine' }, refused(401, 'invalid_client')],
  [{ client_id: 'machine', client_secret: `${SECRET}x` }, refused(401, 'invalid_client')],
  [{ client_id: 'machine', client_secret: SECRET }, refused(403, 'unauthorized_client')],
  [{ username: undefined }, refused(400, 'invalid_request', 'Missing required parameter: username')],
  [{ password: undefined }, refused(400, 'invalid_request', 'Missing required parameter: password')],
  [{ realm: 'github' }, refused(400, 'invalid_request')],
  [
    { audience: 'https://other.example.org' },
    refused(403, 'access_denied', 'Service not found: https://other.example.org'),
  ],
  [{ password: 'wrong' }, refused(403, 'invalid_grant', 'Wrong email or password.')],
  [{ username: 'nobody@example.org' }, refused(403, 'invalid_grant', 'Wrong email or password.')],
  [{ username: 'ada@example.org\0' }, refused(403, 'invalid_grant', 'Wrong email or password.')],
  [{ password: '\ud800' }, refused(403, 'invalid_grant', 'Wrong email or password.')],
  [{ password: ['x'] }, refused(400, 'invalid_request')],
]

test('a token request that is wrong is refused in the shape of OAuth', async () => {
  const door = await open()
  await door.signUp()
  for (const [more, reply] of REFUSED) expect(await door.logIn(more), JSON.stringify(more)).toMatchObject(reply)
  expect(door.errors).toEqual([])
})

test('the plain password grant needs no realm', async () => {
  const door = await open()
  await door.signUp()
  expect((await door.logIn({ grant_type: 'password', realm: undefined })).status).toBe(200)
})

test('a scope is given as far as client and audience allow', async () => {
  const orders = { audience: 'https://orders.example.org', scopes: ['read:orders'] }
  const door = await open({ apis: [orders], clients: [{ ...SHOP, grants: ['password'] }, MACHINE] })
  await door.signUp()
  const asked = 'openid offline_access read:orders read:users read:current_user delete:users'
  const scopeOf = async (more: object) => (await door.logIn({ scope: asked, ...more })).json.scope
  expect(await scopeOf({})).toBe('openid')
  expect(await scopeOf({ audience: API })).toBe('openid read:current_user')
  expect(await scopeOf({ audience: orders.audience })).toBe('openid read:orders')
  expect(await scopeOf({ scope: undefined })).toBe('openid profile email')
  const { json } = await door.logIn({ scope: 'read:orders', audience: orders.audience })
  expect(json.id_token).toBe(undefined)
  expect(claimsIn(json.access_token).aud).toBe(orders.audience)
  const headers = { authorization: `Bearer ${json.access_token}` }
  expect((await door.send('GET', '/userinfo', { headers })).status).toBe(401)
  expect((await door.send('GET', '/api/v2/users', { headers })).status).toBe(401)
})

test('what a client was given ends with the client’s place on the list, and with what it may do', async () => {
  const orders = { audience: 'https://orders.example.org', scopes: ['read:orders', 'write:orders'] }
  const door = await open({ apis: [orders] })
  await door.signUp()
  const asked = { audience: orders.audience, scope: 'openid offline_access read:orders write:orders' }
  const first = (await door.logIn(asked)).json
  const renew = (from: Door, { refresh_token }: { refresh_token: string }) =>
    from.send('POST', '/oauth/token', { body: { grant_type: 'refresh_token', client_id: 'shop', refresh_token } })
  const fewer = await open({ apis: [{ ...orders, scopes: ['read:orders'] }] }, {}, door.database)
  const second = await renew(fewer, first)
  expect(second.json.scope).toBe('openid offline_access read:orders')
  const none = await open({}, {}, door.database)
  expect((await renew(none, second.json)).status).toBe(403)

  const headers = { authorization: `Bearer ${first.access_token}` }
  expect((await none.send('GET', '/userinfo', { headers })).status).toBe(200)
  const without = await open({ clients: [MACHINE] }, {}, door.database)
  expect((await without.send('GET', '/userinfo', { headers })).status).toBe(401)
})

test('a token of another signer, another kind or another algorithm is none', async () => {
  const door = await open()
  const elsewhere = await open()
  const { json: made } = await door.signUp()
  await elsewhere.signUp()
  const { id_token } = (await door.logIn({ scope: 'openid' })).json
  const unsigned = (token: string) => {
    const head = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
    return `${head}.${token.split('.')[1]}.`
  }
  const own = (await door.asPerson()).authorization ?? ''
  const foreign = (await elsewhere.asPerson()).authorization ?? ''
  for (const token of [id_token, foreign.replace('Bearer ', ''), unsigned(own), 'x.y.z', '']) {
    const reply = await door.send('GET', userPath(made._id), { headers: { authorization: `Bearer ${token}` } })
    expect(reply).toMatchObject({ status: 401, json: { statusCode: 401, errorCode: 'invalid_token' } })
    expect(reply.headers.get('www-authenticate')).toContain('error="invalid_token"')
  }
  const nobody = await door.send('GET', userPath(made._id))
  expect(nobody).toMatchObject({ status: 401, json: { statusCode: 401, message: 'Missing authentication' } })
  expect(door.errors).toEqual([])
})
