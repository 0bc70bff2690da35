// The GoTrue of these tests, seen by Supabase's own client over HTTP: what that takes, our backend may count on.
import { AuthClient, isAuthSessionMissingError, isAuthWeakPasswordError } from '@supabase/auth-js'
import { afterEach, expect, test } from 'vitest'
import { KEY } from './supabase-gateway.ts'
import type { GoTrueOptions } from './supabase-server.ts'
import { type Listening, listen } from './supabase-site.ts'

const email = 'Ana@example.org'
const password = 'correct horse'
const open: Listening[] = []

afterEach(async () => {
  for (const listening of open.splice(0)) await listening.close()
})

async function start(options?: GoTrueOptions) {
  const goTrue = await listen(options)
  open.push(goTrue)
  const client = () =>
    new AuthClient({
      url: `${goTrue.origin}/auth/v1`,
      headers: { apikey: KEY },
      persistSession: false,
      autoRefreshToken: false,
    })
  return { goTrue, client, auth: client() }
}

test('sign-up, reading, changing, renewing and log-out', async () => {
  const { auth, client } = await start()
  const signedUp = await auth.signUp({
    email,
    password,
    options: { data: { company: 'Acme', address: { city: 'x' } } },
  })
  expect(signedUp.error).toBe(null)
  const { session, user } = signedUp.data
  expect(session).toMatchObject({ token_type: 'bearer', expires_in: 3600, user: { email: 'ana@example.org' } })
  const copies = { email: 'ana@example.org', email_verified: true, phone_verified: false, sub: user?.id }
  expect(user?.user_metadata).toEqual({ company: 'Acme', address: { city: 'x' }, ...copies })
  expect(user?.identities).toHaveLength(1)

  const seen = await auth.getUser()
  expect(seen.data.user).toEqual(user)

  // Merged at the root; null deletes; an empty object does nothing.
  const merged = await auth.updateUser({ data: { address: { zip: '1' }, fax: '2' } })
  expect(merged.data.user?.user_metadata).toEqual({ company: 'Acme', address: { zip: '1' }, fax: '2', ...copies })
  const removed = await auth.updateUser({ data: { fax: null, never: null, address: { zip: null } } })
  expect(removed.data.user?.user_metadata).toEqual({ company: 'Acme', address: { zip: null }, ...copies })
  const unchanged = await auth.updateUser({ data: {} })
  expect(unchanged.data.user?.user_metadata).toEqual(removed.data.user?.user_metadata)

  const renewed = await auth.refreshSession()
  expect(renewed.error).toBe(null)
  expect(renewed.data.session?.refresh_token).not.toBe(session?.refresh_token)

  const elsewhere = client()
  const loggedIn = await elsewhere.signInWithPassword({ email: 'ana@EXAMPLE.org', password })
  expect(loggedIn.data.user?.id).toBe(user?.id)
  const token = renewed.data.session?.access_token
  expect((await auth.signOut({ scope: 'local' })).error).toBe(null)
  expect(isAuthSessionMissingError((await auth.getUser(token)).error)).toBe(true)
  expect((await elsewhere.getUser()).data.user?.id).toBe(user?.id)
})

test('metadata that was never there takes nulls as they are', async () => {
  const { auth, goTrue } = await start()
  await auth.signUp({ email, password })
  const user = goTrue.accounts.find(email)
  if (user) user.user_metadata = null
  expect((await auth.getUser()).data.user?.user_metadata).toBe(null)
  const { data } = await auth.updateUser({ data: { company: null } })
  expect(data.user?.user_metadata).toEqual({ company: null })
})

test('weak passwords come with every reason', async () => {
  const { auth } = await start({
    passwordMinLength: 10,
    requiredCharacters: ['abc', '0123456789'],
    leaked: ['abcdefghijk1'],
  })
  const short = (await auth.signUp({ email, password: 'xyz' })).error
  expect(isAuthWeakPasswordError(short) && short.reasons).toEqual(['length', 'characters'])
  expect(short).toMatchObject({ status: 422, code: 'weak_password' })
  const leaked = (await auth.signUp({ email, password: 'abcdefghijk1' })).error
  expect(isAuthWeakPasswordError(leaked) && leaked.reasons).toEqual(['pwned'])
  const long = (await auth.signUp({ email, password: 'a1'.repeat(40) })).error
  expect(long).toMatchObject({ status: 400, code: 'validation_failed' })
})

test('an address that has an account is refused where addresses are not confirmed', async () => {
  const { auth } = await start()
  await auth.signUp({ email, password })
  const { error } = await auth.signUp({ email: 'ana@example.ORG', password: 'another horse' })
  expect(error).toMatchObject({ status: 422, code: 'user_already_exists', message: 'User already registered' })
})

test('where addresses are confirmed, a person is made up for one that has an account', async () => {
  let now = Date.UTC(2026, 10, 25)
  const { auth, goTrue } = await start({ autoconfirm: false, now: () => now })
  const first = await auth.signUp({ email, password, options: { data: { company: 'Acme' } } })
  expect(first.data).toMatchObject({ session: null, user: { user_metadata: { company: 'Acme' } } })
  expect(first.data.user?.email_confirmed_at).toBe(undefined)
  expect((await auth.signInWithPassword({ email, password })).error).toMatchObject({
    status: 400,
    code: 'email_not_confirmed',
  })
  // Unconfirmed, they stay as they are, and there is a message each minute.
  const soon = await auth.signUp({ email, password: 'another horse' })
  expect(soon.error).toMatchObject({ status: 429, code: 'over_email_send_rate_limit' })
  now += 61_000
  const again = await auth.signUp({ email, password: 'another horse', options: { data: { company: 'Else' } } })
  expect(again.data.user).toMatchObject({ id: first.data.user?.id, user_metadata: { company: 'Acme' } })

  const user = goTrue.accounts.find(email)
  if (user) goTrue.accounts.confirm(user)
  const repeated = await auth.signUp({ email, password: 'another horse', options: { data: { company: 'Else' } } })
  expect(repeated).toMatchObject({ error: null, data: { session: null, user: { identities: [] } } })
  expect(repeated.data.user?.id).not.toBe(user?.id)
  expect((await auth.signInWithPassword({ email, password: 'another horse' })).error?.code).toBe('invalid_credentials')
  expect((await auth.signInWithPassword({ email, password })).data.user?.user_metadata).toMatchObject({
    company: 'Acme',
    email_verified: true,
  })
})

test('a refresh token is good for one exchange, and once more while its answer may have been lost', async () => {
  let now = Date.UTC(2026, 10, 25)
  const { auth, client } = await start({ now: () => now })
  const { data } = await auth.signUp({ email, password })
  const refresh_token = data.session?.refresh_token ?? ''
  const exchanged = await client().refreshSession({ refresh_token })
  const repeated = await client().refreshSession({ refresh_token })
  expect(repeated.data.session?.refresh_token).toBe(exchanged.data.session?.refresh_token)
  await client().refreshSession({ refresh_token: exchanged.data.session?.refresh_token ?? '' })
  now += 11_000
  const { error } = await client().refreshSession({ refresh_token })
  expect(error).toMatchObject({ status: 400, code: 'refresh_token_already_used' })
  expect((await client().refreshSession({ refresh_token: 'none' })).error?.code).toBe('refresh_token_not_found')
})

test('an access token ends', async () => {
  let now = Date.UTC(2026, 10, 25)
  const { auth } = await start({ now: () => now })
  const { data } = await auth.signUp({ email, password })
  now += 3_600_000
  const { error } = await auth.getUser(data.session?.access_token)
  expect(error).toMatchObject({ status: 403, code: 'bad_jwt' })
})

test('closed doors: sign-up, captcha, blocked people, the gateway', async () => {
  const closed = await start({ signUpDisabled: true })
  expect((await closed.auth.signUp({ email, password })).error).toMatchObject({ status: 422, code: 'signup_disabled' })
  const robots = await start({ captcha: true })
  expect((await robots.auth.signUp({ email, password })).error).toMatchObject({ status: 400, code: 'captcha_failed' })
  const solved = await robots.auth.signUp({ email, password, options: { captchaToken: 'solved' } })
  expect(solved.error).toBe(null)
  const user = robots.goTrue.accounts.find(email)
  if (user) user.bannedUntil = Date.now() + 60_000
  const credentials = { email, password, options: { captchaToken: 'solved' } }
  expect((await robots.auth.signInWithPassword(credentials)).error).toMatchObject({ status: 400, code: 'user_banned' })
  const stranger = new AuthClient({ url: `${robots.goTrue.origin}/auth/v1`, headers: {}, persistSession: false })
  expect((await stranger.signUp({ email, password })).error).toMatchObject({
    status: 401,
    message: 'No API key found in request',
  })
})

test('without a version, errors have the older shape', async () => {
  const { goTrue } = await start()
  const response = await fetch(`${goTrue.origin}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  const error = { code: 400, error_code: 'invalid_credentials', msg: 'Invalid login credentials' }
  expect([response.status, await response.json()]).toEqual([400, error])
})
