// Accounts and sessions of a GoTrue in memory, changed as its source changes them (internal/models, internal/tokens).
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../../src/contract/json.ts'

/** A row of `auth.users`. */
export interface StoredUser {
  readonly id: string
  email: string
  password: string
  emailConfirmedAt: string | null
  phone: string
  confirmationSentAt: number | null
  lastSignInAt: string | null
  bannedUntil: number | null
  /** Null where another program made the row. */
  user_metadata: JsonObject | null
  identityData: JsonObject
  readonly createdAt: string
  updatedAt: string
}

interface StoredSession {
  readonly id: string
  readonly userId: string
}

interface StoredToken {
  readonly token: string
  readonly parent: string | null
  readonly sessionId: string
  revokedAt: number | null
}

/** What GoTrue refuses, before it is written in one shape or another. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string
  readonly reasons: readonly string[] | null

  constructor(status: number, code: string, message: string, reasons: readonly string[] | null = null) {
    super(message)
    this.status = status
    this.code = code
    this.reasons = reasons
  }
}

export interface AccountsOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Seconds. */
  readonly accessTokenLifetime: number
}

export type Accounts = ReturnType<typeof createAccounts>

/** Milliseconds in which a refresh token that was used is taken once more. */
const REUSE = 10_000

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

export function createAccounts({ now, accessTokenLifetime }: AccountsOptions) {
  const secret = randomBytes(32)
  const users = new Map<string, StoredUser>()
  const sessions = new Map<string, StoredSession>()
  const tokens = new Map<string, StoredToken>()
  const iso = () => new Date(now()).toISOString()
  const signed = (content: string) => createHmac('sha256', secret).update(content).digest('base64url')

  function find(email: string): StoredUser | undefined {
    return [...users.values()].find((user) => user.email === email.toLowerCase())
  }

  function create(given: Pick<StoredUser, 'email' | 'password' | 'user_metadata'>): StoredUser {
    const id = randomUUID()
    const email = given.email.toLowerCase()
    const identityData = { email, email_verified: false, phone_verified: false, sub: id }
    const times = { createdAt: iso(), updatedAt: iso() }
    const nothingYet = { emailConfirmedAt: null, confirmationSentAt: null, lastSignInAt: null, bannedUntil: null }
    const user = { ...given, ...times, ...nothingYet, id, email, phone: '', identityData }
    users.set(id, user)
    return user
  }

  /** Merges at the root: null deletes, and nothing is done about an empty object. */
  function updateMetadata(user: StoredUser, updates: JsonObject): void {
    const { user_metadata } = user
    // Where there is none yet, the updates are stored as they are.
    if (user_metadata === null) user.user_metadata = structuredClone(updates)
    else {
      for (const [key, value] of Object.entries(updates)) {
        if (value === null) delete user_metadata[key]
        else user_metadata[key] = structuredClone(value)
      }
    }
    user.updatedAt = iso()
  }

  function confirm(user: StoredUser): void {
    user.emailConfirmedAt = iso()
    updateMetadata(user, { email_verified: true })
  }

  function accessToken(user: StoredUser, sessionId: string): string {
    const exp = Math.floor(now() / 1000) + accessTokenLifetime
    const about = { email: user.email, user_metadata: user.user_metadata ?? {}, session_id: sessionId }
    const claims = { aud: 'authenticated', exp, sub: user.id, role: 'authenticated', is_anonymous: false, ...about }
    const content = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`
    return `${content}.${signed(content)}`
  }

  function refreshToken(sessionId: string, parent: string | null): StoredToken {
    const token = { token: randomBytes(12).toString('base64url'), parent, sessionId, revokedAt: null }
    tokens.set(token.token, token)
    return token
  }

  function answer(user: StoredUser, sessionId: string, { token }: StoredToken) {
    const expires_in = accessTokenLifetime
    const expires_at = Math.floor(now() / 1000) + expires_in
    const access_token = accessToken(user, sessionId)
    return { access_token, token_type: 'bearer', expires_in, expires_at, refresh_token: token, user: shown(user) }
  }

  function begin(user: StoredUser) {
    const session = { id: randomUUID(), userId: user.id }
    sessions.set(session.id, session)
    user.lastSignInAt = iso()
    return answer(user, session.id, refreshToken(session.id, null))
  }

  function refresh(given: string) {
    const found = tokens.get(given)
    const session = found && sessions.get(found.sessionId)
    const user = session && users.get(session.userId)
    if (!found || !session || !user)
      throw new Refusal(400, 'refresh_token_not_found', 'Invalid Refresh Token: Refresh Token Not Found')
    const ofSession = [...tokens.values()].filter(({ sessionId }) => sessionId === session.id)
    const active = ofSession.find(({ revokedAt }) => revokedAt === null)
    if (found.revokedAt !== null) {
      // The parent of the active one: an answer got lost, and is given again.
      if (active && active.parent === found.token) return answer(user, session.id, active)
      if (now() > found.revokedAt + REUSE) {
        for (const token of ofSession) token.revokedAt ??= now()
        throw new Refusal(400, 'refresh_token_already_used', 'Invalid Refresh Token: Already Used')
      }
    }
    found.revokedAt ??= now()
    return answer(user, session.id, refreshToken(session.id, found.token))
  }

  /** Whoever a bearer token is of. */
  function authenticated(header: string | null): { readonly user: StoredUser; readonly session: StoredSession } {
    const bearer = /^[Bb]earer (\S+$)/.exec(header ?? '')?.[1]
    if (bearer === undefined) throw new Refusal(401, 'no_authorization', 'This endpoint requires a valid Bearer token')
    const [head = '', payload = '', signature] = bearer.split('.')
    const invalid = (what: string) =>
      new Refusal(403, 'bad_jwt', `invalid JWT: unable to parse or verify signature, ${what}`)
    if (signature !== signed(`${head}.${payload}`)) throw invalid('token is malformed')
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
    if (!isJsonObject(claims) || Number(claims.exp) * 1000 <= now())
      throw invalid('token has invalid claims: token is expired')
    const user = users.get(String(claims.sub))
    if (!user) throw new Refusal(403, 'user_not_found', 'User from sub claim in JWT does not exist')
    const session = sessions.get(String(claims.session_id))
    if (!session) throw new Refusal(403, 'session_not_found', 'Session from session_id claim in JWT does not exist')
    return { user, session }
  }

  function end(scope: string, { id, userId }: StoredSession): void {
    for (const session of sessions.values()) {
      if (session.userId !== userId || (scope === 'local' && session.id !== id)) continue
      if (scope === 'others' && session.id === id) continue
      sessions.delete(session.id)
    }
  }

  return { users, sessions, find, create, updateMetadata, confirm, begin, refresh, authenticated, end }
}

/** A user as JSON, with what is empty left out where GoTrue leaves it out. */
export function shown(user: StoredUser): JsonObject {
  const { id, email, emailConfirmedAt, confirmationSentAt, lastSignInAt, createdAt, updatedAt } = user
  const times = { created_at: createdAt, updated_at: updatedAt }
  return {
    id,
    aud: 'authenticated',
    role: 'authenticated',
    email,
    ...(emailConfirmedAt !== null && { email_confirmed_at: emailConfirmedAt }),
    phone: user.phone,
    ...(confirmationSentAt !== null && { confirmation_sent_at: new Date(confirmationSentAt).toISOString() }),
    ...(emailConfirmedAt !== null && { confirmed_at: emailConfirmedAt }),
    ...(lastSignInAt !== null && { last_sign_in_at: lastSignInAt }),
    app_metadata: { provider: 'email', providers: ['email'] },
    user_metadata: user.user_metadata && structuredClone(user.user_metadata),
    identities: [
      {
        identity_id: id,
        id,
        user_id: id,
        identity_data: user.identityData,
        provider: 'email',
        last_sign_in_at: createdAt,
        ...times,
        email,
      },
    ],
    ...times,
    is_anonymous: false,
  }
}

/** The person that is made up for a confirmed address that signs up again: nothing tells them from a new one. */
export function madeUp(email: string, data: JsonObject, now: number): JsonObject {
  const time = new Date(now).toISOString()
  return {
    id: randomUUID(),
    aud: 'authenticated',
    role: '',
    email: email.toLowerCase(),
    phone: '',
    confirmation_sent_at: time,
    app_metadata: { provider: 'email', providers: ['email'] },
    user_metadata: data,
    identities: [],
    created_at: time,
    updated_at: time,
    is_anonymous: false,
  }
}
