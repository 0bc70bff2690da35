// Whether somebody may choose a password, by the connection's policy and by the rules of the accounts.
import { passwordIssue } from '../fields/credentials.ts'
import type { Auth0Context } from './auth0-context.ts'
import { connectionError, connectionFault } from './auth0-errors.ts'
import { passwordRefusal, shortestOf } from './auth0-password-policy.ts'
import { type Chooser, newPasswordIssue } from './new-password.ts'

/** The refusal of a password by the policy, or null. */
export function policyRefusal(password: unknown, { accounts, settings }: Auth0Context): Response | null {
  const issue = passwordIssue(password, 1)
  if (typeof password !== 'string' || issue?.code === 'invalid_type') return connectionFault('invalid password type')
  if (issue && issue.code !== 'required') return connectionError('invalid_password', 'The password cannot be used.')
  const min = shortestOf(settings.passwordPolicy, accounts.passwordMinLength)
  const weak = passwordRefusal(password, settings.passwordPolicy, min)
  return weak && Response.json(weak, { status: 400 })
}

/** The names and words of Auth0 for what else a password can be refused for. */
const MORE: Readonly<Record<string, { readonly name: string; readonly message: string }>> = {
  not_common: { name: 'PasswordDictionaryError', message: 'Password is too common' },
  no_personal_data: { name: 'PasswordNoUserInfoError', message: 'Password contains user information' },
}

/** The refusal of a password that a person chooses, or null. */
export async function newPasswordRefusal(
  password: unknown,
  person: Chooser,
  context: Auth0Context,
): Promise<Response | null> {
  const refusal = policyRefusal(password, context)
  if (refusal) return refusal
  const issue = await newPasswordIssue(password, person, context.accounts)
  if (!issue) return null
  const said = MORE[String(issue.params?.rule)] ?? { name: 'PasswordStrengthError', message: 'Password is too weak' }
  const body = { ...said, code: 'invalid_password', description: said.message, statusCode: 400 }
  return Response.json(body, { status: 400 })
}
