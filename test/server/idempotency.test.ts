// Idempotency-Key: what is sent again is done once, and answered as it was.
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { ADA, type Answer, openerOn, refusal, type Visitor } from './visitor.ts'

const body = { ...ADA, user_metadata: { color: 'red' } }
const DAY = 24 * 60 * 60 * 1000

const withKey = (key: string) => ({ 'idempotency-key': key })
const signUp = (visitor: Visitor, key: string, sent: object = body) =>
  visitor.send('POST', '/signup', { body: sent, headers: withKey(key) })
const idOf = ({ json }: Answer): unknown => Object(json).user?.id

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  test('a sign-up whose answer was lost is one account and a success, with a session of its own', async () => {
    const { visitor, rows, errors } = await open()
    const lost = visitor()
    const first = await signUp(lost, 'k1')
    const ada = visitor()
    const again = await signUp(ada, 'k1')
    expect([again.status, again.json]).toEqual([201, first.json])
    expect(again.headers.get('etag')).toBe('"v1"')
    expect(ada.cookie).toMatch(/^latchkey_session=/)
    expect(ada.cookie).not.toBe(lost.cookie)
    expect((await ada.me()).json).toMatchObject({ user: { email: ADA.email } })
    expect(await rows('SELECT email FROM users')).toHaveLength(1)
    expect(errors).toEqual([])
  })

  test('200 of 200 sign-ups that are sent again after a lost answer succeed, and make 200 accounts', async () => {
    const { visitor, rows, errors } = await open()
    const people = Array.from({ length: 200 }, (_, index) => `p${index}`)
    const send = (name: string) => signUp(visitor(), name, { ...body, email: `${name}@example.org` })
    const first = await Promise.all(people.map(send))
    const again = await Promise.all(people.map(send))
    expect(again.filter(({ status }) => status === 201)).toHaveLength(200)
    expect(again.map(idOf)).toEqual(first.map(idOf))
    expect(await rows('SELECT email FROM users')).toHaveLength(200)
    expect(errors).toEqual([])
  }, 120_000)

  test('50 identical sign-ups at once make one account, and nobody is told that it exists', async () => {
    const first = await open()
    const second = await open({}, first.database)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => signUp((index % 2 ? first : second).visitor(), 'k1')),
    )
    const done = answers.filter(({ status }) => status === 201)
    expect(done.length).toBeGreaterThan(0)
    expect(new Set(done.map(idOf)).size).toBe(1)
    const others = answers.filter(({ status }) => status !== 201)
    expect(others.length).toBeGreaterThan(0)
    for (const { status, json, headers } of others) {
      expect([status, json]).toMatchObject([409, refusal('request_in_progress')])
      expect(headers.get('retry-after')).toBe('1')
    }
    expect((await signUp(first.visitor(), 'k1')).status).toBe(201)
    expect(await first.rows('SELECT email FROM users')).toHaveLength(1)
    expect([...first.errors, ...second.errors]).toEqual([])
  })

  test('another body with the key of the first is refused; with a new key it is a request like any other', async () => {
    const { visitor, rows } = await open()
    await signUp(visitor(), 'k1')
    for (const changed of [
      { ...body, password: 'another horse' },
      { ...body, email: 'eve@example.org' },
      { ...body, user_metadata: { 'a.b': 1 } },
    ]) {
      const answer = await signUp(visitor(), 'k1', changed)
      expect([answer.status, answer.json]).toMatchObject([422, { code: 'idempotency_key_reused' }])
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect((await signUp(visitor(), 'k2', { ...body, email: 'eve@example.org' })).status).toBe(201)
    expect(await rows('SELECT email FROM users ORDER BY email')).toEqual([
      { email: ADA.email },
      { email: 'eve@example.org' },
    ])
  })

  test('a taken address stays refused under its key, and a refused value can be sent again when it is right', async () => {
    const { visitor, rows } = await open()
    await visitor().signUp()
    for (const _ of [1, 2]) expect((await signUp(visitor(), 'k1')).json).toMatchObject(refusal('user_exists', '/email'))
    expect((await signUp(visitor(), 'k2', { ...body, email: 'eve' })).json).toMatchObject(
      refusal('invalid_email', '/email'),
    )
    expect((await signUp(visitor(), 'k2', { ...body, email: 'eve@example.org' })).status).toBe(201)
    expect(await rows('SELECT email FROM users')).toHaveLength(2)
  })

  test('the key gives no session once the password is another', async () => {
    const { visitor, rows } = await open()
    await signUp(visitor(), 'k1')
    await signUp(visitor(), 'k2', { ...body, email: 'eve@example.org', password: 'another horse' })
    await rows(
      "UPDATE users SET password_hash = (SELECT password_hash FROM users WHERE email = 'eve@example.org') WHERE email = 'ada@example.org'",
    )
    const answer = await signUp(visitor(), 'k1')
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([409, []])
  })

  test('a save that is sent again is done once, and answers the profile as it is by now', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp({ a: 1 })
    const save = () => ada.patch({ a: 2 }, { ...withKey('k1'), 'if-match': '"v1"' })
    expect((await save()).headers.get('etag')).toBe('"v2"')
    await ada.patch({ a: 3, b: 1 })
    const again = await save()
    expect([again.status, again.headers.get('etag')]).toEqual([200, '"v3"'])
    expect(again.json).toMatchObject({ user: { user_metadata: { a: 3, b: 1 } } })
  })

  test('a save that changed nothing is not done later either', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp({ a: 1 })
    await ada.patch({ a: 1 }, withKey('k1'))
    await ada.patch({ a: 2 })
    expect((await ada.patch({ a: 1 }, withKey('k1'))).json).toMatchObject({ user: { user_metadata: { a: 2 } } })
  })

  test('a save that was refused for its version is done when it is sent again with the right one', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp()
    await ada.patch({ b: 1 })
    const save = (tag: string) => ada.patch({ a: 1 }, { ...withKey('k1'), 'if-match': tag })
    expect((await save('"v1"')).status).toBe(412)
    expect((await save('"v2"')).status).toBe(200)
    expect((await save('"v2"')).headers.get('etag')).toBe('"v3"')
  })

  test('20 identical saves at once are one; another body under the key is refused', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp()
    const answers = await Promise.all(Array.from({ length: 20 }, () => ada.patch({ a: 1 }, withKey('k1'))))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status !== 409).every((status) => status === 200)).toBe(true)
    expect(statuses).toContain(200)
    expect((await ada.patch({ a: 2 }, withKey('k1'))).json).toMatchObject({ code: 'idempotency_key_reused' })
    expect((await ada.me()).headers.get('etag')).toBe('"v2"')
  })

  test('a key is one person’s own, and one call’s', async () => {
    const { visitor } = await open()
    const [ada, eve] = [visitor(), visitor()]
    await signUp(ada, 'k1')
    await signUp(eve, 'k2', { ...body, email: 'eve@example.org' })
    for (const person of [ada, eve]) {
      const saved = await person.patch({ mine: person === ada }, withKey('k1'))
      expect(saved.json).toMatchObject({ user: { user_metadata: { mine: person === ada } } })
    }
  })

  test('a key is forgotten after a day, and its record goes', async () => {
    let time = Date.UTC(2030, 0, 1)
    const { visitor, rows } = await open({ now: () => time, sessionLifetime: 604_800 })
    const ada = visitor()
    await signUp(ada, 'k1')
    time += DAY - 1
    expect((await signUp(visitor(), 'k1')).status).toBe(201)
    time += 1
    expect((await signUp(visitor(), 'k1')).json).toMatchObject({ code: 'user_exists' })
    expect(await rows('SELECT status, code FROM idempotency_keys')).toEqual([{ status: 409, code: 'user_exists' }])
    await ada.patch({ a: 1 }, withKey('k2'))
    time += 2 * DAY
    await ada.patch({ a: 2 }, withKey('k3'))
    expect(await rows('SELECT status FROM idempotency_keys')).toHaveLength(1)
  })

  test('what is kept holds no key, no body and no token', async () => {
    const { visitor, rows } = await open()
    const ada = visitor()
    await signUp(ada, 'the-key-itself')
    await ada.patch({ color: 'green' }, withKey('the-other-key'))
    const kept = JSON.stringify(await rows('SELECT * FROM idempotency_keys'))
    for (const word of [
      'the-key-itself',
      'the-other-key',
      ADA.password,
      ADA.email,
      'red',
      'green',
      ada.cookie.split('=')[1],
    ])
      expect(kept).not.toContain(word)
  })

  test('records go with their account', async () => {
    const { visitor, rows } = await open()
    await signUp(visitor(), 'k1')
    await rows('DELETE FROM users')
    expect(await rows('SELECT * FROM idempotency_keys')).toEqual([])
  })

  test.each(['', ' ', 'a b', 'k\u00e9', 'x'.repeat(201)])('the key %j is malformed', async (key) => {
    const { visitor, rows } = await open()
    const ada = visitor()
    await ada.signUp()
    for (const answer of [await signUp(visitor(), key), await ada.patch({ a: 1 }, withKey(key))])
      expect([answer.status, answer.json]).toMatchObject([400, { code: 'invalid_request' }])
    expect(await rows('SELECT user_metadata FROM users')).toEqual([{ user_metadata: '{}' }])
  })

  test.each(['k', '"8e03978e-40d5-43dd-bc93-6894a57f9324"', '~'.repeat(200)])('the key %s is taken', async (key) => {
    const { visitor } = await open()
    expect((await signUp(visitor(), key)).status).toBe(201)
    expect((await signUp(visitor(), key)).status).toBe(201)
  })
})
