// Showing that an address is one's own, with the token of a mail, and having the mail sent again.
import { asIssues } from '../contract/issues.ts'
import { type AccountContext, personOf, unauthenticated } from './account-context.ts'
import type { AccountMail } from './account-mail.ts'
import { confirmChange } from './email-change.ts'
import { mailRequest } from './mail-request.ts'
import { isTo, MAIL_TOKEN_HOURS, type MailToken, type MailTokens } from './mail-tokens.ts'
import { badToken, invalid, taken } from './problems.ts'
import { sendReset } from './recovery-calls.ts'
import { bodyOf, textIssue, unknownKeysOf } from './requests.ts'
import type { User } from './users.ts'

/**
 * Three things wait for a mail to be answered: a sign-up, the address of an account, and a new address. Nobody is logged
 * in by it, as the mail may be read elsewhere.
 */
export async function verifyEmail(request: Request, mail: AccountMail, context: AccountContext): Promise<Response> {
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  const { token } = body.value
  const issues = asIssues([...unknownKeysOf(body.value, ['token']), ...textIssue(token, '/token')])
  if (issues) return invalid(issues)
  const attempt = await context.limits.attempt('token', request, null)
  if (attempt.refusal) return attempt.refusal
  const known = await context.tokens.find(String(token))
  if (!known || known.kind === 'reset') return badToken()
  await attempt.succeeded()
  return verified(request, String(token), known, mail, context)
}

async function verified(
  request: Request,
  token: string,
  known: MailToken,
  mail: AccountMail,
  context: AccountContext,
): Promise<Response> {
  const { change, confirmations, tokens } = context
  if (known.kind === 'signUp') {
    const made = await confirmations.signUp(token)
    if (made === 'username_taken') return taken(made)
    return made ? done() : badToken()
  }
  if (known.kind === 'change') return confirmChange(token, mail, context)
  // An account that somebody else made with this address must not become more by a click of its owner: whoever verifies
  // is logged in to it, and so knows the password as well.
  const person = await personOf(request, context)
  if (!person || person.id !== known.userId) return unauthenticated(request, context)
  if (!isTo(known, person)) return badToken()
  if (!(await tokens.take(token)) || !(await change.setVerified(person.id))) return badToken()
  return done()
}

/** The answer knows nothing of accounts, as of a forgotten password. */
export async function resendEmail(request: Request, mail: AccountMail, context: AccountContext): Promise<Response> {
  const { tokens, users, verification } = context
  return mailRequest(request, mail, context, async (email) => {
    const user = await users.byEmail(email)
    if (user?.email_verified) return
    const waiting = await tokens.waiting('signUp', email)
    if (waiting) {
      await tokens.endWaiting('signUp', waiting.email)
      await sendLink(waiting, mail, tokens)
    } else if (user && verification === 'optional') await sendVerification(user, mail, { tokens })
    // Nobody knows who made it: its owner sets a password of their own.
    else if (user && verification === 'required') await sendReset(user, mail, tokens)
  })
}

/** Asks for the address of an account that is there already. */
export function sendVerification(
  user: User,
  mail: AccountMail,
  { tokens }: Pick<AccountContext, 'tokens'>,
): Promise<void> {
  return sendLink({ kind: 'verify', userId: user.id, email: user.email, details: '{}' }, mail, tokens)
}

async function sendLink(waiting: MailToken, mail: AccountMail, tokens: MailTokens): Promise<void> {
  const token = await tokens.make(waiting)
  const hours = MAIL_TOKEN_HOURS[waiting.kind]
  if (token !== null) mail.send('verify', waiting.email, { screen: 'verifyEmail', token, hours })
}

function done(): Response {
  return new Response(null, { status: 204 })
}
