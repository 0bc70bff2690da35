// POST /oauth/revoke: ends the refresh tokens of one log-in (RFC 7009); access tokens end by themselves.
import { authenticated } from './auth0-client-check.ts'
import type { Auth0Context } from './auth0-context.ts'
import { oauthError } from './auth0-errors.ts'
import { bodyOf, textOf } from './auth0-requests.ts'

export async function revoke(request: Request, context: Auth0Context): Promise<Response> {
  const read = await bodyOf(request)
  if (!read.ok) return oauthError(read.status, 'invalid_request', read.detail)
  const client = authenticated(request, read.body, context)
  if (client instanceof Response) return client
  const token = textOf(read.body.token)
  if (token === null) return oauthError(400, 'invalid_request', 'Missing required parameter: token')
  await context.grants.revoke(token, client.clientId)
  // The same for a token that was never one: whoever asks learns nothing (RFC 7009, 2.2).
  return new Response(null, { status: 200 })
}
