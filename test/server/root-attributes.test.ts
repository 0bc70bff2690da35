// The standard attributes beside user_metadata: stored at the root, changed in the same save, and held to rules of their own.
import fc from 'fast-check'
import { defineFields } from 'latchkey/fields'
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { ADA, openerOn, refusal, type Sent, type Visitor } from './visitor.ts'

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  const EVERY = {
    name: 'Ana María Ruiz',
    given_name: 'Ana María',
    family_name: 'Ruiz',
    nickname: '😀',
    picture: 'https://example.org/ana.png?size=96',
    phone_number: '+34 600 000 000',
  }

  const change = (visitor: Visitor, body: object, headers: Sent['headers'] = {}) =>
    visitor.send('PATCH', '/me', { body, headers })

  async function signedUp(attributes: object = {}, user_metadata?: object) {
    const { visitor, rows } = await open()
    const ana = visitor()
    expect((await ana.signUp(user_metadata, { ...ADA, ...attributes })).status).toBe(201)
    return {
      ana,
      stored: async () => (await rows('SELECT given_name, nickname, user_metadata, version FROM users'))[0],
    }
  }

  test('a sign-up stores every root attribute beside the metadata', async () => {
    const { visitor, rows, server } = await open()
    const ana = visitor()
    const answer = await ana.signUp({ color: 'red' }, { ...ADA, ...EVERY })
    expect(answer.status).toBe(201)
    expect(answer.json).toMatchObject({ user: { ...EVERY, user_metadata: { color: 'red' } } })
    expect((await ana.me()).json).toMatchObject({ user: EVERY })
    expect((await ana.send('GET', '/session')).json).toMatchObject({ user: EVERY })
    expect((await visitor().logIn()).json).toMatchObject({ user: EVERY })
    const request = new Request('http://localhost:4173', { headers: { cookie: ana.cookie } })
    expect(await server.verifySession(request)).toMatchObject(EVERY)
    expect(await rows(`SELECT ${Object.keys(EVERY)}, user_metadata FROM users`)).toEqual([
      { ...EVERY, user_metadata: '{"color":"red"}' },
    ])
  })

  test('a sign-up without metadata, and with null or an empty text for an attribute, stores none', async () => {
    const { ana, stored } = await signedUp({ given_name: '', nickname: null })
    expect(await stored()).toEqual({ given_name: null, nickname: null, user_metadata: '{}', version: 1 })
    expect(Object.keys(Object((await ana.me()).json).user)).toEqual([
      'id',
      'email',
      'email_verified',
      'created_at',
      'updated_at',
      'user_metadata',
    ])
  })

  test.each([
    ['an attribute is replaced', { given_name: 'Bea' }, { given_name: 'Bea', nickname: 'A' }, { a: 1 }],
    ['null removes an attribute', { nickname: null }, { given_name: 'Ana', nickname: null }, { a: 1 }],
    ['an empty text removes an attribute', { nickname: '' }, { given_name: 'Ana', nickname: null }, { a: 1 }],
    [
      'both parts change together',
      { given_name: 'Bea', nickname: null, user_metadata: { b: 2 } },
      { given_name: 'Bea', nickname: null },
      { a: 1, b: 2 },
    ],
    ['metadata alone leaves attributes', { user_metadata: { a: null } }, { given_name: 'Ana', nickname: 'A' }, {}],
    ['{} clears metadata only', { user_metadata: {} }, { given_name: 'Ana', nickname: 'A' }, {}],
    [
      '{} beside an attribute clears',
      { given_name: 'Bea', user_metadata: {} },
      { given_name: 'Bea', nickname: 'A' },
      {},
    ],
  ])('%s, with one new version', async (_what, body, attributes, metadata) => {
    const { ana, stored } = await signedUp({ given_name: 'Ana', nickname: 'A' }, { a: 1 })
    const answer = await change(ana, body)
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"v2"'])
    expect(await stored()).toEqual({ ...attributes, user_metadata: JSON.stringify(metadata), version: 2 })
    const present = Object.entries(attributes).filter(([, value]) => value !== null)
    expect(answer.json).toMatchObject({ user: { ...Object.fromEntries(present), user_metadata: metadata } })
    expect((await ana.me()).json).toEqual(answer.json)
  })

  test.each([
    ['the value it has', { given_name: 'Ana' }],
    ['null for one that is not there', { family_name: null }],
    ['an empty text for one that is not there', { family_name: '' }],
    ['what both parts are', { given_name: 'Ana', user_metadata: { a: 1 } }],
  ])('a save of %s keeps the version', async (_what, body) => {
    const { ana, stored } = await signedUp({ given_name: 'Ana' }, { a: 1 })
    const answer = await change(ana, body)
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, '"v1"'])
    expect(await stored()).toMatchObject({ given_name: 'Ana', user_metadata: '{"a":1}', version: 1 })
  })

  type Refused = readonly [name: string, value: unknown, code: string, max: number | null]

  const tooLong = (name: string, max: number, text = 'x'): Refused => [
    name,
    text.repeat(max + 1),
    'value_too_long',
    max,
  ]

  test.each<Refused>([
    ['given_name', 1, 'invalid_type', null],
    ['family_name', {}, 'invalid_type', null],
    ['name', ['Ana'], 'invalid_type', null],
    ['nickname', false, 'invalid_type', null],
    ['given_name', '\ud800', 'invalid_value', null],
    ['phone_number', '+34\0', 'invalid_value', null],
    tooLong('given_name', 150, '😀'),
    tooLong('family_name', 150),
    tooLong('name', 300),
    tooLong('nickname', 300),
    tooLong('phone_number', 30, '1'),
    ['picture', `https://example.org/${'x'.repeat(2029)}`, 'value_too_long', 2048],
    ['picture', 'javascript:alert(1)', 'invalid_value', null],
    ['picture', 'data:image/png;base64,AAAA', 'invalid_value', null],
    ['picture', '//example.org/ana.png', 'invalid_value', null],
    ['picture', 'https:example.org', 'invalid_value', null],
    ['picture', 'https://', 'invalid_value', null],
    ['picture', 'https://[::1/ana.png', 'invalid_value', null],
    ['picture', ' https://example.org', 'invalid_value', null],
    ['picture', 'https://exam\nple.org', 'invalid_value', null],
  ])('%s cannot be %j, at sign-up or later', async (name, value, code, max) => {
    const { visitor, rows } = await open()
    const ana = visitor()
    await ana.signUp({ a: 1 }, { ...ADA, given_name: 'Ana' })
    const before = await rows('SELECT * FROM users')
    const errors = [{ code, pointer: `/${name}`, ...(max !== null && { params: { max } }) }]
    const saved = await change(ana, { [name]: value, user_metadata: { a: 2 } })
    expect([saved.status, Object(saved.json).errors]).toEqual([422, errors])
    const created = await visitor().signUp({}, { ...ADA, email: 'eve@example.org', [name]: value })
    expect([created.status, Object(created.json).errors]).toEqual([422, errors])
    expect(await rows('SELECT * FROM users')).toEqual(before)
  })

  test.each([
    ['given_name', '😀'.repeat(150)],
    ['name', 'x'.repeat(300)],
    ['nickname', ' \u202e '],
    ['phone_number', '1'.repeat(30)],
    ['picture', `https://example.org/${'x'.repeat(2028)}`],
    ['picture', 'HTTP://localhost:8080/%20'],
  ])('%s can be %j', async (name, value) => {
    const { ana } = await signedUp()
    expect((await change(ana, { [name]: value })).json).toMatchObject({ user: { [name]: value } })
  })

  test('any text for an attribute is refused or read back as it was sent', async () => {
    const { ana } = await signedUp()
    const text = fc.string({ unit: 'binary', maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(EVERY)), text, async (name, value) => {
        const { status } = await change(ana, { [name]: value })
        expect([200, 422]).toContain(status)
        if (status === 200) expect(Object((await ana.me()).json).user[name]).toBe(value === '' ? undefined : value)
      }),
    )
  })

  test('all or nothing: a broken rule in one part keeps the other from being stored, and every rule is named', async () => {
    const { ana, stored } = await signedUp({ given_name: 'Ana' }, { a: 1 })
    const before = await stored()
    const metadata = await change(ana, { given_name: 'Bea', user_metadata: { b: 1, 'x.y': 1 } })
    expect([metadata.status, metadata.json]).toMatchObject([422, refusal('invalid_field_name', '/user_metadata/x.y')])
    const both = await change(ana, { given_name: 1, nickname: 'B', user_metadata: { 'x.y': 1 } })
    expect(both.json).toMatchObject(refusal('invalid_type', '/given_name', '/user_metadata/x.y'))
    for (const body of [
      { user_metadata: null },
      { email_verified: true },
      { username: 'ana' },
      { email: 'b@example.org' },
    ])
      expect((await change(ana, { given_name: 'Bea', ...body })).status).toBe(422)
    expect(await stored()).toEqual(before)
  })

  test('If-Match is for both parts: a save of either makes the other version stale', async () => {
    const { ana, stored } = await signedUp({ given_name: 'Ana' }, { a: 1 })
    expect((await change(ana, { given_name: 'Bea' }, { 'if-match': '"v1"' })).headers.get('etag')).toBe('"v2"')
    expect((await ana.patch({ a: 2 }, { 'if-match': '"v1"' })).status).toBe(412)
    expect((await ana.patch({ a: 2 }, { 'if-match': '"v2"' })).headers.get('etag')).toBe('"v3"')
    const stale = await change(ana, { given_name: 'Cleo' }, { 'if-match': '"v2"' })
    expect([stale.status, stale.json]).toMatchObject([412, refusal('version_conflict')])
    expect(await stored()).toMatchObject({ given_name: 'Bea', user_metadata: '{"a":2}', version: 3 })
  })

  test('saves of either part at once, on two servers of one database, lose nothing', async () => {
    const first = await open()
    const second = await open({}, first.database)
    const ana = first.visitor()
    await ana.signUp()
    const other = second.visitor()
    other.cookie = ana.cookie
    const bodies = Object.entries(EVERY).flatMap(([key, value]) => [
      { [key]: value },
      { user_metadata: { [key]: value } },
    ])
    const answers = await Promise.all(bodies.map((body, index) => change(index % 3 ? ana : other, body)))
    expect(answers.map(({ status }) => status)).toEqual(bodies.map(() => 200))
    const me = await ana.me()
    expect(me.json).toMatchObject({ user: { ...EVERY, user_metadata: EVERY } })
    expect(me.headers.get('etag')).toBe(`"v${bodies.length + 1}"`)
  })

  const fields = defineFields([
    { name: 'given_name', label: 'First name', storage: 'root', required: true, maxLength: 5 },
    { name: 'nickname', label: 'Nickname', storage: 'root' },
    { name: 'company', label: 'Company', validate: (company) => company !== 'Evil' || 'We know these people' },
  ])

  test.each([
    ['an attribute that no field is for', { given_name: 'Ana', name: 'Ana Ruiz' }, ['unknown_field', '/name']],
    ['a needed attribute that is missing', {}, ['required', '/given_name']],
    ['a needed attribute that is null', { given_name: null }, ['required', '/given_name']],
    ['a needed attribute that is empty', { given_name: '' }, ['required', '/given_name']],
    ['a value against the rule of its field', { given_name: 'Ana María' }, ['value_too_long', '/given_name']],
    ['a value of another type, once', { given_name: 1 }, ['invalid_type', '/given_name']],
    ['a rule of either kind', { given_name: 'Ana María', nickname: {} }, ['invalid_type', '/nickname', '/given_name']],
  ] as const)('a definition refuses a sign-up with %s', async (_what, attributes, [code, ...pointers]) => {
    const { visitor, rows } = await open({ fields })
    const answer = await visitor().signUp({}, { ...ADA, ...attributes })
    expect([answer.status, answer.json]).toMatchObject([422, refusal(code, ...pointers)])
    expect(await rows('SELECT id FROM users')).toEqual([])
  })

  test('a definition holds for a save of one part, and leaves the other alone', async () => {
    const { visitor, errors } = await open({ fields })
    const ana = visitor()
    expect((await ana.signUp(undefined, { ...ADA, given_name: 'Ana', nickname: 'A' })).status).toBe(201)
    expect((await change(ana, { given_name: null })).json).toMatchObject(refusal('required', '/given_name'))
    expect((await change(ana, { picture: 'https://a.example' })).json).toMatchObject(
      refusal('unknown_field', '/picture'),
    )
    expect((await change(ana, { user_metadata: { company: 'Acme' } })).status).toBe(200)
    expect((await change(ana, { given_name: 'Bea', nickname: null })).status).toBe(200)
    const { user } = Object((await ana.me()).json)
    expect(user).toMatchObject({ given_name: 'Bea', user_metadata: { company: 'Acme' } })
    expect(user).not.toHaveProperty('nickname')
    expect(errors).toEqual([])
  })

  test("a refusal by the site's own check carries its code, and not its sentence", async () => {
    const { visitor } = await open({ fields })
    const answer = await visitor().signUp({ company: 'Evil' }, { ...ADA, given_name: 'Ana' })
    expect(answer.json).toMatchObject({
      code: 'refused',
      errors: [{ code: 'refused', pointer: '/user_metadata/company' }],
    })
    expect(answer.text).not.toContain('these people')
  })
})
