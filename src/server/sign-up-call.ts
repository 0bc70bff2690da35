// Sign-up: makes an account once, however often the request for it is sent, and begins the session it asks for.
import { asIssues } from '../contract/issues.ts'
import type { JsonObject } from '../contract/json.ts'
import { ROOT_ATTRIBUTES } from '../contract/profile.ts'
import { emailIssue } from '../fields/credentials.ts'
import { type AccountContext, kindsOf } from './account-context.ts'
import type { Outcome, Write } from './idempotency.ts'
import { makeAccount } from './new-account.ts'
import { newPasswordIssue } from './new-password.ts'
import { ownValuesAfter } from './own-values.ts'
import { invalid, problem, taken } from './problems.ts'
import { bodyOf, unknownKeysOf } from './requests.ts'
import { WISH_KEYS, wishIssues, wishOf } from './session-wish.ts'
import { signedIn } from './signed-in.ts'
import { awaitVerification, needsVerification } from './unverified.ts'
import { sendVerification } from './verification-calls.ts'

const SIGN_UP_KEYS: readonly string[] = ['email', 'password', ...ROOT_ATTRIBUTES, 'user_metadata', ...WISH_KEYS]

const keysOf = ({ usernames }: AccountContext) => (usernames ? [...SIGN_UP_KEYS, 'username'] : SIGN_UP_KEYS)

export async function signUp(request: Request, context: AccountContext): Promise<Response> {
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  return context.idempotency.once(
    request,
    'signup',
    body,
    (write) => firstSignUp(request, body.value, write, context),
    (outcome) => sameSignUp(request, body.value, outcome, context),
  )
}

async function firstSignUp(
  request: Request,
  body: JsonObject,
  write: Write,
  context: AccountContext,
): Promise<Response> {
  const { email, password } = body
  const asked = await ownValuesAfter(body, null, 'self', context)
  const person = typeof email === 'string' && asked.ok ? { ...asked.values, email } : null
  const passwordProblem = newPasswordIssue(password, person, context)
  const issues = asIssues([
    ...unknownKeysOf(body, keysOf(context)),
    ...[emailIssue(email), passwordProblem].filter((issue) => issue !== null),
    ...wishIssues(body, [...kindsOf(context), 'none']),
    ...(asked.ok ? [] : asked.issues),
  ])
  if (issues) return invalid(issues)
  if (typeof email !== 'string' || typeof password !== 'string' || !asked.ok)
    return problem('invalid_request', 'Send email and password.')
  const { limits, mail, passwords, users, verification } = context
  for (const what of verification === 'none' ? (['signUp'] as const) : (['signUp', 'mail'] as const)) {
    const attempt = await limits.attempt(what, request, email)
    if (attempt.refusal) return attempt.refusal
  }
  const values = { ...asked.values, email_verified: false, app_metadata: {} }
  if (mail && verification === 'required') return awaitVerification(email, password, asked.values, write, mail, context)
  const made = await makeAccount(email, () => passwords.hash(password), values, write, users)
  if (typeof made === 'string') return taken(made)
  if (mail && verification === 'optional') mail.beside(() => sendVerification(made, mail, context))
  return signedIn(request, made, wishOf(body), 201, context)
}

/**
 * A sign-up that is sent again, after an answer that was lost: the same outcome, with a session of its own.
 * The password is verified as in a log-in, for it may have been changed since.
 */
async function sameSignUp(
  request: Request,
  body: JsonObject,
  { status, code, userId }: Outcome,
  context: AccountContext,
): Promise<Response> {
  if (status === 202) return needsVerification()
  const user = userId === null ? null : await context.users.byId(userId)
  if (!user || !(await context.passwords.verify(user.password_hash, String(body.password)))) return taken(code)
  return signedIn(request, user, wishOf(body), 201, context)
}
