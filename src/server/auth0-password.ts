// Who an identifier and a password belong to.
import type { Auth0Context } from './auth0-context.ts'
import type { User } from './users.ts'

/** Null for a wrong password and for nobody, which cost the same. */
export async function userByPassword(
  identifier: string,
  password: string,
  { accounts: { users, passwords } }: Pick<Auth0Context, 'accounts'>,
): Promise<User | null> {
  const isText = identifier.isWellFormed() && !identifier.includes('\0') && password.isWellFormed()
  const user = isText ? await users.byEmail(identifier.trim()) : null
  const isRight = await passwords.verify(user?.password_hash ?? null, password.toWellFormed())
  return isRight ? user : null
}
