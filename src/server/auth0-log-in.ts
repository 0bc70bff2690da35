// Whose an identifier and a password are, at the Auth0-compatible door: as slow against guessing as at the other one.
import { byIdentifier } from './account-context.ts'
import type { Auth0Context } from './auth0-context.ts'
import { oauthError, tooManyRequests } from './auth0-errors.ts'
import { isUnverified } from './unverified.ts'
import type { User } from './users.ts'

export interface LogInRefusal {
  readonly reason: 'wrong' | 'unverified' | 'too many'
  /** Seconds to wait after too many. */
  readonly seconds: number
}

/** A wrong password and nobody are one, and cost the same. */
export async function userByPassword(
  request: Request,
  typed: string,
  password: string,
  { accounts }: Pick<Auth0Context, 'accounts'>,
): Promise<User | LogInRefusal> {
  const identifier = typed.trim()
  if (!identifier.isWellFormed() || identifier.includes('\0') || !password.isWellFormed()) return refusal('wrong')
  const user = await byIdentifier(identifier, accounts)
  const attempt = await accounts.limits.attempt('logIn', request, user?.email ?? identifier)
  if (attempt.refusal) return refusal('too many', Number(attempt.refusal.headers.get('retry-after')))
  const isRight = await accounts.passwords.verify(user?.password_hash ?? null, password)
  if (await isUnverified(user, isRight, identifier, password, accounts)) return refusal('unverified')
  if (!user || !isRight) return refusal('wrong')
  await attempt.succeeded()
  return user
}

function refusal(reason: LogInRefusal['reason'], seconds = 0): LogInRefusal {
  return { reason, seconds }
}

/** What a client is told; `wrong` is its endpoint's word for a wrong password. */
export function logInRefused({ reason, seconds }: LogInRefusal, wrong: 'invalid_grant' | 'access_denied'): Response {
  if (reason === 'too many') return tooManyRequests(seconds)
  if (reason === 'wrong') return oauthError(403, wrong, 'Wrong email or password.')
  return oauthError(403, 'access_denied', 'Please verify your email before logging in.')
}
