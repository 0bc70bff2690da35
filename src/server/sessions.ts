// Opaque sessions: 256 random bits with the person, their SHA-256 in the database (OWASP Session Management).
import { createHash, randomBytes } from 'node:crypto'
import type { AccountDatabase } from './database.ts'

export interface Sessions {
  /** Starts a session and answers its token. */
  start(userId: string): Promise<string>
  /** The account a token belongs to, or null; an expired session is removed when it is met. */
  find(token: string): Promise<string | null>
  end(token: string): Promise<void>
}

/** `lifetime` is in seconds. */
export function createSessions(database: AccountDatabase, lifetime: number, now: () => number): Sessions {
  const end = async (token: string) => {
    await database.deleteFrom('sessions').where('token_hash', '=', hashOf(token)).execute()
  }
  return {
    async start(userId) {
      const token = randomBytes(32).toString('base64url')
      await database
        .insertInto('sessions')
        .values({
          token_hash: hashOf(token),
          user_id: userId,
          created_at: new Date(now()).toISOString(),
          expires_at: new Date(now() + lifetime * 1000).toISOString(),
        })
        .execute()
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

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
