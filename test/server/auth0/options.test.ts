// What the Auth0-compatible door is opened with: wrong options are named, with the fix; and what it says about itself.
import { type Auth0Client, type Auth0FacadeOptions, auth0Facade, createAccountServer } from 'latchkey/server'
import { expect, onTestFinished, test } from 'vitest'
import { databaseFile, sqlite } from '../databases.ts'
import { doorOpenerOn } from './door.ts'
import { CONNECTION, ISSUER, LOCK, MACHINE, PAGE, SHOP } from './door-clients.ts'

const shop = (more: Partial<Auth0Client>) => ({ clients: [{ ...SHOP, ...more }] })

const WRONG: readonly (readonly [string, Partial<Auth0FacadeOptions>])[] = [
  ['issuer', { issuer: 'https://login.example.org' }],
  ['issuer', { issuer: 'https://login.example.org/path/' }],
  ['issuer', { issuer: 'http://login.example.org/' }],
  ['issuer', { issuer: 'login.example.org' }],
  ['clients', { clients: [] }],
  ['clients[0].clientId', shop({ clientId: '' })],
  ['clients[0].clientId', shop({ clientId: '../x' })],
  ['clients[1].clientId', { clients: [SHOP, SHOP] }],
  ['clients[0].clientSecret', shop({ clientSecret: 'secret-word' })],
  ['clients[0].clientSecret', shop({ clientSecret: `secret-word ${'x'.repeat(32)}` })],
  ['clients[0].redirectUris[1]', shop({ redirectUris: [`${PAGE}/callback`, '/callback'] })],
  ['clients[0].redirectUris[0]', shop({ redirectUris: ['https://*.example.org/'] })],
  ['clients[0].redirectUris[0]', shop({ redirectUris: [`${PAGE}/#callback`] })],
  ['clients[0].redirectUris[0]', shop({ redirectUris: ['javascript:alert(1)'] })],
  ['clients[0].redirectUris[0]', shop({ redirectUris: ['data:text/html,x'] })],
  ['clients[0].logoutUris[0]', shop({ logoutUris: ['bye'] })],
  ['clients[0].origins[0]', shop({ origins: [`${PAGE}/`] })],
  ['clients[0].origins[0]', shop({ origins: ['*'] })],
  ['clients[0].grants', shop({ grants: ['client_credentials'] })],
  ['clients[0].grants', { clients: [{ ...MACHINE, scopes: [] }] }],
  ['connection', { connection: '' }],
  ['apis[0].audience', { apis: [{ audience: `${ISSUER}api/v2/`, scopes: ['read:users'] }] }],
  ['accessTokenLifetime', { accessTokenLifetime: 0 }],
  ['refreshTokenLifetime', { refreshTokenLifetime: 1.5 }],
  ['refreshTokenLeeway', { refreshTokenLeeway: -1 }],
  ['sessionLifetime', { sessionLifetime: Number.NaN }],
]

test('a wrong option is named when the door is opened', async () => {
  const accounts = await createAccountServer({ databaseUrl: `file:${databaseFile()}`, origin: PAGE })
  onTestFinished(() => accounts.close())
  for (const [path, options] of WRONG) {
    const error = await auth0Facade(accounts, { issuer: ISSUER, clients: [SHOP], ...options }).catch((reason) => reason)
    expect(error, JSON.stringify(options)).toBeInstanceOf(TypeError)
    expect(String(error)).toMatch(/: .*[a-z]/)
    expect(String(error).startsWith(`TypeError: ${path} `), String(error)).toBe(true)
    expect(String(error)).not.toContain('secret-word')
  }
  const word: string = 'sometimes'
  for (const [path, more] of [
    ['userExists', { userExists: word }],
    ['passwordPolicy', { passwordPolicy: word }],
    ['clients[0].grants[0]', { clients: [{ ...SHOP, grants: [word] }] }],
    ['clients[0].scopes[0]', { clients: [{ ...MACHINE, scopes: [word] }] }],
  ] as const) {
    const options = Object(JSON.parse(JSON.stringify({ issuer: ISSUER, clients: [SHOP], ...more })))
    await expect(auth0Facade(accounts, options)).rejects.toThrow(`${path} "sometimes": must be one of `)
  }
  await expect(auth0Facade({ ...accounts }, { issuer: ISSUER, clients: [SHOP] })).rejects.toThrow('accounts : must be')
})

const open = doorOpenerOn(sqlite)

test('http is for a loopback address, whose cookies then need no TLS', async () => {
  const door = await open({ issuer: 'http://localhost:8080/' })
  const path = `/authorize?client_id=shop&response_type=code&code_challenge_method=S256&code_challenge=${'A'.repeat(43)}`
  const page = await door.send('GET', `${path}&redirect_uri=${encodeURIComponent(`${PAGE}/callback`)}`)
  expect(page.headers.getSetCookie()[0]).toMatch(/^auth0_form=[\w-]+; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax$/)
})

test('the door describes itself to OpenID Connect clients', async () => {
  const door = await open()
  const { json } = await door.send('GET', '/.well-known/openid-configuration')
  expect(json).toMatchObject({
    issuer: ISSUER,
    authorization_endpoint: `${ISSUER}authorize`,
    token_endpoint: `${ISSUER}oauth/token`,
    userinfo_endpoint: `${ISSUER}userinfo`,
    jwks_uri: `${ISSUER}.well-known/jwks.json`,
    revocation_endpoint: `${ISSUER}oauth/revoke`,
    end_session_endpoint: `${ISSUER}oidc/logout`,
    code_challenge_methods_supported: ['S256'],
    id_token_signing_alg_values_supported: ['RS256'],
  })
  const { json: keys } = await door.send('GET', '/.well-known/jwks.json')
  expect(keys).toEqual({
    keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig', kid: expect.any(String), n: expect.any(String), e: 'AQAB' }],
  })
})

test('Lock gets its settings as a script', async () => {
  const door = await open({ passwordPolicy: 'fair' }, { usernames: true })
  const reply = await door.send('GET', '/client/lock.js?t1')
  expect(reply.headers.get('content-type')).toBe('application/javascript; charset=utf-8')
  const [, json = ''] = /^Auth0\.setClient\((.*)\);$/.exec(reply.text) ?? []
  expect(JSON.parse(json)).toMatchObject({
    id: 'lock',
    allowed: LOCK.origins,
    strategies: [
      {
        name: 'auth0',
        connections: [
          {
            name: CONNECTION,
            passwordPolicy: 'fair',
            password_complexity_options: { min_length: 8 },
            requires_username: true,
            validation: { username: { min: 2, max: 30 } },
          },
        ],
      },
    ],
  })
  for (const file of ['nobody.js', 'lock', 'lock.json'])
    expect((await door.send('GET', `/client/${file}`)).status).toBe(404)
  expect((await door.send('GET', '/user/ssodata')).json).toEqual({ sso: false })
})

test('anything else is not there, and says so', async () => {
  const door = await open()
  for (const [method, path] of [
    ['GET', '/'],
    ['GET', '/oauth/token'],
    ['POST', '/authorize'],
    ['PUT', '/api/v2/users/x'],
    ['GET', '/account/me'],
  ] as const) {
    expect((await door.send(method, path)).status, path).toBe(404)
  }
  expect(door.errors).toEqual([])
})
