// What an answered mail brings about, together with the end of its token or not at all.
import { createCredentialsChange, replacePassword } from './credentials-change.ts'
import type { AccountDatabase } from './database.ts'
import { createMailTokens } from './mail-tokens.ts'
import { waitingSignUp } from './unverified.ts'
import { type AccountValues, createUsers, type User } from './users.ts'

export interface Confirmations {
  /**
   * Makes the account of a sign-up. Where one was made with the address that nobody has verified, it becomes that of the
   * sign-up, and its earlier password, sessions and values are gone. Null for a token that is not good.
   */
  signUp(token: string): Promise<'made' | 'username_taken' | null>
  /** Gives an account its new address, verified; the other tokens end. Null for a token that is not good. */
  change(token: string): Promise<ChangedEmail | 'user_exists' | null>
}

export interface ChangedEmail {
  readonly before: string
  readonly after: string
}

/** Undoes everything, the end of the token too. */
class TakenError extends Error {
  override readonly name = 'TakenError'
}

export function createConfirmations(database: AccountDatabase, now: () => number): Confirmations {
  const together = async <Result, Taken>(taken: Taken, work: (connection: AccountDatabase) => Promise<Result>) => {
    try {
      return await database.transaction().execute(work)
    } catch (error) {
      if (error instanceof TakenError) return taken
      throw error
    }
  }
  /** The account under the same id, for what the site keeps about it. */
  async function replaced(
    earlier: User,
    passwordHash: string,
    values: AccountValues,
    connection: AccountDatabase,
  ): Promise<boolean> {
    const { username } = values
    const users = createUsers(connection, now)
    const namesake = username === null ? null : await users.byUsername(username)
    if (namesake && namesake.id !== earlier.id) return false
    await users.swap(earlier, values)
    await replacePassword(connection, earlier.id, passwordHash, null, now)
    return true
  }

  return {
    signUp: (token) =>
      together('username_taken', async (connection) => {
        const users = createUsers(connection, now)
        const waiting = await createMailTokens(connection, now).take(token)
        if (waiting?.kind !== 'signUp') return null
        const { passwordHash, values } = waitingSignUp(waiting.details)
        const earlier = await users.byEmail(waiting.email)
        if (earlier?.email_verified) return null
        const verified = { ...values, email_verified: true, app_metadata: earlier?.app_metadata ?? {} }
        const made = earlier
          ? await replaced(earlier, passwordHash, verified, connection)
          : await users.create(waiting.email, passwordHash, verified)
        if (!made) throw new TakenError('another account has the user name')
        return 'made'
      }),
    change: (token) =>
      together('user_exists', async (connection) => {
        const tokens = createMailTokens(connection, now)
        const waiting = await tokens.take(token)
        if (waiting?.kind !== 'change' || waiting.userId === null) return null
        const user = await createUsers(connection, now).byId(waiting.userId)
        if (!user) return null
        const outcome = await createCredentialsChange(connection, now).setEmail(user.id, waiting.email, true)
        if (outcome !== 'changed') throw new TakenError('another account has the address')
        await tokens.end(user.id)
        return { before: user.email, after: waiting.email }
      }),
  }
}
