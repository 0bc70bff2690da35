// The answer of /authorize: a code, tokens or an error, taken to the client the way it asked for.
import { randomUUID } from 'node:crypto'
import type { AuthorizeRequest, Destination, Refusal } from './auth0-authorize-request.ts'
import type { Auth0Context } from './auth0-context.ts'
import { webMessagePage } from './auth0-pages.ts'
import { claimsOf, subjectOf } from './auth0-profile.ts'
import type { User } from './users.ts'

/** Milliseconds until a code ends (RFC 6749, 4.1.2: short). */
const CODE_LIFETIME = 60_000

/** Takes what a person's log-in came to back to the client. `at` is when they last gave their password, in seconds. */
export async function granted(
  request: AuthorizeRequest,
  user: User,
  at: number,
  context: Auth0Context,
): Promise<Response> {
  const answer = request.responseTypes.includes('code')
    ? await codeFor(request, user, at, context)
    : await tokensFor(request, user, at, context)
  if (answer) return taken(request, answer)
  return refused({ ...request, error: 'access_denied', description: 'The account is gone.' })
}

export function refused({ error, description, ...destination }: Refusal): Response {
  return taken(destination, { error, error_description: description })
}

async function codeFor(request: AuthorizeRequest, user: User, at: number, { accounts, grants }: Auth0Context) {
  const { client, scopes, audience, nonce, codeChallenge, redirectUri } = request
  const details = {
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    audience: audience ?? '',
    nonce: nonce ?? '',
    code_challenge: codeChallenge ?? '',
    auth_time: at,
  }
  const expiresAt = accounts.now() + CODE_LIFETIME
  const grant = { user, clientId: client.clientId, loginId: randomUUID(), details, expiresAt }
  const code = await grants.give('code', grant)
  return code === null ? null : { code }
}

async function tokensFor(request: AuthorizeRequest, user: User, at: number, context: Auth0Context) {
  const { client, audience, nonce, responseTypes } = request
  const { settings, tokens } = context
  // What goes through an address gets no refresh token.
  const scopes = request.scopes.filter((scope) => scope !== 'offline_access')
  const access = { subject: subjectOf(user), clientId: client.clientId, scopes, isMachine: false }
  const accessToken = responseTypes.includes('token') ? await tokens.accessToken(access, audience) : null
  const claims = {
    ...claimsOf(user, scopes, context),
    auth_time: at,
    nonce: nonce ?? '',
    ...(accessToken !== null && { at_hash: tokens.hashOf(accessToken) }),
  }
  return {
    ...(accessToken !== null && {
      access_token: accessToken,
      scope: scopes.join(' '),
      expires_in: String(settings.accessTokenLifetime),
      token_type: 'Bearer',
    }),
    ...(responseTypes.includes('id_token') && { id_token: await tokens.idToken(claims, client.clientId) }),
  }
}

function taken({ redirectUri, responseMode, state }: Destination, answer: Readonly<Record<string, string>>): Response {
  const all = { ...answer, ...(state !== null && { state }) }
  if (responseMode === 'web_message') return webMessagePage(all, new URL(redirectUri).origin)
  const query = new URLSearchParams(all).toString()
  const mark = responseMode === 'fragment' ? '#' : redirectUri.includes('?') ? '&' : '?'
  // 303: the browser asks for the address with GET, also after a form.
  return new Response(null, { status: 303, headers: { location: redirectUri + mark + query } })
}
