// The calls that begin, end and read a session of somebody who has an account: what each checks, changes and answers.
import { asIssues, type Issue } from '../contract/issues.ts'
import type { JsonValue } from '../contract/json.ts'
import { type AccountContext, kindsOf, personOf, profileAnswer } from './account-context.ts'
import { invalid, invalidCredentials } from './problems.ts'
import { bodyOf, mediaTypeRefusal, unknownKeysOf } from './requests.ts'
import { cookieOf } from './session-cookie.ts'
import { WISH_KEYS, wishIssues, wishOf } from './session-wish.ts'
import { signedIn } from './signed-in.ts'

export async function logIn(request: Request, context: AccountContext): Promise<Response> {
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  const { identifier, password } = body.value
  const issues = asIssues([
    ...unknownKeysOf(body.value, ['identifier', 'password', ...WISH_KEYS]),
    ...(typeof identifier === 'string' && identifier.includes('\0')
      ? [{ code: 'invalid_value', pointer: '/identifier' } as const]
      : textIssue(identifier, '/identifier')),
    ...textIssue(password, '/password'),
    ...wishIssues(body.value, kindsOf(context)),
  ])
  if (issues) return invalid(issues)
  const user = await context.users.byEmail(String(identifier))
  const right = await context.passwords.verify(user?.password_hash ?? null, String(password))
  return user && right ? signedIn(request, user, wishOf(body.value), 200, context) : invalidCredentials()
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

function textIssue(value: JsonValue | undefined, pointer: string): readonly Issue[] {
  if (value === undefined || value === '') return [{ code: 'required', pointer }]
  if (typeof value !== 'string') return [{ code: 'invalid_type', pointer }]
  return value.isWellFormed() ? [] : [{ code: 'invalid_value', pointer }]
}
