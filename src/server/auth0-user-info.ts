// GET /userinfo: the claims that an access token's scopes open (OpenID Connect Core 1.0, 5.3).
import type { Auth0Context } from './auth0-context.ts'
import { claimsOf, idOf } from './auth0-profile.ts'

export async function userInfo(request: Request, context: Auth0Context): Promise<Response> {
  const { accounts, settings, tokens } = context
  const access = await tokens.accessOf(request, `${settings.issuer}userinfo`)
  const id = access && idOf(access.subject)
  const user = id ? await accounts.users.byId(id) : null
  if (access && user) return Response.json(claimsOf(user, access.scopes, context))
  const headers = { 'www-authenticate': 'Bearer realm="Users", error="invalid_token"' }
  // Auth0 says this as plain text.
  return new Response('Unauthorized', { status: 401, headers })
}
