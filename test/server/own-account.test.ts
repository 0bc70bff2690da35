// One's own account: another password or address, the sessions, the data, and the end of it.
import { createAccountServer } from 'latchkey/server'
import { describe, expect, test } from 'vitest'
import { DATABASES, databaseFile, sqlite } from './databases.ts'
import { openOutbox } from './outbox.ts'
import { ADA, ORIGIN, openerOn, refusal, type Visitor } from './visitor.ts'

const NEW = 'another horse entirely'
const NEW_EMAIL = 'countess@example.org'

const changePassword = (visitor: Visitor, current: string, password = NEW) =>
  visitor.send('POST', '/me/password', { body: { current, password } })

const changeEmail = (visitor: Visitor, email: string, password = ADA.password) =>
  visitor.send('POST', '/me/email', { body: { email, password } })

const sessionsOf = async (visitor: Visitor): Promise<{ id: string; kind: string; current: boolean }[]> =>
  Object(await visitor.send('GET', '/me/sessions').then(({ json }) => json)).sessions

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  test('a new password needs the old one, keeps this session and ends every other, with a mail', async () => {
    const outbox = openOutbox()
    const { visitor } = await open({ mail: outbox.mail })
    const [ada, elsewhere] = [visitor(), visitor()]
    await ada.signUp()
    await elsewhere.logIn()
    const wrong = await changePassword(ada, 'wrong horse')
    expect([wrong.status, wrong.json]).toMatchObject([401, refusal('invalid_credentials', '/current')])
    expect((await changePassword(ada, ADA.password, 'short')).json).toMatchObject(refusal('password_weak', '/password'))
    expect((await elsewhere.me()).status).toBe(200)
    expect((await changePassword(ada, ADA.password)).status).toBe(204)
    expect((await ada.me()).status).toBe(200)
    expect((await elsewhere.me()).status).toBe(401)
    expect((await visitor().logIn()).status).toBe(401)
    expect((await visitor().logIn({ ...ADA, password: NEW })).status).toBe(200)
    const [mail] = await outbox.mails(1)
    expect([mail?.to, mail?.subject]).toEqual([ADA.email, 'The password of your account at Example was changed'])
  })

  test('whoever has only the session cannot guess the password', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp()
    for (let guess = 0; guess < 10; guess += 1) expect((await changePassword(ada, `guess ${guess}`)).status).toBe(401)
    expect((await changePassword(ada, ADA.password)).status).toBe(429)
  })

  test('tokens of forgotten passwords die with a new password', async () => {
    const outbox = openOutbox()
    const { visitor } = await open({ mail: outbox.mail })
    const ada = visitor()
    await ada.signUp()
    await visitor().send('POST', '/password/forgot', { body: { email: ADA.email } })
    const token = await outbox.token(1)
    await changePassword(ada, ADA.password)
    const body = { token, password: 'a third horse now' }
    expect((await visitor().send('POST', '/password/reset', { body })).status).toBe(422)
  })

  test('a new address counts once the mail there is answered, and the old one is told', async () => {
    const outbox = openOutbox()
    const { visitor } = await open({ mail: outbox.mail })
    const ada = visitor()
    await ada.signUp()
    expect((await changeEmail(ada, NEW_EMAIL, 'wrong horse')).json).toMatchObject(
      refusal('invalid_credentials', '/password'),
    )
    const asked = await changeEmail(ada, NEW_EMAIL)
    expect([asked.status, asked.json]).toEqual([202, { status: 'needs_verification' }])
    const token = await outbox.token(1)
    expect(outbox.read()[0]?.to).toBe(NEW_EMAIL)
    expect((await ada.me()).json).toMatchObject({ user: { email: ADA.email } })
    expect((await visitor().send('POST', '/email/verify', { body: { token } })).status).toBe(204)
    expect((await ada.me()).json).toMatchObject({ user: { email: NEW_EMAIL, email_verified: true } })
    const [, notice] = await outbox.mails(2)
    expect(notice?.to).toBe(ADA.email)
    expect(notice?.text).not.toContain(NEW_EMAIL)
    expect((await visitor().logIn()).status).toBe(401)
    expect((await visitor().logIn({ ...ADA, email: NEW_EMAIL })).status).toBe(200)
    expect((await visitor().send('POST', '/email/verify', { body: { token } })).status).toBe(422)
  })

  test('a mail that went to an earlier address opens nothing', async () => {
    const outbox = openOutbox()
    const { visitor, rows } = await open({ mail: outbox.mail, verification: 'optional' })
    const ada = visitor()
    await ada.signUp()
    const verify = await outbox.token(1)
    await visitor().send('POST', '/password/forgot', { body: { email: ADA.email } })
    const token = await outbox.token(2)
    await rows(`UPDATE users SET email = '${NEW_EMAIL}', email_key = '${NEW_EMAIL}'`)
    expect((await ada.send('POST', '/email/verify', { body: { token: verify } })).status).toBe(422)
    const reset = await visitor().send('POST', '/password/reset', { body: { token, password: NEW } })
    expect([reset.status, reset.json]).toMatchObject([422, refusal('invalid_value', '/token')])
    expect((await ada.me()).json).toMatchObject({ user: { email: NEW_EMAIL, email_verified: false } })
  })

  test("somebody else's address gets the same answer and changes nothing", async () => {
    const outbox = openOutbox()
    const { visitor } = await open({ mail: outbox.mail })
    await visitor().signUp({}, { email: NEW_EMAIL, password: ADA.password })
    const ada = visitor()
    await ada.signUp()
    const asked = await changeEmail(ada, NEW_EMAIL)
    expect([asked.status, asked.json]).toEqual([202, { status: 'needs_verification' }])
    const [mail] = await outbox.mails(1)
    expect(mail?.to).toBe(NEW_EMAIL)
    expect(mail?.text).not.toContain('token=')
  })

  test('an address that was taken meanwhile is refused when the mail is answered', async () => {
    const outbox = openOutbox()
    const { visitor } = await open({ mail: outbox.mail })
    const ada = visitor()
    await ada.signUp()
    await changeEmail(ada, NEW_EMAIL)
    const token = await outbox.token(1)
    await visitor().signUp({}, { email: NEW_EMAIL, password: ADA.password })
    const answer = await visitor().send('POST', '/email/verify', { body: { token } })
    expect([answer.status, answer.json]).toMatchObject([409, refusal('user_exists', '/email')])
    expect((await ada.me()).json).toMatchObject({ user: { email: ADA.email } })
  })

  test('the sessions are listed without what opens them, and ended one by one or all others', async () => {
    const { visitor } = await open()
    const [ada, second, third] = [visitor(), visitor(), visitor()]
    await ada.signUp()
    await second.logIn()
    await third.logIn()
    await visitor().signUp({}, { email: NEW_EMAIL, password: ADA.password })
    const all = await sessionsOf(ada)
    expect(all.map(({ current }) => current).filter(Boolean)).toEqual([true])
    expect(all).toHaveLength(3)
    const [, token = ''] = ada.cookie.split('=')
    expect(JSON.stringify(all)).not.toContain(token)
    const own = (await sessionsOf(second)).find(({ current }) => current)
    expect((await ada.send('DELETE', `/me/sessions/${own?.id}`)).status).toBe(204)
    expect((await second.me()).status).toBe(401)
    expect((await third.me()).status).toBe(200)
    expect((await ada.send('DELETE', `/me/sessions/${own?.id}`)).status).toBe(404)
    expect((await ada.send('DELETE', '/me/sessions')).status).toBe(204)
    expect((await third.me()).status).toBe(401)
    expect(await sessionsOf(ada)).toHaveLength(1)
  })

  test("nobody ends somebody else's session", async () => {
    const { visitor } = await open()
    const [ada, eve] = [visitor(), visitor()]
    await ada.signUp()
    await eve.signUp({}, { email: NEW_EMAIL, password: ADA.password })
    const [session] = await sessionsOf(ada)
    for (const id of [session?.id, '..%2F..%2Fme', 'x'])
      expect((await eve.send('DELETE', `/me/sessions/${id}`)).status).toBe(404)
    expect((await ada.me()).status).toBe(200)
  })

  test('the data are a file with the profile and the sessions, and nothing that opens anything', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp({ color: 'red' })
    const answer = await ada.send('GET', '/me/export')
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="account.json"')
    expect(answer.json).toMatchObject({
      user: { email: ADA.email, user_metadata: { color: 'red' } },
      sessions: [{ kind: 'cookie', current: true }],
    })
    expect(answer.text).not.toMatch(/hash|argon2|app_metadata/)
  })

  test('an account is deleted with its password, and all that belonged to it', async () => {
    const outbox = openOutbox()
    const { visitor, rows } = await open({ mail: outbox.mail })
    const ada = visitor()
    await ada.signUp()
    await changeEmail(ada, NEW_EMAIL)
    await outbox.mails(1)
    const remove = (password: string) => ada.send('DELETE', '/me', { body: { password } })
    expect((await remove('wrong horse')).status).toBe(401)
    expect((await ada.me()).status).toBe(200)
    const { cookie } = ada
    const answer = await remove(ADA.password)
    expect([answer.status, ada.cookie]).toEqual([204, ''])
    expect((await visitor().me({ cookie })).status).toBe(401)
    for (const table of ['users', 'sessions', 'mail_tokens']) expect(await rows(`SELECT * FROM ${table}`)).toEqual([])
    const [, mail] = await outbox.mails(2)
    expect([mail?.to, mail?.subject]).toEqual([ADA.email, 'Your account at Example was deleted'])
  })

  test.each([
    ['POST', '/me/password', { current: 'x', password: NEW }],
    ['POST', '/me/email', { email: NEW_EMAIL, password: 'x' }],
    ['GET', '/me/sessions', undefined],
    ['DELETE', '/me/sessions', undefined],
    ['DELETE', '/me/sessions/x', undefined],
    ['GET', '/me/export', undefined],
    ['DELETE', '/me', { password: 'x' }],
  ])('%s %s needs a session, and a write an origin that is allowed', async (method, path, body) => {
    const { visitor } = await open({ mail: openOutbox().mail })
    const answer = await visitor().send(method, path, { body })
    expect([answer.status, answer.json]).toMatchObject([401, { code: 'unauthenticated' }])
    if (method === 'GET') return
    const ada = visitor()
    await ada.signUp()
    const foreign = await ada.send(method, path, { body, headers: { origin: 'https://evil.example' } })
    expect([foreign.status, foreign.json]).toMatchObject([403, { code: 'forbidden' }])
    expect((await ada.me()).status).toBe(200)
  })

  test('a session that a token carries does all of it too, from another site', async () => {
    const { server, visitor } = await open({ bearer: true })
    await visitor().signUp()
    const elsewhere = visitor()
    await elsewhere.logIn()
    const tokens = await visitor().send('POST', '/login', {
      body: { identifier: ADA.email, password: ADA.password, session: 'bearer' },
    })
    const headers = {
      authorization: `Bearer ${Object(tokens.json).session.access_token}`,
      origin: 'https://app.example',
    }
    const send = (method: string, path: string, body?: object) => visitor().send(method, path, { body, headers })
    expect((await send('GET', '/me/sessions')).json).toMatchObject({
      sessions: expect.arrayContaining([expect.objectContaining({ kind: 'bearer', current: true })]),
    })
    expect((await send('POST', '/me/password', { current: ADA.password, password: NEW })).status).toBe(204)
    expect((await elsewhere.me()).status).toBe(401)
    expect((await send('GET', '/me')).status).toBe(200)
    expect((await send('DELETE', '/me', { password: NEW })).status).toBe(204)
    expect(await server.verifySession(new Request(ORIGIN, { headers: { authorization: headers.authorization } }))).toBe(
      null,
    )
  })
})

const openFile = openerOn(sqlite)

test('password managers are led to the page where a password is changed', async () => {
  const { server } = await openFile({ changePasswordPage: '/account' })
  const answer = await server.fetch(new Request(`${ORIGIN}/.well-known/change-password`))
  expect([answer.status, answer.headers.get('location')]).toEqual([302, `${ORIGIN}/account`])
  const { server: without } = await openFile()
  expect((await without.fetch(new Request(`${ORIGIN}/.well-known/change-password`))).status).toBe(404)
})

test.each([
  ['changePasswordPage', { changePasswordPage: 'https://evil.example/' }],
  ['mail.pages.verifyEmail', { pages: { verifyEmail: '//evil.example' } }],
  ['mail.pages.resetPassword', { pages: { resetPassword: '/x#y' } }],
  ['mail.from', { from: 'Example' }],
  ['mail.siteName', { siteName: 'Example\r\nBcc: eve@example.org' }],
  ['mail.smtp', { smtp: 'mail.example.com:secret-word' }],
  ['mail.outbox', { outbox: '' }],
])('a wrong %s is named when the server is made', async (path, wrong) => {
  const mail = { from: 'accounts@example.com', siteName: 'Example', ...wrong }
  const options = path.startsWith('mail') ? { mail } : wrong
  const made = createAccountServer({ databaseUrl: `file:${databaseFile()}`, origin: ORIGIN, ...options })
  const error: unknown = await made.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(TypeError)
  expect(String(error).startsWith(`TypeError: ${path} `)).toBe(true)
  expect(String(error)).not.toContain('secret-word')
})

test.each(['optional', 'required'] as const)('verification "%s" without mail is refused', async (verification) => {
  const made = createAccountServer({ databaseUrl: `file:${databaseFile()}`, origin: ORIGIN, verification })
  await expect(made).rejects.toThrow(/^verification .*needs mail/)
})
