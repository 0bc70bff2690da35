// What every call of the account contract stands on: the server's parts, the person who asks, and the profile's answer.
import type { Fields } from '../fields/field.ts'
import type { Passwords } from './passwords.ts'
import { problem } from './problems.ts'
import { cookieOf, type SessionCookie } from './session-cookie.ts'
import type { Sessions } from './sessions.ts'
import type { Turns } from './turns.ts'
import { etagOf, profileOf, type User, type Users } from './users.ts'

export interface AccountContext {
  readonly users: Users
  readonly sessions: Sessions
  readonly passwords: Passwords
  /** One save at a time for each account, so that the saves of one process do not make each other start anew. */
  readonly saves: Turns
  readonly cookie: SessionCookie
  readonly fields: Fields
  readonly unknownKeys: 'refuse' | 'allow'
  readonly passwordMinLength: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** The account whose session the request carries, or null. */
export async function personOf(
  request: Request,
  { cookie, sessions, users }: Pick<AccountContext, 'cookie' | 'sessions' | 'users'>,
): Promise<User | null> {
  const token = cookieOf(request, cookie.name)
  const userId = token === null ? null : await sessions.find(token)
  return userId === null ? null : users.byId(userId)
}

export function profileAnswer(user: User): Response {
  return Response.json({ user: profileOf(user) }, { headers: { etag: etagOf(user) } })
}

export function unauthenticated(): Response {
  return problem('unauthenticated', 'Log in first.', null, { 'www-authenticate': 'Cookie realm="account"' })
}
