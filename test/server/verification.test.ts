// Verification of the e-mail address: no account in somebody else's name, and nothing that tells who has one.
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { openOutbox } from './outbox.ts'
import { ADA, openerOn, refusal, type Visitor } from './visitor.ts'

const OWN = { email: ADA.email, password: "the owner's own words" }

const verify = (visitor: Visitor, token: string) => visitor.send('POST', '/email/verify', { body: { token } })

const resend = (visitor: Visitor, email: string = ADA.email) =>
  visitor.send('POST', '/email/resend', { body: { email } })

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)
  const withMail = async (verification: 'optional' | 'required', more = {}) => {
    const outbox = openOutbox()
    return { outbox, ...(await open({ mail: outbox.mail, verification, ...more })) }
  }

  test('required: there is no account before the mail is answered, and then there is', async () => {
    const { outbox, visitor, rows } = await withMail('required')
    const ada = visitor()
    const answer = await ada.signUp({ color: 'red' })
    expect([answer.status, answer.text]).toEqual([202, '{"status":"needs_verification"}'])
    expect(ada.cookie).toBe('')
    expect(await rows('SELECT id FROM users')).toEqual([])
    const early = await ada.logIn()
    expect([early.status, early.json]).toEqual([403, expect.objectContaining({ code: 'email_unverified' })])
    const token = await outbox.token(1)
    const verified = await verify(visitor(), token)
    expect([verified.status, verified.text, verified.headers.getSetCookie()]).toEqual([204, '', []])
    expect((await verify(visitor(), token)).json).toMatchObject(refusal('invalid_value', '/token'))
    expect((await ada.logIn()).json).toMatchObject({ user: { email_verified: true, user_metadata: { color: 'red' } } })
  })

  test('required: a sign-up with an address that has an account gets the same answer, and its owner a mail', async () => {
    const { outbox, visitor, rows } = await withMail('required')
    const fresh = await visitor().signUp()
    await verify(visitor(), await outbox.token(1))
    const again = await visitor().signUp({}, { email: 'ADA@example.org', password: 'a stranger tries' })
    expect([again.status, again.text]).toEqual([fresh.status, fresh.text])
    expect(Object.fromEntries(again.headers)).toEqual(Object.fromEntries(fresh.headers))
    const [, notice] = await outbox.mails(2)
    expect(notice?.to).toBe(ADA.email)
    expect(notice?.subject).toBe('You have an account at Example already')
    expect(notice?.text).not.toContain('token=')
    expect(await rows('SELECT email FROM users')).toEqual([{ email: ADA.email }])
    expect((await visitor().logIn()).status).toBe(200)
  })

  test('required: signing up in the name of an account does not show by a log-in that it is there', async () => {
    const { outbox, visitor } = await withMail('required')
    await visitor().signUp()
    await verify(visitor(), await outbox.token(1))
    const tried = { email: ADA.email, password: 'a stranger tries' }
    const other = { email: 'eve@example.org', password: 'a stranger tries' }
    await visitor().signUp({}, tried)
    await visitor().signUp({}, other)
    const [known, unknown] = [await visitor().logIn(tried), await visitor().logIn(other)]
    expect(known.status).toBe(403)
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text])
  })

  test('required: the later sign-up replaces the earlier one, whose link and password lead nowhere', async () => {
    const { outbox, visitor } = await withMail('required')
    await visitor().signUp({ planted: true }, { ...ADA, password: 'planted by a stranger' })
    const planted = await outbox.token(1)
    await visitor().signUp({ color: 'red' }, OWN)
    const own = await outbox.token(2)
    expect((await verify(visitor(), planted)).status).toBe(422)
    expect((await verify(visitor(), own)).status).toBe(204)
    expect((await visitor().logIn({ ...ADA, password: 'planted by a stranger' })).status).toBe(401)
    expect((await visitor().logIn(OWN)).json).toMatchObject({ user: { user_metadata: { color: 'red' } } })
  })

  test('required: an account from before, that nobody verified, becomes that of whoever does', async () => {
    const before = await open()
    const stranger = before.visitor()
    await stranger.signUp({ planted: true })
    const outbox = openOutbox()
    const { visitor, rows } = await open({ mail: outbox.mail, verification: 'required' }, before.database)
    expect((await visitor().logIn()).json).toMatchObject({ code: 'email_unverified' })
    await visitor().signUp({ color: 'red' }, OWN)
    expect((await stranger.me()).status).toBe(200)
    expect((await verify(visitor(), await outbox.token(1))).status).toBe(204)
    expect((await stranger.me()).status).toBe(401)
    expect((await visitor().logIn()).status).toBe(401)
    const { json } = await visitor().logIn(OWN)
    expect(json).toMatchObject({ user: { email_verified: true, user_metadata: { color: 'red' } } })
    expect(JSON.stringify(json)).not.toContain('planted')
    expect(await rows('SELECT email FROM users')).toHaveLength(1)
  })

  test('required: the same sign-up sent twice with one key sends one mail', async () => {
    const { outbox, visitor, server } = await withMail('required')
    const send = () => visitor().send('POST', '/signup', { body: ADA, headers: { 'idempotency-key': 'one' } })
    const [first, second] = [await send(), await send()]
    expect([second.status, second.text]).toEqual([first.status, first.text])
    await server.close()
    expect(outbox.read()).toHaveLength(1)
  })

  test('required: a user name that is taken is said, at sign-up or when the mail is answered', async () => {
    const { outbox, visitor, rows } = await withMail('required', { usernames: true })
    const signUp = (name: string) =>
      visitor().signUp({}, { email: `${name}@example.org`, password: ADA.password, username: 'countess' })
    await signUp('ada')
    const first = await outbox.token(1)
    await signUp('eve')
    const second = await outbox.token(2)
    await verify(visitor(), first)
    expect((await verify(visitor(), second)).json).toMatchObject({ code: 'username_taken' })
    expect((await signUp('joe')).json).toMatchObject({ code: 'username_taken' })
    expect(await rows('SELECT email FROM users')).toEqual([{ email: 'ada@example.org' }])
  })

  test('a mail is sent again to whoever waits, with the same answer for everybody', async () => {
    const { outbox, visitor, server } = await withMail('required')
    await visitor().signUp()
    const first = await outbox.token(1)
    const known = await resend(visitor())
    const second = await outbox.token(2)
    const unknown = await resend(visitor(), 'eve@example.org')
    expect([known.status, known.text]).toEqual([202, ''])
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text])
    expect((await verify(visitor(), first)).status).toBe(422)
    expect((await verify(visitor(), second)).status).toBe(204)
    expect((await resend(visitor())).status).toBe(202)
    await server.close()
    expect(outbox.read()).toHaveLength(2)
  })

  test('a link is good for a day, and a mail that is no link for verification is refused', async () => {
    const clock = { now: Date.UTC(2030, 0, 1) }
    const { outbox, visitor } = await withMail('required', { now: () => clock.now })
    await visitor().signUp()
    const token = await outbox.token(1)
    clock.now += 24 * 3_600_000
    expect((await verify(visitor(), token)).status).toBe(422)
    await visitor().signUp()
    expect((await verify(visitor(), await outbox.token(2))).status).toBe(204)
    await visitor().send('POST', '/password/forgot', { body: { email: ADA.email } })
    const reset = await outbox.token(3)
    expect((await verify(visitor(), reset)).status).toBe(422)
    const swapped = { token, password: 'another horse entirely' }
    expect((await visitor().send('POST', '/password/reset', { body: swapped })).status).toBe(422)
  })

  test('optional: the account is there at once, and the link verifies it for whoever is logged in to it', async () => {
    const { outbox, visitor } = await withMail('optional')
    const ada = visitor()
    expect((await ada.signUp()).json).toMatchObject({ status: 'created', user: { email_verified: false } })
    const token = await outbox.token(1)
    expect((await verify(visitor(), token)).json).toMatchObject({ code: 'unauthenticated' })
    expect((await ada.me()).json).toMatchObject({ user: { email_verified: false } })
    expect((await verify(ada, token)).status).toBe(204)
    expect((await ada.me()).json).toMatchObject({ user: { email_verified: true } })
    expect((await verify(ada, token)).status).toBe(422)
  })

  test('optional: an owner who finds an account in their name sets a password, and the stranger is out', async () => {
    const { outbox, visitor } = await withMail('optional')
    const stranger = visitor()
    await stranger.signUp({}, { ...ADA, password: 'planted by a stranger' })
    expect((await visitor().signUp({}, OWN)).status).toBe(409)
    await outbox.mails(1)
    await visitor().send('POST', '/password/forgot', { body: { email: ADA.email } })
    const body = { token: await outbox.token(2), password: OWN.password }
    expect((await visitor().send('POST', '/password/reset', { body })).status).toBe(204)
    expect((await stranger.me()).status).toBe(401)
    expect((await visitor().logIn({ ...ADA, password: 'planted by a stranger' })).status).toBe(401)
    expect((await visitor().logIn(OWN)).json).toMatchObject({ user: { email_verified: true } })
  })

  test('a mail says nothing that a stranger could have written, and no line of it becomes a header', async () => {
    const outbox = openOutbox({ siteName: 'A <b> & "B"' })
    const { visitor } = await open({ mail: outbox.mail, verification: 'required' })
    const email = "o'hara&bcc=x@example.org"
    await visitor().signUp({}, { email, password: ADA.password, name: '<b>Win</b>\r\nBcc: eve@example.org' })
    const [mail] = await outbox.mails(1)
    expect(mail?.to).toBe(email)
    expect(mail?.source).not.toMatch(/Win|^bcc:|eve@/im)
    expect(mail?.text).toContain(email)
    expect(mail?.html).toContain('o&#39;hara&amp;bcc=x@example.org')
    expect(mail?.html.match(/<[a-z]+/g)).toEqual([
      ...['<html', '<head', '<meta', '<title', '<body'],
      ...['<p', '<p', '<a', '<p', '<p', '<p'],
    ])
  })
})
