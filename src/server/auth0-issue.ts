// The answer with a person's tokens, whatever they were given for.
import type { JsonObject } from '../contract/json.ts'
import type { Auth0Context } from './auth0-context.ts'
import { claimsOf, subjectOf } from './auth0-profile.ts'
import type { Client } from './auth0-settings.ts'
import type { User } from './users.ts'

/** A person's log-in with a client. */
export interface LogIn {
  readonly user: User
  readonly client: Client
  /** What the access token is for; null for `/userinfo` alone. */
  readonly audience: string | null
  readonly scopes: readonly string[]
  /**
   * What later access tokens may do.
   * @default scopes
   */
  readonly refreshScopes?: readonly string[]
  /** What the ID token says beside who the person is. */
  readonly extra: JsonObject
  readonly loginId: string
  /** When the refresh tokens of the log-in end; null for a log-in that begins here. */
  readonly expiresAt: number | null
}

/** Null when the account is gone. */
export async function issued(logIn: LogIn, context: Auth0Context): Promise<Response | null> {
  const { user, client, audience, scopes, refreshScopes = scopes, extra, loginId } = logIn
  const { accounts, grants, settings, tokens } = context
  const expiresAt = logIn.expiresAt ?? accounts.now() + settings.refreshTokenLifetime * 1000
  const details = { scope: refreshScopes.join(' '), audience: audience ?? '' }
  const isKept = refreshScopes.includes('offline_access')
  const refresh_token = isKept
    ? await grants.give('refresh_token', { user, clientId: client.clientId, loginId, details, expiresAt })
    : null
  if (isKept && refresh_token === null) return null
  const access = { subject: subjectOf(user), clientId: client.clientId, scopes, isMachine: false }
  const claims = { ...claimsOf(user, scopes, context), ...extra }
  return Response.json({
    access_token: await tokens.accessToken(access, audience),
    ...(refresh_token !== null && { refresh_token }),
    ...(scopes.includes('openid') && { id_token: await tokens.idToken(claims, client.clientId) }),
    scope: scopes.join(' '),
    expires_in: settings.accessTokenLifetime,
    token_type: 'Bearer',
  })
}
