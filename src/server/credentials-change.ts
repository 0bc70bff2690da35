// A new password or address for an account, and the end of everything that was handed out for the old one.
import type { AccountDatabase } from './database.ts'
import { isTaken } from './violations.ts'

export interface CredentialsChange {
  /** Replaces the password's hash and ends every session of the account; false when there is none. */
  setPassword(userId: string, passwordHash: string): Promise<boolean>
  /** Replaces the e-mail address. */
  setEmail(userId: string, email: string, isVerified: boolean): Promise<'changed' | 'taken' | 'unknown'>
  /** Notes that the address is the person's own; false when there is no such account. */
  setVerified(userId: string): Promise<boolean>
}

export function createCredentialsChange(database: AccountDatabase, now: () => number): CredentialsChange {
  const change = (connection: AccountDatabase, userId: string, values: Readonly<Record<string, string | number>>) =>
    connection
      .updateTable('users')
      .set((users) => ({
        ...values,
        version: users('version', '+', 1),
        updated_at: new Date(now()).toISOString(),
      }))
      .where('id', '=', userId)
      .returning('id')
      .executeTakeFirst()
  return {
    setPassword: (userId, passwordHash) =>
      database.transaction().execute(async (transaction) => {
        const changed = await change(transaction, userId, { password_hash: passwordHash })
        for (const table of ['sessions', 'bearer_sessions', 'auth0_grants'] as const)
          await transaction.deleteFrom(table).where('user_id', '=', userId).execute()
        return changed !== undefined
      }),
    async setEmail(userId, email, isVerified) {
      const values = { email, email_key: email.toLowerCase(), email_verified: isVerified ? 1 : 0 }
      try {
        return (await change(database, userId, values)) ? 'changed' : 'unknown'
      } catch (error) {
        if (isTaken(error)) return 'taken'
        throw error
      }
    },
    setVerified: async (userId) => (await change(database, userId, { email_verified: 1 })) !== undefined,
  }
}
