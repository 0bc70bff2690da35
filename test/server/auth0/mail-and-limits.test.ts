// What the accounts' own rules mean at the Auth0-compatible door: mail, verified addresses, limits, and passwords that are no good.
import { describe, expect, test } from 'vitest'
import { DATABASES, sqlite } from '../databases.ts'
import { openOutbox } from '../outbox.ts'
import { browserAt } from './browser.ts'
import { ADA, type Door, doorOpenerOn } from './door.ts'
import { CONNECTION, LOCK, PAGE, REALM } from './door-clients.ts'

const forgot = (door: Door, email: string) =>
  door.send('POST', '/dbconnections/change_password', { body: { client_id: 'shop', connection: CONNECTION, email } })

/** A call of the accounts' own door. */
async function own(door: Door, path: string, body: object): Promise<number> {
  const headers = { origin: PAGE, 'content-type': 'application/json' }
  const request = new Request(`${PAGE}/account${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await door.accounts.fetch(request)).status
}

const UNVERIFIED = {
  status: 403,
  json: { error: 'access_denied', error_description: 'Please verify your email before logging in.' },
}

describe.each(DATABASES)('on $kind', (kind) => {
  const open = doorOpenerOn(kind)

  test('a forgotten password is answered alike for everybody, and mailed to whoever has an account', async () => {
    const outbox = openOutbox()
    const door = await open({}, { mail: outbox.mail })
    await door.signUp()
    const { refresh_token } = (await door.logIn({ scope: 'openid offline_access' })).json
    const known = await forgot(door, ADA.email)
    const unknown = await forgot(door, 'nobody@example.org')
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text])
    const token = await outbox.token(1)
    expect(outbox.read()).toMatchObject([{ to: ADA.email }])

    expect(await own(door, '/password/reset', { token, password: 'another horse' })).toBe(204)
    expect((await door.logIn()).status).toBe(403)
    expect((await door.logIn({ password: 'another horse' })).status).toBe(200)
    const body = { grant_type: 'refresh_token', client_id: 'shop', refresh_token }
    expect((await door.send('POST', '/oauth/token', { body })).status).toBe(403)
    expect(door.errors).toEqual([])
  })

  test('where addresses have to be verified, a sign-up is answered alike for everybody and logs nobody in before', async () => {
    const outbox = openOutbox()
    const door = await open({ userExists: 'user_exists' }, { mail: outbox.mail, verification: 'required' })
    const made = await door.signUp({ user_metadata: { color: 'red' } })
    expect(made).toMatchObject({
      status: 200,
      json: { email: ADA.email, email_verified: false, user_metadata: { color: 'red' } },
    })
    expect(await door.database.query('SELECT email FROM users')).toEqual([])
    expect(await door.logIn()).toMatchObject(UNVERIFIED)
    expect((await door.logIn({ password: 'not my horse' })).json).toMatchObject({ error: 'invalid_grant' })
    const browser = browserAt(door)
    const page = await browser.send(await browser.authorize(), { username: ADA.email, password: ADA.password })
    expect(page.status).toBe(400)
    expect(page.text).toContain('Open the link in the mail')

    expect(await own(door, '/email/verify', { token: await outbox.token(1) })).toBe(204)
    expect((await door.logIn({ scope: 'openid email' })).status).toBe(200)
    const again = await door.signUp({ user_metadata: { color: 'red' } })
    expect([again.status, Object.keys(again.json)]).toEqual([200, Object.keys(made.json)])
    expect((await outbox.mails(2)).at(-1)?.text).not.toMatch(/token=/)
    expect(await door.database.query('SELECT user_metadata FROM users')).toEqual([{ user_metadata: '{"color":"red"}' }])
    expect(door.errors).toEqual([])
  })

  test('where they can be, the account is there at once and the mail follows', async () => {
    const outbox = openOutbox()
    const door = await open({}, { mail: outbox.mail, verification: 'optional' })
    await door.signUp()
    expect((await door.logIn()).status).toBe(200)
    expect(await outbox.mails(1)).toMatchObject([{ to: ADA.email }])
  })

  test('guesses are limited together with those at the other door, and the right password ends them', async () => {
    let time = Date.UTC(2030, 0, 1)
    const limits = { logInPerAccount: { attempts: 3, seconds: 900 } }
    const door = await open(
      { clients: [{ ...LOCK, grants: ['password'], clientId: 'shop' }] },
      { limits, now: () => time },
    )
    await door.signUp()
    const wrong = () => door.logIn({ password: 'not my horse' })
    await wrong()
    await wrong()
    expect((await door.logIn()).status).toBe(200)
    await wrong()
    await wrong()
    expect(await own(door, '/login', { identifier: ADA.email, password: 'not my horse' })).toBe(401)
    const refused = await door.logIn()
    expect(refused).toMatchObject({ status: 429, json: { error: 'too_many_requests' } })
    const wait = Number(refused.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(0)
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(Number(refused.headers.get('x-ratelimit-reset'))).toBe(Math.floor(time / 1000) + wait)
    const page = {
      client_id: 'shop',
      credential_type: REALM,
      realm: CONNECTION,
      username: ADA.email,
      password: ADA.password,
    }
    expect((await door.send('POST', '/co/authenticate', { body: page, headers: { origin: PAGE } })).status).toBe(429)
    time += wait * 1000
    expect((await door.logIn()).status).toBe(200)
    expect(door.errors).toEqual([])
  })
})

const open = doorOpenerOn(sqlite)

test('the log-in page says how long to wait', async () => {
  const door = await open({}, { limits: { logInPerAccount: { attempts: 1, seconds: 900 } } })
  await door.signUp()
  const browser = browserAt(door)
  const asked = await browser.authorize()
  await browser.send(asked, { username: ADA.email, password: 'not my horse' })
  const page = await browser.send(asked, { username: ADA.email, password: ADA.password })
  expect(page.status).toBe(429)
  expect(page.text).toContain('Too many attempts. Try again in 15 minutes.')
  expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(800)
})

test('sign-ups and mails are limited', async () => {
  const outbox = openOutbox()
  const one = { attempts: 1, seconds: 60 }
  const door = await open({}, { mail: outbox.mail, limits: { signUpPerAccount: one, mailPerAccount: one } })
  expect((await door.signUp()).status).toBe(200)
  expect(await door.signUp()).toMatchObject({ status: 429, json: { error: 'too_many_requests' } })
  expect((await forgot(door, ADA.email)).status).toBe(200)
  expect((await forgot(door, ADA.email)).status).toBe(429)
  // What was typed wrong is no attempt.
  for (let tries = 0; tries < 3; tries += 1)
    expect((await door.signUp({ email: 'bob', password: 'x' })).status).toBe(400)
  expect((await door.signUp({ email: 'bob@example.org' })).status).toBe(200)
})

test('a password that everybody tries first, or that is made of the person’s own data, has Auth0’s name for that', async () => {
  const door = await open()
  const person = { email: 'lovelace@example.org', given_name: 'Augusta' }
  for (const [password, name] of [
    ['password123', 'PasswordDictionaryError'],
    ['lovelace1815', 'PasswordNoUserInfoError'],
    ['Augusta1815', 'PasswordNoUserInfoError'],
  ] as const) {
    const refused = await door.signUp({ ...person, password })
    expect(refused, password).toMatchObject({ status: 400, json: { name, code: 'invalid_password', statusCode: 400 } })
  }
  expect((await door.signUp(person)).status).toBe(200)
})
