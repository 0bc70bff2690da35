// The management routes: what the site's servers do to accounts, and by which rules.
import { defineFields } from 'latchkey/fields'
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { idOf, managedOpenerOn } from './manager.ts'
import { ADA, ORIGIN, refusal } from './visitor.ts'

describe.each(DATABASES)('on $kind', (kind) => {
  const open = managedOpenerOn(kind)

  test('an account is made with both kinds of metadata, read, changed, cleared and deleted', async () => {
    const { manage, visitor, errors } = await open()
    const created = await manage('POST', '', {
      ...ADA,
      given_name: 'Ada',
      email_verified: true,
      user_metadata: { color: 'red' },
      app_metadata: { plan: 'pro' },
    })
    const user = {
      email: ADA.email,
      email_verified: true,
      given_name: 'Ada',
      user_metadata: { color: 'red' },
      app_metadata: { plan: 'pro' },
    }
    expect([created.status, created.json]).toMatchObject([201, { user, dropped: [] }])
    expect(created.headers.get('etag')).toBe('"v1"')
    expect(created.headers.getSetCookie()).toEqual([])
    const path = `/${idOf(created)}`
    expect((await manage('GET', path)).json).toEqual({ user: Object(created.json).user })

    const changed = await manage('PATCH', path, {
      user_metadata: { size: 3, color: null },
      app_metadata: { plan: 'free', seats: 2 },
      given_name: null,
      email_verified: false,
    })
    expect(changed.json).toMatchObject({
      user: { email_verified: false, user_metadata: { size: 3 }, app_metadata: { plan: 'free', seats: 2 } },
    })
    expect(Object(changed.json).user).not.toHaveProperty('given_name')
    expect(changed.headers.get('etag')).toBe('"v2"')

    const ada = visitor()
    expect((await ada.logIn()).json).toMatchObject({ user: { user_metadata: { size: 3 } } })
    const cleared = await manage('PATCH', path, { user_metadata: {}, app_metadata: {} })
    expect(cleared.json).toMatchObject({ user: { user_metadata: {}, app_metadata: {} } })
    expect([(await manage('DELETE', path)).status, (await manage('DELETE', path)).status]).toEqual([204, 404])
    expect((await manage('GET', path)).json).toMatchObject(refusal('not_found'))
    expect((await ada.me()).status).toBe(401)
    expect((await ada.logIn()).status).toBe(401)
    expect(errors).toEqual([])
  })

  test('app_metadata is never shown to the person, and never theirs to set', async () => {
    const { manage, visitor, server } = await open()
    const id = idOf(await manage('POST', '', { ...ADA, app_metadata: { plan: 'secret-plan' } }))
    const ada = visitor()
    const seen = [await ada.logIn(), await ada.me(), await ada.send('GET', '/session'), await ada.patch({ a: 1 })]
    for (const { status, text } of seen) {
      expect(status).toBe(200)
      expect(text).not.toContain('secret-plan')
    }
    const request = new Request(ORIGIN, { headers: { cookie: ada.cookie } })
    expect(JSON.stringify(await server.verifySession(request))).not.toContain('secret-plan')
    const refused = await ada.send('PATCH', '/me', { body: { app_metadata: {}, user_metadata: {} } })
    expect(refused.json).toMatchObject(refusal('unknown_field', '/app_metadata'))
    expect((await manage('GET', `/${id}`)).json).toMatchObject({
      user: { user_metadata: { a: 1 }, app_metadata: { plan: 'secret-plan' } },
    })
  })

  test('an account without a password is nobody to log in as', async () => {
    const { manage, visitor } = await open()
    expect((await manage('POST', '', { email: ADA.email })).status).toBe(201)
    expect((await visitor().logIn()).status).toBe(401)
    expect((await visitor().logIn({ ...ADA, password: '\0'.repeat(32) })).status).toBe(401)
    expect((await visitor().signUp()).json).toMatchObject(refusal('user_exists', '/email'))
  })

  test('an account that is deleted at the moment of its log-in is nobody, and no error of the server', async () => {
    const { manage, visitor, errors, rows } = await open()
    const names = Array.from({ length: 12 }, (_, index) => `p${index}@example.org`)
    const made = await Promise.all(names.map((email) => manage('POST', '', { ...ADA, email })))
    // Two passwords are verified at once: when the first log-in is answered, the others have read their account and wait.
    const running = names.map((email) => visitor().logIn({ ...ADA, email }))
    await Promise.race(running)
    await Promise.all(made.map((one) => manage('DELETE', `/${idOf(one)}`)))
    const answers = await Promise.all(running)
    const refused = answers.filter(({ status }) => status !== 200)
    expect(refused.length).toBeGreaterThan(0)
    for (const { status, json, headers } of refused) {
      expect([status, json]).toMatchObject([401, refusal('invalid_credentials')])
      expect(headers.getSetCookie()).toEqual([])
    }
    expect(errors).toEqual([])
    expect(await rows('SELECT user_id FROM sessions')).toEqual([])
  })

  test('accounts are found by their address in any case, and listed in pages in the order they were made', async () => {
    let time = Date.UTC(2030, 0, 1)
    const { manage } = await open({ now: () => time })
    const names = ['eve', 'ada', 'zoe', 'bob', 'Max']
    for (const name of names) {
      time += 1000
      await manage('POST', '', { email: `${name}@example.org`, app_metadata: { name } })
    }
    const found = await manage('GET', '?email=MAX%40example.org')
    expect(found.json).toMatchObject({ users: [{ email: 'Max@example.org', app_metadata: { name: 'Max' } }], total: 1 })
    expect(found.headers.get('etag')).toBe('"v1"')
    for (const email of ['nobody%40example.org', '', 'a%00b', '%25'])
      expect((await manage('GET', `?email=${email}`)).json).toMatchObject({ users: [], total: 0 })
    const emails = async (query: string) =>
      Object((await manage('GET', query)).json).users.map(({ email }: { email: string }) => email.split('@')[0])
    expect(await emails('')).toEqual(names)
    expect(await emails('?per_page=2')).toEqual(['eve', 'ada'])
    expect(await emails('?page=2&per_page=2')).toEqual(['Max'])
    expect((await manage('GET', '?page=3&per_page=2')).json).toEqual({ users: [], page: 3, per_page: 2, total: 5 })
    for (const query of ['?page=-1', '?page=1.5', '?per_page=0', '?per_page=101', '?page=', '?page=99999999'])
      expect([(await manage('GET', query)).status, query]).toEqual([400, query])
  })

  test.each<readonly [method: string, body: object, code: string, pointers: readonly string[]]>([
    ['POST', { password: ADA.password }, 'required', ['/email']],
    ['POST', { email: 'ada', app_metadata: { 'a.b': 1 } }, 'invalid_email', ['/email', '/app_metadata/a.b']],
    ['POST', { email: 'a@b.io', password: 'short' }, 'password_weak', ['/password']],
    ['POST', { email: 'a@b.io', id: 'x' }, 'unknown_field', ['/id']],
    ['PATCH', {}, 'required', ['/user_metadata']],
    ['PATCH', { email: 'new@example.org', user_metadata: {} }, 'unknown_field', ['/email']],
    ['PATCH', { password: 'another horse', user_metadata: {} }, 'unknown_field', ['/password']],
    ['PATCH', { email_verified: 'yes' }, 'invalid_type', ['/email_verified']],
    ['PATCH', { app_metadata: null }, 'invalid_type', ['/app_metadata']],
    ['PATCH', { app_metadata: { a: '\0' } }, 'invalid_value', ['/app_metadata/a']],
    ['PATCH', { app_metadata: { blocked: true } }, 'reserved_field_name', ['/app_metadata/blocked']],
    ['PATCH', { app_metadata: { a: 'x'.repeat(11_000) } }, 'metadata_too_large', ['/app_metadata']],
    ['PATCH', { user_metadata: { ok: 1, 'a.b': 1 } }, 'invalid_field_name', ['/user_metadata/a.b']],
    ['PATCH', { picture: 'javascript:alert(1)', user_metadata: { ok: 1 } }, 'invalid_value', ['/picture']],
  ])('%s %j is refused, and nothing stored changes', async (method, body, code, pointers) => {
    const { manage, rows, errors } = await open()
    const id = idOf(await manage('POST', '', { ...ADA, user_metadata: { a: 1 }, app_metadata: { b: 2 } }))
    const before = await rows('SELECT * FROM users')
    const answer = await manage(method, method === 'POST' ? '' : `/${id}`, body)
    expect([answer.status, answer.json]).toMatchObject([422, refusal(code, ...pointers)])
    expect(await rows('SELECT * FROM users')).toEqual(before)
    expect(errors).toEqual([])
  })

  test('If-Match holds, and the person’s own save makes the version stale', async () => {
    const { manage, visitor } = await open()
    const ada = visitor()
    const path = `/${idOf(await ada.signUp())}`
    const change = (tag: string) => manage('PATCH', path, { app_metadata: { tag } }, { 'if-match': tag })
    await ada.patch({ a: 1 })
    expect((await change('"v1"')).json).toMatchObject(refusal('version_conflict'))
    expect((await change('"v2"')).headers.get('etag')).toBe('"v3"')
    expect((await ada.patch({ a: 2 }, { 'if-match': '"v2"' })).status).toBe(412)
  })

  test('the person and the site’s servers lose none of each other’s 50 saves at once', async () => {
    const { manage, visitor } = await open()
    const ada = visitor()
    const path = `/${idOf(await ada.signUp())}`
    const keys = Array.from({ length: 25 }, (_, index) => `k${index}`)
    const answers = await Promise.all(
      keys.flatMap((key) => [ada.patch({ [key]: 1 }), manage('PATCH', path, { app_metadata: { [key]: 1 } })]),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    const every = Object.fromEntries(keys.map((key) => [key, 1]))
    expect((await manage('GET', path)).json).toMatchObject({ user: { user_metadata: every, app_metadata: every } })
  })

  test('a request that is sent again with its Idempotency-Key is carried out once', async () => {
    const { manage, rows } = await open()
    const headers = { 'idempotency-key': 'k1' }
    const first = await manage('POST', '', ADA, headers)
    const again = await manage('POST', '', ADA, headers)
    expect([again.status, again.json]).toEqual([201, first.json])
    expect((await manage('POST', '', { email: 'eve@example.org' }, headers)).json).toMatchObject({
      code: 'idempotency_key_reused',
    })
    const path = `/${idOf(first)}`
    const change = () => manage('PATCH', path, { app_metadata: { plan: 'pro' } }, headers)
    await change()
    await manage('PATCH', path, { app_metadata: { plan: 'free' } })
    expect((await change()).json).toMatchObject({ user: { app_metadata: { plan: 'free' } }, dropped: [] })
    expect(await rows('SELECT id FROM users')).toHaveLength(1)
  })

  test('the deny list and read-only fields bind the person, not the site’s servers', async () => {
    const fields = defineFields(
      [
        { name: 'company', label: 'Company' },
        { name: 'tier', label: 'Tier', access: 'read' },
      ],
      { denyList: ['plan'] },
    )
    const { manage, visitor } = await open({ fields })
    const ada = visitor()
    const path = `/${idOf(await ada.signUp())}`
    const denied = refusal('denied_field_name', '/user_metadata/plan')
    expect((await ada.patch({ plan: 'pro' })).json).toMatchObject(denied)
    expect((await ada.patch({ tier: 'gold' })).json).toMatchObject(refusal('read_only', '/user_metadata/tier'))
    const set = await manage('PATCH', path, { user_metadata: { plan: 'pro', tier: 'gold', company: 'Acme' } })
    expect(set.json).toMatchObject({ user: { user_metadata: { plan: 'pro', tier: 'gold', company: 'Acme' } } })
    expect((await ada.patch({ plan: null })).json).toMatchObject(denied)
    expect((await ada.patch({ company: 'Beta' })).json).toMatchObject({
      user: { user_metadata: { plan: 'pro', company: 'Beta' } },
    })
    const wrong = await manage('PATCH', path, { user_metadata: { company: 7 } })
    expect(wrong.json).toMatchObject(refusal('invalid_type', '/user_metadata/company'))
  })

  test('denied root attributes are not stored but named, and one that is stored is never returned', async () => {
    const first = await open()
    await first.visitor().signUp({}, { ...ADA, nickname: 'Stored', name: 'Ada L' })
    const opened = await open({ deniedAttributes: ['nickname', 'picture'] }, first.database)
    const { manage } = opened
    const ada = opened.visitor()
    const id = idOf(await ada.logIn())
    const body = { nickname: 'N', picture: 'not even an address', name: 'Ada' }
    const changed = await manage('PATCH', `/${id}`, body)
    expect(changed.json).toMatchObject({ user: { name: 'Ada' }, dropped: ['/nickname', '/picture'] })
    const made = await manage('POST', '', { email: 'eve@example.org', nickname: 'E' })
    expect(made.json).toMatchObject({ dropped: ['/nickname'] })
    const none = await manage('PATCH', `/${id}`, { nickname: null })
    expect([none.status, none.json]).toMatchObject([200, { dropped: ['/nickname'] }])

    const refused = await ada.send('PATCH', '/me', { body: { nickname: 'Mine', name: 'Mine' } })
    expect([refused.status, refused.json]).toMatchObject([422, refusal('denied_field_name', '/nickname')])
    const signUp = await opened.visitor().signUp({}, { ...ADA, email: 'zoe@example.org', nickname: 'Z' })
    expect(signUp.json).toMatchObject(refusal('denied_field_name', '/nickname'))

    const request = new Request(ORIGIN, { headers: { cookie: ada.cookie } })
    const shown = [
      ...[changed, made, none, await ada.me(), await ada.send('GET', '/session'), await ada.patch({ a: 1 })],
      ...[await ada.logIn(), await manage('GET', `/${id}`), await manage('GET', '')],
    ].map(({ text }) => text)
    shown.push(JSON.stringify(await opened.server.verifySession(request)))
    for (const text of shown) expect(text).not.toMatch(/"nickname"\s*:|Stored|"picture"\s*:/)
    const [row] = await opened.rows(`SELECT nickname, picture, name FROM users WHERE email = '${ADA.email}'`)
    expect(row).toEqual({ nickname: 'Stored', picture: null, name: 'Ada' })
  })
})
