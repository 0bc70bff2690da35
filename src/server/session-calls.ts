// The calls that begin, end and read a session of somebody who has an account: what each checks, changes and answers.
import { asIssues } from '../contract/issues.ts'
import { type AccountContext, byIdentifier, invalidToken, kindsOf, personOf, profileAnswer } from './account-context.ts'
import { bearerOf } from './authorization.ts'
import type { BearerSessions } from './bearer-sessions.ts'
import { invalid, invalidCredentials, problem } from './problems.ts'
import { bodyOf, keyIssue, mediaTypeRefusal, textIssue, unknownKeysOf } from './requests.ts'
import { cookieOf } from './session-cookie.ts'
import { WISH_KEYS, wishIssues, wishOf } from './session-wish.ts'
import { signedIn } from './signed-in.ts'
import { isUnverified } from './unverified.ts'

export async function logIn(request: Request, context: AccountContext): Promise<Response> {
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  const { identifier, password } = body.value
  const issues = asIssues([
    ...unknownKeysOf(body.value, ['identifier', 'password', ...WISH_KEYS]),
    ...keyIssue(identifier, '/identifier'),
    ...textIssue(password, '/password'),
    ...wishIssues(body.value, kindsOf(context)),
  ])
  if (issues) return invalid(issues)
  const user = await byIdentifier(String(identifier), context)
  const attempt = await context.limits.attempt('logIn', request, user?.email ?? String(identifier))
  if (attempt.refusal) return attempt.refusal
  const right = await context.passwords.verify(user?.password_hash ?? null, String(password))
  if (await isUnverified(user, right, String(identifier), String(password), context)) return unverified()
  if (!user || !right) return invalidCredentials()
  await attempt.succeeded()
  return signedIn(request, user, wishOf(body.value), 200, context)
}

function unverified(): Response {
  return problem('email_unverified', 'Open the link in the mail first; POST /email/resend sends it again.')
}

export async function logOut(request: Request, context: AccountContext): Promise<Response> {
  // Nothing in the body is needed, so nothing is read of it; the content type still keeps foreign forms out.
  const refusal = mediaTypeRefusal(request)
  if (refusal) return refusal
  const { bearer, cookie, sessions } = context
  const token = bearer && bearerOf(request)
  if (bearer && token !== null) {
    await bearer.end(token)
    return new Response(null, { status: 204 })
  }
  const carried = cookieOf(request, cookie.name)
  if (carried) await sessions.end(carried)
  return new Response(null, { status: 204, headers: { 'set-cookie': cookie.clear } })
}

/** Exchanges a refresh token; there is such a call where the site has opened sessions that a token carries. */
export async function refreshSession(
  request: Request,
  bearer: BearerSessions,
  { limits }: Pick<AccountContext, 'limits'>,
): Promise<Response> {
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  const { refresh_token } = body.value
  const issues = asIssues([
    ...unknownKeysOf(body.value, ['refresh_token']),
    ...textIssue(refresh_token, '/refresh_token'),
  ])
  if (issues) return invalid(issues)
  const attempt = await limits.attempt('token', request, null)
  if (attempt.refusal) return attempt.refusal
  const session = await bearer.refresh(String(refresh_token))
  if (!session) return invalidToken()
  await attempt.succeeded()
  return Response.json({ session })
}

export async function readSession(request: Request, context: AccountContext): Promise<Response> {
  const user = await personOf(request, context)
  return user ? profileAnswer(user, context) : Response.json({ user: null })
}
