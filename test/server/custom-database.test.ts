// The accounts as the custom database of an Auth0 tenant: its scripts, run as a tenant runs them, against a server on each database.
import { runInNewContext } from 'node:vm'
import { type CustomDatabaseScripts, customDatabase, customDatabaseScripts } from 'latchkey/server'
import { describe, expect, test } from 'vitest'
import { defineFields } from '../../src/fields/define.ts'
import { DATABASES, sqlite } from './databases.ts'
import { ADA, openerOn } from './visitor.ts'

const ENDPOINT = 'https://accounts.example.com/custom-database'
const SECRET = 'tenant-secret-0123456789-abcdefghij'
const fields = defineFields([
  { name: 'company', label: 'Company', required: true },
  { name: 'seats', type: 'number', label: 'Seats' },
  { name: 'news', type: 'checkbox', label: 'News' },
])

class WrongUsernameOrPasswordError extends Error {
  override readonly name = 'WrongUsernameOrPasswordError'
}

class ValidationError extends Error {
  override readonly name = 'ValidationError'
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** What a script called back with: how many arguments, and which. */
type CalledBack = readonly unknown[]

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  return 'code' in error ? [error.name, error.code, error.message] : [error.name, error.message]
}

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  async function openTenant(options: Parameters<typeof open>[0] = {}, secret = SECRET) {
    const opened = await open({ fields, ...options })
    const { fetch: answer } = customDatabase(opened.server, { secrets: [SECRET] })
    const scripts = customDatabaseScripts(ENDPOINT)
    const sent: Request[] = []

    /** Runs one script with arguments, in a world that has what a tenant's has and nothing else. */
    async function run(name: keyof CustomDatabaseScripts, ...args: readonly unknown[]): Promise<CalledBack> {
      const source = scripts[name]
      // A tenant takes at most 100 kB of code.
      expect(source.length).toBeLessThan(100_000)
      return new Promise((resolve) => {
        const callback = (...answers: readonly unknown[]) => {
          resolve(answers.map(describeError).map((value) => structuredClone(value)))
        }
        const fetch = (url: string, init: RequestInit) => {
          const request = new Request(url, init)
          sent.push(request.clone())
          return answer(request)
        }
        const world = {
          ...{ configuration: { LATCHKEY_SECRET: secret }, fetch, AbortSignal, callback, args },
          ...{ WrongUsernameOrPasswordError, ValidationError, Error },
        }
        runInNewContext(`(${source})(...args, callback)`, world, { timeout: 20_000 })
      })
    }
    return { ...opened, run, answer, sent }
  }

  const user = {
    ...{ tenant: 'site', client_id: 'shop', connection: 'accounts' },
    ...{ email: 'Bea@example.org', password: 'correct horse', given_name: 'Bea' },
    user_metadata: { company: 'Acme', seats: '12', news: 'true', from_tenant: 'kept' },
  }
  const profile = {
    ...{ email: 'Bea@example.org', email_verified: false, given_name: 'Bea', app_metadata: {} },
    user_metadata: { company: 'Acme', seats: 12, news: true, from_tenant: 'kept' },
  }

  test('a sign-up as a tenant does it: look, make, log in; texts get the types of their fields', async () => {
    const { run, visitor, errors } = await openTenant()
    expect(await run('getUser', user.email)).toEqual([null])
    expect(await run('create', user)).toEqual([null])
    const [error, found] = await run('login', 'bea@EXAMPLE.org', user.password)
    expect(error).toBeNull()
    expect(found).toEqual({ ...profile, user_id: expect.stringMatching(/^[\w-]+$/) })
    expect(await run('getUser', 'bea@example.org')).toEqual([null, found])
    // The same person through the site's own front door.
    const answer = await visitor().logIn({ email: user.email, password: user.password })
    expect([answer.status, answer.json]).toMatchObject([200, { user: { user_metadata: profile.user_metadata } }])
    expect(errors).toEqual([])
  })

  test('a password is taken as it was typed, whatever is in it', async () => {
    const { run, visitor } = await openTenant()
    const odd = { email: 'odd@example.org', password: ' cor\0rect 🐎 horse ' }
    expect((await visitor().signUp({ company: 'Acme' }, odd)).status).toBe(201)
    expect(await run('login', odd.email, odd.password)).toMatchObject([null, { email: odd.email }])
    expect(await run('login', 'od\0d@example.org', odd.password)).toEqual([
      ['Error', 'The accounts answered 422 invalid_value'],
    ])
  })

  test('a wrong password and nobody are told alike, and a taken address has its own error', async () => {
    const { run, visitor } = await openTenant()
    await visitor().signUp({ company: 'Acme' })
    for (const [name, password] of [
      [ADA.email, 'wrong horse'],
      ['nobody@example.org', ADA.password],
    ] as const)
      expect(await run('login', name, password)).toEqual([['WrongUsernameOrPasswordError', name]])
    expect(await run('create', { ...user, email: 'ADA@example.org' })).toEqual([
      ['ValidationError', 'user_exists', 'The user already exists'],
    ])
  })

  test.each<readonly [string, object, string, string]>([
    ['a short password', { password: 'short' }, 'password_weak', '/user/password'],
    ['no address', { email: 'bea@' }, 'invalid_email', '/user/email'],
    ['a dotted name', { user_metadata: { 'a.b': '1' } }, 'invalid_field_name', '/user/user_metadata/a.b'],
    [
      'a number that is none',
      { user_metadata: { company: 'Acme', seats: 'many' } },
      'invalid_number',
      '/user/user_metadata/seats',
    ],
  ])('%s is refused with its place, and nobody is made', async (_what, change, code, place) => {
    const { run, rows } = await openTenant()
    expect(await run('create', { ...user, ...change })).toEqual([['ValidationError', code, place]])
    expect(await rows('SELECT id FROM users')).toEqual([])
  })

  test('a new password ends every session, a new address is the one to log in with, and deleting is for good', async () => {
    const { run, visitor, rows } = await openTenant()
    const ada = visitor()
    await ada.signUp({ company: 'Acme' })
    expect(await run('verify', ADA.email)).toEqual([null, true])
    expect((await ada.me()).json).toMatchObject({ user: { email_verified: true } })
    expect(await run('changePassword', ADA.email, 'another horse')).toEqual([null, true])
    expect((await ada.me()).status).toBe(401)
    expect(await run('login', ADA.email, ADA.password)).toEqual([['WrongUsernameOrPasswordError', ADA.email]])
    expect(await run('changeEmail', ADA.email, 'ada@new.example', false)).toEqual([null, true])
    const [, found] = await run('login', 'ada@new.example', 'another horse')
    expect(found).toMatchObject({ email: 'ada@new.example', email_verified: false })
    const id = typeof found === 'object' && found !== null ? Reflect.get(found, 'user_id') : null
    expect(await run('deleteUser', `auth0|${id}`)).toEqual([null])
    expect(await rows('SELECT id FROM users')).toEqual([])
    expect(await run('getUser', 'ada@new.example')).toEqual([null])
  })

  test('what there is no account for is not changed, and an address of another is not taken', async () => {
    const { run, visitor } = await openTenant()
    await visitor().signUp({ company: 'Acme' })
    await run('create', user)
    expect(await run('verify', 'nobody@example.org')).toEqual([null, false])
    expect(await run('changePassword', 'nobody@example.org', 'another horse')).toEqual([null, false])
    expect(await run('changeEmail', 'nobody@example.org', 'x@example.org', true)).toEqual([null, false])
    expect(await run('changeEmail', ADA.email, user.email, true)).toEqual([
      ['ValidationError', 'user_exists', 'The user already exists'],
    ])
    expect(await run('changePassword', ADA.email, 'short')).toEqual([['ValidationError', 'password_weak', '/password']])
    expect(await run('login', ADA.email, ADA.password)).toMatchObject([null, { email: ADA.email }])
  })

  test('without the secret nothing is answered, and a failure says nothing of what was sent', async () => {
    const { run, sent, rows } = await openTenant({}, 'another-secret-0123456789-abcdefghij')
    for (const [name, ...args] of [
      ['login', ADA.email, ADA.password],
      ['create', user],
      ['deleteUser', 'x'],
    ] as const) {
      const [error] = await run(name, ...args)
      expect(error).toEqual(['Error', 'The accounts answered 401 unauthenticated'])
    }
    expect(await rows('SELECT id FROM users')).toEqual([])
    for (const { url } of sent) expect(url).not.toMatch(/secret|horse/)
  })
})

test('a page is never answered, whatever it knows', async () => {
  const { server } = await openerOn(sqlite)()
  const { fetch } = customDatabase(server, { secrets: [SECRET] })
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${SECRET}`,
    origin: 'https://example.com',
  }
  const answer = await fetch(new Request(`${ENDPOINT}/login`, { method: 'POST', headers, body: '{}' }))
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null])
})

test('wrong options are said with their fix', async () => {
  const { server } = await openerOn(sqlite)()
  expect(() => customDatabase(server, { secrets: [] })).toThrow('secrets : must be a list of at least one token')
  expect(() => customDatabase(server, { secrets: ['short'] })).toThrow('secrets[0] : must have at least 32')
  expect(() => customDatabase(server, { secrets: [SECRET], basePath: 'x' })).toThrow('write "/account"')
  for (const endpoint of ['http://example.com/x', '/custom-database', 'javascript:alert(1)', 'https://'])
    expect(() => customDatabaseScripts(endpoint)).toThrow('write "https://example.com/custom-database"')
})
