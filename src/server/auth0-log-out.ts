// Log-out at the Auth0-compatible door: the browser's session ends, and the browser goes where the client's list allows.
import { wrongPage } from './auth0-authorize-request.ts'
import { type Auth0Context, clientOf } from './auth0-context.ts'
import type { Client } from './auth0-settings.ts'

/** GET /v2/logout?returnTo&client_id */
export async function logOut(request: Request, context: Auth0Context): Promise<Response> {
  const query = new URL(request.url).searchParams
  return ended(request, clientOf(query.get('client_id'), context), query.get('returnTo'), null, context)
}

/** GET /oidc/logout (OpenID Connect RP-Initiated Logout 1.0) */
export async function endSession(request: Request, context: Auth0Context): Promise<Response> {
  const query = new URL(request.url).searchParams
  const hint = query.get('id_token_hint')
  const clientId = query.get('client_id') ?? (hint === null ? null : await context.tokens.clientOf(hint))
  const returnTo = query.get('post_logout_redirect_uri')
  return ended(request, clientOf(clientId, context), returnTo, query.get('state'), context)
}

async function ended(
  request: Request,
  client: Client | null,
  returnTo: string | null,
  state: string | null,
  { cookies, grants, settings }: Auth0Context,
): Promise<Response> {
  const allowed = client ? client.logoutUris : settings.clients.flatMap(({ logoutUris }) => logoutUris)
  if (returnTo !== null && !allowed.includes(returnTo)) {
    return wrongPage(`${returnTo.slice(0, 300)} is not one of the logoutUris that the browser may be sent to.`)
  }
  const session = cookies.session.of(request)
  if (session !== null) await grants.end(session)
  const headers = { 'set-cookie': cookies.session.clear }
  const target = returnTo ?? client?.logoutUris[0]
  if (target === undefined) return new Response('OK', { headers })
  const mark = target.includes('?') ? '&' : '?'
  const location = state === null ? target : `${target}${mark}${new URLSearchParams({ state })}`
  return new Response(null, { status: 302, headers: { ...headers, location } })
}
