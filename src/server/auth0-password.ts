// Passwords at the Auth0-compatible door: whose one is, and whether somebody may choose one.
import { passwordIssue } from '../fields/credentials.ts'
import { byIdentifier } from './account-context.ts'
import type { Auth0Context } from './auth0-context.ts'
import { connectionError, connectionFault } from './auth0-errors.ts'
import { passwordRefusal, shortestOf } from './auth0-password-policy.ts'
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

/** The refusal of a new password, or null. */
export function newPasswordRefusal(password: unknown, { accounts, settings }: Auth0Context): Response | null {
  const issue = passwordIssue(password, 1)
  if (typeof password !== 'string' || issue?.code === 'invalid_type') return connectionFault('invalid password type')
  if (issue && issue.code !== 'required') return connectionError('invalid_password', 'The password cannot be used.')
  const min = shortestOf(settings.passwordPolicy, accounts.passwordMinLength)
  const weak = passwordRefusal(password, settings.passwordPolicy, min)
  return weak && Response.json(weak, { status: 400 })
}
