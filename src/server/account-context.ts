// What every call of the account contract stands on: the server's parts, the person who asks, and the profile's answer.
import type { RootAttribute } from '../contract/profile.ts'
import type { Fields } from '../fields/field.ts'
import type { Idempotency } from './idempotency.ts'
import type { Lifetimes } from './options.ts'
import type { Passwords } from './passwords.ts'
import { problem } from './problems.ts'
import { cookieOf, type SessionCookie } from './session-cookie.ts'
import type { SessionKind } from './session-wish.ts'
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
  readonly lifetimes: Lifetimes
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

/** The kinds of session a log-in can ask for. */
export function kindsOf(_context: AccountContext): readonly SessionKind[] {
  return ['cookie']
}

export function profileBody(user: User, { deniedAttributes }: Pick<AccountContext, 'deniedAttributes'>) {
  return { user: profileOf(user, deniedAttributes) }
}

export function profileAnswer(user: User, context: Pick<AccountContext, 'deniedAttributes'>, status = 200): Response {
  return Response.json(profileBody(user, context), { status, headers: { etag: etagOf(user) } })
}

export function unauthenticated(): Response {
  return problem('unauthenticated', 'Log in first.', null, { 'www-authenticate': 'Cookie realm="account"' })
}
