// What the Auth0-compatible door gives out for later: codes, tickets and refresh tokens of one use each, and browser sessions.
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import type { AccountDatabase, Auth0GrantsTable } from './database.ts'
import type { User, Users } from './users.ts'
import { isGone } from './violations.ts'

export type GrantKind = Auth0GrantsTable['kind']

/** What a token stands for. */
export interface Grant {
  readonly user: User
  readonly clientId: string
  /** One for everything that came of one log-in. */
  readonly loginId: string
  readonly details: JsonObject
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

export interface Grants {
  /** A token of which the database has a hash only; null when the account is gone. */
  give(kind: GrantKind, grant: Grant): Promise<string | null>
  /** What a browser's session stands for, or null. */
  find(token: string): Promise<Grant | null>
  /** What a token stands for that can be used once; a second use ends everything that came of its log-in. */
  take(kind: Exclude<GrantKind, 'session'>, token: string, clientId: string): Promise<Grant | null>
  /** Ends every token that came of the log-in of this refresh token; nothing where it is none of this client's. */
  revoke(token: string, clientId: string): Promise<void>
  /** Ends a browser's session, and no token that came of it. */
  end(token: string): Promise<void>
}

/** `leeway` is for how many seconds a refresh token is taken again. */
export function createGrants(database: AccountDatabase, users: Users, leeway: number, now: () => number): Grants {
  const time = (at = now()) => new Date(at).toISOString()

  async function rowOf(kind: GrantKind, token: string): Promise<Auth0GrantsTable | null> {
    const [id = '', secret = ''] = token.split('.')
    const row = await database
      .selectFrom('auth0_grants')
      .selectAll()
      .where('id', '=', id)
      .where('kind', '=', kind)
      .where('expires_at', '>', time())
      .executeTakeFirst()
    return row && isHashOf(row.secret_hash, secret) ? row : null
  }

  /** A grant is good as long as the password it was given for: a new one ends them all. */
  async function grantOf(row: Auth0GrantsTable): Promise<Grant | null> {
    const user = await users.byId(row.user_id)
    const { password_mark, ...details } = objectOf(row.details)
    if (!user || password_mark !== markOf(user)) return null
    const expiresAt = Date.parse(row.expires_at)
    return { user, clientId: row.client_id, loginId: row.login_id, details, expiresAt }
  }

  async function endLogin(loginId: string): Promise<void> {
    const tokens = database.deleteFrom('auth0_grants').where('login_id', '=', loginId)
    await tokens.where('kind', '!=', 'session').execute()
  }

  return {
    async give(kind, { user, clientId, loginId, details, expiresAt }) {
      const secret = randomBytes(32).toString('base64url')
      const id = randomUUID()
      await database.deleteFrom('auth0_grants').where('expires_at', '<=', time()).execute()
      try {
        await database
          .insertInto('auth0_grants')
          .values({
            id,
            kind,
            secret_hash: hashOf(secret),
            used_at: null,
            login_id: loginId,
            user_id: user.id,
            client_id: clientId,
            details: JSON.stringify({ ...details, password_mark: markOf(user) }),
            expires_at: time(expiresAt),
          })
          .execute()
      } catch (error) {
        if (isGone(error)) return null
        throw error
      }
      return `${id}.${secret}`
    },

    async find(token) {
      const row = await rowOf('session', token)
      return row && grantOf(row)
    },

    async take(kind, token, clientId) {
      const row = await rowOf(kind, token)
      if (!row || row.client_id !== clientId) return null
      const first = await database
        .updateTable('auth0_grants')
        .set({ used_at: time() })
        .where('id', '=', row.id)
        .where('used_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
      if (first) return grantOf(row)
      const used = row.used_at === null ? now() : Date.parse(row.used_at)
      if (kind === 'refresh_token' && now() - used < leeway * 1000) return grantOf(row)
      // One of the two who used it is not who it was given to (RFC 6749, 4.1.2; RFC 9700, 4.14.2).
      await endLogin(row.login_id)
      return null
    },

    async revoke(token, clientId) {
      const row = await rowOf('refresh_token', token)
      if (row?.client_id === clientId) await endLogin(row.login_id)
    },

    async end(token) {
      const row = await rowOf('session', token)
      if (row) await database.deleteFrom('auth0_grants').where('id', '=', row.id).execute()
    },
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

function isHashOf(hash: string, secret: string): boolean {
  return timingSafeEqual(Buffer.from(hash, 'hex'), Buffer.from(hashOf(secret), 'hex'))
}

/** Tells whether the password is still the same, and nothing about it. */
function markOf({ password_hash }: User): string {
  return hashOf(password_hash).slice(0, 16)
}

function objectOf(text: string): JsonObject {
  const value: unknown = JSON.parse(text)
  return isJsonObject(value) ? value : {}
}
