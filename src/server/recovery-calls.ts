// A forgotten password: a mail to whoever has the account, and a new password with the token in it.
import { asIssues } from '../contract/issues.ts'
import type { AccountContext } from './account-context.ts'
import type { AccountMail } from './account-mail.ts'
import { mailRequest } from './mail-request.ts'
import { isTo, MAIL_TOKEN_HOURS, type MailTokens } from './mail-tokens.ts'
import { newPasswordIssue } from './new-password.ts'
import { badToken, invalid } from './problems.ts'
import { bodyOf, textIssue, unknownKeysOf } from './requests.ts'
import type { User } from './users.ts'

/** The answer knows nothing of accounts: whether there is one is found out beside it. */
export async function forgotPassword(request: Request, mail: AccountMail, context: AccountContext): Promise<Response> {
  return mailRequest(request, mail, context, async (email) => {
    const user = await context.users.byEmail(email)
    if (user) await sendReset(user, mail, context.tokens)
  })
}

export async function sendReset(user: User, mail: AccountMail, tokens: MailTokens): Promise<void> {
  const token = await tokens.make({ kind: 'reset', userId: user.id, email: user.email, details: '{}' })
  if (token !== null) mail.send('reset', user.email, { screen: 'resetPassword', token, hours: MAIL_TOKEN_HOURS.reset })
}

/** Whoever has read the mail has shown whose the address is; nobody is logged in by it (OWASP Forgot Password). */
export async function resetPassword(request: Request, mail: AccountMail, context: AccountContext): Promise<Response> {
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  const { token, password } = body.value
  const { change, limits, passwords, tokens, users } = context
  const wrong = asIssues([...unknownKeysOf(body.value, ['token', 'password']), ...textIssue(token, '/token')])
  if (wrong) return invalid(wrong)
  const attempt = await limits.attempt('token', request, null)
  if (attempt.refusal) return attempt.refusal
  const known = await tokens.find(String(token))
  const user = known?.kind === 'reset' && known.userId !== null ? await users.byId(known.userId) : null
  // A mail that went to an address the account has no longer opens nothing.
  if (!user || !isTo(known, user)) return badToken()
  await attempt.succeeded()
  // A password that is refused leaves the token for the next try.
  const issue = newPasswordIssue(password, user, context)
  if (issue) return invalid([issue])
  const hash = await passwords.hash(String(password))
  if (!(await tokens.take(String(token)))) return badToken()
  await change.setPassword(user.id, hash)
  await change.setVerified(user.id)
  await limits.clear(user.email, request)
  mail.send('passwordChanged', user.email)
  return new Response(null, { status: 204 })
}
