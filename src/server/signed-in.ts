// Begins the session that a sign-up or log-in asks for, and answers with the profile.
import { type AccountContext, profileBody } from './account-context.ts'
import { invalidCredentials } from './problems.ts'
import { cookieOf } from './session-cookie.ts'
import type { SessionWish } from './session-wish.ts'
import { etagOf, type User } from './users.ts'

/** An account that was deleted meanwhile is nobody to sign in. */
export async function signedIn(
  request: Request,
  user: User,
  { kind, remember }: SessionWish,
  status: 200 | 201,
  context: AccountContext,
): Promise<Response> {
  const { bearer, cookie, sessions, lifetimes } = context
  const body = { ...(status === 201 && { status: 'created' }), ...profileBody(user, context) }
  const answer = { status, headers: { etag: etagOf(user) } }
  if (kind === 'none') return Response.json(body, answer)
  const lifetime = remember ? lifetimes.sessionLifetime : lifetimes.shortSessionLifetime
  if (kind === 'bearer' && bearer) {
    const session = await bearer.start(user.id, lifetime)
    return session ? Response.json({ ...body, session }, answer) : invalidCredentials()
  }
  const token = await sessions.start(user.id, lifetime)
  if (token === null) return invalidCredentials()
  // Every log-in takes a new session; the one that came along ends, so that nobody can plant theirs (session fixation).
  const earlier = cookieOf(request, cookie.name)
  if (earlier) await sessions.end(earlier)
  return Response.json(body, { status, headers: { ...answer.headers, 'set-cookie': cookie.set(token, remember) } })
}
