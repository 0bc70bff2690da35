// The calls to an Auth0 tenant in somebody's name: log-in, tokens, the profile and its metadata.
import { noContentSchema } from '../client/request.ts'
import type { CallContext, Credentials, ProfilePatch, SignInAnswer, Tokens } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import { type Profile, profileOf, type VersionedProfile } from '../contract/profile.ts'
import { explainAuth0, NEEDED_SCOPES } from './auth0-errors.ts'
import { type Auth0Server, ask, checkScope, tokensOf } from './auth0-server.ts'
import { auth0UserSchema, type TokenAnswer, tokenAnswerSchema, userInfoSchema } from './auth0-shapes.ts'

/** Log-in with a password at one connection (Auth0: Resource Owner Password Grant with a realm). */
const PASSWORD_REALM = 'http://auth0.com/oauth/grant-type/password-realm'

export async function logIn(
  server: Auth0Server,
  { identifier, password }: Credentials,
  context: CallContext,
): Promise<SignInAnswer> {
  if (server.redirectOnly) {
    const fix = 'call startRedirect() of the client'
    throw new LatchkeyError('unsupported', `logIn(): this backend logs in on a page of its own; ${fix}`)
  }
  const { connection: realm, audience, scope } = server
  const asked = { grant_type: PASSWORD_REALM, username: identifier, password, realm, audience, scope }
  const answer = await askToken(server, asked, 'logIn', context)
  return signedIn(server, tokensOf(server, answer, context, { id: null }), context)
}

/** Signs in whoever these tokens belong to. */
export async function signedIn(server: Auth0Server, tokens: Tokens, context: CallContext): Promise<SignInAnswer> {
  return { ...(await getProfile(server, { ...context, token: tokens.accessToken })), tokens }
}

/** New tokens for a refresh token, which Auth0 may give back or replace. */
export async function refresh(server: Auth0Server, refreshToken: string, context: CallContext): Promise<Tokens> {
  const answer = await askToken(
    server,
    { grant_type: 'refresh_token', refresh_token: refreshToken },
    'refresh',
    context,
  )
  const id = server.memory.grants.get(refreshToken)?.id ?? null
  return tokensOf(server, answer, context, { id, refreshToken })
}

/** Asks the token endpoint (RFC 6749, 3.2). */
export async function askToken(
  { base, clientId }: Auth0Server,
  parameters: Readonly<Record<string, string>>,
  call: 'logIn' | 'refresh',
  context: CallContext,
): Promise<TokenAnswer> {
  const { data } = await ask(
    context,
    {
      method: 'POST',
      url: `${base}/oauth/token`,
      body: { client_id: clientId, ...parameters },
      explain: explainAuth0(call),
      meanings: { 401: call === 'refresh' ? 'unauthenticated' : 'forbidden' },
    },
    tokenAnswerSchema,
  )
  return data
}

/** Ends what can be ended: an access token ends by itself, a refresh token would go on (RFC 7009). */
export async function logOut(server: Auth0Server, { refreshToken = null, ...context }: CallContext): Promise<void> {
  server.memory.grants.clear()
  if (refreshToken === null) return
  const body = { client_id: server.clientId, token: refreshToken, token_type_hint: 'refresh_token' }
  const call = { method: 'POST', url: `${server.base}/oauth/revoke`, body, explain: explainAuth0('other') } as const
  await ask({ ...context, token: null }, call, noContentSchema)
}

export async function getSession(server: Auth0Server, context: CallContext): Promise<VersionedProfile | null> {
  return context.token === null ? null : getProfile(server, context)
}

export async function getProfile(server: Auth0Server, context: CallContext): Promise<VersionedProfile> {
  checkScope(server, context, 'read')
  const url = await addressOf(server, context)
  const { data } = await ask(
    context,
    { method: 'GET', url, explain: explainAuth0('read', NEEDED_SCOPES.read[0]) },
    auth0UserSchema,
  )
  return withoutVersion(profileOf(data))
}

/** Sends `user_metadata` and nothing else: a profile that is sent back whole is refused. */
export async function patchProfile(
  server: Auth0Server,
  { user_metadata }: ProfilePatch,
  context: CallContext,
): Promise<VersionedProfile> {
  checkScope(server, context, 'write')
  const url = await addressOf(server, context)
  const call = {
    method: 'PATCH',
    url,
    body: { user_metadata },
    explain: explainAuth0('write', NEEDED_SCOPES.write[0]),
  } as const
  const { data } = await ask(context, call, auth0UserSchema)
  return withoutVersion(profileOf(data))
}

/** Sends the person a message to set another password; says nothing about whether there is such an account. */
export async function changePassword(server: Auth0Server, email: string, context: CallContext): Promise<void> {
  const { base, clientId, connection } = server
  const body = { client_id: clientId, connection, email }
  const url = `${base}/dbconnections/change_password`
  await ask(context, { method: 'POST', url, body, reply: 'text', explain: explainAuth0('other') }, noContentSchema)
}

/** Where the Management API has the account that the token belongs to. */
async function addressOf(server: Auth0Server, context: CallContext): Promise<string> {
  return `${server.audience}users/${encodeURIComponent(await idOf(server, context))}`
}

/** Whose token it is: the server says so, as a page reads no tokens. Asked once for a session. */
async function idOf({ base, memory }: Auth0Server, context: CallContext): Promise<string> {
  if (context.token === null) throw new LatchkeyError('unauthenticated', 'nobody is signed in', { status: 401 })
  const grant = memory.grants.get(context.token)
  if (grant?.id) return grant.id
  const call = { method: 'GET', url: `${base}/userinfo`, explain: explainAuth0('read') } as const
  const { data } = await ask(context, call, userInfoSchema)
  for (const [token, known] of memory.grants) if (known === grant) memory.grants.set(token, { ...known, id: data.sub })
  return data.sub
}

function withoutVersion(user: Profile): VersionedProfile {
  return { user, version: null }
}
