// The sessions of an account, for its person to look through and to end.
import { bearerOf } from './authorization.ts'
import type { SessionKey } from './credentials-change.ts'
import type { AccountDatabase } from './database.ts'
import { cookieOf } from './session-cookie.ts'
import { hashOf } from './tokens.ts'

export interface ListedSession {
  /** Good for ending it, and for nothing else. */
  readonly id: string
  /** What carries it. */
  readonly kind: 'cookie' | 'bearer'
  readonly created_at: string
  readonly expires_at: string
  /** Whether it is the one that asks. */
  readonly current: boolean
}

export interface SessionList {
  /** The session a request carries, which must have been found good. */
  current(request: Request, cookieName: string): Promise<SessionKey | null>
  /** The sessions that have not ended, the latest first. */
  list(userId: string, current: SessionKey | null): Promise<readonly ListedSession[]>
  /** Ends one; false where the account has none of this id. */
  end(userId: string, id: string): Promise<boolean>
  /** Ends all but one. */
  endOthers(userId: string, stays: SessionKey | null): Promise<void>
}

export function createSessionList(database: AccountDatabase, now: () => number): SessionList {
  async function rowsOf(userId: string) {
    const time = new Date(now()).toISOString()
    const cookies = await database
      .selectFrom('sessions')
      .select(['token_hash as key', 'created_at', 'expires_at'])
      .where('user_id', '=', userId)
      .where('expires_at', '>', time)
      .execute()
    const bearers = await database
      .selectFrom('bearer_sessions')
      .select(['id as key', 'created_at', 'expires_at'])
      .where('user_id', '=', userId)
      .where('expires_at', '>', time)
      .execute()
    return [
      ...cookies.map((row) => ({ ...row, table: 'sessions' as const })),
      ...bearers.map((row) => ({ ...row, table: 'bearer_sessions' as const })),
    ]
  }

  async function remove({ table, key }: SessionKey): Promise<void> {
    if (table === 'sessions') await database.deleteFrom('sessions').where('token_hash', '=', key).execute()
    else await database.deleteFrom('bearer_sessions').where('id', '=', key).execute()
  }

  return {
    async current(request, cookieName) {
      const token = bearerOf(request)
      if (token === null) {
        const cookie = cookieOf(request, cookieName)
        return cookie ? { table: 'sessions', key: hashOf(cookie) } : null
      }
      const row = await database
        .selectFrom('access_tokens')
        .select('session_id')
        .where('token_hash', '=', hashOf(token))
        .executeTakeFirst()
      return row ? { table: 'bearer_sessions', key: row.session_id } : null
    },
    async list(userId, current) {
      const rows = await rowsOf(userId)
      return rows
        .map(
          ({ created_at, expires_at, ...key }): ListedSession => ({
            id: idOf(key),
            kind: key.table === 'sessions' ? 'cookie' : 'bearer',
            created_at,
            expires_at,
            current: current !== null && isSame(key, current),
          }),
        )
        .sort((one, other) => other.created_at.localeCompare(one.created_at))
    },
    async end(userId, id) {
      const row = (await rowsOf(userId)).find((key) => idOf(key) === id)
      if (row) await remove(row)
      return row !== undefined
    },
    async endOthers(userId, stays) {
      for (const row of await rowsOf(userId)) if (!stays || !isSame(row, stays)) await remove(row)
    },
  }
}

function isSame(one: SessionKey, other: SessionKey): boolean {
  return one.table === other.table && one.key === other.key
}

/** Of the key of its row, which stays here. */
function idOf({ table, key }: SessionKey): string {
  return hashOf(`${table} ${key}`).slice(0, 32)
}
