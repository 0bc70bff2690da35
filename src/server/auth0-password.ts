// Who an identifier and a password belong to.
import { byIdentifier } from './account-context.ts'
import type { Auth0Context } from './auth0-context.ts'
import type { User } from './users.ts'

/** Null for a wrong password and for nobody, which cost the same. */
export async function userByPassword(
  identifier: string,
  password: string,
  { accounts }: Pick<Auth0Context, 'accounts'>,
): Promise<User | null> {
  const isText = identifier.isWellFormed() && !identifier.includes('\0') && password.isWellFormed()
  const user = isText ? await byIdentifier(identifier.trim(), accounts) : null
  const isRight = await accounts.passwords.verify(user?.password_hash ?? null, password.toWellFormed())
  return isRight ? user : null
}
