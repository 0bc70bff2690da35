// Opaque sessions: 256 random bits with the person, their SHA-256 in the database (OWASP Session Management).
import type { AccountDatabase } from './database.ts'
import { hashOf, newToken } from './tokens.ts'
import { isGone } from './violations.ts'

export interface Sessions {
  /** Starts a session of a number of seconds and answers its token; null when the account is gone. */
  start(userId: string, lifetime: number): Promise<string | null>
  /** The account a token belongs to, or null; an expired session is removed when it is met. */
  find(token: string): Promise<string | null>
  end(token: string): Promise<void>
}

export function createSessions(database: AccountDatabase, now: () => number): Sessions {
  const end = async (token: string) => {
    await database.deleteFrom('sessions').where('token_hash', '=', hashOf(token)).execute()
  }
  return {
    async start(userId, lifetime) {
      const token = newToken()
      const time = new Date(now()).toISOString()
      // Sessions that ended with a browser are never met again.
      await database.deleteFrom('sessions').where('user_id', '=', userId).where('expires_at', '<=', time).execute()
      try {
        await database
          .insertInto('sessions')
          .values({
            token_hash: hashOf(token),
            user_id: userId,
            created_at: time,
            expires_at: new Date(now() + lifetime * 1000).toISOString(),
          })
          .execute()
      } catch (error) {
        if (isGone(error)) return null
        throw error
      }
      return token
    },
    async find(token) {
      const row = await database
        .selectFrom('sessions')
        .select(['user_id', 'expires_at'])
        .where('token_hash', '=', hashOf(token))
        .executeTakeFirst()
      if (!row) return null
      if (Date.parse(row.expires_at) > now()) return row.user_id
      await end(token)
      return null
    },
    end,
  }
}
