// Log-in, log-out and sessions: who is let in, for how long, and what the cookie looks like.
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { ADA, ORIGIN, openerOn } from './visitor.ts'

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  test('the right password logs in, in any case of the address', async () => {
    const { visitor } = await open()
    await visitor().signUp({ color: 'red' })
    const ada = visitor()
    const answer = await ada.logIn({ ...ADA, email: 'Ada@EXAMPLE.org' })
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ user: { email: ADA.email, user_metadata: { color: 'red' } } })
    expect(Object.keys(Object(answer.json))).toEqual(['user'])
    expect(answer.headers.get('etag')).toBe('"v1"')
    expect((await ada.me()).status).toBe(200)
  })

  test('a wrong password and an unknown address get the same answer', async () => {
    const { visitor } = await open()
    await visitor().signUp()
    const wrong = await visitor().logIn({ ...ADA, password: 'wrong horse' })
    const unknown = await visitor().logIn({ ...ADA, email: 'eve@example.org' })
    expect(wrong.status).toBe(401)
    expect(wrong.json).toMatchObject({ code: 'invalid_credentials' })
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text])
    expect(Object.fromEntries(unknown.headers)).toEqual(Object.fromEntries(wrong.headers))
    expect(wrong.headers.getSetCookie()).toEqual([])
  })

  test.each([
    ['spaces around it', '  spaced horse  ', 'spaced horse'],
    ['another normal form', 'cafe\u0301 horse', 'caf\u00e9 horse'],
    ['a compatibility form', '\ufb01ne horses', 'fine horses'],
    ['a NUL in it', 'nul\0 horse 1', 'nul\0 horse 2'],
  ])('a password is kept as typed: %s', async (_what, password, other) => {
    const { visitor } = await open()
    expect((await visitor().signUp({}, { ...ADA, password })).status).toBe(201)
    expect((await visitor().logIn({ ...ADA, password })).status).toBe(200)
    expect((await visitor().logIn({ ...ADA, password: other })).status).toBe(401)
  })

  test.each([
    ['no identifier', { password: 'x' }, 'required', '/identifier'],
    ['an identifier of another type', { identifier: {}, password: 'x' }, 'invalid_type', '/identifier'],
    ['an identifier with NUL', { identifier: 'a\0', password: 'x' }, 'invalid_value', '/identifier'],
    ['an identifier with a lone surrogate', { identifier: '\ud800', password: 'x' }, 'invalid_value', '/identifier'],
    ['no password', { identifier: ADA.email }, 'required', '/password'],
    ['a password of another type', { identifier: ADA.email, password: null }, 'invalid_type', '/password'],
    ['an unknown attribute', { identifier: ADA.email, password: 'x', otp: 1 }, 'unknown_field', '/otp'],
  ])('%s is a 422 with its place', async (_what, body, code, pointer) => {
    const { visitor } = await open()
    const answer = await visitor().send('POST', '/login', { body })
    expect(answer.status).toBe(422)
    expect(answer.json).toMatchObject({ code, errors: [{ pointer, code }] })
  })

  test('a log-in takes a new session and ends the one that came along', async () => {
    const { visitor, rows } = await open()
    const ada = visitor()
    await ada.signUp()
    const planted = ada.cookie
    await ada.logIn()
    expect(ada.cookie).not.toBe(planted)
    expect((await ada.me()).status).toBe(200)
    expect((await visitor().me({ cookie: planted })).status).toBe(401)
    expect(await rows('SELECT user_id FROM sessions')).toHaveLength(1)
  })

  test('a sign-up ends the session that came along, and a failed log-in does not', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp()
    const earlier = ada.cookie
    await ada.logIn({ ...ADA, password: 'wrong horse' })
    expect((await ada.me()).status).toBe(200)
    await ada.signUp({}, { ...ADA, email: 'eve@example.org' })
    expect((await visitor().me({ cookie: earlier })).status).toBe(401)
  })

  test('a session id of the attacker is never taken over', async () => {
    const { visitor, rows } = await open()
    await visitor().signUp()
    const ada = visitor()
    ada.cookie = `latchkey_session=${'a'.repeat(43)}`
    const planted = ada.cookie
    expect((await ada.logIn()).status).toBe(200)
    expect(ada.cookie).not.toBe(planted)
    expect((await visitor().me({ cookie: planted })).status).toBe(401)
    expect(JSON.stringify(await rows('SELECT token_hash FROM sessions'))).not.toContain(ada.cookie.split('=')[1])
  })

  test('logging out ends the session on the server and takes the cookie back', async () => {
    const { visitor, rows } = await open()
    const ada = visitor()
    await ada.signUp()
    const { cookie } = ada
    const answer = await ada.send('POST', '/logout', { body: {} })
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(answer.headers.getSetCookie()).toEqual(['latchkey_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax'])
    expect((await visitor().me({ cookie })).status).toBe(401)
    expect(await rows('SELECT user_id FROM sessions')).toEqual([])
  })

  test.each([{}, undefined])('logging out signed out, with the body %j, is done as well', async (body) => {
    const { visitor } = await open()
    expect((await visitor().send('POST', '/logout', { body })).status).toBe(204)
  })

  test('the session answers the profile with its version, or null', async () => {
    const { visitor } = await open()
    const ada = visitor()
    const before = await ada.send('GET', '/session')
    expect([before.status, before.json]).toEqual([200, { user: null }])
    expect(before.headers.get('etag')).toBe(null)
    await ada.signUp()
    const after = await ada.send('GET', '/session')
    expect(after.json).toMatchObject({ user: { email: ADA.email } })
    expect(after.headers.get('etag')).toBe('"v1"')
  })

  test('an expired session is refused and deleted when it is met', async () => {
    let time = Date.UTC(2030, 0, 1)
    const { visitor, rows, server } = await open({ sessionLifetime: 60, now: () => time })
    const ada = visitor()
    const answer = await ada.signUp()
    expect(answer.headers.getSetCookie()[0]).toContain('Max-Age=60;')
    time += 59_999
    expect((await ada.me()).status).toBe(200)
    time += 1
    const request = new Request(ORIGIN, { headers: { cookie: ada.cookie } })
    expect(await server.verifySession(request)).toBe(null)
    expect(await rows('SELECT user_id FROM sessions')).toEqual([])
    expect((await ada.me()).status).toBe(401)
  })

  test('the cookie is bound to the host over https and named for it', async () => {
    const { visitor } = await open({ origin: 'https://example.org' })
    const [line] = (await visitor().signUp()).headers.getSetCookie()
    expect(line).toMatch(/^__Host-latchkey_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
  })

  test('the cookie over http has no Secure and no prefix, so that localhost works', async () => {
    const { visitor } = await open()
    const [line] = (await visitor().signUp()).headers.getSetCookie()
    expect(line).toMatch(/^latchkey_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/)
  })

  test.each([
    ['no cookie', ''],
    ['garbage', 'latchkey_session=garbage'],
    ['an unknown token', `latchkey_session=${'x'.repeat(43)}`],
    ['another name', `session=${'x'.repeat(43)}`],
    ['no name at all', '=;;;==; ;latchkey_session;%00=%ff'],
    ['a very long one', `latchkey_session=${'x'.repeat(9_000)}`],
  ])('%s is nobody', async (_what, cookie) => {
    const { visitor, server } = await open()
    const answer = await visitor().me({ cookie })
    expect(answer.status).toBe(401)
    expect(answer.json).toMatchObject({ code: 'unauthenticated' })
    expect(answer.headers.get('www-authenticate')).toBeTruthy()
    expect((await visitor().send('GET', '/session', { headers: { cookie } })).json).toEqual({ user: null })
    expect(await server.verifySession(new Request(ORIGIN, { headers: { cookie } }))).toBe(null)
  })

  test('verifySession gives the profile to the routes of the site', async () => {
    const { visitor, server } = await open()
    const ada = visitor()
    const { json } = await ada.signUp({ color: 'red' })
    const request = new Request(`${ORIGIN}/api/orders`, { headers: { cookie: `a=b; ${ada.cookie}; c=d` } })
    expect({ status: 'created', user: await server.verifySession(request) }).toEqual(json)
  })
})
