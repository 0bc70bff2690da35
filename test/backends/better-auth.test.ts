// The better-auth backend against a real server, through the client: an account's life, races, and who is signed in.
import { afterAll, expect, test } from 'vitest'
import { type BetterAuthBackend, betterAuth } from '../../src/backends/better-auth.ts'
import type { BetterAuthOptions } from '../../src/backends/better-auth-options.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import { type BetterAuthServer, COLUMNS, startBetterAuth } from './better-auth-server.ts'
import { browserAt, type CookieBrowser, contextOf } from './cookie-browser.ts'
import { rejection } from './rejection.ts'

const server = await startBetterAuth()
const strict = await startBetterAuth({
  options: { emailAndPassword: { enabled: true, requireEmailVerification: true } },
})
const apart = await startBetterAuth({ options: { emailAndPassword: { enabled: true, autoSignIn: false } } })
afterAll(() => Promise.all([server, strict, apart].map(({ close }) => close())))

const password = 'correct horse'
let people = 0

/** Somebody nobody has heard of yet. */
function someone() {
  people += 1
  return { email: `ana${people}@example.org`, password }
}

function clientIn(
  { fetch }: CookieBrowser,
  backend: BetterAuthBackend = betterAuth('/api/auth', { columns: COLUMNS }),
) {
  return createClient({ backend, environment: { ...systemEnvironment(), fetch } })
}

function pageAt({ origin }: BetterAuthServer, options: BetterAuthOptions = {}) {
  const browser = browserAt(origin)
  const backend = betterAuth('/api/auth', { columns: COLUMNS, ...options })
  return { browser, backend, client: clientIn(browser, backend), context: contextOf(browser) }
}

const stored = (email: string, { rows }: BetterAuthServer = server) =>
  rows('SELECT company, seats, newsletter, born, tags, address FROM user WHERE email = ?', email)

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
  expect(stored(ana.email)).toMatchObject([{ company: 'Else', seats: null, newsletter: 0, tags: '["a"]' }])

  await client.save([
    { target: 'root', action: 'unset', key: 'name' },
    { target: 'root', action: 'unset', key: 'picture' },
  ])
  const cleared = await client.clearMetadata()
  expect(cleared.user.user_metadata).toEqual({})
  expect(cleared.user).not.toHaveProperty('name')
  expect(cleared.user).not.toHaveProperty('picture')
  expect(stored(ana.email)).toMatchObject([{ company: null, newsletter: null, born: null, tags: null }])

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

test('an address that has an account cannot be told from a new one where it has to be verified', async () => {
  const ana = someone()
  const page = pageAt(strict, { verification: 'required' })
  const first = await page.backend.signUp({ ...ana, user_metadata: { company: 'Acme' } }, page.context)
  const second = await page.backend.signUp({ ...ana, user_metadata: { company: 'Other' } }, page.context)
  expect([first, second]).toMatchObject([
    { needsVerification: true, tokens: null, user: { email: ana.email, user_metadata: { company: 'Acme' } } },
    { needsVerification: true, tokens: null, user: { email: ana.email, user_metadata: { company: 'Other' } } },
  ])
  expect(page.browser.cookies.size).toBe(0)
  expect(stored(ana.email, strict)).toMatchObject([{ company: 'Acme' }])

  expect((await rejection(page.client.logIn({ identifier: ana.email, password }))).code).toBe('email_unverified')
  const link = strict.links.at(-1) ?? ''
  await fetch(link, { redirect: 'manual' })
  expect((await page.client.logIn({ identifier: ana.email, password })).user.email_verified).toBe(true)
})

test('a sign-up that signs nobody in is followed by a log-in; another password is another account', async () => {
  const ana = someone()
  const page = pageAt(apart, { autoSignIn: false })
  const made = await page.client.signUp({ ...ana, user_metadata: { company: 'Acme' } })
  expect((await page.client.getSession())?.user).toEqual(made.user)
  const other = pageAt(apart, { autoSignIn: false })
  const error = await rejection(other.client.signUp({ ...ana, password: 'another horse' }))
  expect([error.code, error.field]).toEqual(['user_exists', 'email'])
  expect(await other.client.getSession()).toBeNull()
  // Where the page does not say so, it ends with the question that a fake answer ends with.
  const untold = pageAt(apart)
  expect(await untold.backend.signUp(someone(), untold.context)).toMatchObject({
    needsVerification: true,
    tokens: null,
  })
})

test('an account without a log-in leaves the session of the page alone', async () => {
  const { client, backend, context } = pageAt(server)
  const { user } = await client.signUp(someone())
  const other = someone()
  const answer = await backend.signUp({ ...other, logIn: false }, context)
  expect(answer).toMatchObject({ tokens: null, user: { email: other.email } })
  expect(answer.needsVerification).toBeUndefined()
  expect((await client.getSession())?.user.id).toBe(user.id)
})

test('a session that is not to be remembered ends with the browser, after a save as well', async () => {
  const { backend, browser, context, client } = pageAt(server)
  const ana = someone()
  const cookie = () => browser.attributes.get('better-auth.session_token')
  await backend.signUp({ ...ana, remember: false }, context)
  expect(cookie()).not.toContain('Max-Age')
  await client.updateMetadata({ company: 'Acme' })
  expect(cookie()).not.toContain('Max-Age')
  await backend.logIn({ identifier: ana.email, password, remember: true }, context)
  expect(cookie()).toContain('Max-Age')
})

test('a user name signs up and logs in as well', async () => {
  const { backend, context } = pageAt(server, { usernames: true })
  const ana = someone()
  const made = await backend.signUp({ ...ana, username: 'Ana_P' }, context)
  expect(made.user.username).toBe('ana_p')
  const back = await backend.logIn({ identifier: 'ANA_P', password }, context)
  expect(back.user.id).toBe(made.user.id)
  const taken = await rejection(backend.signUp({ ...someone(), username: 'ana_P' }, context))
  expect([taken.code, taken.field]).toEqual(['username_taken', 'username'])
  const invalid = await rejection(backend.signUp({ ...someone(), username: 'a-b c' }, context))
  expect([invalid.code, invalid.field]).toEqual(['invalid_username', 'username'])
  const unknown = await rejection(backend.logIn({ identifier: 'no', password }, context))
  expect([unknown.code, unknown.field]).toEqual(['invalid_credentials', null])
})

test('a page on another site holds a token and no cookie', async () => {
  const { backend, browser, context } = pageAt(server, { session: 'bearer' })
  const ana = someone()
  const made = await backend.signUp({ ...ana, user_metadata: { company: 'Acme' } }, context)
  expect(made.tokens).toEqual({ accessToken: expect.any(String), refreshToken: null, expiresAt: null })
  expect(browser.cookies.size).toBe(0)
  const { tokens } = await backend.logIn({ identifier: ana.email, password }, context)
  const signedIn = contextOf(browser, tokens?.accessToken)
  const saved = await backend.patchProfile({ user_metadata: { seats: 3 }, version: null }, signedIn)
  expect(saved.user.user_metadata).toEqual({ company: 'Acme', seats: 3 })
  expect(await backend.getSession(context)).toBeNull()
  await backend.logOut(signedIn)
  expect(await backend.getSession(signedIn)).toBeNull()
  expect(browser.sent.filter(({ path }) => path.includes(tokens?.accessToken ?? '-'))).toEqual([])
})

test('a form posts to the calls themselves', () => {
  const { address } = betterAuth('https://auth.example/api/auth/')
  expect([address('signUp'), address('logIn'), address('profile')]).toEqual([
    'https://auth.example/api/auth/sign-up/email',
    'https://auth.example/api/auth/sign-in/email',
    'https://auth.example/api/auth/update-user',
  ])
})
