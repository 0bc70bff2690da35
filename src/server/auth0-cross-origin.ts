// POST /co/authenticate: a page's own form checks a password, for a ticket that the same browser takes to /authorize.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type Auth0Context, clientOf } from './auth0-context.ts'
import { oauthError } from './auth0-errors.ts'
import { logInRefused, userByPassword } from './auth0-log-in.ts'
import { bodyOf, textOf } from './auth0-requests.ts'
import type { Client } from './auth0-settings.ts'
import type { User } from './users.ts'

/** Seconds in which the browser has to bring the ticket. */
const TICKET_LIFETIME = 120

const CREDENTIAL_TYPES = ['http://auth0.com/oauth/grant-type/password-realm', 'password'] as const

export async function crossOrigin(request: Request, context: Auth0Context): Promise<Response> {
  const read = await bodyOf(request)
  if (!read.ok) return oauthError(400, 'invalid_request', read.detail)
  const { client_id, credential_type, username, password, realm } = read.body
  const { accounts, cookies, grants, settings } = context
  const client = clientOf(client_id, context)
  if (!client?.crossOrigin) return oauthError(401, 'unauthorized_client', 'Cross origin login not allowed.')
  const origin = request.headers.get('origin')
  if (origin === null || !client.origins.includes(origin)) {
    return new Response(`Origin ${origin ?? 'null'} is not allowed.`, { status: 403 })
  }
  if (!CREDENTIAL_TYPES.some((type) => type === credential_type)) {
    return oauthError(400, 'unsupported_credential_type', 'Unknown or unsupported credential type')
  }
  if (credential_type !== 'password' && realm !== settings.connection) {
    return oauthError(400, 'invalid_request', 'Unknown or invalid realm')
  }
  const [identifier, secret] = [textOf(username), textOf(password)]
  if (identifier === null || secret === null) {
    return oauthError(400, 'invalid_request', 'Missing required parameter: username and password')
  }
  const user = await userByPassword(request, identifier, secret, context)
  if ('reason' in user) return logInRefused(user, 'access_denied')
  const browser = randomBytes(32).toString('base64url')
  const login_ticket = await grants.give('ticket', {
    user,
    clientId: client.clientId,
    loginId: randomUUID(),
    details: { browser: hashOf(browser) },
    expiresAt: accounts.now() + TICKET_LIFETIME * 1000,
  })
  if (login_ticket === null) return logInRefused({ reason: 'wrong', seconds: 0 }, 'access_denied')
  // Auth0's clients keep these two for browsers that hold the cookie back, which here leads to the log-in page.
  const others = { co_verifier: randomBytes(32).toString('base64url'), co_id: randomBytes(9).toString('base64url') }
  const headers = { 'set-cookie': cookies.ticket.set(browser, TICKET_LIFETIME) }
  return Response.json({ login_ticket, ...others }, { headers })
}

/**
 * Whose ticket a browser brings, or null. Without the cookie that came with it, it may be someone else's, planted to log
 * the person in as them.
 */
export async function userByTicket(
  request: Request,
  ticket: string,
  client: Client,
  { cookies, grants }: Auth0Context,
): Promise<User | null> {
  const browser = cookies.ticket.of(request)
  if (browser === null || !client.crossOrigin) return null
  const grant = await grants.take('ticket', ticket, client.clientId)
  return grant?.details.browser === hashOf(browser) ? grant.user : null
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
