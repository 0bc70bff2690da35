// Sessions that a page holds itself: access tokens that end soon, and refresh tokens that are each good for one successor (RFC 9700, 2.2.2).
import type { AccountDatabase } from './database.ts'
import { familyOf, hashOf, newRefreshToken, newToken, successorOf } from './tokens.ts'
import { isGone } from './violations.ts'

/** What a page is given (RFC 6749, 5.1); `expires_in` is in seconds. */
export interface SessionTokens {
  readonly access_token: string
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly refresh_token: string
}

export interface BearerSessions {
  /** Begins a session of a number of seconds; null when the account is gone. */
  start(userId: string, lifetime: number): Promise<SessionTokens | null>
  /** The account an access token belongs to, or null. */
  find(accessToken: string): Promise<string | null>
  /**
   * The next tokens of a session, or null when it is over. Until one of them is used the same refresh token gets the same
   * successor again, so that a lost answer logs nobody out; used after that it has been copied, and the session ends.
   */
  refresh(refreshToken: string): Promise<SessionTokens | null>
  /** Ends the session of an access token, also of one that ran out. */
  end(accessToken: string): Promise<void>
}

/** `accessTokenLifetime` is in seconds. */
export function createBearerSessions(
  database: AccountDatabase,
  accessTokenLifetime: number,
  now: () => number,
): BearerSessions {
  const iso = (time: number) => new Date(time).toISOString()

  async function remove(id: string): Promise<void> {
    await database.deleteFrom('bearer_sessions').where('id', '=', id).execute()
  }

  /** Tokens of a session that ends at a time; null when it has ended already. */
  async function handOut(id: string, refreshToken: string, end: number): Promise<SessionTokens | null> {
    const time = now()
    const accessToken = newToken()
    const expiry = Math.min(time + accessTokenLifetime * 1000, end)
    await database
      .deleteFrom('access_tokens')
      .where('session_id', '=', id)
      .where('expires_at', '<=', iso(time))
      .execute()
    try {
      await database
        .insertInto('access_tokens')
        .values({
          token_hash: hashOf(accessToken),
          session_id: id,
          refresh_hash: hashOf(refreshToken),
          expires_at: iso(expiry),
        })
        .execute()
    } catch (error) {
      if (isGone(error)) return null
      throw error
    }
    const expires_in = Math.floor((expiry - time) / 1000)
    return { access_token: accessToken, token_type: 'Bearer', expires_in, refresh_token: refreshToken }
  }

  /** The successor has arrived: the refresh token before it is good no longer. */
  async function settle(id: string, nextHash: string): Promise<void> {
    await database
      .updateTable('bearer_sessions')
      .set({ refresh_hash: nextHash, next_hash: null, next_salt: null })
      .where('id', '=', id)
      .where('next_hash', '=', nextHash)
      .execute()
  }

  /** Names the successor of a refresh token, unless another request was faster: there is one, whoever named it. */
  async function nameSuccessor(id: string, refreshToken: string): Promise<void> {
    const salt = newToken()
    await database
      .updateTable('bearer_sessions')
      .set({ next_hash: hashOf(successorOf(refreshToken, salt)), next_salt: salt })
      .where('id', '=', id)
      .where('refresh_hash', '=', hashOf(refreshToken))
      .where('next_hash', 'is', null)
      .execute()
  }

  return {
    async start(userId, lifetime) {
      const time = now()
      const end = time + lifetime * 1000
      const refreshToken = newRefreshToken()
      const id = hashOf(familyOf(refreshToken) ?? '')
      const over = database.deleteFrom('bearer_sessions').where('user_id', '=', userId)
      await over.where('expires_at', '<=', iso(time)).execute()
      const refresh_hash = hashOf(refreshToken)
      const times = { created_at: iso(time), expires_at: iso(end) }
      try {
        const row = { id, user_id: userId, refresh_hash, next_hash: null, next_salt: null, ...times }
        await database.insertInto('bearer_sessions').values(row).execute()
      } catch (error) {
        if (isGone(error)) return null
        throw error
      }
      return handOut(id, refreshToken, end)
    },
    async find(accessToken) {
      const row = await database
        .selectFrom('access_tokens as access')
        .innerJoin('bearer_sessions as session', 'session.id', 'access.session_id')
        .select(['session.id', 'session.user_id', 'session.next_hash', 'access.refresh_hash', 'access.expires_at'])
        .where('access.token_hash', '=', hashOf(accessToken))
        .executeTakeFirst()
      if (!row || Date.parse(row.expires_at) <= now()) return null
      if (row.refresh_hash === row.next_hash) await settle(row.id, row.next_hash)
      return row.user_id
    },
    async refresh(refreshToken) {
      const family = familyOf(refreshToken)
      if (family === null) return null
      const id = hashOf(family)
      const hash = hashOf(refreshToken)
      for (;;) {
        const row = await database
          .selectFrom('bearer_sessions')
          .select(['refresh_hash', 'next_hash', 'next_salt', 'expires_at'])
          .where('id', '=', id)
          .executeTakeFirst()
        if (!row) return null
        const end = Date.parse(row.expires_at)
        if (hash === row.next_hash) await settle(id, hash)
        else if (end <= now() || hash !== row.refresh_hash) {
          // A refresh token of this session that is good no longer is known to two: nobody can tell which is the person.
          await remove(id)
          return null
        } else if (row.next_salt === null) await nameSuccessor(id, refreshToken)
        else return handOut(id, successorOf(refreshToken, row.next_salt), end)
      }
    },
    async end(accessToken) {
      const row = await database
        .selectFrom('access_tokens')
        .select('session_id')
        .where('token_hash', '=', hashOf(accessToken))
        .executeTakeFirst()
      if (row) await remove(row.session_id)
    },
  }
}
