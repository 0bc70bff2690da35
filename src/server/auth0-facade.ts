// The Auth0-compatible door: the endpoints of Auth0's APIs over the accounts of an account server, for clients that stay.
import { Hono } from 'hono'
import type { AccountServer } from './account-server.ts'
import { authorize, logIn } from './auth0-authorize.ts'
import { changePassword } from './auth0-change-password.ts'
import type { Auth0Context } from './auth0-context.ts'
import { createCookies } from './auth0-cookies.ts'
import { crossOrigin } from './auth0-cross-origin.ts'
import { configuration, lockSettings, publishedKeys, ssoData } from './auth0-discovery.ts'
import { managementError, oauthError, tooManyRequests } from './auth0-errors.ts'
import { createGrants } from './auth0-grants.ts'
import { signingKeyOf } from './auth0-keys.ts'
import { endSession, logOut } from './auth0-log-out.ts'
import { createUser, deleteUser, listUsers, usersByEmail } from './auth0-managed-users.ts'
import type { Auth0FacadeOptions } from './auth0-options.ts'
import { finish, preflight } from './auth0-requests.ts'
import { revoke } from './auth0-revoke.ts'
import { settingsOf } from './auth0-settings.ts'
import { signUp } from './auth0-sign-up.ts'
import { token } from './auth0-token-call.ts'
import { createTokens } from './auth0-tokens.ts'
import { readUser, updateUser } from './auth0-user-calls.ts'
import { userInfo } from './auth0-user-info.ts'
import { randomSecret, sharedSecret } from './database.ts'
import { BusyError } from './passwords.ts'
import { peer } from './peer.ts'
import { partsOf } from './server-parts.ts'

export interface Auth0Facade {
  /** Answers a request at the issuer's address; anything it does not know is 404. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>
}

/**
 * Opens the Auth0-compatible door to an account server's accounts: the same people, passwords and database. It needs the
 * package `jose` and an address of its own, at whose root it answers. Throws TypeError with path and fix for a wrong option.
 *
 * @example
 * const auth0 = await auth0Facade(accounts, {
 *   issuer: 'https://login.example.com/',
 *   clients: [{ clientId: 'shop', redirectUris: ['https://shop.example.com/'], origins: ['https://shop.example.com'] }],
 * })
 * serve({ fetch: auth0.fetch, port: 8443, createServer: https.createServer, serverOptions: { key, cert } })
 */
export async function auth0Facade(accounts: AccountServer, options: Auth0FacadeOptions): Promise<Auth0Facade> {
  const { context: rules, database, onError } = partsOf(accounts)
  const settings = settingsOf(options)
  const jose = await peer('jose', 'auth0Facade signs tokens', import('jose'))
  const key = await signingKeyOf(database, jose)
  const context: Auth0Context = {
    settings,
    accounts: rules,
    database,
    key,
    tokens: createTokens(settings, key, jose, rules.now),
    cookies: createCookies(settings.secure),
    grants: createGrants(database, rules.users, settings.refreshTokenLeeway, rules.now),
    pageSecret: await sharedSecret(database, 'auth0 log-in page', randomSecret),
  }
  const app = routes(context, onError)
  return {
    async fetch(request) {
      const answer = request.method === 'OPTIONS' ? preflight() : await app.fetch(request)
      return finish(answer, request, settings, rules.now)
    },
  }
}

function routes(context: Auth0Context, onError: (error: unknown) => void): Hono {
  const app = new Hono()
  app.post('/dbconnections/signup', (call) => signUp(call.req.raw, context))
  app.post('/dbconnections/change_password', (call) => changePassword(call.req.raw, context))
  app.post('/oauth/token', (call) => token(call.req.raw, context))
  app.post('/oauth/revoke', (call) => revoke(call.req.raw, context))
  app.on(['GET', 'POST'], '/userinfo', (call) => userInfo(call.req.raw, context))
  app.get('/authorize', (call) => authorize(call.req.raw, context))
  app.post('/u/login', (call) => logIn(call.req.raw, context))
  app.post('/co/authenticate', (call) => crossOrigin(call.req.raw, context))
  app.get('/v2/logout', (call) => logOut(call.req.raw, context))
  app.get('/oidc/logout', (call) => endSession(call.req.raw, context))
  app.get('/.well-known/openid-configuration', () => configuration(context))
  app.get('/.well-known/jwks.json', () => publishedKeys(context))
  app.get('/client/:file', (call) => lockSettings(call.req.param('file'), context))
  app.get('/user/ssodata', () => ssoData())
  app.get('/api/v2/users', (call) => listUsers(call.req.raw, context))
  app.post('/api/v2/users', (call) => createUser(call.req.raw, context))
  app.get('/api/v2/users-by-email', (call) => usersByEmail(call.req.raw, context))
  app.get('/api/v2/users/:id', (call) => readUser(call.req.raw, call.req.param('id'), context))
  app.patch('/api/v2/users/:id', (call) => updateUser(call.req.raw, call.req.param('id'), context))
  app.delete('/api/v2/users/:id', (call) => deleteUser(call.req.raw, call.req.param('id'), context))
  app.notFound((call) => managementError(404, `Nothing answers ${call.req.method} here.`, null))
  app.onError((error) => {
    if (error instanceof BusyError) {
      return tooManyRequests(1)
    }
    onError(error)
    return oauthError(500, 'server_error', 'The server could not answer.')
  })
  return app
}
