// Sessions in memory, of every browser at once: named by a cookie, or by tokens that end and are renewed.
import type { Environment } from '../client/environment.ts'

/** Tokens as the account contract answers with them. */
export interface MemoryTokens {
  readonly access_token: string
  readonly token_type: 'Bearer'
  /** In seconds. */
  readonly expires_in: number
  readonly refresh_token: string
}

export interface MemorySession {
  /** Id of the account. */
  readonly account: string
}

export interface MemorySessions {
  begin(account: string): MemorySession
  /** The session itself, where it has not ended. */
  open(session: MemorySession | null): MemorySession | null
  /** The session of an access token that has not ended. */
  byToken(accessToken: string): MemorySession | null
  /** New tokens for a session. */
  tokens(session: MemorySession): MemoryTokens
  /**
   * Exchanges a refresh token; null for one that is no good. The one before the newest is good until any of the newest is
   * used, as its answer may have been lost; after that, using it ends the session (RFC 9700, 2.2.2).
   */
  refresh(refreshToken: string): MemoryTokens | null
  end(session: MemorySession): void
  /** Ends every session of an account. */
  endAll(account: string): void
}

interface Issued {
  readonly tokens: MemoryTokens
  /** Milliseconds since the epoch. */
  readonly endsAt: number
  isUsed: boolean
}

/** Counted over all backends of a page: what one has issued is nothing to another. */
let count = 0

/** `lifetime` of an access token is in seconds. */
export function createMemorySessions(lifetime: number, { now }: Pick<Environment, 'now'>): MemorySessions {
  const sessions = new Map<MemorySession, Issued[]>()

  function issue(issued: Issued[]): MemoryTokens {
    count += 1
    const tokens: MemoryTokens = {
      access_token: `memory-access-${count}`,
      token_type: 'Bearer',
      expires_in: lifetime,
      refresh_token: `memory-refresh-${count}`,
    }
    issued.push({ tokens, endsAt: now() + lifetime * 1000, isUsed: false })
    return tokens
  }

  return {
    begin(account) {
      const session = { account }
      sessions.set(session, [])
      return session
    },
    open: (session) => (session && sessions.has(session) ? session : null),
    byToken(accessToken) {
      for (const [session, issued] of sessions) {
        const found = issued.find(({ tokens }) => tokens.access_token === accessToken)
        if (!found || found.endsAt <= now()) continue
        found.isUsed = true
        return session
      }
      return null
    },
    tokens: (session) => issue(sessions.get(session) ?? []),
    refresh(refreshToken) {
      for (const [session, issued] of sessions) {
        const index = issued.findIndex(({ tokens }) => tokens.refresh_token === refreshToken)
        const found = issued[index]
        if (!found) continue
        const newer = issued.slice(index + 1)
        if (newer.some(({ isUsed }) => isUsed)) {
          sessions.delete(session)
          return null
        }
        found.isUsed = true
        // Whoever asks again has not got the answer.
        issued.splice(index + 1)
        return issue(issued)
      }
      return null
    },
    end: (session) => void sessions.delete(session),
    endAll(account) {
      for (const session of sessions.keys()) if (session.account === account) sessions.delete(session)
    },
  }
}
