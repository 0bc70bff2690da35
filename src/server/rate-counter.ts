// Counts attempts in the database, so that every process of a site counts together.
import { sql } from 'kysely'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { AccountDatabase } from './database.ts'

/** So many attempts in so many seconds; the next ones are refused until the time is over. */
export interface Allowance {
  readonly attempts: number
  readonly seconds: number
}

interface Count {
  readonly points: number
  readonly expires_at: string
}

/**
 * The package's counter for PostgreSQL, with what it asks of the database said in a way that SQLite understands too, over
 * the connections that are open already, and by the server's clock.
 */
class DatabaseCounter extends RateLimiterPostgres {
  readonly #database: AccountDatabase
  readonly #now: () => number

  constructor(database: AccountDatabase, keyPrefix: string, { attempts, seconds }: Allowance, now: () => number) {
    super({
      storeClient: database,
      storeType: 'client',
      tableName: 'rate_limits',
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix,
      points: attempts,
      duration: seconds,
    })
    this.#database = database
    this.#now = now
  }

  async _upsert(key: string, points: number, duration: number, isForced: boolean): Promise<Count> {
    const time = this.#now()
    const now = new Date(time).toISOString()
    const isOver = isForced ? sql`1 = 1` : sql`rate_limits.expires_at <= ${now}`
    const count = await this.#database
      .insertInto('rate_limits')
      .values({ key, points, expires_at: new Date(time + duration).toISOString() })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          points: sql<number>`CASE WHEN ${isOver} THEN excluded.points ELSE rate_limits.points + excluded.points END`,
          expires_at: sql<string>`CASE WHEN ${isOver} THEN excluded.expires_at ELSE rate_limits.expires_at END`,
        }),
      )
      .returning(['points', 'expires_at'])
      .executeTakeFirstOrThrow()
    // Whoever begins a count clears away the ones that are over.
    if (count.points === points) await this.#database.deleteFrom('rate_limits').where('expires_at', '<=', now).execute()
    return count
  }

  async _get(key: string): Promise<Count | null> {
    const count = await this.#database
      .selectFrom('rate_limits')
      .select(['points', 'expires_at'])
      .where('key', '=', key)
      .where('expires_at', '>', new Date(this.#now()).toISOString())
      .executeTakeFirst()
    return count ?? null
  }

  async _delete(key: string): Promise<boolean> {
    const row = await this.#database
      .deleteFrom('rate_limits')
      .where('key', '=', key)
      .returning('key')
      .executeTakeFirst()
    return row !== undefined
  }

  _getRateLimiterRes(_key: string, changed: number, { points, expires_at }: Count): RateLimiterRes {
    const left = Math.max(0, Date.parse(expires_at) - this.#now())
    return new RateLimiterRes(Math.max(0, this.points - points), left, points, points === changed)
  }
}

export interface RateCounter {
  /** Counts one attempt; null while there may be more, else the seconds until then. */
  count(key: string): Promise<number | null>
  /** Takes one attempt back. */
  takeBack(key: string): Promise<void>
  /** Notes a key for the whole time. */
  note(key: string): Promise<void>
  isNoted(key: string): Promise<boolean>
  forget(key: string): Promise<void>
}

/** `name` tells the counts of one database apart. */
export function createRateCounter(
  database: AccountDatabase,
  name: string,
  allowance: Allowance,
  now: () => number,
): RateCounter {
  const counter = new DatabaseCounter(database, name, allowance, now)
  return {
    async count(key) {
      try {
        await counter.consume(key)
        return null
      } catch (reason) {
        if (reason instanceof RateLimiterRes) return Math.max(1, Math.ceil(reason.msBeforeNext / 1000))
        throw reason
      }
    },
    async takeBack(key) {
      await counter.reward(key)
    },
    async note(key) {
      await counter.set(key, 1, allowance.seconds)
    },
    isNoted: async (key) => (await counter.get(key)) !== null,
    async forget(key) {
      await counter.delete(key)
    },
  }
}
