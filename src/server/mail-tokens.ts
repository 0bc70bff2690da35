// Tokens that mails carry: each good once and for a while, and in the database as SHA-256 only.
import type { AccountDatabase, MailTokensTable } from './database.ts'
import { hashOf, newToken } from './tokens.ts'
import { isGone } from './violations.ts'

/**
 * `signUp` makes the account it was asked for, `verify` shows whose an account's address is, `reset` sets a password,
 * `change` gives an account another address.
 */
export type MailTokenKind = 'signUp' | 'verify' | 'reset' | 'change'

/** Hours that a token is good: long enough to find the mail, and no longer for what opens an account. */
export const MAIL_TOKEN_HOURS: Readonly<Record<MailTokenKind, number>> = {
  signUp: 24,
  verify: 24,
  reset: 1,
  change: 24,
}

export interface MailToken {
  readonly kind: MailTokenKind
  /** Null where there is no account yet. */
  readonly userId: string | null
  /** The address the mail went to. */
  readonly email: string
  /** What was asked for, as JSON. */
  readonly details: string
}

export interface MailTokens {
  /** A new token; null when the account is gone. */
  make(token: MailToken): Promise<string | null>
  /** What a token stands for, or null. */
  find(token: string): Promise<MailToken | null>
  /** The same, and it is good no longer: of two that come at once one gets it. */
  take(token: string): Promise<MailToken | null>
  /** What waits at an address to be confirmed, or null. */
  waiting(kind: MailTokenKind, email: string): Promise<MailToken | null>
  /** Ends what waits at an address. */
  endWaiting(kind: MailTokenKind, email: string): Promise<void>
  /** Ends all tokens of an account. */
  end(userId: string): Promise<void>
}

/** Whether the mail went to the address that the account has now. */
export function isTo(token: MailToken | null, { email }: { readonly email: string }): boolean {
  return token?.email.toLowerCase() === email.toLowerCase()
}

const COLUMNS = ['kind', 'user_id', 'email', 'details', 'expires_at'] as const

type Row = Pick<MailTokensTable, (typeof COLUMNS)[number]>

export function createMailTokens(database: AccountDatabase, now: () => number): MailTokens {
  const good = (row: Row | undefined): MailToken | null => {
    if (!row || Date.parse(row.expires_at) <= now()) return null
    return { kind: row.kind, userId: row.user_id, email: row.email, details: row.details }
  }
  return {
    async make({ kind, userId, email, details }) {
      const token = newToken()
      await database.deleteFrom('mail_tokens').where('expires_at', '<=', new Date(now()).toISOString()).execute()
      try {
        await database
          .insertInto('mail_tokens')
          .values({
            token_hash: hashOf(token),
            kind,
            user_id: userId,
            email,
            email_key: email.toLowerCase(),
            details,
            expires_at: new Date(now() + MAIL_TOKEN_HOURS[kind] * 3_600_000).toISOString(),
          })
          .execute()
      } catch (error) {
        if (isGone(error)) return null
        throw error
      }
      return token
    },
    find: async (token) =>
      good(
        await database
          .selectFrom('mail_tokens')
          .select(COLUMNS)
          .where('token_hash', '=', hashOf(token))
          .executeTakeFirst(),
      ),
    take: async (token) =>
      good(
        await database
          .deleteFrom('mail_tokens')
          .where('token_hash', '=', hashOf(token))
          .returning(COLUMNS)
          .executeTakeFirst(),
      ),
    waiting: async (kind, email) =>
      good(
        await database
          .selectFrom('mail_tokens')
          .select(COLUMNS)
          .where('email_key', '=', email.toLowerCase())
          .where('kind', '=', kind)
          .orderBy('expires_at', 'desc')
          .executeTakeFirst(),
      ),
    async endWaiting(kind, email) {
      await database
        .deleteFrom('mail_tokens')
        .where('email_key', '=', email.toLowerCase())
        .where('kind', '=', kind)
        .execute()
    },
    async end(userId) {
      await database.deleteFrom('mail_tokens').where('user_id', '=', userId).execute()
    },
  }
}
