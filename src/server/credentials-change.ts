// A new password or address for an account, and the end of everything that was handed out for the old one.
import type { AccountDatabase } from './database.ts'
import { isTaken } from './violations.ts'

/** A session by the key of its row. */
export interface SessionKey {
  readonly table: 'sessions' | 'bearer_sessions'
  readonly key: string
}

export interface CredentialsChange {
  /** Replaces the password's hash and ends every session of the account but one that stays; false when there is no account. */
  setPassword(userId: string, passwordHash: string, stays?: SessionKey | null): Promise<boolean>
  /** Replaces the e-mail address. */
  setEmail(userId: string, email: string, isVerified: boolean): Promise<'changed' | 'taken' | 'unknown'>
  /** Notes that the address is the person's own; false when there is no such account. */
  setVerified(userId: string): Promise<boolean>
}

/** As `setEmail`, where a transaction runs already; false when there is no such account. Rejects where the address is taken. */
export async function replaceEmail(
  connection: AccountDatabase,
  userId: string,
  email: string,
  isVerified: boolean | null,
  now: () => number,
): Promise<boolean> {
  const verified = isVerified === null ? {} : { email_verified: isVerified ? 1 : 0 }
  return (await change(connection, userId, { email, email_key: email.toLowerCase(), ...verified }, now)) !== undefined
}

/** As `setPassword`, where a transaction runs already. */
export async function replacePassword(
  connection: AccountDatabase,
  userId: string,
  passwordHash: string,
  stays: SessionKey | null,
  now: () => number,
): Promise<boolean> {
  const changed = await change(connection, userId, { password_hash: passwordHash }, now)
  for (const table of ['auth0_grants', 'mail_tokens'] as const)
    await connection.deleteFrom(table).where('user_id', '=', userId).execute()
  const keyOf = ({ table, key }: SessionKey, asked: SessionKey['table']) => (table === asked ? key : '')
  await connection
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('token_hash', '!=', stays ? keyOf(stays, 'sessions') : '')
    .execute()
  await connection
    .deleteFrom('bearer_sessions')
    .where('user_id', '=', userId)
    .where('id', '!=', stays ? keyOf(stays, 'bearer_sessions') : '')
    .execute()
  return changed !== undefined
}

function change(
  connection: AccountDatabase,
  userId: string,
  values: Readonly<Record<string, string | number>>,
  now: () => number,
) {
  return connection
    .updateTable('users')
    .set((users) => ({
      ...values,
      version: users('version', '+', 1),
      updated_at: new Date(now()).toISOString(),
    }))
    .where('id', '=', userId)
    .returning('id')
    .executeTakeFirst()
}

export function createCredentialsChange(database: AccountDatabase, now: () => number): CredentialsChange {
  return {
    setPassword: (userId, passwordHash, stays = null) =>
      database.transaction().execute((transaction) => replacePassword(transaction, userId, passwordHash, stays, now)),
    async setEmail(userId, email, isVerified) {
      try {
        return (await replaceEmail(database, userId, email, isVerified, now)) ? 'changed' : 'unknown'
      } catch (error) {
        if (isTaken(error)) return 'taken'
        throw error
      }
    },
    setVerified: async (userId) => (await change(database, userId, { email_verified: 1 }, now)) !== undefined,
  }
}
