// What every call of the account contract stands on: the server's parts, the person who asks, and the profile's answer.
import type { RootAttribute } from '../contract/profile.ts'
import type { Fields } from '../fields/field.ts'
import type { AccountMail } from './account-mail.ts'
import { bearerOf } from './authorization.ts'
import type { BearerSessions } from './bearer-sessions.ts'
import type { Confirmations } from './confirmations.ts'
import type { CredentialsChange } from './credentials-change.ts'
import type { Idempotency } from './idempotency.ts'
import type { Limits } from './limits.ts'
import type { MailTokens } from './mail-tokens.ts'
import type { Lifetimes, Verification } from './options.ts'
import type { Passwords } from './passwords.ts'
import { problem } from './problems.ts'
import { cookieOf, type SessionCookie } from './session-cookie.ts'
import type { SessionList } from './session-list.ts'
import type { SessionKind } from './session-wish.ts'
import type { Sessions } from './sessions.ts'
import type { Turns } from './turns.ts'
import { etagOf, profileOf, type User, type Users } from './users.ts'

export interface AccountContext {
  readonly users: Users
  /** Sessions that a cookie carries. */
  readonly sessions: Sessions
  /** Sessions that a token carries; null where the site has not opened them. */
  readonly bearer: BearerSessions | null
  /** Sessions of either kind. */
  readonly sessionList: SessionList
  readonly passwords: Passwords
  readonly limits: Limits
  /** Null where the site sends none. */
  readonly mail: AccountMail | null
  readonly tokens: MailTokens
  readonly change: CredentialsChange
  readonly confirmations: Confirmations
  readonly verification: Verification
  readonly idempotency: Idempotency
  /** One save at a time for each account, so that the saves of one process do not make each other start anew. */
  readonly saves: Turns
  readonly cookie: SessionCookie
  readonly fields: Fields
  readonly unknownKeys: 'refuse' | 'allow'
  readonly deniedAttributes: readonly RootAttribute[]
  /** Whether accounts have user names. */
  readonly usernames: boolean
  readonly passwordMinLength: number
  /** What the site is called, which makes no good password. */
  readonly siteWords: readonly string[]
  readonly lifetimes: Lifetimes
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** The account whose session the request carries, or null. Where it says `Bearer`, no cookie is looked at. */
export async function personOf(request: Request, context: AccountContext): Promise<User | null> {
  const { bearer, cookie, sessions, users } = context
  const given = bearer && bearerOf(request)
  const token = given ?? cookieOf(request, cookie.name)
  const holders = given === null ? sessions : bearer
  const userId = token && holders ? await holders.find(token) : null
  return userId === null ? null : users.byId(userId)
}

/** The account of an e-mail address, or of a user name where there are such; no name has an "@", and no address is without. */
export function byIdentifier(
  identifier: string,
  { usernames, users }: Pick<AccountContext, 'usernames' | 'users'>,
): Promise<User | null> {
  return usernames && !identifier.includes('@') ? users.byUsername(identifier) : users.byEmail(identifier)
}

/** The kinds of session a log-in can ask for. */
export function kindsOf({ bearer }: AccountContext): readonly SessionKind[] {
  return bearer ? ['cookie', 'bearer'] : ['cookie']
}

export function profileBody(user: User, { deniedAttributes }: Pick<AccountContext, 'deniedAttributes'>) {
  return { user: profileOf(user, deniedAttributes) }
}

export function profileAnswer(user: User, context: Pick<AccountContext, 'deniedAttributes'>, status = 200): Response {
  return Response.json(profileBody(user, context), { status, headers: { etag: etagOf(user) } })
}

/** The refusal of a request without a session, with how to get one (RFC 9110, 11.6.1; RFC 6750, 3). */
export function unauthenticated(request: Request, { bearer }: AccountContext): Response {
  if (bearer && bearerOf(request) !== null) return invalidToken()
  const ways = `Cookie realm="account"${bearer ? ', Bearer realm="account"' : ''}`
  return problem('unauthenticated', 'Log in first.', null, { 'www-authenticate': ways })
}

export function invalidToken(): Response {
  const headers = { 'www-authenticate': 'Bearer error="invalid_token"' }
  return problem('unauthenticated', 'The token is not good, or no longer; get the next one or log in.', null, headers)
}
