// Sign-up at the Auth0-compatible door: its answers and refusals in Auth0's shapes, and the site's own rules behind it.
import { defineFields } from 'latchkey/fields'
import { describe, expect, test } from 'vitest'
import { DATABASES, sqlite } from '../databases.ts'
import { ADA, doorOpenerOn, userPath } from './door.ts'
import { CONNECTION, PAGE } from './door-clients.ts'

const BAD_REQUEST = { name: 'BadRequestError', statusCode: 400 }

describe.each(DATABASES)('on $kind', (kind) => {
  const open = doorOpenerOn(kind)

  test('an answer has the account as it was made, and a form is taken as JSON is', async () => {
    const door = await open()
    const made = await door.signUp({ given_name: 'Ada', user_metadata: { color: 'red' }, state: 'x', captcha: 'y' })
    expect(made.status).toBe(200)
    expect(made.json).toEqual({
      _id: expect.any(String),
      email: ADA.email,
      email_verified: false,
      given_name: 'Ada',
      user_metadata: { color: 'red' },
    })
    const form = new URLSearchParams({
      client_id: 'shop',
      connection: CONNECTION,
      email: 'bob@example.org',
      password: ADA.password,
    })
    expect((await door.send('POST', '/dbconnections/signup', { body: form })).json).toMatchObject({
      email: 'bob@example.org',
    })
    expect(door.errors).toEqual([])
  })

  test('both doors have the same accounts, with the same passwords', async () => {
    const door = await open()
    const { json } = await door.signUp({ user_metadata: { color: 'red' } })
    const headers = { origin: PAGE, 'content-type': 'application/json' }
    const call = (path: string, body: object) =>
      door.accounts.fetch(
        new Request(`${PAGE}/account${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
      )
    const there = await call('/login', { identifier: ADA.email, password: ADA.password })
    expect(await there.json()).toMatchObject({ user: { id: json._id, user_metadata: { color: 'red' } } })
    await call('/signup', { email: 'bob@example.org', password: ADA.password, user_metadata: { size: 3 } })
    const bob = await door.logIn({ username: 'bob@example.org', scope: 'openid email' })
    expect(bob.json.scope).toBe('openid email')
    expect((await door.signUp({ email: 'BOB@example.org' })).json).toMatchObject({ code: 'invalid_signup' })
  })

  test('what an existing account is told about is the site’s choice', async () => {
    const quiet = await open()
    await quiet.signUp()
    expect(await quiet.signUp()).toMatchObject({
      status: 400,
      json: { ...BAD_REQUEST, code: 'invalid_signup', description: 'Invalid sign up' },
    })
    const clear = await open({ userExists: 'user_exists' }, {}, quiet.database)
    expect(await clear.signUp({ email: 'ADA@example.org' })).toMatchObject({
      status: 400,
      json: { ...BAD_REQUEST, code: 'user_exists', description: 'The user already exists.' },
    })
  })

  test('twenty identical sign-ups at once make one account', async () => {
    const door = await open()
    const made = await Promise.all(Array.from({ length: 20 }, () => door.signUp()))
    expect(made.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await door.database.query('SELECT email FROM users')).toEqual([{ email: ADA.email }])
  })

  test('a user name is asked for where accounts have them, and good to log in with', async () => {
    const door = await open({ userExists: 'user_exists' }, { usernames: true })
    expect((await door.signUp()).json).toEqual({
      error: `missing username for ${CONNECTION} connection with requires_username enabled`,
    })
    expect((await door.signUp({ username: 'ada' })).json).toMatchObject({ username: 'ada' })
    expect((await door.signUp({ email: 'bob@example.org', username: 'ADA' })).json).toMatchObject({
      code: 'user_exists',
      description: 'The user already exists (username: ADA).',
    })
    expect((await door.logIn({ username: 'Ada' })).status).toBe(200)
    const machine = await door.asMachine()
    const { json } = await door.send('GET', '/api/v2/users', { headers: machine })
    expect(json).toMatchObject([{ username: 'ada' }])
    const path = userPath(json[0].user_id)
    const renamed = await door.send('PATCH', path, { headers: machine, body: { username: 'lovelace' } })
    expect(renamed.json).toMatchObject({ username: 'lovelace' })
  })

  test('the site’s fields hold here too, and a text becomes the value that a field describes', async () => {
    const fields = defineFields([
      { name: 'company', label: 'Company', required: true },
      { name: 'newsletter', type: 'checkbox', label: 'Newsletter' },
      { name: 'seats', type: 'number', label: 'Seats' },
      { name: 'credit', label: 'Credit', access: 'read' },
    ])
    const door = await open({}, { fields })
    const given = { company: 'Acme', newsletter: 'true', seats: '5' }
    expect((await door.signUp({ user_metadata: { newsletter: 'true' } })).json).toEqual({
      name: 'ValidationError',
      code: 'required',
      description: 'user_metadata.company breaks the rule required',
      statusCode: 400,
    })
    expect((await door.signUp({ user_metadata: { ...given, other: 'x' } })).json).toMatchObject({
      code: 'unknown_field',
    })
    const made = await door.signUp({ user_metadata: given })
    expect(made.json.user_metadata).toEqual({ company: 'Acme', newsletter: true, seats: 5 })
    const send = async (user_metadata: object) =>
      door.send('PATCH', userPath(made.json._id), { headers: await door.asPerson(), body: { user_metadata } })
    expect((await send({ seats: '6' })).json.user_metadata).toMatchObject({ seats: 6 })
    for (const patch of [{ credit: '1000' }, { company: null }, {}, { other: 'x' }]) {
      expect(await send(patch)).toMatchObject({ status: 400, json: { errorCode: 'invalid_body' } })
    }
    const stored = await door.send('GET', userPath(made.json._id), { headers: await door.asPerson() })
    expect(stored.json.user_metadata).toEqual({ company: 'Acme', newsletter: true, seats: 6 })
  })
})

const open = doorOpenerOn(sqlite)

const REFUSED: readonly (readonly [object, object])[] = [
  [{ email: 'ada' }, { ...BAD_REQUEST, code: 'invalid_email' }],
  [{ email: undefined }, { ...BAD_REQUEST, code: 'invalid_email' }],
  [{ email: { $ne: '' } }, { ...BAD_REQUEST, code: 'invalid_email' }],
  [{ password: 7 }, { error: 'invalid password type' }],
  [{ password: 'x'.repeat(1025) }, { ...BAD_REQUEST, code: 'invalid_password' }],
  [{ password: `${ADA.password}\ud800` }, { ...BAD_REQUEST, code: 'invalid_password' }],
  [{ connection: undefined }, { error: 'connection parameter is mandatory' }],
  [{ connection: 'github' }, { ...BAD_REQUEST, code: 'invalid_connection' }],
  [{ client_id: 'nobody' }, { ...BAD_REQUEST, code: 'invalid_client' }],
  [{ nickname: 7 }, { name: 'ValidationError', code: 'invalid_type', statusCode: 400 }],
  [{ user_metadata: { constructor: 'x' } }, { error: 'invalid user_metadata property name' }],
  [{ user_metadata: { user_id: 'x' } }, { name: 'ValidationError', code: 'reserved_field_name' }],
  [{ user_metadata: { k: '\0' } }, { name: 'ValidationError', code: 'invalid_value' }],
]

const UNREADABLE: readonly (readonly [string, string])[] = [
  ['text/plain', '{}'],
  ['application/json', '{"email":'],
  ['application/json', '[]'],
  ['application/json', '{"email":"a","email":"b"}'],
  ['application/json', `{"email":"${'x'.repeat(70_000)}"}`],
  ['application/x-www-form-urlencoded', 'email=a&email=b'],
]

test('what is wrong with a sign-up is refused in Auth0’s shape, and nothing is made', async () => {
  const door = await open()
  for (const [more, json] of REFUSED) {
    expect(await door.signUp(more), JSON.stringify(more)).toMatchObject({ status: 400, json })
  }
  for (const [type, body] of UNREADABLE) {
    const reply = await door.send('POST', '/dbconnections/signup', { body, headers: { 'content-type': type } })
    expect(reply, body.slice(0, 100)).toMatchObject({ status: 400, json: { error: expect.any(String) } })
  }
  expect(await door.database.query('SELECT email FROM users')).toEqual([])
  expect(door.errors).toEqual([])
})

const LENGTH = { message: 'At least %d characters in length', code: 'lengthAtLeast' }

test.each([
  ['none', 'horse', { ...LENGTH, format: [8] }],
  ['low', 'horse', { ...LENGTH, format: [8] }],
  ['fair', 'horsehorse', { message: 'Should contain:', code: 'shouldContain' }],
  ['good', 'horsehorse', { code: 'containsAtLeast', format: [3, 4] }],
  ['excellent', 'Horses 12', { ...LENGTH, format: [10] }],
  ['excellent', 'Horsees 1222', { code: 'identicalChars', format: [2, 'aaa'] }],
] as const)('the policy "%s" refuses %j with the rule it breaks', async (passwordPolicy, password, rule) => {
  const door = await open({ passwordPolicy })
  const { status, json } = await door.signUp({ password })
  expect(status).toBe(400)
  expect(json).toMatchObject({
    name: 'PasswordStrengthError',
    message: 'Password is too weak',
    code: 'invalid_password',
    description: { verified: false },
    statusCode: 400,
  })
  const broken = json.description.rules.filter(({ verified }: { verified: boolean }) => !verified)
  expect(broken).toMatchObject([rule])
  expect(json.policy.split('\n')[0]).toBe(`* At least ${passwordPolicy === 'excellent' ? 10 : 8} characters in length`)
})

test('the shortest password there can be is any', async () => {
  const door = await open({ passwordPolicy: 'none' }, { passwordMinLength: 1 })
  const rule = { message: 'Non-empty password required', code: 'nonEmpty', verified: false }
  const refused = await door.signUp({ password: '' })
  expect(refused.json).toMatchObject({ policy: '* Non-empty password required', description: { rules: [rule] } })
  expect((await door.signUp({ password: 'x' })).status).toBe(200)
})

test('a forgotten password has one answer as text for everybody, and no account changes', async () => {
  const door = await open()
  await door.signUp()
  const before = await door.database.query('SELECT * FROM users')
  const send = (email: unknown) =>
    door.send('POST', '/dbconnections/change_password', { body: { client_id: 'shop', connection: CONNECTION, email } })
  const known = await send(ADA.email)
  expect(known).toMatchObject({ status: 200, text: "We've just sent you an email to reset your password." })
  expect(known.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect((await send('bob@example.org')).text).toBe(known.text)
  expect((await send(undefined)).status).toBe(400)
  expect(await door.database.query('SELECT * FROM users')).toEqual(before)
})
