// The calls that change how one gets in, or end the account: each asks for the password once more.
import { asIssues, type Issue } from '../contract/issues.ts'
import type { JsonObject } from '../contract/json.ts'
import { emailIssue } from '../fields/credentials.ts'
import { type AccountContext, personOf, unauthenticated } from './account-context.ts'
import type { AccountMail } from './account-mail.ts'
import { MAIL_TOKEN_HOURS } from './mail-tokens.ts'
import { newPasswordIssue } from './new-password.ts'
import { invalid, problem } from './problems.ts'
import { bodyOf, textIssue, unknownKeysOf } from './requests.ts'
import { needsVerification } from './unverified.ts'
import type { User } from './users.ts'

/** The person, with what was sent; `key` is where their password is in it. */
async function proven(
  request: Request,
  key: 'current' | 'password',
  rules: (body: JsonObject, user: User) => readonly Issue[],
  context: AccountContext,
): Promise<{ readonly user: User; readonly body: JsonObject } | Response> {
  const user = await personOf(request, context)
  if (!user) return unauthenticated(request, context)
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  const issues = asIssues([...textIssue(body.value[key], `/${key}`), ...rules(body.value, user)])
  if (issues) return invalid(issues)
  const attempt = await context.limits.attempt('logIn', request, user.email)
  if (attempt.refusal) return attempt.refusal
  if (!(await context.passwords.verify(user.password_hash, String(body.value[key])))) {
    const errors = [{ code: 'invalid_credentials', pointer: `/${key}` }] as const
    return problem('invalid_credentials', 'The password is wrong; nothing was changed.', errors)
  }
  await attempt.succeeded()
  return { user, body: body.value }
}

/** The session that asks stays; every other one ends. */
export async function changePassword(request: Request, context: AccountContext): Promise<Response> {
  const rules = (body: JsonObject, user: User) => {
    const issue = newPasswordIssue(body.password, user, context)
    return [...unknownKeysOf(body, ['current', 'password']), ...(issue ? [issue] : [])]
  }
  const asked = await proven(request, 'current', rules, context)
  if (asked instanceof Response) return asked
  const { change, cookie, mail, passwords, sessionList } = context
  const hash = await passwords.hash(String(asked.body.password))
  await change.setPassword(asked.user.id, hash, await sessionList.current(request, cookie.name))
  mail?.send('passwordChanged', asked.user.email)
  return new Response(null, { status: 204 })
}

/** The first half: the new address is asked whether it is theirs. The same answer where it has an account, whose owner is told. */
export async function changeEmail(request: Request, mail: AccountMail, context: AccountContext): Promise<Response> {
  const rules = (body: JsonObject) => {
    const issue = emailIssue(body.email)
    return [...unknownKeysOf(body, ['email', 'password']), ...(issue ? [issue] : [])]
  }
  const asked = await proven(request, 'password', rules, context)
  if (asked instanceof Response) return asked
  const { limits, tokens, users } = context
  const email = String(asked.body.email)
  const attempt = await limits.attempt('mail', request, email)
  if (attempt.refusal) return attempt.refusal
  mail.beside(async () => {
    const owner = await users.byEmail(email)
    if (owner && owner.id !== asked.user.id) return mail.send('signUpAgain', owner.email)
    const token = await tokens.make({ kind: 'change', userId: asked.user.id, email, details: '{}' })
    const hours = MAIL_TOKEN_HOURS.change
    if (token !== null) mail.send('confirmChange', email, { screen: 'verifyEmail', token, hours })
  })
  return needsVerification()
}

export async function deleteAccount(request: Request, context: AccountContext): Promise<Response> {
  const asked = await proven(request, 'password', (body) => unknownKeysOf(body, ['password']), context)
  if (asked instanceof Response) return asked
  const { cookie, mail, users } = context
  await users.remove(asked.user.id)
  mail?.send('accountDeleted', asked.user.email)
  return new Response(null, { status: 204, headers: { 'set-cookie': cookie.clear } })
}
