// Sign-up: what makes an account, what is refused, and that a refusal leaves nothing behind.
import { defineFields } from 'latchkey/fields'
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { ADA, openerOn, refusal } from './visitor.ts'

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  test('a sign-up answers the profile and nothing else, signs in, and stores what was typed', async () => {
    const { visitor, rows } = await open({ now: () => Date.UTC(2030, 0, 2) })
    const ada = visitor()
    const answer = await ada.signUp({ color: 'red', size: 3, news: true, list: [1, null] })
    const at = '2030-01-02T00:00:00.000Z'
    const user_metadata = { color: 'red', size: 3, news: true, list: [1, null] }
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({
      status: 'created',
      user: {
        id: expect.stringMatching(/^[\w-]{20,}$/),
        email: ADA.email,
        email_verified: false,
        created_at: at,
        updated_at: at,
        user_metadata,
      },
    })
    expect(answer.headers.get('etag')).toBe('"v1"')
    expect(answer.text).not.toContain(ADA.password)
    expect((await ada.me()).json).toMatchObject({ user: { email: ADA.email } })
    const [row] = await rows('SELECT password_hash, user_metadata FROM users')
    expect(row).toMatchObject({
      password_hash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/),
      user_metadata: JSON.stringify(user_metadata),
    })
  })

  test('an e-mail address in another case is the same account', async () => {
    const { visitor, rows } = await open()
    await visitor().signUp({ color: 'red' })
    const answer = await visitor().signUp({ color: 'blue' }, { email: 'ADA@Example.org', password: 'another horse' })
    expect(answer.status).toBe(409)
    expect(answer.json).toMatchObject(refusal('user_exists', '/email'))
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(await rows('SELECT email, user_metadata FROM users')).toEqual([
      { email: ADA.email, user_metadata: '{"color":"red"}' },
    ])
  })

  test('20 identical sign-ups at once make one account', async () => {
    const { visitor, rows } = await open()
    const answers = await Promise.all(Array.from({ length: 20 }, () => visitor().signUp()))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)])
    expect(await rows('SELECT email FROM users')).toHaveLength(1)
    expect(await rows('SELECT user_id FROM sessions')).toHaveLength(1)
  })

  test('20 identical sign-ups on two servers of one database make one account', async () => {
    const first = await open()
    const second = await open({}, first.database)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? first : second).visitor().signUp()),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19)
    expect(await first.rows('SELECT email FROM users')).toHaveLength(1)
  })

  const astral = '😀'
  test.each([
    ['no e-mail', { password: 'correct horse' }, 'required', '/email'],
    ['an e-mail that is none', { ...ADA, email: 'ada' }, 'invalid_email', '/email'],
    ['an e-mail with a space around it', { ...ADA, email: ' ada@example.org' }, 'invalid_email', '/email'],
    ['an e-mail of another type', { ...ADA, email: ['ada@example.org'] }, 'invalid_type', '/email'],
    ['an e-mail that is too long', { ...ADA, email: `${'a'.repeat(250)}@example.org` }, 'invalid_email', '/email'],
    ['no password', { email: ADA.email }, 'required', '/password'],
    ['a short password', { ...ADA, password: '1234567' }, 'password_weak', '/password'],
    ['a password of seven emoji', { ...ADA, password: astral.repeat(7) }, 'password_weak', '/password'],
    ['a password of another type', { ...ADA, password: 12345678 }, 'invalid_type', '/password'],
    ['a password with a lone surrogate', { ...ADA, password: 'correct \ud800 horse' }, 'invalid_value', '/password'],
    ['a password of 1025', { ...ADA, password: 'x'.repeat(1025) }, 'value_too_long', '/password'],
    ['an unknown attribute', { ...ADA, 'a/b~c': 1 }, 'unknown_field', '/a~1b~0c'],
    ['a privileged attribute', { ...ADA, email_verified: true }, 'unknown_field', '/email_verified'],
    ['an id', { ...ADA, id: '1' }, 'unknown_field', '/id'],
    ['app_metadata', { ...ADA, app_metadata: { role: 'admin' } }, 'unknown_field', '/app_metadata'],
    ['metadata that is null', { ...ADA, user_metadata: null }, 'invalid_type', '/user_metadata'],
    ['metadata that is a list', { ...ADA, user_metadata: [] }, 'invalid_type', '/user_metadata'],
    [
      'metadata over 10 KB',
      { ...ADA, user_metadata: { a: 'x'.repeat(10_240) } },
      'metadata_too_large',
      '/user_metadata',
    ],
    ['a reserved name', { ...ADA, user_metadata: { user_id: '1' } }, 'reserved_field_name', '/user_metadata/user_id'],
  ])('%s is refused and makes no account', async (_what, body, code, pointer) => {
    const { visitor, rows } = await open()
    const answer = await visitor().send('POST', '/signup', { body })
    expect(answer.status).toBe(422)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.json).toMatchObject(refusal(code, pointer))
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(await rows('SELECT id FROM users')).toEqual([])
  })

  test('a refusal names every broken rule, and its code is the first one', async () => {
    const { visitor } = await open()
    const body = { email: 'ada', password: 'short', user_metadata: { 'a.b': 1 } }
    const { json } = await visitor().send('POST', '/signup', { body })
    expect(json).toEqual({
      type: expect.any(String),
      title: expect.any(String),
      status: 422,
      detail: expect.any(String),
      code: 'invalid_email',
      errors: [
        { pointer: '/email', code: 'invalid_email' },
        { pointer: '/password', code: 'password_weak', params: { min: 8 } },
        { pointer: '/user_metadata/a.b', code: 'invalid_field_name' },
      ],
    })
  })

  test('reserved names are taken when the definition says so', async () => {
    const { visitor } = await open({ fields: defineFields([], { reservedNames: false }), unknownKeys: 'allow' })
    expect((await visitor().signUp({ user_id: '7' })).json).toMatchObject({ user: { user_metadata: { user_id: '7' } } })
  })

  test('the definition holds: required, unknown, denied and wrong values are refused', async () => {
    const definitions = [
      { name: 'company', label: 'Company', required: true, maxLength: 5 },
      { name: 'size', type: 'select', label: 'Size', options: ['S', 'L'] },
      { name: 'news', type: 'checkbox', label: 'News' },
    ] as const
    const { visitor, rows } = await open({ fields: defineFields(definitions, { denyList: ['role'] }) })
    const codes = async (metadata?: object) => (await visitor().signUp(metadata)).json
    expect(await codes()).toMatchObject(refusal('required', '/user_metadata/company'))
    expect(await codes({ company: 'Acme', vat: 1 })).toMatchObject(refusal('unknown_field', '/user_metadata/vat'))
    expect(await codes({ company: 'Acme', role: 'x' })).toMatchObject(
      refusal('denied_field_name', '/user_metadata/role'),
    )
    expect(await codes({ company: 'Acme & Co' })).toMatchObject(refusal('value_too_long', '/user_metadata/company'))
    expect(await codes({ company: 'Acme', size: 'M' })).toMatchObject(refusal('not_an_option', '/user_metadata/size'))
    expect(await codes({ company: 'Acme', news: 'on' })).toMatchObject(refusal('invalid_type', '/user_metadata/news'))
    expect(await rows('SELECT id FROM users')).toEqual([])
    expect((await visitor().signUp({ company: astral.repeat(5), news: true })).status).toBe(201)
  })

  test('a shortest password of the site counts', async () => {
    const { visitor } = await open({ passwordMinLength: 14 })
    expect((await visitor().signUp()).json).toMatchObject({ errors: [{ code: 'password_weak', params: { min: 14 } }] })
  })
})
