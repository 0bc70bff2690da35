// Log-in by a page's own form at the Auth0-compatible door, tokens in the address for Lock, and log-out.
import { describe, expect, test } from 'vitest'
import { DATABASES, sqlite } from '../databases.ts'
import { browserAt, codeIn, locationOf } from './browser.ts'
import { ADA, claimsIn, type Door, doorOpenerOn } from './door.ts'
import { CONNECTION, LOCK, PAGE, REALM, SHOP } from './door-clients.ts'

const MINE = {
  client_id: 'lock',
  credential_type: REALM,
  realm: CONNECTION,
  username: ADA.email,
  password: ADA.password,
}
const IMPLICIT = {
  client_id: 'lock',
  redirect_uri: `${PAGE}/lock`,
  response_type: 'token id_token',
  code_challenge: undefined,
  code_challenge_method: undefined,
}

const authenticate = (door: Door, more: object = {}, headers: Record<string, string> = { origin: PAGE }) =>
  door.send('POST', '/co/authenticate', { body: { ...MINE, ...more }, headers })

/** A browser that has just authenticated, with its ticket. */
async function ticketed(door: Door) {
  const browser = browserAt(door)
  const { json, headers } = await authenticate(door)
  const [, name = '', value = ''] = /^([^=]+)=([^;]+)/.exec(headers.getSetCookie()[0] ?? '') ?? []
  browser.cookies.set(name, value)
  return { browser, ticket: String(json.login_ticket) }
}

describe.each(DATABASES)('on $kind', (kind) => {
  const open = doorOpenerOn(kind)

  test('a ticket takes the browser that got it through /authorize, once', async () => {
    const door = await open()
    const { json: made } = await door.signUp()
    const reply = await authenticate(door)
    expect(reply.json).toEqual({
      login_ticket: expect.any(String),
      co_verifier: expect.any(String),
      co_id: expect.any(String),
    })
    expect(reply.headers.get('access-control-allow-origin')).toBe(PAGE)
    expect(reply.headers.get('access-control-allow-credentials')).toBe('true')

    const { browser, ticket } = await ticketed(door)
    const other = browserAt(door)
    expect((await other.authorize({ ...IMPLICIT, login_ticket: ticket })).status).toBe(200)
    const answer = await browser.authorize({ ...IMPLICIT, login_ticket: ticket })
    const said = new URLSearchParams(locationOf(answer).hash.slice(1))
    expect(claimsIn(said.get('id_token') ?? '')).toMatchObject({
      sub: `auth0|${made._id}`,
      nonce: 'a nonce',
      aud: 'lock',
    })
    const info = await door.send('GET', '/userinfo', {
      headers: { authorization: `Bearer ${said.get('access_token')}` },
    })
    expect(info.json).toMatchObject({ email: ADA.email })
    expect([said.get('state'), said.get('expires_in'), said.get('token_type')]).toEqual([
      'a state & more',
      '7200',
      'Bearer',
    ])
    expect(said.has('refresh_token')).toBe(false)

    browser.cookies.delete('__Host-auth0_session')
    expect((await browser.authorize({ ...IMPLICIT, login_ticket: ticket })).status).toBe(200)
    expect(door.errors).toEqual([])
  })
})

const open = doorOpenerOn(sqlite)

test('a ticket is for its client, its browser and two minutes', async () => {
  let time = Date.UTC(2030, 0, 1)
  const door = await open({ clients: [{ ...SHOP, crossOrigin: true }, LOCK] }, { now: () => time })
  await door.signUp()
  const isIn = async ({ browser, ticket }: Awaited<ReturnType<typeof ticketed>>, more = {}) =>
    (await browser.authorize({ ...IMPLICIT, login_ticket: ticket, ...more })).status === 303
  expect(await isIn(await ticketed(door))).toBe(true)
  expect(
    await isIn(await ticketed(door), {
      ...{ client_id: 'shop', redirect_uri: `${PAGE}/callback`, response_type: 'code' },
      code_challenge: 'A'.repeat(43),
      code_challenge_method: 'S256',
    }),
  ).toBe(false)
  const [first, second] = [await ticketed(door), await ticketed(door)]
  expect(await isIn({ browser: first.browser, ticket: second.ticket })).toBe(false)
  const late = await ticketed(door)
  time += 121_000
  expect(await isIn(late)).toBe(false)
})

test('a page’s form is refused with Auth0’s words', async () => {
  const door = await open()
  await door.signUp()
  for (const [more, status, error] of [
    [{ password: 'wrong' }, 403, 'access_denied'],
    [{ username: 'nobody@example.org' }, 403, 'access_denied'],
    [{ client_id: 'shop' }, 401, 'unauthorized_client'],
    [{ client_id: 'nobody' }, 401, 'unauthorized_client'],
    [{ credential_type: 'passkey' }, 400, 'unsupported_credential_type'],
    [{ realm: 'github' }, 400, 'invalid_request'],
    [{ password: undefined }, 400, 'invalid_request'],
  ] as const) {
    const reply = await authenticate(door, more)
    expect(reply, JSON.stringify(more)).toMatchObject({
      status,
      json: { error, error_description: expect.any(String) },
    })
    expect(reply.headers.getSetCookie()).toEqual([])
  }
  for (const origin of ['https://evil.example.org', 'null']) {
    const reply = await authenticate(door, {}, { origin })
    expect(reply).toMatchObject({ status: 403, text: `Origin ${origin} is not allowed.` })
    expect(reply.headers.get('access-control-allow-origin')).toBe(null)
  }
  expect((await authenticate(door, {}, {})).status).toBe(403)
  expect((await authenticate(door, { credential_type: 'password', realm: undefined })).status).toBe(200)
})

test('tokens in an address are for clients that were opened to it, with a nonce, and never in a query', async () => {
  const door = await open()
  await door.signUp()
  const { browser, ticket } = await ticketed(door)
  await browser.authorize({ ...IMPLICIT, login_ticket: ticket })
  const errorOf = async (more: object) => {
    const reply = await browser.authorize({ ...IMPLICIT, ...more })
    return new URLSearchParams(locationOf(reply).hash.slice(1)).get('error')
  }
  expect(await errorOf({})).toBe(null)
  expect(await errorOf({ client_id: 'shop', redirect_uri: `${PAGE}/callback` })).toBe('unauthorized_client')
  expect(await errorOf({ nonce: undefined })).toBe('invalid_request')
  expect(await errorOf({ nonce: undefined, response_type: 'token' })).toBe(null)
  expect((await browser.authorize({ ...IMPLICIT, response_mode: 'query' })).status).toBe(400)
  expect(codeIn(await browser.authorize({ ...IMPLICIT, response_type: 'code' }))).toBe('')
})

test('log-out sends the browser to what is on the list, exactly, and nowhere else', async () => {
  const door = await open()
  await door.signUp()
  const go = (query: Record<string, string>, path = '/v2/logout') =>
    browserAt(door).get(`${path}?${new URLSearchParams(query)}`)
  const bye = `${PAGE}/bye`
  expect((await go({ client_id: 'shop', returnTo: bye })).headers.get('location')).toBe(bye)
  expect((await go({ returnTo: bye })).headers.get('location')).toBe(bye)
  expect((await go({ client_id: 'shop' })).headers.get('location')).toBe(bye)
  expect(await go({})).toMatchObject({ status: 200, text: 'OK' })
  for (const returnTo of [
    'https://evil.example.org',
    `${bye}/`,
    `${bye}?x`,
    `${PAGE}/callback`,
    '//evil.example.org',
  ]) {
    const reply = await go({ client_id: 'shop', returnTo })
    expect([reply.status, reply.headers.get('location')], returnTo).toEqual([400, null])
  }
  expect((await go({ client_id: 'lock', returnTo: bye })).status).toBe(400)

  const { id_token } = (await door.logIn({ scope: 'openid' })).json
  const ended = await go({ id_token_hint: id_token, post_logout_redirect_uri: bye, state: 's' }, '/oidc/logout')
  expect(ended.headers.get('location')).toBe(`${bye}?state=s`)
  const evil = { id_token_hint: id_token, post_logout_redirect_uri: 'https://evil.example.org' }
  expect((await go(evil, '/oidc/logout')).status).toBe(400)
  expect((await go({ id_token_hint: 'x.y.z', post_logout_redirect_uri: bye }, '/oidc/logout')).status).toBe(302)
  expect(door.errors).toEqual([])
})
