// The server of these tests is what better-auth's own client expects: it passes here first, and ours runs against the same.
import { createAuthClient } from 'better-auth/client'
import { inferAdditionalFields, usernameClient } from 'better-auth/client/plugins'
import { afterAll, expect, test } from 'vitest'
import { startBetterAuth } from './better-auth-server.ts'
import { browserAt, type CookieBrowser } from './cookie-browser.ts'

const server = await startBetterAuth({ options: { rateLimit: { enabled: true } } })
const strict = await startBetterAuth({
  options: { emailAndPassword: { enabled: true, requireEmailVerification: true } },
})
afterAll(() => Promise.all([server.close(), strict.close()]))

const optional = { required: false } as const
const plugins = [
  usernameClient(),
  inferAdditionalFields({
    user: {
      company: { type: 'string', ...optional },
      newsletter: { type: 'boolean', ...optional },
      address: { type: 'json', ...optional },
    },
  }),
]

function vendorAt(origin: string, { fetch }: CookieBrowser) {
  return createAuthClient({ baseURL: origin, plugins, fetchOptions: { customFetchImpl: fetch } })
}

const ana = { email: 'Ana@example.org', password: 'correct horse', name: '' }

test('an account from sign-up to log-out', async () => {
  const browser = browserAt(server.origin)
  const client = vendorAt(server.origin, browser)
  const made = await client.signUp.email({ ...ana, company: 'Acme', newsletter: false, address: { city: 'Lisbon' } })
  expect(made.data).toMatchObject({
    token: expect.any(String),
    user: { email: 'ana@example.org', name: '', company: 'Acme' },
  })
  const saved = await client.updateUser({ company: null, newsletter: true })
  expect(saved.data).toEqual({ status: true })
  const { data } = await client.getSession()
  expect(data?.user).toMatchObject({ company: null, newsletter: true, address: { city: 'Lisbon' } })
  expect((await client.signOut()).data).toEqual({ success: true })
  expect((await client.getSession()).data).toBeNull()
  const again = await client.signUp.email(ana)
  expect(again.error).toMatchObject({ status: 422, code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL' })
})

test('a duplicate looks like a new account where the address has to be verified', async () => {
  const client = vendorAt(strict.origin, browserAt(strict.origin))
  const first = await client.signUp.email({ ...ana, company: 'Acme' })
  const second = await client.signUp.email({ ...ana, company: 'Other' })
  expect([first.data?.token, second.data?.token]).toEqual([null, null])
  expect(second.data?.user.id).not.toBe(first.data?.user.id)
  expect(strict.rows('SELECT id, company FROM user')).toEqual([{ id: first.data?.user.id, company: 'Acme' }])
  expect((await client.signIn.email(ana)).error).toMatchObject({ status: 403, code: 'EMAIL_NOT_VERIFIED' })
  expect(strict.links).toHaveLength(1)
})

test('wrong log-ins, too many of them, and another origin', async () => {
  const client = vendorAt(server.origin, browserAt(server.origin))
  const wrong = () => client.signIn.email({ email: ana.email, password: 'wrong' })
  for (const attempt of [await wrong(), await wrong(), await wrong()])
    expect(attempt.error).toMatchObject({ status: 401, code: 'INVALID_EMAIL_OR_PASSWORD' })
  expect((await wrong()).error).toMatchObject({ status: 429 })
  const elsewhere = vendorAt(strict.origin, browserAt(strict.origin, 'https://evil.example'))
  expect((await elsewhere.signIn.email(ana)).error).toMatchObject({ status: 403, code: 'INVALID_ORIGIN' })
})
