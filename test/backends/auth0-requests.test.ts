// What an Auth0 tenant is asked, and what is never sent to it.
import { expect, test } from 'vitest'
import { auth0 } from '../../src/backends/auth0.ts'
import { isLatchkeyError } from '../../src/contract/errors.ts'
import { createTenant, options, person, type Reply } from './auth0-tenant.ts'

const paths = ({ asked }: ReturnType<typeof createTenant>) =>
  asked.map(({ method, url }) => `${method} ${new URL(url).pathname}`)
const logIn = ({ client }: ReturnType<typeof createTenant>) =>
  client.logIn({ identifier: person.email, password: person.password })
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isLatchkeyError(error) ? error : null),
  )
const granted = (scope: string): Reply => ({
  status: 200,
  body: { access_token: 'access-1', token_type: 'Bearer', expires_in: 60, scope },
})

test('a sign-up asks for an account, for tokens, whose they are, and for the profile', async () => {
  const tenant = createTenant()
  const { user, pending } = await tenant.client.signUp({
    ...person,
    given_name: 'Ana',
    user_metadata: { company: 'Acme' },
  })
  expect(paths(tenant)).toEqual([
    'POST /dbconnections/signup',
    'POST /oauth/token',
    'GET /userinfo',
    'GET /api/v2/users/auth0%7C6a1',
  ])
  expect(tenant.asked.map(({ body }) => body)).toEqual([
    {
      client_id: 'client',
      connection: options.connection,
      ...person,
      given_name: 'Ana',
      user_metadata: { company: 'Acme' },
    },
    {
      client_id: 'client',
      grant_type: 'http://auth0.com/oauth/grant-type/password-realm',
      username: person.email,
      password: person.password,
      realm: options.connection,
      audience: 'https://example.eu.auth0.com/api/v2/',
      scope: 'openid profile email offline_access read:current_user update:current_user_metadata',
    },
    null,
    null,
  ])
  expect([user.id, user.user_metadata, user.identities?.[0]?.provider, pending]).toEqual(['auth0|6a1', {}, 'auth0', []])
})

test('no cookie, no header that a tenant does not allow a page, and no password in an address', async () => {
  const tenant = createTenant()
  await tenant.client.signUp({ ...person })
  await tenant.client.updateMetadata({ company: 'Acme' })
  for (const { url, headers, credentials } of tenant.asked) {
    expect(credentials).toBe('omit')
    const allowed = ['accept', 'authorization', 'content-type']
    expect([...headers.keys()].filter((name) => !allowed.includes(name))).toEqual([])
    expect(url).not.toMatch(/correct|access-1|refresh-1/)
  }
})

test('a save sends what changed of the metadata and nothing of the profile that was read', async () => {
  const tenant = createTenant()
  await logIn(tenant)
  await tenant.client.updateMetadata({ company: 'Acme', fax: null })
  await tenant.client.clearMetadata()
  const saves = tenant.asked.filter(({ method }) => method === 'PATCH')
  expect(saves.map(({ body }) => body)).toEqual([
    { user_metadata: { company: 'Acme', fax: null } },
    { user_metadata: {} },
  ])
  expect(await tenant.client.updateMetadata({})).toBeNull()
  expect(tenant.asked.filter(({ method }) => method === 'PATCH').length).toBe(2)
})

test('a standard attribute is refused before anything is sent, and says why', async () => {
  const tenant = createTenant()
  await logIn(tenant)
  const before = tenant.asked.length
  const error = await refusal(tenant.client.save([{ target: 'root', action: 'set', key: 'given_name', value: 'Ana' }]))
  expect([error?.code, error?.field]).toEqual(['read_only', 'given_name'])
  expect(error?.message).toContain('does not let a person change this attribute')
  expect(tenant.asked.length).toBe(before)
})

test('what was granted is looked at before a call, and what is missing is named', async () => {
  const unread = createTenant({ 'POST /oauth/token': granted('openid profile email') })
  const reading = await refusal(logIn(unread))
  expect(reading?.code).toBe('insufficient_scope')
  expect(reading?.message).toContain('read:current_user')
  expect(paths(unread)).toEqual(['POST /oauth/token'])

  const unwritten = createTenant({ 'POST /oauth/token': granted('openid read:current_user') })
  await logIn(unwritten)
  const saving = await refusal(unwritten.client.updateMetadata({ company: 'Acme' }))
  expect(saving?.message).toContain('update:current_user_metadata')
  expect(paths(unwritten).filter((path) => path.startsWith('PATCH'))).toEqual([])

  for (const scope of ['openid read:users update:users', 'openid read:current_user create:current_user_metadata']) {
    const tenant = createTenant({ 'POST /oauth/token': granted(scope) })
    await logIn(tenant)
    await tenant.client.updateMetadata({ company: 'Acme' })
  }
})

test('a sign-up whose answer was lost is not made twice: the password decides whose account it is', async () => {
  const lost = ['lost', { status: 400, body: { code: 'invalid_signup' } }] as const
  const own = createTenant({ 'POST /dbconnections/signup': lost })
  expect((await refusal(own.client.signUp(person)))?.code).toBe('network')
  expect((await own.client.signUp(person)).user.id).toBe('auth0|6a1')

  const wrong: Reply = { status: 403, body: { error: 'invalid_grant' } }
  const other = createTenant({ 'POST /dbconnections/signup': lost, 'POST /oauth/token': wrong })
  await refusal(other.client.signUp(person))
  expect((await refusal(other.client.signUp(person)))?.code).toBe('signup_rejected')
})

test('an account that was made and could not be logged in to yet is not made again', async () => {
  const well: Reply = granted('openid read:current_user update:current_user_metadata')
  const tenant = createTenant({ 'POST /oauth/token': ['lost', well] })
  expect((await refusal(tenant.client.signUp(person)))?.code).toBe('network')
  await tenant.client.signUp(person)
  expect(paths(tenant).filter((path) => path.endsWith('/signup')).length).toBe(1)
})

test('what a sign-up could not carry waits where the log-in after it was refused', async () => {
  const refused: Reply = { status: 403, body: { error: 'mfa_required', mfa_token: 'x' } }
  const tenant = createTenant({ 'POST /oauth/token': refused })
  const error = await refusal(tenant.client.signUp({ ...person, user_metadata: { newsletter: true } }))
  expect(error?.code).toBe('mfa_required')
  expect([...tenant.kept.values()].join()).toContain('newsletter')
})

test('an account that has to be verified first is said to be made', async () => {
  const refused: Reply = { status: 403, body: { error: 'access_denied', error_description: 'Verify your e-mail' } }
  const tenant = createTenant({ 'POST /oauth/token': refused })
  const answer = await tenant.client.signUp({ ...person, user_metadata: { newsletter: true } })
  expect([answer.needsVerification, answer.pending]).toEqual([true, ['/user_metadata/newsletter']])
})

test('a log-out ends the refresh token, and sends it nowhere else', async () => {
  const tenant = createTenant()
  await logIn(tenant)
  await tenant.client.logOut()
  const last = tenant.asked.at(-1)
  expect(last?.url).toBe('https://example.eu.auth0.com/oauth/revoke')
  expect(last?.body).toEqual({ client_id: 'client', token: 'refresh-1', token_type_hint: 'refresh_token' })
  expect(await tenant.client.getSession()).toBeNull()
  expect((await refusal(tenant.client.getToken()))?.code).toBe('unauthenticated')
})

test('tokens that are no such are refused without a word of them', async () => {
  const bodies = [
    { access_token: 'access-1', token_type: 'DPoP' },
    { access_token: '', token_type: 'Bearer' },
    { token_type: 'Bearer' },
    { access_token: 'line\nbreak', token_type: 'Bearer' },
    'access-1',
  ]
  for (const body of bodies) {
    const error = await refusal(logIn(createTenant({ 'POST /oauth/token': { status: 200, body } })))
    expect(error?.code).toBe('bad_response')
    expect(error?.message).not.toMatch(/access-1|line/)
  }
})

test.each([
  [{ domain: 'https://example.eu.auth0.com' }, /options\.domain: .*without "https:\/\/"/],
  [{ domain: 'example.eu.auth0.com/' }, /options\.domain/],
  [{ clientId: '' }, /options\.clientId: is missing/],
  [{ connection: '' }, /options\.connection: is missing/],
  [{ audience: 'https://api.example.org/' }, /options\.audience: .*Management API/],
  [{ scope: 'profile' }, /options\.scope: must contain "openid"/],
  [{ redirectUri: '/callback' }, /options\.redirectUri: must be the whole address/],
])('a wrong option is said: %o', (given, message) => {
  expect(() => auth0({ ...options, ...given })).toThrow(message)
})
