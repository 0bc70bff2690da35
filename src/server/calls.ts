// The calls of the account contract: what each checks, changes and answers.
import { asIssues, type Issue, pointerTo } from '../contract/codes.ts'
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { PROTOTYPE_NAMES } from '../contract/names.ts'
import { emailIssue, passwordIssue } from '../fields/credentials.ts'
import type { Fields } from '../fields/definition.ts'
import { guard } from '../fields/guard.ts'
import { mergeMetadata } from '../fields/merge.ts'
import type { Passwords } from './passwords.ts'
import { invalid, problem } from './problems.ts'
import { bodyOf, mediaTypeRefusal } from './requests.ts'
import { cookieOf, type SessionCookie } from './session-cookie.ts'
import type { Sessions } from './sessions.ts'
import type { Turns } from './turns.ts'
import { etagOf, profileOf, type User, type Users } from './users.ts'

export interface AccountContext {
  readonly users: Users
  readonly sessions: Sessions
  readonly passwords: Passwords
  /** One save at a time for each account, so that the saves of one process do not make each other start anew. */
  readonly saves: Turns
  readonly cookie: SessionCookie
  readonly fields: Fields
  readonly unknownKeys: 'refuse' | 'allow'
  readonly passwordMinLength: number
}

/** The first try of a save, and five more when another process was faster. */
const SWAP_TRIES = 6

export async function signUp(request: Request, context: AccountContext): Promise<Response> {
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  const { email, password, user_metadata = {} } = body
  const checked = guard(context.fields, { patch: user_metadata, stored: null, unknownKeys: context.unknownKeys })
  const issues = asIssues([
    ...unknownKeysOf(body, ['email', 'password', 'user_metadata']),
    ...present(emailIssue(email)),
    ...present(passwordIssue(password, context.passwordMinLength)),
    ...(checked.ok ? [] : checked.issues),
  ])
  if (issues) return invalid(issues)
  if (typeof email !== 'string' || typeof password !== 'string' || !checked.ok)
    return problem('invalid_request', 'Send email and password.')
  if (await context.users.byEmail(email)) return taken()
  const hash = await context.passwords.hash(password)
  // A null at the root means "no value" here as in an update.
  const user = await context.users.create(email, hash, mergeMetadata({}, checked.patch))
  if (!user) return taken()
  return signedIn(request, context, user, 201)
}

export async function logIn(request: Request, context: AccountContext): Promise<Response> {
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  const { identifier, password } = body
  const issues = asIssues([
    ...unknownKeysOf(body, ['identifier', 'password']),
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
  return user ? profileAnswer(user) : Response.json({ user: null })
}

export async function readProfile(request: Request, context: AccountContext): Promise<Response> {
  const user = await personOf(request, context)
  if (!user) return unauthenticated()
  const known = request.headers.get('if-none-match')
  if (known !== null && names(known.replaceAll('W/', ''), etagOf(user))) {
    return new Response(null, { status: 304, headers: { etag: etagOf(user) } })
  }
  return profileAnswer(user)
}

/** PATCH: merges `user_metadata` at the root, `{}` clears it; all or nothing, by compare-and-swap on the version. */
export async function updateProfile(request: Request, context: AccountContext): Promise<Response> {
  const person = await personOf(request, context)
  if (!person) return unauthenticated()
  const body = await bodyOf(request)
  if (body instanceof Response) return body
  const issues = asIssues([
    ...unknownKeysOf(body, ['user_metadata']),
    ...(Object.hasOwn(body, 'user_metadata') ? [] : [{ code: 'required', pointer: '/user_metadata' } as const]),
  ])
  if (issues) return invalid(issues)
  return context.saves(person.id, () => saved(person.id, body, request.headers.get('if-match'), context))
}

async function saved(
  id: string,
  body: JsonObject,
  condition: string | null,
  context: AccountContext,
): Promise<Response> {
  for (let attempt = 0; attempt < SWAP_TRIES; attempt += 1) {
    const user = await context.users.byId(id)
    if (!user) return unauthenticated()
    if (condition !== null && !names(condition, etagOf(user))) return conflict()
    const stored = user.user_metadata
    const checked = guard(context.fields, { patch: body.user_metadata, stored, unknownKeys: context.unknownKeys })
    if (!checked.ok) return invalid(checked.issues)
    const clears = Object.keys(checked.patch).length === 0
    const metadata = clears ? {} : mergeMetadata(stored, checked.patch)
    if (JSON.stringify(metadata) === JSON.stringify(stored)) return profileAnswer(user)
    const swapped = await context.users.swapMetadata(user, metadata)
    if (swapped) return profileAnswer(swapped)
  }
  return conflict()
}

async function personOf(request: Request, context: AccountContext): Promise<User | null> {
  const token = cookieOf(request, context.cookie.name)
  const userId = token === null ? null : await context.sessions.find(token)
  return userId === null ? null : context.users.byId(userId)
}

/** A new session for every log-in; the one that came along ends, so that nobody can plant theirs (session fixation). */
async function signedIn(request: Request, context: AccountContext, user: User, status: 200 | 201): Promise<Response> {
  const earlier = cookieOf(request, context.cookie.name)
  if (earlier) await context.sessions.end(earlier)
  const token = await context.sessions.start(user.id)
  const body = { ...(status === 201 && { status: 'created' }), user: profileOf(user) }
  return Response.json(body, { status, headers: { etag: etagOf(user), 'set-cookie': context.cookie.set(token) } })
}

function profileAnswer(user: User): Response {
  return Response.json({ user: profileOf(user) }, { headers: { etag: etagOf(user) } })
}

function unauthenticated(): Response {
  return problem('unauthenticated', 'Log in first.', null, { 'www-authenticate': 'Cookie realm="account"' })
}

function taken(): Response {
  const pointer = '/email'
  return problem('user_exists', 'There is an account with this e-mail address.', [{ code: 'user_exists', pointer }])
}

function conflict(): Response {
  return problem('version_conflict', 'The profile has changed since this version; read it and try again.')
}

/** Whether a condition is `*` or lists the entity tag (RFC 9110, 13.1.1); a weak tag equals no strong one. */
function names(condition: string, etag: string): boolean {
  return condition.trim() === '*' || (condition.match(/(?:W\/)?"[^"]*"/g)?.includes(etag) ?? false)
}

function textIssue(value: JsonValue | undefined, pointer: string): readonly Issue[] {
  if (value === undefined || value === '') return [{ code: 'required', pointer }]
  if (typeof value !== 'string') return [{ code: 'invalid_type', pointer }]
  return value.isWellFormed() ? [] : [{ code: 'invalid_value', pointer }]
}

/** Root attributes that nobody may send here, privileged ones among them. */
function unknownKeysOf(body: JsonObject, known: readonly string[]): readonly Issue[] {
  return Object.keys(body)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      code: PROTOTYPE_NAMES.includes(key) ? 'invalid_field_name' : 'unknown_field',
      pointer: pointerTo(key),
    }))
}

function present(issue: Issue | null): readonly Issue[] {
  return issue ? [issue] : []
}
