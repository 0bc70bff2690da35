// Log-in on the tenant's page: nothing is believed on the way back that was not asked for, and nothing of it stays.
import { createHash } from 'node:crypto'
import { generateKeyPair, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import type { Auth0Options } from '../../src/backends/auth0.ts'
import { isLatchkeyError } from '../../src/contract/errors.ts'
import { account, createTenant, options, person, type Reply } from './auth0-tenant.ts'

const { privateKey } = await generateKeyPair('RS256')
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isLatchkeyError(error) ? error : null),
  )

/** What an ID token says; the rest is right. */
interface Claims {
  readonly nonce?: string
  readonly iss?: string
  readonly aud?: string
  readonly exp?: number
}

/** A tenant whose log-in page gives a code, and tokens for it. */
function redirecting(
  given: Partial<Auth0Options> = {},
  claims: Claims = {},
  told: Readonly<Record<string, Reply>> = {},
) {
  let asked = new URL('about:blank')
  const param = (name: string) => asked.searchParams.get(name) ?? ''
  const tenant = createTenant(
    {
      'POST /oauth/token': async ({ body }) => {
        const { iss = `https://${options.domain}/`, aud = options.clientId, nonce = param('nonce'), exp } = claims
        const now = Math.floor(Date.now() / 1000)
        const id_token = await new SignJWT({ nonce })
          .setProtectedHeader({ alg: 'RS256' })
          .setIssuer(iss)
          .setAudience(aud)
          .setSubject(account.user_id)
          .setIssuedAt(now)
          .setExpirationTime(exp ?? now + 60)
          .sign(privateKey)
        const challenge = createHash('sha256').update(String(body?.code_verifier)).digest('base64url')
        if (body?.code !== 'the-code' || challenge !== param('code_challenge'))
          return { status: 403, body: { error: 'invalid_grant', error_description: 'Invalid authorization code' } }
        return {
          status: 200,
          body: { access_token: 'access-1', refresh_token: 'refresh-1', token_type: 'Bearer', id_token },
        }
      },
      ...told,
    },
    { login: 'redirect', ...given },
  )
  return {
    ...tenant,
    param,
    async leave(identifier?: string) {
      asked = new URL(await tenant.client.startRedirect(identifier === undefined ? {} : { identifier }))
      return asked
    },
    /** The browser is back, in a new page. */
    comeBack(answer: Readonly<Record<string, string>>) {
      const { origin, pathname } = new URL(tenant.page.address)
      tenant.page.address = `${origin}${pathname}?tab=2&${new URLSearchParams(answer)}#there`
      return tenant.open()
    },
  }
}

test('the way there asks for a code with a proof, and keeps nothing that is a credential', async () => {
  const { leave, param, kept } = redirecting()
  const asked = await leave(person.email)
  expect(asked.origin + asked.pathname).toBe('https://example.eu.auth0.com/authorize')
  expect(Object.fromEntries([...asked.searchParams].filter(([name]) => !/state|nonce|challenge$/.test(name)))).toEqual({
    response_type: 'code',
    client_id: 'client',
    redirect_uri: 'https://shop.example.org/account',
    scope: 'openid profile email offline_access read:current_user update:current_user_metadata',
    audience: 'https://example.eu.auth0.com/api/v2/',
    connection: options.connection,
    code_challenge_method: 'S256',
    login_hint: person.email,
  })
  for (const name of ['state', 'nonce', 'code_challenge']) expect(param(name).length).toBeGreaterThan(40)
  const [text = ''] = [...kept.values()]
  expect(Object.keys(JSON.parse(text).content).sort()).toEqual(['nonce', 'redirectUri', 'state', 'verifier'])
  expect(asked.href).not.toContain(JSON.parse(text).content.verifier)
})

test('whoever comes back is signed in, once, and the address forgets the code', async () => {
  const { leave, param, comeBack, page, kept, asked } = redirecting()
  await leave()
  const client = comeBack({ code: 'the-code', state: param('state'), iss: 'https://example.eu.auth0.com/' })
  const [answer, again] = await Promise.all([client.finishRedirect(), client.finishRedirect()])
  expect([answer?.user.id, again?.user.id]).toEqual([account.user_id, account.user_id])
  expect(page.address).toBe('https://shop.example.org/account?tab=2#there')
  expect(kept.size).toBe(0)
  expect(await client.getToken()).toBe('access-1')
  expect(asked.filter(({ url }) => url.endsWith('/oauth/token')).length).toBe(1)
  // Whose they are is known from the log-in.
  expect(asked.filter(({ url }) => url.endsWith('/userinfo')).length).toBe(0)
  expect(await client.finishRedirect()).toBeNull()
})

test('asking who is signed in is enough to come back', async () => {
  const { leave, param, comeBack, page } = redirecting()
  await leave()
  const client = comeBack({ code: 'the-code', state: param('state') })
  expect((await client.getSession())?.user.id).toBe(account.user_id)
  expect(page.address).not.toContain('the-code')
  expect((await client.getSession())?.user.id).toBe(account.user_id)
})

test.each([
  ['another state', { code: 'the-code', state: 'other' }, {}],
  ['another issuer', { code: 'the-code', iss: 'https://evil.example/' }, {}],
  ['another nonce', { code: 'the-code' }, { nonce: 'other' }],
  ['an ID token of another issuer', { code: 'the-code' }, { iss: 'https://evil.example/' }],
  ['an ID token for another application', { code: 'the-code' }, { aud: 'other' }],
  ['an ID token that has ended', { code: 'the-code' }, { exp: 1000 }],
])('%s signs nobody in', async (_name, answer, claims: Claims) => {
  const { leave, param, comeBack, page, kept } = redirecting({}, claims)
  await leave()
  const client = comeBack({ state: param('state'), ...answer })
  const error = await refusal(client.finishRedirect())
  expect(error?.code).toBe('unauthenticated')
  expect(`${error?.message}${JSON.stringify(error)}`).not.toMatch(/the-code|access-1/)
  expect(page.address).not.toContain('the-code')
  expect(kept.size).toBe(0)
  expect(await client.getSession()).toBeNull()
})

test('a code without the proof of this tab is nothing', async () => {
  const { comeBack, asked, page } = redirecting()
  expect(await comeBack({ code: 'the-code', state: 'x' }).finishRedirect()).toBeNull()
  expect(asked).toEqual([])
  expect(page.address).toContain('the-code')
})

test('an answer on another page, or after an hour, is nothing', async () => {
  const { leave, param, comeBack, page, environment } = redirecting({ redirectUri: 'https://shop.example.org/back' })
  await leave()
  expect(await comeBack({ code: 'the-code', state: param('state') }).finishRedirect()).toBeNull()
  page.address = 'https://shop.example.org/back'
  environment.now = () => Date.now() + 3_600_001
  expect(await comeBack({ code: 'the-code', state: param('state') }).finishRedirect()).toBeNull()
  environment.now = () => Date.now()
  expect((await comeBack({ code: 'the-code', state: param('state') }).finishRedirect())?.user.id).toBe(account.user_id)
})

test.each([
  ['access_denied', 'Please verify your email', 'email_unverified'],
  ['access_denied', 'User did not authorize the request', 'forbidden'],
  ['unauthorized', 'user is blocked', 'account_blocked'],
  ['login_required', '', 'unauthenticated'],
  ['server_error', '', 'server_error'],
  ['unheard_of', 'correct horse', 'forbidden'],
])('a refusal on that page is said: %s %s', async (error, error_description, code) => {
  const { leave, param, comeBack, page } = redirecting()
  await leave()
  const refused = await refusal(comeBack({ error, error_description, state: param('state') }).finishRedirect())
  expect(refused?.code).toBe(code)
  expect(refused?.message).not.toContain('correct horse')
  expect(page.address).toBe('https://shop.example.org/account?tab=2#there')
})

test('beside a form, that page asks again who it is, and is offered for what the form cannot ask', async () => {
  const refused: Reply = { status: 403, body: { error: 'mfa_required', mfa_token: 'x' } }
  const given = { login: 'password', redirectUri: 'https://shop.example.org/account' } as const
  const { leave, param, client, kept } = redirecting(given, {}, { 'POST /oauth/token': refused })
  const answer = await client.signUp({ ...person, user_metadata: { newsletter: true } })
  expect([answer.needsRedirect, answer.pending]).toEqual([true, ['/user_metadata/newsletter']])
  expect([...kept.values()].join()).toContain('newsletter')
  await leave(person.email)
  expect(param('prompt')).toBe('login')
})

test('what a sign-up could not carry is stored when its person comes back', async () => {
  const { leave, param, comeBack, client, asked } = redirecting()
  const answer = await client.signUp({ ...person, user_metadata: { company: 'Acme', newsletter: true } })
  expect(answer.needsRedirect).toBe(true)
  await leave(person.email)
  await comeBack({ code: 'the-code', state: param('state') }).finishRedirect()
  const saves = asked.filter(({ method }) => method === 'PATCH')
  expect(saves.map(({ body }) => body)).toEqual([{ user_metadata: { newsletter: true } }])
})

test('where there is no such page, it says so', async () => {
  const { client } = createTenant()
  expect((await refusal(client.startRedirect()))?.code).toBe('unsupported')
  expect(await client.finishRedirect()).toBeNull()
  const { client: other } = createTenant({}, { login: 'redirect' })
  const error = await refusal(other.logIn({ identifier: person.email, password: person.password }))
  expect([error?.code, error?.message.includes('startRedirect()')]).toEqual(['unsupported', true])
})
