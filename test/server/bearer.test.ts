// Sessions that a page holds itself: who is asked by a token, what a cookie beside it counts, and when it ends.
import { describe, expect, test } from 'vitest'
import { askForTokens, bearer, refresh, statusWith, tokensIn } from './bearer-visitor.ts'
import { DATABASES, sqlite } from './databases.ts'
import { idOf, managedOpenerOn } from './manager.ts'
import { ADA, ORIGIN, openerOn, refusal } from './visitor.ts'

const FOREIGN = 'https://evil.example'
const INVALID = 'Bearer error="invalid_token"'

describe.each(DATABASES)('on $kind', (kind) => {
  const openManaged = managedOpenerOn(kind)
  const open = (options: Parameters<typeof openManaged>[0] = {}) => openManaged({ bearer: true, ...options })

  test('a sign-up and a log-in that ask for tokens get them, and no cookie', async () => {
    const { visitor } = await open()
    const page = visitor()
    const signUp = await page.send('POST', '/signup', { body: { ...ADA, session: 'bearer' } })
    const logIn = await askForTokens(page)
    const session = {
      access_token: expect.stringMatching(/^[\w-]{43}$/),
      token_type: 'Bearer',
      expires_in: 900,
      refresh_token: expect.stringMatching(/^[\w-]{43,}$/),
    }
    const { user } = Object(signUp.json)
    expect([signUp.status, signUp.json]).toEqual([201, { status: 'created', user, session }])
    expect([logIn.status, logIn.json]).toEqual([200, { user, session }])
    for (const { headers } of [signUp, logIn]) {
      expect(headers.getSetCookie()).toEqual([])
      expect(headers.get('etag')).toBe('"v1"')
      expect(headers.get('cache-control')).toContain('no-store')
    }
    expect(new Set([signUp, logIn].flatMap((answer) => Object.values(tokensIn(answer)))).size).toBe(4 + 2)
  })

  test('the access token is the person: their profile, session, save, log-out, and the site’s own routes', async () => {
    const { visitor, server } = await open()
    await visitor().signUp({ color: 'red' })
    const page = visitor()
    const { access_token } = tokensIn(await askForTokens(page))
    const headers = bearer(access_token)
    expect((await page.me(headers)).json).toMatchObject({ user: { user_metadata: { color: 'red' } } })
    expect((await page.send('GET', '/session', { headers })).json).toMatchObject({ user: { email: ADA.email } })
    expect((await page.patch({ color: 'blue' }, headers)).status).toBe(200)
    expect((await page.patch({ color: 'green' }, { ...headers, 'if-match': '"v1"' })).status).toBe(412)
    const request = (token: string) => new Request(`${ORIGIN}/api/orders`, { headers: bearer(token) })
    expect(await server.verifySession(request(access_token))).toMatchObject({ user_metadata: { color: 'blue' } })
    const out = await page.send('POST', '/logout', { body: {}, headers })
    expect([out.status, out.text, out.headers.getSetCookie()]).toEqual([204, '', []])
    expect(await server.verifySession(request(access_token))).toBe(null)
    expect((await page.me(headers)).status).toBe(401)
  })

  test('no token is in the database', async () => {
    const { visitor, rows } = await open()
    await visitor().signUp()
    const first = tokensIn(await askForTokens(visitor()))
    const second = tokensIn(await refresh(visitor(), first.refresh_token))
    const tables: unknown[][] = []
    for (const table of ['bearer_sessions', 'access_tokens', 'sessions', 'users', 'secrets'])
      tables.push(await rows(`SELECT * FROM ${table}`))
    expect(tables.map(({ length }) => length)).toEqual([1, 2, 1, 1, 1])
    for (const { access_token, refresh_token } of [first, second])
      for (const token of [access_token, refresh_token, refresh_token.slice(0, 16), refresh_token.slice(-16)])
        expect(JSON.stringify(tables)).not.toContain(token)
  })

  test('a token counts before a cookie, and a bad one counts as nobody', async () => {
    const { visitor, server } = await open()
    const eve = visitor()
    await eve.signUp({ mine: 'eve' }, { ...ADA, email: 'eve@example.org' })
    await visitor().signUp({ mine: 'ada' })
    const { access_token } = tokensIn(await askForTokens(visitor()))
    expect((await eve.me(bearer(access_token))).json).toMatchObject({ user: { user_metadata: { mine: 'ada' } } })
    expect((await eve.me()).json).toMatchObject({ user: { user_metadata: { mine: 'eve' } } })
    for (const authorization of [
      ...['Bearer', 'bearer ', 'Bearer garbage', `Bearer ${'x'.repeat(43)}`, `Bearer ${access_token}x`],
      ...[`Bearer ${access_token} ${access_token}`, `Bearer ${access_token}, Bearer ${access_token}`],
      ...[
        `Bearer  "${access_token}"`,
        `Bearer\t${access_token}`,
        `Bearer ${eve.cookie}`,
        `BEARER ${'x'.repeat(9_000)}`,
      ],
    ]) {
      const me = await eve.me({ authorization })
      expect([me.status, me.headers.get('www-authenticate'), me.json]).toMatchObject([
        401,
        INVALID,
        refusal('unauthenticated'),
      ])
      expect((await eve.send('GET', '/session', { headers: { authorization } })).json).toEqual({ user: null })
      expect((await eve.patch({ mine: 'nobody' }, { authorization, origin: FOREIGN })).status).toBe(401)
      expect((await eve.send('POST', '/logout', { body: {}, headers: { authorization } })).status).toBe(204)
      const headers = { cookie: eve.cookie, authorization }
      expect(await server.verifySession(new Request(ORIGIN, { headers }))).toBe(null)
    }
    expect((await eve.me()).json).toMatchObject({ user: { user_metadata: { mine: 'eve' } } })
  })

  test('how a token is written is as lenient as its scheme; another scheme leaves the cookie alone', async () => {
    const { visitor } = await open()
    const eve = visitor()
    await eve.signUp({}, { ...ADA, email: 'eve@example.org' })
    await visitor().signUp()
    const { access_token } = tokensIn(await askForTokens(visitor()))
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'Bearer  '])
      expect((await visitor().me({ authorization: `${scheme} ${access_token}` })).status).toBe(200)
    for (const authorization of ['Basic YTpi', `Basic YTpi, Bearer ${access_token}`, `Bearer${access_token}`, 'x'])
      expect((await eve.me({ authorization })).json).toMatchObject({ user: { email: 'eve@example.org' } })
  })

  test('a cookie is no token and a token no cookie; neither is a refresh token', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp()
    const { access_token, refresh_token } = tokensIn(await askForTokens(visitor()))
    const [name, value = ''] = ada.cookie.split('=')
    expect((await visitor().me(bearer(value))).status).toBe(401)
    expect((await visitor().me(bearer(refresh_token))).status).toBe(401)
    expect((await visitor().me({ cookie: `${name}=${access_token}` })).status).toBe(401)
    expect((await refresh(visitor(), access_token)).status).toBe(401)
    expect((await refresh(visitor(), value)).status).toBe(401)
    expect((await visitor().me(bearer(access_token))).status).toBe(200)
  })

  test('without a session the answer names both ways to get one', async () => {
    const { visitor } = await open()
    expect((await visitor().me()).headers.get('www-authenticate')).toBe(
      'Cookie realm="account", Bearer realm="account"',
    )
  })

  test('what carries a token needs no origin, and a foreign page never reads the answer', async () => {
    const shop = 'https://shop.example'
    const { visitor } = await open({ allowedOrigins: [shop] })
    await visitor().signUp()
    const tokens = tokensIn(await askForTokens(visitor()))
    for (const origin of [FOREIGN, 'null', undefined, shop]) {
      const page = visitor()
      const headers = { ...bearer(tokens.access_token), origin }
      const answers = [
        await page.me(headers),
        await page.patch({ a: origin ?? 'none' }, headers),
        await page.send('GET', '/session', { headers }),
      ]
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
      for (const answer of answers) {
        expect(answer.headers.get('access-control-allow-origin')).toBe(origin === shop ? shop : null)
        expect(answer.headers.get('vary')).toContain('Origin')
      }
    }
    const preflight = await visitor().send('OPTIONS', '/me', { headers: { origin: FOREIGN } })
    expect(preflight.headers.get('access-control-allow-origin')).toBe(null)
    const out = await visitor().send('POST', '/logout', {
      body: {},
      headers: { ...bearer(tokens.access_token), origin: FOREIGN },
    })
    expect(out.status).toBe(204)
    expect(await statusWith(visitor(), tokens)).toBe(401)
  })

  test('what begins a session or gets the next token needs an allowed origin, token or not', async () => {
    const { visitor, rows } = await open()
    await visitor().signUp()
    const { access_token, refresh_token } = tokensIn(await askForTokens(visitor()))
    for (const origin of [FOREIGN, undefined, 'null']) {
      const headers = { ...bearer(access_token), origin }
      const answers = [
        await askForTokens(visitor(), {}, headers),
        await visitor().send('POST', '/signup', { body: { ...ADA, email: 'eve@example.org' }, headers }),
        await visitor().send('POST', '/token', { body: { refresh_token }, headers }),
      ]
      for (const { status, json } of answers) expect([status, json]).toMatchObject([403, refusal('forbidden')])
    }
    expect(await rows('SELECT id FROM bearer_sessions')).toHaveLength(1)
    expect(await rows('SELECT id FROM users')).toHaveLength(1)
  })

  test('a form that posts itself is not read, whatever token it carries', async () => {
    const { visitor } = await open()
    await visitor().signUp()
    const tokens = tokensIn(await askForTokens(visitor()))
    const headers = { ...bearer(tokens.access_token), 'content-type': 'text/plain', origin: FOREIGN }
    expect((await visitor().send('PATCH', '/me', { body: '{"user_metadata":{}}', headers })).status).toBe(415)
    expect((await visitor().send('POST', '/logout', { body: '{}', headers })).status).toBe(415)
    expect(await statusWith(visitor(), tokens)).toBe(200)
  })

  test('a log-in for tokens leaves the cookie that came along alone, and the other way round', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp()
    const { cookie } = ada
    const tokens = tokensIn(await askForTokens(ada))
    expect(ada.cookie).toBe(cookie)
    expect((await ada.me()).status).toBe(200)
    await ada.send('POST', '/login', {
      body: { identifier: ADA.email, password: ADA.password },
      headers: bearer(tokens.access_token),
    })
    expect(ada.cookie).not.toBe(cookie)
    expect(await statusWith(visitor(), tokens)).toBe(200)
    // The log-out of one is none of the other.
    const out = await ada.send('POST', '/logout', { body: {}, headers: bearer(tokens.access_token) })
    expect(out.headers.getSetCookie()).toEqual([])
    expect([(await ada.me()).status, await statusWith(visitor(), tokens)]).toEqual([200, 401])
  })

  test('a sign-up for tokens that is sent again is one account, with a session of its own', async () => {
    const { visitor, rows } = await open()
    const signUp = (key: string) =>
      visitor().send('POST', '/signup', {
        body: { ...ADA, session: 'bearer' },
        headers: { 'idempotency-key': key },
      })
    const [first, again] = [await signUp('k1'), await signUp('k1')]
    expect([again.status, Object(again.json).user]).toEqual([201, Object(first.json).user])
    expect(again.headers.getSetCookie()).toEqual([])
    expect(tokensIn(again)).not.toEqual(tokensIn(first))
    for (const answer of [first, again]) expect(await statusWith(visitor(), tokensIn(answer))).toBe(200)
    expect(await rows('SELECT id FROM users')).toHaveLength(1)
    expect(JSON.stringify(await rows('SELECT * FROM idempotency_keys'))).not.toContain(tokensIn(first).access_token)
    const changed = await visitor().send('POST', '/signup', { body: ADA, headers: { 'idempotency-key': 'k1' } })
    expect(changed.json).toMatchObject({ code: 'idempotency_key_reused' })
  })

  test('an access token ends after its time, and the session after its own', async () => {
    let time = Date.UTC(2030, 0, 1)
    const lifetimes = { accessTokenLifetime: 60, sessionLifetime: 150, shortSessionLifetime: 100 }
    const { visitor, rows } = await open({ now: () => time, ...lifetimes })
    await visitor().signUp()
    const long = tokensIn(await askForTokens(visitor()))
    const short = tokensIn(await askForTokens(visitor(), { remember: false }))
    expect([long.expires_in, short.expires_in]).toEqual([60, 60])
    time += 59_999
    expect(await statusWith(visitor(), long)).toBe(200)
    time += 1
    expect(await statusWith(visitor(), long)).toBe(401)
    const [longer, shorter] = [
      tokensIn(await refresh(visitor(), long.refresh_token)),
      tokensIn(await refresh(visitor(), short.refresh_token)),
    ]
    expect([longer.expires_in, shorter.expires_in]).toEqual([60, 40])
    time += 39_999
    expect(await statusWith(visitor(), shorter)).toBe(200)
    time += 1
    expect(await statusWith(visitor(), shorter)).toBe(401)
    expect((await refresh(visitor(), shorter.refresh_token)).status).toBe(401)
    const last = tokensIn(await refresh(visitor(), longer.refresh_token))
    expect(last.expires_in).toBe(50)
    time += 50_000
    expect(await statusWith(visitor(), last)).toBe(401)
    expect((await refresh(visitor(), last.refresh_token)).json).toMatchObject(refusal('unauthenticated'))
    expect(await rows('SELECT * FROM bearer_sessions')).toEqual([])
    expect(await rows('SELECT * FROM access_tokens')).toEqual([])
  })

  test('what ran out does not stay: tokens with the next refresh, sessions with the next log-in', async () => {
    let time = Date.UTC(2030, 0, 1)
    const { visitor, rows } = await open({ now: () => time, accessTokenLifetime: 60, sessionLifetime: 3600 })
    await visitor().signUp()
    let tokens = tokensIn(await askForTokens(visitor()))
    for (const _ of [1, 2, 3]) {
      time += 60_000
      tokens = tokensIn(await refresh(visitor(), tokens.refresh_token))
    }
    expect(await rows('SELECT token_hash FROM access_tokens')).toHaveLength(1)
    time += 3_600_000
    await askForTokens(visitor())
    expect(await rows('SELECT id FROM bearer_sessions')).toHaveLength(1)
    expect(await rows('SELECT token_hash FROM access_tokens')).toHaveLength(1)
  })

  test('a log-out ends the whole session, also by a token that ran out, and no other', async () => {
    let time = Date.UTC(2030, 0, 1)
    const { visitor, rows } = await open({ now: () => time })
    await visitor().signUp()
    const here = tokensIn(await askForTokens(visitor()))
    const there = tokensIn(await askForTokens(visitor()))
    const next = tokensIn(await refresh(visitor(), here.refresh_token))
    time += 900_000
    const headers = bearer(here.access_token)
    expect((await visitor().send('POST', '/logout', { body: {}, headers })).status).toBe(204)
    for (const { refresh_token } of [here, next]) expect((await refresh(visitor(), refresh_token)).status).toBe(401)
    expect(await rows('SELECT id FROM bearer_sessions')).toHaveLength(1)
    expect((await refresh(visitor(), there.refresh_token)).status).toBe(200)
  })

  test('sessions go with their account, also at the moment of a log-in or a refresh', async () => {
    const { manage, visitor, errors, rows } = await open()
    const names = Array.from({ length: 12 }, (_, index) => `p${index}@example.org`)
    const made = await Promise.all(names.map((email) => manage('POST', '', { ...ADA, email })))
    const tokens = await Promise.all(
      names.map(async (identifier) => tokensIn(await askForTokens(visitor(), { identifier }))),
    )
    const running = names.map((identifier) => askForTokens(visitor(), { identifier }))
    await Promise.race(running)
    const refreshing = tokens.flatMap(({ refresh_token }) =>
      Array.from({ length: 4 }, () => refresh(visitor(), refresh_token)),
    )
    await Promise.all(made.map((one) => manage('DELETE', `/${idOf(one)}`)))
    const answers = await Promise.all(running)
    expect(answers.filter(({ status }) => status === 401).length).toBeGreaterThan(0)
    for (const { status } of [...answers, ...(await Promise.all(refreshing))]) expect([200, 401]).toContain(status)
    expect(errors).toEqual([])
    for (const one of tokens) expect(await statusWith(visitor(), one)).toBe(401)
    for (const table of ['bearer_sessions', 'access_tokens']) expect(await rows(`SELECT * FROM ${table}`)).toEqual([])
  })

  test.each<readonly [body: unknown, status: number, code: string, pointer: string | null]>([
    [{}, 422, 'required', '/refresh_token'],
    [{ refresh_token: '' }, 422, 'required', '/refresh_token'],
    [{ refresh_token: null }, 422, 'invalid_type', '/refresh_token'],
    [{ refresh_token: ['secret-word'] }, 422, 'invalid_type', '/refresh_token'],
    [{ refresh_token: 'secret-word', remember: true }, 422, 'unknown_field', '/remember'],
    [{ refresh_token: 'secret-word\ud800' }, 422, 'invalid_value', '/refresh_token'],
    [{ refresh_token: 'secret-word\0' }, 401, 'unauthenticated', null],
    [{ refresh_token: 'secret-word' }, 401, 'unauthenticated', null],
    [{ refresh_token: 'x'.repeat(67) }, 401, 'unauthenticated', null],
    [{ refresh_token: 'x'.repeat(60_000) }, 401, 'unauthenticated', null],
    [[], 400, 'invalid_request', null],
    ['{"refresh_token":"a","refresh_token":"b"}', 400, 'invalid_request', null],
  ])('a refresh with %j is %i %s', async (body, status, code, pointer) => {
    const { visitor, errors } = await open()
    const answer = await visitor().send('POST', '/token', { body })
    expect([answer.status, answer.json]).toMatchObject([
      status,
      pointer === null ? refusal(code) : refusal(code, pointer),
    ])
    expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? INVALID : null)
    expect(answer.text).not.toContain('secret-word')
    expect(errors).toEqual([])
  })
})

test('where the site has not opened it, there are no tokens, and nothing hangs on the header', async () => {
  const { visitor } = await openerOn(sqlite)()
  const ada = visitor()
  await ada.signUp()
  expect((await askForTokens(ada)).json).toMatchObject(refusal('invalid_value', '/session'))
  expect((await refresh(ada, 'x'.repeat(67))).status).toBe(404)
  const headers = bearer('x'.repeat(43))
  expect((await ada.me(headers)).status).toBe(200)
  expect((await visitor().me(headers)).headers.get('www-authenticate')).toBe('Cookie realm="account"')
  expect((await ada.patch({ a: 1 }, { ...headers, origin: FOREIGN })).status).toBe(403)
})

test('the address of the next token takes nothing but a POST', async () => {
  const { visitor } = await openerOn(sqlite)({ bearer: true })
  const answer = await visitor().send('GET', '/token')
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
})
