// The better-auth backend against a real server, through the client: an account's life, and two people at one.
import { afterAll, expect, test } from 'vitest'
import { betterAuth } from '../../src/backends/better-auth.ts'
import { pageAt, password, someone, stored } from './better-auth-page.ts'
import { startBetterAuth } from './better-auth-server.ts'
import { rejection } from './rejection.ts'

const server = await startBetterAuth()
afterAll(server.close)

test('an account from sign-up to log-out', async () => {
  const { client, browser } = pageAt(server)
  const ana = someone()
  const values = {
    company: 'Acme',
    seats: 2,
    newsletter: false,
    born: '2026-01-02',
    tags: ['a'],
    address: { city: 'Lisbon' },
  }
  const made = await client.signUp({ ...ana, email: ana.email.toUpperCase(), user_metadata: values })
  expect(made.version).toBeNull()
  expect(made.user).toMatchObject({ email: ana.email, email_verified: false, user_metadata: values })
  expect(made.user).not.toHaveProperty('name')
  expect(made.user.created_at).toMatch(/^\d{4}-.*Z$/)

  const saved = await client.save([
    { target: 'user_metadata', action: 'set', key: 'company', value: 'Else' },
    { target: 'user_metadata', action: 'unset', key: 'seats' },
    { target: 'user_metadata', action: 'setIn', path: ['address', 'zip'], value: '1100' },
    { target: 'root', action: 'set', key: 'name', value: 'Ana' },
    { target: 'root', action: 'set', key: 'picture', value: 'https://pictures.example/ana' },
  ])
  const { seats: _seats, ...rest } = values
  const after = { ...rest, company: 'Else', address: { city: 'Lisbon', zip: '1100' } }
  expect(saved?.user).toMatchObject({ name: 'Ana', picture: 'https://pictures.example/ana' })
  expect(saved?.user.user_metadata).toEqual(after)
  expect(await client.getProfile()).toEqual(saved)
  expect(stored(server, ana.email)).toMatchObject([{ company: 'Else', seats: null, newsletter: 0, tags: '["a"]' }])

  await client.save([
    { target: 'root', action: 'unset', key: 'name' },
    { target: 'root', action: 'unset', key: 'picture' },
  ])
  const cleared = await client.clearMetadata()
  expect(cleared.user.user_metadata).toEqual({})
  expect(cleared.user).not.toHaveProperty('name')
  expect(cleared.user).not.toHaveProperty('picture')
  expect(stored(server, ana.email)).toMatchObject([{ company: null, newsletter: null, born: null, tags: null }])

  await client.logOut()
  expect(browser.cookies.size).toBe(0)
  expect(await client.getSession()).toBeNull()
  expect(server.rows('SELECT s.id FROM session s JOIN user u ON u.id = s.userId WHERE u.email = ?', ana.email)).toEqual(
    [],
  )
  expect((await rejection(client.getProfile())).code).toBe('unauthenticated')
  expect((await rejection(client.updateMetadata({ company: 'Acme' }))).code).toBe('unauthenticated')

  const back = await client.logIn({ identifier: ana.email.toUpperCase(), password })
  expect(back.user.id).toBe(made.user.id)
  expect((await client.getSession())?.user).toEqual(back.user)
})

test('a key of idempotency is not sent, and the session token is in no answer of ours', async () => {
  const { client, browser } = pageAt(server)
  const { user } = await client.signUp(someone())
  expect(browser.sent.map(({ headers }) => headers.get('idempotency-key'))).toEqual([null])
  const token = browser.cookies.get('better-auth.session_token')?.split('.')[0] ?? ''
  expect(token.length).toBeGreaterThan(20)
  expect(JSON.stringify(user)).not.toContain(token)
})

test('what somebody else changed meanwhile stays; what both changed is a conflict', async () => {
  const ana = someone()
  const [first, second] = [pageAt(server).client, pageAt(server).client]
  const base = await first.signUp({ ...ana, user_metadata: { company: 'Acme', team_size: '1-10' } })
  await second.logIn({ identifier: ana.email, password })
  await second.updateMetadata({ company: 'Theirs', newsletter: true })

  const error = await rejection(first.updateMetadata({ company: 'Mine', team_size: '51+' }, { base }))
  expect(error.code).toBe('version_conflict')
  expect(error.conflicts).toEqual([{ pointer: '/user_metadata/company', base: 'Acme', mine: 'Mine', theirs: 'Theirs' }])
  const { user } = await first.getProfile()
  expect(user.user_metadata).toEqual({ company: 'Theirs', team_size: '51+', newsletter: true })
})

test('a write of somebody else right after ours is found, though the server answers with nothing', async () => {
  const ana = someone()
  const [mine, theirs] = [pageAt(server), pageAt(server)]
  const base = await mine.client.signUp({ ...ana, user_metadata: { company: 'Acme' } })
  await theirs.client.logIn({ identifier: ana.email, password })
  mine.browser.afterAnswer = async ({ path }) => {
    if (!path.endsWith('/update-user')) return
    mine.browser.afterAnswer = null
    await theirs.client.updateMetadata({ company: 'Theirs' })
  }
  const error = await rejection(mine.client.updateMetadata({ company: 'Mine' }, { base }))
  expect(error.conflicts).toEqual([{ pointer: '/user_metadata/company', base: 'Acme', mine: 'Mine', theirs: 'Theirs' }])
})

test('a copy of the profile in a cookie is not what is read', async () => {
  const cached = await startBetterAuth({ options: { session: { cookieCache: { enabled: true, maxAge: 300 } } } })
  const ana = someone()
  const [first, second] = [pageAt(cached).client, pageAt(cached).client]
  await first.signUp(ana)
  await second.logIn({ identifier: ana.email, password })
  await second.updateMetadata({ company: 'Theirs' })
  expect((await first.getSession())?.user.user_metadata).toEqual({ company: 'Theirs' })
  await cached.close()
})

test('what the server itself rewrites is no conflict where it was said', async () => {
  const trimming = await startBetterAuth({
    options: {
      user: {
        additionalFields: {
          slug: {
            type: 'string',
            required: false,
            transform: { input: (slug) => (typeof slug === 'string' ? slug.trim() : slug) },
          },
        },
      },
    },
  })
  const told = pageAt(trimming, { columns: ['slug'], rewritten: ['slug'] }).client
  const base = await told.signUp(someone())
  expect((await told.updateMetadata({ slug: ' acme ' }, { base }))?.user.user_metadata).toEqual({ slug: 'acme' })
  await trimming.close()
})

test('a form posts to the calls themselves', () => {
  const { address } = betterAuth('https://auth.example/api/auth/')
  expect([address('signUp'), address('logIn'), address('profile')]).toEqual([
    'https://auth.example/api/auth/sign-up/email',
    'https://auth.example/api/auth/sign-in/email',
    'https://auth.example/api/auth/update-user',
  ])
})
