// GET /authorize and its log-in page: who is at the browser, and what the client gets for it.
import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { granted, refused } from './auth0-answer.ts'
import { type AuthorizeRequest, authorizeRequest, wrongPage } from './auth0-authorize-request.ts'
import type { Auth0Context } from './auth0-context.ts'
import { userByTicket } from './auth0-cross-origin.ts'
import type { Grant } from './auth0-grants.ts'
import { type LogInRefusal, userByPassword } from './auth0-log-in.ts'
import { logInPage } from './auth0-pages.ts'
import { bodyOf, textOf } from './auth0-requests.ts'
import type { User } from './users.ts'

/** Seconds in which a log-in page can be sent. */
const FORM_LIFETIME = 3600

export async function authorize(request: Request, context: Auth0Context): Promise<Response> {
  const query = new URL(request.url).searchParams
  const asked = authorizeRequest(query, context)
  if (asked instanceof Response) return asked
  if ('error' in asked) return refused(asked)
  const user = asked.loginTicket === null ? null : await userByTicket(request, asked.loginTicket, asked.client, context)
  if (user) return loggedIn(request, asked, user, context)
  const session = asked.prompt === 'login' ? null : await sessionOf(request, context)
  if (session && isFresh(session, asked, context)) {
    return granted(asked, session.user, Number(session.details.auth_time), context)
  }
  if (asked.prompt === 'none') return refused({ ...asked, error: 'login_required', description: 'Login required' })
  return form(request, query.toString(), asked, { identifier: asked.loginHint, refusal: null }, context)
}

/** POST /u/login: the form of the log-in page. */
export async function logIn(request: Request, context: Auth0Context): Promise<Response> {
  const { cookies, settings } = context
  // A form of another site can neither have this origin nor know the proof that goes with the cookie.
  if (`${request.headers.get('origin')}/` !== settings.issuer) return wrongPage('The form came from another page.', 403)
  const read = await bodyOf(request)
  const body = read.ok ? read.body : {}
  const [sent, browser] = [String(body.request), cookies.form.of(request)]
  if (browser === null || !same(String(body.proof), proofOf(browser, sent, context))) {
    return wrongPage('The page was open for too long, or the browser takes no cookies. Go back and try again.', 403)
  }
  const asked = authorizeRequest(new URLSearchParams(sent), context)
  if (asked instanceof Response) return asked
  if ('error' in asked) return refused(asked)
  const [identifier, password] = [textOf(body.username) ?? '', textOf(body.password) ?? '']
  const user = await userByPassword(request, identifier, password, context)
  return 'reason' in user
    ? form(request, sent, asked, { identifier, refusal: user }, context)
    : loggedIn(request, asked, user, context)
}

/** A new session for every log-in; the one that came along ends, so that nobody can plant theirs (session fixation). */
async function loggedIn(
  request: Request,
  asked: AuthorizeRequest,
  user: User,
  context: Auth0Context,
): Promise<Response> {
  const { accounts, cookies, grants, settings } = context
  const earlier = cookies.session.of(request)
  if (earlier !== null) await grants.end(earlier)
  const auth_time = Math.floor(accounts.now() / 1000)
  const expiresAt = accounts.now() + settings.sessionLifetime * 1000
  const grant = { user, clientId: '', loginId: randomUUID(), details: { auth_time }, expiresAt }
  const session = await grants.give('session', grant)
  const answer = await granted(asked, user, auth_time, context)
  if (session !== null) answer.headers.append('set-cookie', cookies.session.set(session, settings.sessionLifetime))
  answer.headers.append('set-cookie', cookies.ticket.clear)
  return answer
}

async function sessionOf(request: Request, { cookies, grants }: Auth0Context): Promise<Grant | null> {
  const token = cookies.session.of(request)
  return token === null ? null : grants.find(token)
}

function isFresh({ details }: Grant, { maxAge }: AuthorizeRequest, { accounts }: Auth0Context): boolean {
  return maxAge === null || accounts.now() / 1000 - Number(details.auth_time) <= maxAge
}

function form(
  request: Request,
  sent: string,
  { redirectUri }: AuthorizeRequest,
  { identifier, refusal }: { readonly identifier: string; readonly refusal: LogInRefusal | null },
  context: Auth0Context,
): Response {
  // The pages of one browser share a cookie, so that each of several can be sent.
  const browser = context.cookies.form.of(request) ?? randomBytes(32).toString('base64url')
  const { protocol, host } = new URL(redirectUri)
  const target = host === '' ? protocol : `${protocol}//${host}`
  const values = {
    identifier,
    refusal: refusal && textOfRefusal(refusal),
    identifierLabel: context.accounts.usernames ? 'E-mail address or user name' : 'E-mail address',
    host: host || protocol,
    request: sent,
    proof: proofOf(browser, sent, context),
  }
  const status = refusal === null ? 200 : refusal.reason === 'too many' ? 429 : 400
  const headers = { 'set-cookie': context.cookies.form.set(browser, FORM_LIFETIME) }
  return logInPage(values, target, status, {
    ...headers,
    ...(status === 429 && { 'retry-after': String(refusal?.seconds) }),
  })
}

function textOfRefusal({ reason, seconds }: LogInRefusal): string {
  if (reason === 'unverified') return 'Open the link in the mail that was sent to this address first.'
  if (reason === 'wrong') return 'Wrong e-mail address or password.'
  const minutes = Math.ceil(seconds / 60)
  return `Too many attempts. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
}

function proofOf(browser: string, sent: string, { pageSecret }: Auth0Context): string {
  return createHmac('sha256', pageSecret).update(`${browser}\n${sent}`).digest('base64url')
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
