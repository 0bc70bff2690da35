// The calls that begin, end and read a session: what each checks, changes and answers.
import { asIssues, type Issue } from '../contract/issues.ts'
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { ROOT_ATTRIBUTES } from '../contract/profile.ts'
import { emailIssue, passwordIssue } from '../fields/credentials.ts'
import { type AccountContext, personOf, profileAnswer } from './account-context.ts'
import type { Outcome, Write } from './idempotency.ts'
import { ownValuesAfter } from './own-values.ts'
import { invalid, problem, userExists } from './problems.ts'
import { bodyOf, mediaTypeRefusal, unknownKeysOf } from './requests.ts'
import { cookieOf } from './session-cookie.ts'
import { etagOf, profileOf, type User } from './users.ts'

const SIGN_UP_KEYS: readonly string[] = ['email', 'password', ...ROOT_ATTRIBUTES, 'user_metadata']

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
  const issues = asIssues([
    ...unknownKeysOf(body, SIGN_UP_KEYS),
    ...present(emailIssue(email)),
    ...present(passwordIssue(password, context.passwordMinLength)),
    ...(asked.ok ? [] : asked.issues),
  ])
  if (issues) return invalid(issues)
  if (typeof email !== 'string' || typeof password !== 'string' || !asked.ok)
    return problem('invalid_request', 'Send email and password.')
  const hash = (await context.users.byEmail(email)) ? null : await context.passwords.hash(password)
  const values = { ...asked.values, email_verified: false, app_metadata: {} }
  const user = await write(
    async (users) => (hash === null ? null : users.create(email, hash, values)),
    (created) =>
      created ? { status: 201, code: null, userId: created.id } : { status: 409, code: 'user_exists', userId: null },
  )
  return user ? signedIn(request, context, user, 201) : userExists()
}

/**
 * A sign-up that is sent again, after an answer that was lost: the same outcome, with a session of its own.
 * The password is verified as in a log-in, for it may have been changed since.
 */
async function sameSignUp(
  request: Request,
  { password }: JsonObject,
  { userId }: Outcome,
  context: AccountContext,
): Promise<Response> {
  const user = userId === null ? null : await context.users.byId(userId)
  if (!user || !(await context.passwords.verify(user.password_hash, String(password)))) return userExists()
  return signedIn(request, context, user, 201)
}

export async function logIn(request: Request, context: AccountContext): Promise<Response> {
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  const { identifier, password } = body.value
  const issues = asIssues([
    ...unknownKeysOf(body.value, ['identifier', 'password']),
    ...(typeof identifier === 'string' && identifier.includes('\0')
      ? [{ code: 'invalid_value', pointer: '/identifier' } as const]
      : textIssue(identifier, '/identifier')),
    ...textIssue(password, '/password'),
  ])
  if (issues) return invalid(issues)
  const user = await context.users.byEmail(String(identifier))
  const right = await context.passwords.verify(user?.password_hash ?? null, String(password))
  if (!user || !right) return problem('invalid_credentials', 'The identifier or the password is wrong.')
  return signedIn(request, context, user, 200)
}

export async function logOut(request: Request, context: AccountContext): Promise<Response> {
  // Nothing in the body is needed, so nothing is read of it; the content type still keeps foreign forms out.
  const refusal = mediaTypeRefusal(request)
  if (refusal) return refusal
  const token = cookieOf(request, context.cookie.name)
  if (token) await context.sessions.end(token)
  return new Response(null, { status: 204, headers: { 'set-cookie': context.cookie.clear } })
}

export async function readSession(request: Request, context: AccountContext): Promise<Response> {
  const user = await personOf(request, context)
  return user ? profileAnswer(user, context) : Response.json({ user: null })
}

/** A new session for every log-in; the one that came along ends, so that nobody can plant theirs (session fixation). */
async function signedIn(request: Request, context: AccountContext, user: User, status: 200 | 201): Promise<Response> {
  const earlier = cookieOf(request, context.cookie.name)
  if (earlier) await context.sessions.end(earlier)
  const token = await context.sessions.start(user.id)
  const body = { ...(status === 201 && { status: 'created' }), user: profileOf(user, context.deniedAttributes) }
  return Response.json(body, { status, headers: { etag: etagOf(user), 'set-cookie': context.cookie.set(token) } })
}

function textIssue(value: JsonValue | undefined, pointer: string): readonly Issue[] {
  if (value === undefined || value === '') return [{ code: 'required', pointer }]
  if (typeof value !== 'string') return [{ code: 'invalid_type', pointer }]
  return value.isWellFormed() ? [] : [{ code: 'invalid_value', pointer }]
}

function present(issue: Issue | null): readonly Issue[] {
  return issue ? [issue] : []
}
