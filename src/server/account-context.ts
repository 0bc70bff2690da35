// What every call of the account contract stands on: the server's parts, the person who asks, and the profile's answer.
import type { RootAttribute } from '../contract/profile.ts'
import type { Fields } from '../fields/field.ts'
import type { Idempotency } from './idempotency.ts'
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
  readonly idempotency: Idempotency
  /** One save at a time for each account, so that the saves of one process do not make each other start anew. */
  readonly saves: Turns
  readonly cookie: SessionCookie
  readonly fields: Fields
  readonly unknownKeys: 'refuse' | 'allow'
  readonly deniedAttributes: readonly RootAttribute[]
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

export function profileAnswer(
  user: User,
  { deniedAttributes }: Pick<AccountContext, 'deniedAttributes'>,
  status = 200,
): Response {
  const body = { user: profileOf(user, deniedAttributes) }
  return Response.json(body, { status, headers: { etag: etagOf(user) } })
}

export function unauthenticated(): Response {
  return problem('unauthenticated', 'Log in first.', null, { 'www-authenticate': 'Cookie realm="account"' })
}
