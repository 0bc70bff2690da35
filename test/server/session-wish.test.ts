// What a sign-up or log-in may ask of its session: one that ends with the browser, or none at all.
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { ADA, openerOn, refusal } from './visitor.ts'

const DAY = 24 * 60 * 60 * 1000

const logInWith = (more: object) => ({ body: { identifier: ADA.email, password: ADA.password, ...more } })
const signUpWith = (more: object) => ({ body: { ...ADA, ...more } })

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  test('remember: false is a cookie that the browser forgets, and a day on the server', async () => {
    let time = Date.UTC(2030, 0, 1)
    const { visitor, rows } = await open({ now: () => time })
    const [ada, tablet] = [visitor(), visitor()]
    const answers = [
      await ada.send('POST', '/signup', signUpWith({ remember: false })),
      await tablet.send('POST', '/login', logInWith({ remember: false })),
    ]
    for (const { headers } of answers)
      expect(headers.getSetCookie()).toEqual([
        expect.stringMatching(/^latchkey_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
      ])
    time += DAY - 1
    for (const { me } of [ada, tablet]) expect((await me()).status).toBe(200)
    time += 1
    for (const { me } of [ada, tablet]) expect((await me()).status).toBe(401)
    expect(await rows('SELECT user_id FROM sessions')).toEqual([])
  })

  test('remember: true is what happens without it', async () => {
    const { visitor } = await open()
    const lines = [
      ...(await visitor().send('POST', '/signup', signUpWith({ remember: true }))).headers.getSetCookie(),
      ...(await visitor().send('POST', '/login', logInWith({ remember: true }))).headers.getSetCookie(),
      ...(await visitor().logIn()).headers.getSetCookie(),
    ]
    for (const line of lines) expect(line).toContain('; Max-Age=604800; ')
    expect(lines).toHaveLength(3)
  })

  test('how long a short session lasts can be set, and is never longer than another', async () => {
    let time = Date.UTC(2030, 0, 1)
    const set = await open({ now: () => time, shortSessionLifetime: 60 })
    const short = await open({ now: () => time, sessionLifetime: 120 })
    const [ada, eve] = [set.visitor(), short.visitor()]
    for (const one of [ada, eve]) await one.send('POST', '/signup', signUpWith({ remember: false }))
    time += 59_999
    expect([(await ada.me()).status, (await eve.me()).status]).toEqual([200, 200])
    time += 1
    expect([(await ada.me()).status, (await eve.me()).status]).toEqual([401, 200])
    time += 60_000
    expect((await eve.me()).status).toBe(401)
  })

  test('a sign-up that repeats itself keeps to what it asked', async () => {
    const { visitor } = await open()
    const again = async (remember: boolean) => {
      const sent = { ...signUpWith({ remember }), headers: { 'idempotency-key': 'k1' } }
      return (await visitor().send('POST', '/signup', sent)).headers.getSetCookie().join()
    }
    expect(await again(false)).not.toContain('Max-Age')
    expect(await again(false)).toMatch(/^latchkey_session=[\w-]{43}; Path/)
  })

  test('sessions that ran out go with the next log-in of the same person', async () => {
    let time = Date.UTC(2030, 0, 1)
    const { visitor, rows } = await open({ now: () => time })
    await visitor().signUp({}, { ...ADA, email: 'eve@example.org' })
    for (const _ of [1, 2]) await visitor().send('POST', '/signup', signUpWith({ remember: false }))
    for (const _ of [1, 2]) await visitor().send('POST', '/login', logInWith({ remember: false }))
    time += DAY
    await visitor().logIn()
    expect(await rows('SELECT expires_at FROM sessions ORDER BY expires_at')).toEqual([
      { expires_at: '2030-01-08T00:00:00.000Z' },
      { expires_at: '2030-01-09T00:00:00.000Z' },
    ])
  })

  test("session: 'none' makes the account and signs nobody in, out or over", async () => {
    const { visitor, rows } = await open()
    const nobody = visitor()
    const sent = { ...signUpWith({ session: 'none', user_metadata: { a: 1 } }), headers: { 'idempotency-key': 'k1' } }
    for (const _ of ['first', 'again']) {
      const answer = await nobody.send('POST', '/signup', sent)
      expect([answer.status, answer.json]).toMatchObject([
        201,
        { status: 'created', user: { email: ADA.email, user_metadata: { a: 1 } } },
      ])
      expect(answer.headers.getSetCookie()).toEqual([])
      expect(answer.headers.get('etag')).toBe('"v1"')
    }
    expect(await rows('SELECT user_id FROM sessions')).toEqual([])
    const ada = visitor()
    expect((await ada.logIn()).status).toBe(200)
    await ada.send('POST', '/signup', { body: { ...ADA, email: 'eve@example.org', session: 'none' } })
    expect((await ada.me()).json).toMatchObject({ user: { email: ADA.email } })
  })

  test.each<readonly [object, string, string]>([
    [{ session: 'token' }, 'invalid_value', '/session'],
    [{ session: '' }, 'invalid_value', '/session'],
    [{ session: 'BEARER' }, 'invalid_value', '/session'],
    // Where the site has not opened it.
    [{ session: 'bearer' }, 'invalid_value', '/session'],
    [{ session: null }, 'invalid_type', '/session'],
    [{ session: ['cookie'] }, 'invalid_type', '/session'],
    [{ session: true }, 'invalid_type', '/session'],
    [{ remember: null }, 'invalid_type', '/remember'],
    [{ remember: 'secret-word' }, 'invalid_type', '/remember'],
    [{ remember: 0 }, 'invalid_type', '/remember'],
    [{ remember: {} }, 'invalid_type', '/remember'],
  ])('%j is a 422 with its place, at sign-up and log-in', async (more, code, pointer) => {
    const { visitor, rows } = await open()
    const signUp = await visitor().send('POST', '/signup', signUpWith(more))
    expect([signUp.status, signUp.json]).toMatchObject([422, { code, errors: [{ code, pointer }] }])
    expect(await rows('SELECT id FROM users')).toEqual([])
    await visitor().signUp()
    const logIn = await visitor().send('POST', '/login', logInWith(more))
    expect([logIn.status, logIn.json]).toMatchObject([422, { code, errors: [{ code, pointer }] }])
    expect(logIn.headers.getSetCookie()).toEqual([])
    expect(signUp.text + logIn.text).not.toMatch(/secret-word|BEARER|token/)
  })

  test("a log-in without a session is none: session: 'none' is for sign-up", async () => {
    const { visitor } = await open()
    await visitor().signUp()
    const answer = await visitor().send('POST', '/login', logInWith({ session: 'none' }))
    expect([answer.status, answer.json]).toMatchObject([422, refusal('invalid_value', '/session')])
  })
})
