// User names: asked for at sign-up, one account for each, good to log in with, and management's to change.
import { describe, expect, test } from 'vitest'
import { DATABASES, sqlite } from './databases.ts'
import { idOf, managedOpenerOn } from './manager.ts'
import { ADA, ORIGIN, refusal } from './visitor.ts'

const EVE = { email: 'eve@example.org', password: 'another horse' }

describe.each(DATABASES)('on $kind', (kind) => {
  const openManaged = managedOpenerOn(kind)
  const open: typeof openManaged = (options = {}, database) => openManaged({ usernames: true, ...options }, database)

  test('a sign-up gives the name, which the profile has as it was typed', async () => {
    const { visitor, server } = await open()
    const ada = visitor()
    const answer = await ada.signUp({ a: 1 }, { ...ADA, username: 'Ada.L-1_' })
    expect([answer.status, answer.json]).toMatchObject([201, { user: { username: 'Ada.L-1_', email: ADA.email } }])
    const seen = [await ada.me(), await ada.send('GET', '/session'), await ada.patch({ a: 2 }), await ada.logIn()]
    for (const { json } of seen) expect(json).toMatchObject({ user: { username: 'Ada.L-1_' } })
    const request = new Request(ORIGIN, { headers: { cookie: ada.cookie } })
    expect(await server.verifySession(request)).toMatchObject({ username: 'Ada.L-1_' })
  })

  test.each<readonly [string, unknown, string]>([
    ['none', undefined, 'required'],
    ['an empty one', '', 'required'],
    ['null', null, 'invalid_type'],
    ['a number', 7, 'invalid_type'],
    ['a list', ['secret-word'], 'invalid_type'],
    ['one letter', 'a', 'invalid_username'],
    ['31 letters', 'a'.repeat(31), 'invalid_username'],
    ['an address', 'secret-word@x', 'invalid_username'],
    ['a space', 'secret-word x', 'invalid_username'],
    ['a line break', 'secret-word\n', 'invalid_username'],
    ['an umlaut', 'secret-wörd', 'invalid_username'],
    ['a letter that only looks like one', '\u0430da', 'invalid_username'],
    ['a NUL', 'secret-word\0', 'invalid_username'],
    ['half a surrogate pair', 'secret-word\ud800', 'invalid_username'],
  ])('%s is refused with its place, and nothing is stored', async (_what, username, code) => {
    const { visitor, rows } = await open()
    const answer = await visitor().signUp({}, { ...ADA, username })
    expect([answer.status, answer.json]).toMatchObject([422, refusal(code, '/username')])
    expect(answer.text).not.toMatch(/secret-w/)
    expect(await rows('SELECT id FROM users')).toEqual([])
  })

  test.each(['ab', 'a'.repeat(30), '..', '__', '0123', 'null', 'constructor', '__proto__', '-'.repeat(2)])(
    'the name %s is one like any other',
    async (username) => {
      const { visitor } = await open()
      expect((await visitor().signUp({}, { ...ADA, username })).status).toBe(201)
      const answer = await visitor().logIn({ ...ADA, email: username })
      expect([answer.status, answer.json]).toMatchObject([200, { user: { username, email: ADA.email } }])
    },
  )

  test('a name in another case is the same name, and log-in takes either, in any case', async () => {
    const { visitor, rows } = await open()
    await visitor().signUp({}, { ...ADA, username: 'Ada' })
    for (const username of ['Ada', 'ADA', 'aDA']) {
      const answer = await visitor().signUp({}, { ...EVE, username })
      expect([answer.status, answer.json]).toMatchObject([409, refusal('username_taken', '/username')])
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect(await rows('SELECT email FROM users')).toHaveLength(1)
    for (const email of ['ada', 'ADA', ADA.email, ADA.email.toUpperCase()])
      expect((await visitor().logIn({ ...ADA, email })).json).toMatchObject({ user: { email: ADA.email } })
    // Where both are taken, the address is what the person has to hear of: they have an account.
    const both = await visitor().signUp({}, { ...ADA, username: 'ada' })
    expect([both.status, both.json]).toMatchObject([409, refusal('user_exists', '/email')])
  })

  test('a wrong password, an unknown name and an unknown address get the same answer', async () => {
    const { visitor } = await open()
    await visitor().signUp({}, { ...ADA, username: 'ada' })
    const wrong = await visitor().logIn({ email: 'ada', password: 'wrong horse' })
    expect([wrong.status, wrong.json]).toMatchObject([401, refusal('invalid_credentials')])
    for (const email of ['eve', 'eve@example.org', ' ada', 'ada ', 'a', '@', 'x'.repeat(50_000), 'ad\u0430']) {
      const unknown = await visitor().logIn({ email, password: ADA.password })
      expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text])
    }
  })

  test('an unknown name waits for its turn with the passwords as a known one does', async () => {
    const { visitor } = await open()
    await visitor().signUp({}, { ...ADA, username: 'ada' })
    const order: string[] = []
    const attempt = async (email: string) => {
      await visitor().logIn({ email, password: 'wrong horse' })
      order.push(email)
    }
    const running = Array.from({ length: 6 }, () => attempt('ada'))
    // The others are waiting by now, two at a time: one that cost nothing would overtake them.
    await Promise.race(running)
    await Promise.all([...running, attempt('eve')])
    expect(order.slice(-2)).toContain('eve')
  })

  test('20 sign-ups with one name and different addresses at once, on two servers, make one account', async () => {
    const first = await open()
    const second = await open({}, first.database)
    for (const withKey of [false, true]) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 ? first : second).visitor().send('POST', '/signup', {
            body: { ...ADA, email: `p${index}-${withKey}@example.org`, username: withKey ? 'Grace' : 'Ada' },
            headers: { ...(withKey && { 'idempotency-key': `k${index}` }) },
          }),
        ),
      )
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
      for (const { status, json } of answers)
        if (status !== 201) expect([status, json]).toMatchObject([409, refusal('username_taken', '/username')])
    }
    expect(await first.rows('SELECT username FROM users ORDER BY username')).toEqual([
      { username: 'Ada' },
      { username: 'Grace' },
    ])
    expect([...first.errors, ...second.errors]).toEqual([])
  })

  test('sign-ups that cross, each with the name or the address of another, end without an error', async () => {
    const { visitor, rows, errors } = await open()
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        visitor().send('POST', '/signup', {
          body: { ...ADA, email: `p${index % 4}@example.org`, username: `name${index % 3}` },
          headers: { 'idempotency-key': `k${index}` },
        }),
      ),
    )
    for (const { status } of answers) expect([201, 409]).toContain(status)
    const made = answers.filter(({ status }) => status === 201)
    const stored = await rows('SELECT id FROM users')
    expect(stored).toHaveLength(made.length)
    expect(stored.length).toBeGreaterThan(0)
    expect(errors).toEqual([])
  })

  test('a refused name stays refused under its key; a sign-up that is sent again is a success', async () => {
    const { visitor, rows } = await open()
    const send = (key: string, body: object) =>
      visitor().send('POST', '/signup', { body, headers: { 'idempotency-key': key } })
    for (const _ of ['first', 'again']) {
      const mine = await send('k1', { ...ADA, username: 'ada' })
      expect([mine.status, mine.json]).toMatchObject([201, { user: { username: 'ada' } }])
    }
    for (const _ of ['first', 'again']) {
      const other = await send('k2', { ...EVE, username: 'ADA' })
      expect([other.status, other.json]).toMatchObject([409, refusal('username_taken', '/username')])
    }
    expect((await send('k3', { ...EVE, username: 'eve' })).status).toBe(201)
    expect(await rows('SELECT id FROM users')).toHaveLength(2)
  })

  test('a name is not the person’s to change', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp({}, { ...ADA, username: 'ada' })
    for (const username of ['eve', null, '', 7]) {
      const answer = await ada.send('PATCH', '/me', { body: { username, name: 'Ada' } })
      expect([answer.status, answer.json]).toMatchObject([422, refusal('unknown_field', '/username')])
    }
    await ada.send('PATCH', '/me', { body: { name: 'Ada' } })
    expect((await ada.me()).json).toMatchObject({ user: { username: 'ada', name: 'Ada' } })
  })

  test('management makes, shows, changes and removes names', async () => {
    const { manage, visitor, errors } = await open()
    const made = await manage('POST', '', { ...ADA, username: 'Ada' })
    expect([made.status, made.json]).toMatchObject([201, { user: { username: 'Ada' } }])
    const other = await manage('POST', '', EVE)
    expect(Object(other.json).user).not.toHaveProperty('username')
    const [ada, eve] = [`/${idOf(made)}`, `/${idOf(other)}`]
    expect((await manage('GET', '')).json).toMatchObject({ users: [{ username: 'Ada' }, { email: EVE.email }] })
    expect((await manage('GET', `?email=${ADA.email}`)).json).toMatchObject({ users: [{ username: 'Ada' }] })

    const taken = await manage('PATCH', eve, { username: 'ADA', app_metadata: { a: 1 } })
    expect([taken.status, taken.json]).toMatchObject([409, refusal('username_taken', '/username')])
    expect((await manage('POST', '', { email: 'zoe@example.org', username: 'aDa' })).json).toMatchObject(
      refusal('username_taken', '/username'),
    )
    const same = await manage('PATCH', ada, { username: 'Ada' })
    expect([same.status, same.headers.get('etag')]).toEqual([200, '"v1"'])
    const cased = await manage('PATCH', ada, { username: 'ADA' })
    expect([cased.json, cased.headers.get('etag')]).toMatchObject([{ user: { username: 'ADA' } }, '"v2"'])

    expect((await manage('PATCH', ada, { username: null })).status).toBe(200)
    const got = await manage('PATCH', eve, { username: 'ada' })
    expect([got.status, got.json]).toMatchObject([200, { user: { username: 'ada', app_metadata: {} } }])
    expect((await visitor().logIn({ ...EVE, email: 'ada' })).json).toMatchObject({ user: { email: EVE.email } })
    expect((await visitor().logIn({ ...ADA, email: 'ada' })).status).toBe(401)
    expect(Object((await manage('GET', ada)).json).user).not.toHaveProperty('username')
    expect((await manage('PATCH', eve, { username: '' })).json).toMatchObject({ dropped: [] })
    expect(Object((await manage('GET', eve)).json).user).not.toHaveProperty('username')
    expect(errors).toEqual([])
  })

  test.each<readonly [unknown, string]>([
    [7, 'invalid_type'],
    [[], 'invalid_type'],
    ['a', 'invalid_username'],
    ['a@b', 'invalid_username'],
    ['secret word', 'invalid_username'],
  ])('management with the name %j is a 422 with its place', async (username, code) => {
    const { manage } = await open()
    const id = idOf(await manage('POST', '', ADA))
    for (const answer of [
      await manage('POST', '', { ...EVE, username }),
      await manage('PATCH', `/${id}`, { username, user_metadata: { a: 1 } }),
    ]) {
      expect([answer.status, answer.json]).toMatchObject([422, refusal(code, '/username')])
      expect(answer.text).not.toContain('secret word')
    }
    expect((await manage('GET', '')).json).toMatchObject({ users: [{ user_metadata: {} }], total: 1 })
  })

  test('of 10 accounts that get one name at once, with keys or without, one has it', async () => {
    const { manage, errors, rows } = await open()
    const ids: string[] = []
    for (let index = 0; index < 10; index += 1) ids.push(idOf(await manage('POST', '', { email: `p${index}@x.org` })))
    for (const username of ['first', 'second']) {
      const answers = await Promise.all(
        ids.map((id, index) =>
          manage('PATCH', `/${id}`, { username }, username === 'second' ? { 'idempotency-key': `k${index}` } : {}),
        ),
      )
      const statuses = answers.map(({ status }) => status).sort()
      expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 409)])
    }
    expect(await rows("SELECT id FROM users WHERE username_key = 'second'")).toHaveLength(1)
    expect(errors).toEqual([])
  })
})

test('where the site has none, a name is an unknown field, and nobody to log in as', async () => {
  const open = managedOpenerOn(sqlite)
  const named = await open({ usernames: true })
  await named.visitor().signUp({}, { ...ADA, username: 'ada' })
  const { visitor, manage } = await open({}, named.database)
  const signUp = await visitor().signUp({}, { ...EVE, username: 'eve' })
  expect([signUp.status, signUp.json]).toMatchObject([422, refusal('unknown_field', '/username')])
  expect((await visitor().signUp({}, EVE)).status).toBe(201)
  expect((await visitor().logIn({ ...ADA, email: 'ada' })).status).toBe(401)
  expect((await manage('POST', '', { email: 'z@x.org', username: 'z1' })).json).toMatchObject(
    refusal('unknown_field', '/username'),
  )
  // A name of earlier stays with its account.
  const ada = visitor()
  await ada.logIn()
  await ada.patch({ a: 1 })
  expect((await named.visitor().logIn({ ...ADA, email: 'ada' })).status).toBe(200)
})
