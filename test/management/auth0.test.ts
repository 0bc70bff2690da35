// The management client of an Auth0 tenant: over TLS against a door that Auth0's own SDK passes, and its token by itself.
import { createAuth0Management, isLatchkeyError } from 'latchkey/management'
import { describe, expect, test } from 'vitest'
import { ana, openDoor } from '../backends/auth0-door.ts'
import { DATABASES, sqlite } from '../server/databases.ts'

const secret = 'machine-secret-0123456789-abcdefgh'

/** Everything a rejected call says, and that the secret is no part of it. */
async function failure(call: Promise<unknown>) {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!isLatchkeyError(error)) throw new Error(`not a LatchkeyError: ${String(error)}`)
  expect(`${error.message}${error.stack}${JSON.stringify(error)}`).not.toMatch(/machine-secret|wrong-secret|granted-\d/)
  return error
}

describe.each(DATABASES)('on $kind', (kind) => {
  test('a user is made, found, listed, changed, cleared and deleted', async () => {
    const door = await openDoor(kind)
    const { management } = door
    const user_metadata = { company: 'Acme', address: { city: 'Lisbon' } }
    const made = await management.createUser({
      ...ana,
      given_name: 'Ana',
      user_metadata,
      app_metadata: { plan: 'pro' },
    })
    const { id } = made.user
    expect(id).toMatch(/^auth0\|/)
    expect(made).toMatchObject({
      user: { email: ana.email, given_name: 'Ana', user_metadata, app_metadata: { plan: 'pro' } },
      version: null,
      dropped: [],
    })
    expect((await management.getUser(id)).user).toMatchObject({ id, user_metadata, app_metadata: { plan: 'pro' } })
    expect((await management.findUser('ANA@example.org'))?.user.id).toBe(id)
    expect(await management.findUser('eve+1&x@example.org')).toBeNull()
    expect(await management.listUsers()).toMatchObject({ users: [{ id }], page: 0, perPage: 50, total: 1 })
    expect(await management.listUsers({ page: 1, perPage: 1 })).toMatchObject({
      users: [],
      page: 1,
      perPage: 1,
      total: 1,
    })

    const changed = await management.updateUser(id, {
      user_metadata: { company: null, address: { zip: '1' }, fax: undefined },
      app_metadata: { seats: 3 },
      family_name: 'Silva',
    })
    expect(changed?.user).toMatchObject({ family_name: 'Silva', app_metadata: { plan: 'pro', seats: 3 } })
    expect(changed?.user.user_metadata).toEqual({ address: { zip: '1' } })
    expect(await management.updateUser(id, { user_metadata: {}, app_metadata: { gone: undefined } })).toBeNull()
    expect((await management.updateUser(id, { app_metadata: { plan: null } }))?.user.app_metadata).toEqual({ seats: 3 })
    expect((await management.clearMetadata(id)).user.user_metadata).toEqual({})

    const { client } = door.tab()
    expect((await client.logIn({ identifier: ana.email, password: ana.password })).user.id).toBe(id)
    await management.deleteUser(id)
    expect((await failure(management.getUser(id))).code).toBe('not_found')
    expect((await failure(client.getProfile())).code).toBe('unauthenticated')
    expect(door.asked.filter((asked) => asked === 'POST /oauth/token').length).toBeGreaterThan(1)
  })

  test('what is refused is said, with its place', async () => {
    const { management, manage } = await openDoor(kind, { passwordPolicy: 'good' })
    await management.createUser({ email: ana.email })
    const taken = await failure(management.createUser({ email: ana.email }))
    expect([taken.code, taken.field, taken.status]).toEqual(['user_exists', 'email', 409])
    const weak = await failure(management.createUser({ email: 'bo@example.org', password: 'onlyletters' }))
    expect([weak.code, weak.field]).toEqual(['password_weak', 'password'])
    const wrong = await failure(management.createUser({ email: 'no address' }))
    expect([wrong.code, wrong.field]).toEqual(['invalid_email', 'email'])
    const id = (await management.findUser(ana.email))?.user.id ?? ''
    const name = await failure(management.updateUser(id, { user_metadata: { 'a.b': 1 } }))
    expect(name.code).toBe('invalid_field_name')
    expect((await failure(manage('wrong-secret-0123456789-abcdefghijk').getUser(id))).code).toBe('unauthenticated')
  })
})

test('nobody can log in to an account that was made without a password', async () => {
  const door = await openDoor(sqlite)
  await door.management.createUser({ email: ana.email })
  const { client } = door.tab()
  expect((await failure(client.logIn({ identifier: ana.email, password: ana.password }))).code).toBe(
    'invalid_credentials',
  )
})

test('a right that the machine lacks is named', async () => {
  const scopes = ['read:users'] as const
  const clients = [{ clientId: 'machine', clientSecret: secret, grants: ['client_credentials'], scopes }] as const
  const { management } = await openDoor(sqlite, { clients })
  const error = await failure(management.createUser(ana))
  expect(error.code).toBe('insufficient_scope')
  expect(error.message).toContain('create:users')
})

/** A tenant in memory, whose tokens are counted and last as long as it is told. */
function countingTenant(expires_in: number, refused = new Set<string>()) {
  let tokens = 0
  const used: (string | null)[] = []
  const management = createAuth0Management({
    ...{ domain: 'example.eu.auth0.com', clientId: 'machine', clientSecret: secret },
    async fetch(input, init) {
      const { pathname } = new URL(String(input))
      if (pathname === '/oauth/token') {
        tokens += 1
        await Promise.resolve()
        return Response.json({ access_token: `granted-${tokens}`, token_type: 'Bearer', expires_in })
      }
      const authorization = new Headers(init?.headers).get('authorization')
      used.push(authorization)
      if (refused.has(String(authorization)))
        return Response.json({ statusCode: 401, error: 'Unauthorized', message: 'Invalid token' }, { status: 401 })
      return Response.json({ user_id: 'auth0|1', email: ana.email })
    },
  })
  return { management, used, asked: () => tokens }
}

test('one token does for all calls until shortly before its end', async () => {
  const long = countingTenant(86_400)
  await Promise.all(Array.from({ length: 10 }, () => long.management.getUser('auth0|1')))
  await long.management.getUser('auth0|1')
  expect(long.asked()).toBe(1)
  const ended = countingTenant(0)
  await ended.management.getUser('auth0|1')
  await ended.management.getUser('auth0|1')
  expect(ended.asked()).toBe(2)
})

test('a token that was ended before its time is replaced once, for all who find out', async () => {
  const tenant = countingTenant(86_400, new Set(['Bearer granted-1']))
  await Promise.all(Array.from({ length: 3 }, () => tenant.management.getUser('auth0|1')))
  expect(tenant.asked()).toBe(2)
  const hopeless = countingTenant(86_400, new Set(['Bearer granted-1', 'Bearer granted-2']))
  expect((await failure(hopeless.management.getUser('auth0|1'))).code).toBe('unauthenticated')
  expect(hopeless.used.length).toBe(2)
})

test('what Auth0 cannot do is refused before anything is sent', async () => {
  const { management, used, asked } = countingTenant(60)
  expect((await failure(management.updateUser('auth0|1', { name: 'Ana' }, { version: '"v1"' }))).code).toBe(
    'unsupported',
  )
  expect((await failure(management.createUser(ana, { idempotencyKey: 'k' }))).code).toBe('unsupported')
  await expect(management.getUser('..')).rejects.toThrow(TypeError)
  expect([used.length, asked()]).toEqual([0, 0])
})

test.each([
  [{ domain: 'https://example.eu.auth0.com' }, /domain : must be a domain without/],
  [{ clientId: '' }, /clientId : is missing/],
  [{ clientSecret: '' }, /clientSecret : is missing/],
  [{ audience: 'https://api.example.org' }, /audience : must be that of the Management API/],
])('a wrong option is said: %o', (wrong, message) => {
  const given = { domain: 'example.eu.auth0.com', clientId: 'machine', clientSecret: secret, ...wrong }
  expect(() => createAuth0Management(given)).toThrow(message)
})
