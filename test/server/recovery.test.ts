// Forgotten passwords: the mail, its token, and what a new password ends.
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { openOutbox } from './outbox.ts'
import { ADA, ORIGIN, openerOn, refusal, type Visitor } from './visitor.ts'

const NEW = 'another horse entirely'

const forgot = (visitor: Visitor, email: string = ADA.email, headers = {}) =>
  visitor.send('POST', '/password/forgot', { body: { email }, headers })

const reset = (visitor: Visitor, token: string, password = NEW) =>
  visitor.send('POST', '/password/reset', { body: { token, password } })

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  test('the mail goes to the owner, in text and HTML, with a link at the configured origin whatever the request says', async () => {
    const outbox = openOutbox()
    const { visitor, errors } = await open({ mail: outbox.mail })
    await visitor().signUp()
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }
    expect((await forgot(visitor(), 'ADA@example.org', headers)).status).toBe(202)
    const [mail] = await outbox.mails(1)
    expect(mail?.from).toBe('Example <accounts@example.com>')
    expect(mail?.to).toBe(ADA.email)
    expect(mail?.subject).toBe('Set a new password for Example')
    expect(mail?.text).toMatch(new RegExp(`^${ORIGIN}/#latchkey=resetPassword&token=[\\w-]{43}$`, 'm'))
    const [link] = mail?.text.match(/^http.*$/m) ?? []
    expect(mail?.html).toContain(`<a href="${link?.replaceAll('&', '&amp;')}">`)
    expect(mail?.source).not.toContain('evil')
    expect(errors).toEqual([])
  })

  test('known and unknown addresses get the same answer, and only one of them a mail', async () => {
    const outbox = openOutbox()
    const { visitor, server } = await open({ mail: outbox.mail })
    await visitor().signUp()
    const unknown = await forgot(visitor(), 'eve@example.org')
    const known = await forgot(visitor())
    expect([unknown.status, unknown.text]).toEqual([202, ''])
    expect([known.status, known.text]).toEqual([202, ''])
    expect(Object.fromEntries(known.headers)).toEqual(Object.fromEntries(unknown.headers))
    await server.close()
    expect(outbox.read().map(({ to }) => to)).toEqual([ADA.email])
  })

  test('a token sets a password once, verifies the address, logs nobody in and ends every session', async () => {
    const outbox = openOutbox()
    const { visitor } = await open({ mail: outbox.mail })
    const ada = visitor()
    await ada.signUp()
    await forgot(visitor())
    const token = await outbox.token(1)
    const answer = await reset(visitor(), token)
    expect([answer.status, answer.text, answer.headers.getSetCookie()]).toEqual([204, '', []])
    expect((await reset(visitor(), token, 'a third horse now')).json).toMatchObject(refusal('invalid_value', '/token'))
    expect((await ada.me()).status).toBe(401)
    expect((await visitor().logIn()).status).toBe(401)
    const again = await visitor().logIn({ ...ADA, password: NEW })
    expect(again.json).toMatchObject({ user: { email_verified: true } })
    const [, notice] = await outbox.mails(2)
    expect(notice?.subject).toBe('The password of your account at Example was changed')
  })

  test('of two that come at once with one token, one sets the password', async () => {
    const outbox = openOutbox()
    const { visitor } = await open({ mail: outbox.mail })
    await visitor().signUp()
    await forgot(visitor())
    const token = await outbox.token(1)
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => reset(visitor(), token, `horse no. ${index}`)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 422, 422, 422, 422, 422])
  })

  test('the other tokens die with the password, and every token after an hour', async () => {
    const clock = { now: Date.UTC(2030, 0, 1) }
    const outbox = openOutbox()
    const { visitor, rows } = await open({ mail: outbox.mail, now: () => clock.now })
    await visitor().signUp()
    await forgot(visitor())
    const first = await outbox.token(1)
    await forgot(visitor())
    const second = await outbox.token(2)
    expect((await reset(visitor(), second)).status).toBe(204)
    expect((await reset(visitor(), first)).status).toBe(422)
    await outbox.mails(3)
    await forgot(visitor())
    const third = await outbox.token(4)
    clock.now += 3_600_000
    expect((await reset(visitor(), third)).status).toBe(422)
    await forgot(visitor())
    await outbox.mails(5)
    expect(await rows('SELECT kind FROM mail_tokens')).toEqual([{ kind: 'reset' }])
  })

  test('a password that is refused leaves the token good; the token itself is in no table', async () => {
    const outbox = openOutbox()
    const { visitor, rows } = await open({ mail: outbox.mail })
    await visitor().signUp()
    await forgot(visitor())
    const token = await outbox.token(1)
    expect(JSON.stringify(await rows('SELECT * FROM mail_tokens'))).not.toContain(token)
    expect((await reset(visitor(), token, 'short')).json).toMatchObject(refusal('password_weak', '/password'))
    expect((await reset(visitor(), token)).status).toBe(204)
  })

  test('a reset lets its person in at once where others had guessed', async () => {
    const outbox = openOutbox()
    const { visitor } = await open({ mail: outbox.mail })
    await visitor().signUp()
    for (let guess = 0; guess < 11; guess += 1) await visitor().logIn({ ...ADA, password: `guess ${guess}` })
    expect((await visitor().logIn()).status).toBe(429)
    await forgot(visitor())
    await reset(visitor(), await outbox.token(1))
    expect((await visitor().logIn({ ...ADA, password: NEW })).status).toBe(200)
  })

  test('mails to one address are limited, whether it has an account', async () => {
    const outbox = openOutbox()
    const { visitor, server } = await open({ mail: outbox.mail })
    await visitor().signUp()
    for (const email of [ADA.email, 'eve@example.org']) {
      const statuses = []
      for (let index = 0; index < 6; index += 1) statuses.push((await forgot(visitor(), email)).status)
      expect(statuses).toEqual([202, 202, 202, 202, 202, 429])
    }
    await server.close()
    expect(outbox.read()).toHaveLength(5)
  })

  test.each([
    ['a list', ['ada@example.org', 'eve@example.org'], 'invalid_type'],
    ['an object', { 0: 'ada@example.org' }, 'invalid_type'],
    ['two with a comma', 'ada@example.org,eve@example.org', 'invalid_email'],
    ['two with a semicolon', 'ada@example.org;eve@example.org', 'invalid_email'],
    ['two with a space', 'ada@example.org eve@example.org', 'invalid_email'],
    ['a line break', 'ada@example.org\r\nbcc: eve@example.org', 'invalid_email'],
    ['a NUL', 'ada@example.org\0', 'invalid_email'],
    ['a dotless i', 'ad\u0131@example.org', 'invalid_email'],
    ['a Kelvin sign', 'mi\u212Ae@example.org', 'invalid_email'],
  ])('%s is no address, and nobody gets a mail', async (_what, email, code) => {
    const outbox = openOutbox()
    const { visitor, server } = await open({ mail: outbox.mail })
    await visitor().signUp()
    const answer = await visitor().send('POST', '/password/forgot', { body: { email } })
    expect(answer.json).toMatchObject(refusal(code, '/email'))
    await server.close()
    expect(outbox.read()).toEqual([])
  })

  test('without mail there are no such calls', async () => {
    const { visitor } = await open()
    for (const path of ['/password/forgot', '/password/reset', '/email/verify', '/email/resend'])
      expect((await visitor().send('POST', path, { body: {} })).status).toBe(404)
  })
})
