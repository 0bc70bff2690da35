// Who is signed in at a better-auth server, and how: by cookie or token, verified or not, remembered or not.
import { afterAll, expect, test } from 'vitest'
import { pageAt, password, someone, stored } from './better-auth-page.ts'
import { startBetterAuth } from './better-auth-server.ts'
import { rejection } from './rejection.ts'

const server = await startBetterAuth()
const strict = await startBetterAuth({
  options: { emailAndPassword: { enabled: true, requireEmailVerification: true } },
})
const apart = await startBetterAuth({ options: { emailAndPassword: { enabled: true, autoSignIn: false } } })
afterAll(() => Promise.all([server, strict, apart].map(({ close }) => close())))

test('an address that has an account cannot be told from a new one where it has to be verified', async () => {
  const ana = someone()
  const { client, browser } = pageAt(strict, { verification: 'required' })
  const first = await client.signUp({ ...ana, user_metadata: { company: 'Acme' } })
  const second = await client.signUp({ ...ana, user_metadata: { company: 'Other' } })
  expect([first, second]).toMatchObject([
    { needsVerification: true, user: { email: ana.email, user_metadata: { company: 'Acme' } } },
    { needsVerification: true, user: { email: ana.email, user_metadata: { company: 'Other' } } },
  ])
  expect(browser.cookies.size).toBe(0)
  expect(await client.getSession()).toBeNull()
  expect(stored(strict, ana.email)).toMatchObject([{ company: 'Acme' }])

  expect((await rejection(client.logIn({ identifier: ana.email, password }))).code).toBe('email_unverified')
  await fetch(strict.links.at(-1) ?? '', { redirect: 'manual' })
  expect((await client.logIn({ identifier: ana.email, password })).user.email_verified).toBe(true)
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
  const { client } = pageAt(server)
  const { user } = await client.signUp(someone())
  const other = someone()
  const answer = await client.signUp({ ...other, logIn: false })
  expect(answer.user.email).toBe(other.email)
  expect(answer.needsVerification).toBeUndefined()
  expect((await client.getSession())?.user.id).toBe(user.id)
})

test('a session that is not to be remembered ends with the browser, after a save as well', async () => {
  const { client, browser } = pageAt(server)
  const ana = someone()
  const cookie = () => browser.attributes.get('better-auth.session_token')
  await client.signUp({ ...ana, remember: false })
  expect(cookie()).not.toContain('Max-Age')
  await client.updateMetadata({ company: 'Acme' })
  expect(cookie()).not.toContain('Max-Age')
  await client.logIn({ identifier: ana.email, password, remember: true })
  expect(cookie()).toContain('Max-Age')
})

test('a user name signs up and logs in as well', async () => {
  const { client } = pageAt(server, { usernames: true })
  const ana = someone()
  const made = await client.signUp({ ...ana, username: 'Ana_P' })
  expect(made.user.username).toBe('ana_p')
  expect((await client.logIn({ identifier: 'ANA_P', password })).user.id).toBe(made.user.id)
  const taken = await rejection(client.signUp({ ...someone(), username: 'ana_P' }))
  expect([taken.code, taken.field, taken.status]).toEqual(['username_taken', 'username', 400])
  // Ours may have a dash, and two characters.
  for (const username of ['ana-p', 'an']) {
    const invalid = await rejection(client.signUp({ ...someone(), username }))
    expect([invalid.code, invalid.field, invalid.status]).toEqual(['invalid_username', 'username', 400])
  }
  const unknown = await rejection(client.logIn({ identifier: 'an', password }))
  expect([unknown.code, unknown.field]).toEqual(['invalid_credentials', null])
})

test('a page on another site holds a token and no cookie', async () => {
  const { client, browser } = pageAt(server, { session: 'bearer' })
  const ana = someone()
  await client.signUp({ ...ana, user_metadata: { company: 'Acme' } })
  const first = await client.getToken()
  await client.logIn({ identifier: ana.email, password })
  const token = await client.getToken()
  expect(token).not.toBe(first)
  const saved = await client.updateMetadata({ seats: 3 })
  expect(saved?.user.user_metadata).toEqual({ company: 'Acme', seats: 3 })
  await client.logOut()
  expect(await client.getSession()).toBeNull()
  expect((await rejection(client.getToken())).code).toBe('unauthenticated')
  expect(server.rows('SELECT id FROM session WHERE token = ?', token)).toEqual([])
  expect(browser.cookies.size).toBe(0)
  const authorized = browser.sent.map(({ headers }) => headers.get('authorization'))
  expect(authorized).toContain(`Bearer ${token}`)
  expect(JSON.stringify(browser.sent.map(({ path, body }) => [path, body]))).not.toContain(token)
})

test('a session that ended elsewhere is over for whoever holds its token', async () => {
  const { client } = pageAt(server, { session: 'bearer' })
  await client.signUp(someone())
  server.write('DELETE FROM session WHERE token = ?', await client.getToken())
  expect(await client.getSession()).toBeNull()
  expect((await rejection(client.updateMetadata({ company: 'Acme' }))).code).toBe('unauthenticated')
})
