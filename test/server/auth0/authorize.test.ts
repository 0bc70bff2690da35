// The log-in page of the Auth0-compatible door, and the code it sends: for the right client, once, with its proof.
import { describe, expect, test } from 'vitest'
import { DATABASES, sqlite } from '../databases.ts'
import { ASKED, authorizePath, browserAt, codeIn, locationOf, VERIFIER } from './browser.ts'
import { ADA, claimsIn, type Door, doorOpenerOn, userPath } from './door.ts'
import { ISSUER, PAGE, SITE } from './door-clients.ts'

const ME = { username: ADA.email, password: ADA.password }

const exchange = (door: Door, code: string, more: object = {}) =>
  door.send('POST', '/oauth/token', {
    body: {
      grant_type: 'authorization_code',
      client_id: 'shop',
      code,
      code_verifier: VERIFIER,
      redirect_uri: ASKED.redirect_uri,
      ...more,
    },
  })

const invalidGrant = { status: 403, json: { error: 'invalid_grant' } }

describe.each(DATABASES)('on $kind', (kind) => {
  const open = doorOpenerOn(kind)

  async function loggedIn(door: Door) {
    const browser = browserAt(door)
    const reply = await browser.send(await browser.authorize(), ME)
    return { browser, code: codeIn(reply) }
  }

  test('a browser logs in on the page, and the client gets tokens for the code', async () => {
    const door = await open()
    const { json: made } = await door.signUp()
    const browser = browserAt(door)
    const page = await browser.authorize({ login_hint: ADA.email })
    expect(page.status).toBe(200)
    expect(page.text).toContain(`value="${ADA.email}"`)
    const wrong = await browser.send(page, { ...ME, password: 'not my horse' })
    expect(wrong.status).toBe(400)
    expect(wrong.text).toContain('Wrong e-mail address or password.')
    expect(wrong.text).not.toContain('not my horse')
    expect((await browser.send(page, { ...ME, username: 'nobody@example.org' })).text).toContain('Wrong e-mail address')

    const reply = await browser.send(wrong, ME)
    expect(reply.status).toBe(303)
    const { origin, pathname, searchParams } = locationOf(reply)
    expect([origin, pathname]).toEqual([PAGE, '/callback'])
    expect([...searchParams.keys()].sort()).toEqual(['code', 'state'])
    expect(searchParams.get('state')).toBe(ASKED.state)

    const tokens = await exchange(door, codeIn(reply))
    expect(tokens.json).toMatchObject({ scope: ASKED.scope, token_type: 'Bearer', refresh_token: expect.any(String) })
    expect(claimsIn(tokens.json.id_token)).toMatchObject({
      ...{ iss: ISSUER, aud: 'shop', sub: `auth0|${made._id}`, nonce: ASKED.nonce, email: ADA.email },
      auth_time: expect.any(Number),
    })
    expect(door.errors).toEqual([])
  })

  test('a code is used once, and its second use ends the tokens of the first', async () => {
    const door = await open()
    await door.signUp()
    const { code } = await loggedIn(door)
    const first = await exchange(door, code)
    expect(first.status).toBe(200)
    expect(await exchange(door, code)).toMatchObject(invalidGrant)
    const body = { grant_type: 'refresh_token', client_id: 'shop', refresh_token: first.json.refresh_token }
    expect(await door.send('POST', '/oauth/token', { body })).toMatchObject(invalidGrant)
  })

  test('of ten that use one code at once at two servers, one gets tokens', async () => {
    const door = await open()
    const other = await open({}, {}, door.database)
    await door.signUp()
    const { code } = await loggedIn(other)
    const replies = await Promise.all(
      Array.from({ length: 10 }, (_, index) => exchange(index % 2 ? door : other, code)),
    )
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 403)])
    expect([...door.errors, ...other.errors]).toEqual([])
  })

  test('a browser that logged in is not asked again, until it logs out or the password changes', async () => {
    let time = Date.UTC(2030, 0, 1)
    const door = await open({ sessionLifetime: 3600 }, { now: () => time })
    const { json: made } = await door.signUp()
    const { browser } = await loggedIn(door)
    const isAsked = async (more = {}) => (await browser.authorize(more)).status === 200
    expect(await exchange(door, codeIn(await browser.authorize()))).toMatchObject({ status: 200 })
    expect(await isAsked()).toBe(false)
    expect(await isAsked({ prompt: 'none' })).toBe(false)
    expect(await isAsked({ prompt: 'login' })).toBe(true)
    expect(await isAsked({ prompt: 'select_account' })).toBe(true)
    time += 61_000
    expect(await isAsked({ max_age: '60' })).toBe(true)
    expect(await isAsked({ max_age: '62' })).toBe(false)
    time += 3_600_000
    expect(await isAsked()).toBe(true)

    // A log-in ends the session that the browser had, which somebody else may know.
    const { browser: again } = await loggedIn(door)
    const planted = new Map(again.cookies)
    await again.send(await again.authorize({ prompt: 'login' }), ME)
    expect((await again.authorize()).status).toBe(303)
    for (const [name, value] of planted) again.cookies.set(name, value)
    expect((await again.authorize()).status).toBe(200)

    const { browser: second } = await loggedIn(door)
    await door.send('PATCH', userPath(made._id), {
      headers: await door.asMachine(),
      body: { password: 'another horse' },
    })
    expect((await second.authorize()).status).toBe(200)
    const third = browserAt(door)
    await third.send(await third.authorize(), { ...ME, password: 'another horse' })
    expect((await third.authorize()).status).toBe(303)
    const kept = new Map(third.cookies)
    await third.get('/v2/logout?client_id=shop')
    expect((await third.authorize()).status).toBe(200)
    for (const [name, value] of kept) third.cookies.set(name, value)
    expect((await third.authorize()).status).toBe(200)
  })

  test('a form that another page sends, or that was made for another browser, is not processed', async () => {
    const door = await open()
    await door.signUp()
    const [ada, eve] = [browserAt(door), browserAt(door)]
    const [page, hers] = [await ada.authorize(), await eve.authorize()]
    for (const reply of [
      await ada.send(page, ME, { origin: 'https://evil.example.org' }),
      await ada.send(page, ME, { origin: 'null' }),
      await ada.send(hers, ME),
      await ada.send(page, {
        ...ME,
        request: `${new URLSearchParams({ ...ASKED, redirect_uri: 'https://evil.example.org' })}`,
      }),
      await ada.send(page, { ...ME, proof: '' }),
      await browserAt(door).send(page, ME),
    ]) {
      expect(reply.status).toBe(403)
      expect(reply.headers.get('location')).toBe(null)
    }
    expect((await ada.authorize()).status).toBe(200)
    expect((await ada.send(page, ME)).status).toBe(303)
  })
})

const open = doorOpenerOn(sqlite)

test('a code is worth nothing without its proof, for another client, at another address, or after a minute', async () => {
  let time = Date.UTC(2030, 0, 1)
  const door = await open({}, { now: () => time })
  await door.signUp()
  const browser = browserAt(door)
  await browser.send(await browser.authorize(), ME)
  const codeFor = async (more = {}) => codeIn(await browser.authorize(more))
  const secret = { client_id: 'site', client_secret: SITE.clientSecret }
  for (const more of [
    { code_verifier: `${VERIFIER.slice(0, -1)}_` },
    { code_verifier: undefined },
    { code_verifier: ASKED.code_challenge },
    { redirect_uri: `${PAGE}/other?from=login` },
    { redirect_uri: undefined },
    secret,
  ]) {
    expect(await exchange(door, await codeFor(), more), JSON.stringify(more)).toMatchObject(invalidGrant)
  }
  // A wrong proof uses the code up.
  const code = await codeFor()
  await exchange(door, code, { code_verifier: 'wrong' })
  expect(await exchange(door, code)).toMatchObject(invalidGrant)
  const late = await codeFor()
  time += 61_000
  expect(await exchange(door, late)).toMatchObject(invalidGrant)
  for (const wrong of ['', 'x', 'x.y', 7, `${late.split('.')[0]}.${'A'.repeat(43)}`]) {
    expect((await exchange(door, String(wrong))).status).toBeGreaterThanOrEqual(400)
  }

  // A client with a secret needs no proof, and can have one.
  const site = {
    client_id: 'site',
    redirect_uri: SITE.redirectUris?.[0],
    code_challenge: undefined,
    code_challenge_method: undefined,
  }
  const plain = { ...secret, redirect_uri: site.redirect_uri, code_verifier: undefined }
  expect((await exchange(door, await codeFor(site), plain)).status).toBe(200)
  expect(await exchange(door, await codeFor(site), { ...plain, code_verifier: VERIFIER })).toMatchObject(invalidGrant)
  expect(await exchange(door, await codeFor(site), { ...plain, client_secret: undefined })).toMatchObject({
    status: 401,
  })
  expect(door.errors).toEqual([])
})

test('nothing is ever sent to an address that is not on the client’s list, exactly', async () => {
  const door = await open()
  for (const more of [
    { client_id: 'nobody' },
    { client_id: undefined },
    { redirect_uri: undefined },
    ...[
      'https://evil.example.org/callback',
      `${PAGE}/callback/`,
      `${PAGE}/callback?x=1`,
      `${PAGE}/callback#x`,
      `${PAGE}/Callback`,
      `${PAGE}:443/callback`,
      `${PAGE}@evil.example.org/callback`,
      `${PAGE.replace('https', 'http')}/callback`,
      `${PAGE}/callback/../callback`,
      `https://site.example.org/callback`,
      '//evil.example.org',
      '/callback',
      'javascript:alert(1)',
    ].map((redirect_uri) => ({ redirect_uri })),
    { redirect_uri: 'https://evil.example.org', response_mode: 'web_message', prompt: 'none' },
    { redirect_uri: `${PAGE}.evil.example.org/`, response_mode: 'web_message', prompt: 'none' },
    { response_mode: 'form_post' },
  ]) {
    const reply = await browserAt(door).authorize(more)
    expect(reply.status, JSON.stringify(more)).toBeGreaterThanOrEqual(400)
    expect(reply.headers.get('location')).toBe(null)
    expect(reply.text).toContain('This did not work')
    expect(reply.text).not.toContain('<script')
  }
  const twice = `${authorizePath()}&redirect_uri=${encodeURIComponent('https://evil.example.org')}`
  expect(await browserAt(door).get(twice)).toMatchObject({ status: 400 })
})

test('what is wrong otherwise is told the client, with its state', async () => {
  const door = await open()
  for (const [more, error] of [
    [{ response_type: 'token' }, 'unauthorized_client'],
    [{ response_type: 'none' }, 'unsupported_response_type'],
    [{ response_type: undefined }, 'unsupported_response_type'],
    [{ code_challenge: undefined }, 'invalid_request'],
    [{ code_challenge_method: 'plain' }, 'invalid_request'],
    [{ code_challenge_method: undefined }, 'invalid_request'],
    [{ code_challenge: 'short' }, 'invalid_request'],
    [{ audience: 'https://other.example.org' }, 'access_denied'],
    [{ prompt: 'none' }, 'login_required'],
    [{ prompt: 'none login' }, 'invalid_request'],
    [{ prompt: 'dance' }, 'invalid_request'],
    [{ max_age: '-1' }, 'invalid_request'],
  ] as const) {
    const reply = await browserAt(door).authorize(more)
    expect(reply.status, JSON.stringify(more)).toBe(303)
    const { origin, hash, searchParams } = locationOf(reply)
    const said = hash === '' ? searchParams : new URLSearchParams(hash.slice(1))
    expect(origin).toBe(PAGE)
    expect([said.get('error'), said.get('state')]).toEqual([error, ASKED.state])
    expect(said.get('error_description')).toMatch(/./)
  }
})

test('an address with a query, and an app’s own scheme, get the code too', async () => {
  const door = await open()
  await door.signUp()
  const browser = browserAt(door)
  const page = await browser.authorize({ redirect_uri: 'com.example.shop:/callback' })
  expect(page.headers.get('content-security-policy')).toContain("form-action 'self' com.example.shop:")
  const reply = await browser.send(page, ME)
  expect(reply.headers.get('location')).toMatch(
    /^com\.example\.shop:\/callback\?code=[\w.-]+&state=a\+state\+%26\+more$/,
  )
  const withQuery = await browser.authorize({ redirect_uri: `${PAGE}/other?from=login` })
  expect(withQuery.headers.get('location')).toMatch(/^https:\/\/shop\.example\.org\/other\?from=login&code=/)
})

test('a page can neither be framed nor run what is put into its address', async () => {
  const door = await open()
  const hint = `"><script>alert('1')</script>&amp;`
  const page = await browserAt(door).authorize({ login_hint: hint, state: hint })
  expect(page.text).not.toContain('<script')
  expect(page.text).toContain('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;')
  const policy = page.headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'nonce-[\w+/=]+'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' https:\/\/shop\.example\.org$/,
  )
  expect(page.headers.get('x-frame-options')).toBe('DENY')
  expect(page.headers.get('cache-control')).toBe('no-store')
  const wrong = await browserAt(door).authorize({ redirect_uri: hint })
  expect(wrong.text).not.toContain('<script')
})

test('cookies are for this host alone, over TLS, and out of reach of scripts', async () => {
  const door = await open()
  await door.signUp()
  const browser = browserAt(door)
  const page = await browser.authorize()
  const set = [...page.headers.getSetCookie(), ...(await browser.send(page, ME)).headers.getSetCookie()]
  expect(set.length).toBeGreaterThan(1)
  for (const line of set) expect(line).toMatch(/^__Host-auth0_\w+=.*; Path=\/; HttpOnly; SameSite=(Lax|None); Secure$/)
  expect(JSON.stringify(await door.database.query('SELECT * FROM auth0_grants'))).not.toContain(
    String(browser.cookies.get('__Host-auth0_session')).split('.')[1],
  )
})

test('a page that asks in a frame is told by a message to its origin alone', async () => {
  const door = await open()
  await door.signUp()
  const browser = browserAt(door)
  const silent = { prompt: 'none', response_mode: 'web_message', redirect_uri: PAGE, state: '</script><b>' }
  const nobody = await browser.authorize(silent)
  expect(nobody.status).toBe(200)
  expect(nobody.text).toContain('"error":"login_required"')
  expect(nobody.text).toContain(`"${PAGE}"`)
  expect(nobody.text).toContain('\\u003c/script>\\u003cb>')
  expect(nobody.text.match(/<\/?script/g)).toHaveLength(2)
  expect(nobody.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'nonce-[\w+/=]+'; base-uri 'none'; frame-ancestors https:\/\/shop\.example\.org$/,
  )
  await browser.send(await browser.authorize(), ME)
  const [, code = ''] = /"code":"([^"]+)"/.exec((await browser.authorize(silent)).text) ?? []
  expect((await exchange(door, code, { redirect_uri: PAGE })).status).toBe(200)
})
