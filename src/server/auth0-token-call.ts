// POST /oauth/token: tokens for a password, a code, a refresh token, or a client's own secret.
import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../contract/json.ts'
import { authenticated } from './auth0-client-check.ts'
import { fromCode } from './auth0-code.ts'
import type { Auth0Context } from './auth0-context.ts'
import { oauthError } from './auth0-errors.ts'
import { issued } from './auth0-issue.ts'
import { logInRefused, userByPassword } from './auth0-log-in.ts'
import type { Auth0Grant } from './auth0-options.ts'
import { bodyOf, textOf } from './auth0-requests.ts'
import { grantedScopes, isAudience, managementAudience } from './auth0-scopes.ts'
import type { Client } from './auth0-settings.ts'

const PASSWORD_REALM = 'http://auth0.com/oauth/grant-type/password-realm'

type Exchange = (body: JsonObject, client: Client, context: Auth0Context, request: Request) => Promise<Response>

const EXCHANGES = new Map<string, { readonly grant: Auth0Grant; readonly exchange: Exchange }>([
  ['password', { grant: 'password', exchange: fromPassword }],
  [PASSWORD_REALM, { grant: 'password', exchange: fromPassword }],
  ['authorization_code', { grant: 'authorization_code', exchange: fromCode }],
  ['refresh_token', { grant: 'refresh_token', exchange: fromRefreshToken }],
  ['client_credentials', { grant: 'client_credentials', exchange: fromSecret }],
])

export async function token(request: Request, context: Auth0Context): Promise<Response> {
  const read = await bodyOf(request)
  if (!read.ok) return oauthError(read.status, 'invalid_request', read.detail)
  const { body } = read
  const type = textOf(body.grant_type)
  if (type === null) return oauthError(400, 'invalid_request', 'Missing required parameter: grant_type')
  const client = authenticated(request, body, context)
  if (client instanceof Response) return client
  const found = EXCHANGES.get(type)
  if (!found) return oauthError(403, 'unsupported_grant_type', `Unsupported grant type: ${type.slice(0, 100)}`)
  if (!client.grants.includes(found.grant)) {
    return oauthError(403, 'unauthorized_client', `Grant type '${type}' not allowed for the client.`)
  }
  return found.exchange(body, client, context, request)
}

async function fromPassword(
  body: JsonObject,
  client: Client,
  context: Auth0Context,
  request: Request,
): Promise<Response> {
  const [username, password] = [textOf(body.username), textOf(body.password)]
  if (username === null) return missing('username')
  if (password === null) return missing('password')
  if (body.grant_type === PASSWORD_REALM && body.realm !== context.settings.connection) {
    return oauthError(400, 'invalid_request', 'Unknown or invalid realm')
  }
  const audience = textOf(body.audience)
  if (!isAudience(audience, context.settings)) return noService(audience)
  const user = await userByPassword(request, username, password, context)
  if ('reason' in user) return logInRefused(user, 'invalid_grant')
  const scopes = grantedScopes(textOf(body.scope), audience, client, context.settings)
  const login = { loginId: randomUUID(), expiresAt: null }
  return (await issued({ user, client, audience, scopes, extra: {}, ...login }, context)) ?? gone()
}

async function fromRefreshToken(body: JsonObject, client: Client, context: Auth0Context): Promise<Response> {
  const token = textOf(body.refresh_token)
  if (token === null) return missing('refresh_token')
  const invalid = () => oauthError(403, 'invalid_grant', 'Unknown or invalid refresh token.')
  const grant = await context.grants.take('refresh_token', token, client.clientId)
  if (!grant) return invalid()
  const { settings } = context
  const audience = textOf(grant.details.audience)
  // What was taken from the client or the API since is not given anew.
  if (!isAudience(audience, settings)) return invalid()
  const given = grantedScopes(String(grant.details.scope), audience, client, settings)
  const asked = textOf(body.scope)?.split(' ') ?? given
  // Fewer than were given may be asked for, never more (RFC 6749, 6).
  const scopes = given.filter((scope) => asked.includes(scope))
  const { user, loginId, expiresAt } = grant
  const kept = { scopes, refreshScopes: given, extra: {} }
  return (await issued({ user, client, audience, loginId, expiresAt, ...kept }, context)) ?? invalid()
}

/** A client's own token for the Management API (RFC 6749, 4.4). */
async function fromSecret(body: JsonObject, client: Client, context: Auth0Context): Promise<Response> {
  const { settings, tokens } = context
  const audience = textOf(body.audience) ?? managementAudience(settings)
  if (audience !== managementAudience(settings)) return noService(audience)
  const asked = textOf(body.scope)?.split(' ')
  const scopes = client.scopes.filter((scope) => !asked || asked.includes(scope))
  const access = { subject: `${client.clientId}@clients`, clientId: client.clientId, scopes, isMachine: true }
  return Response.json({
    access_token: await tokens.accessToken(access, audience),
    scope: scopes.join(' '),
    expires_in: settings.accessTokenLifetime,
    token_type: 'Bearer',
  })
}

function missing(name: string): Response {
  return oauthError(400, 'invalid_request', `Missing required parameter: ${name}`)
}

function noService(audience: string | null): Response {
  return oauthError(403, 'access_denied', `Service not found: ${audience}`)
}

/** An account that was deleted meanwhile is nobody to log in. */
function gone(): Response {
  return logInRefused({ reason: 'wrong', seconds: 0 }, 'invalid_grant')
}
