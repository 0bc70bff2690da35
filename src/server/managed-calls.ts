// The management calls: what the site's own servers do to accounts.
import { asIssues, pointerTo } from '../contract/issues.ts'
import type { JsonObject } from '../contract/json.ts'
import type { ManagedUser } from '../contract/management.ts'
import { emailIssue, passwordIssue } from '../fields/credentials.ts'
import type { AccountContext } from './account-context.ts'
import { managedKeysOf, managedValuesAfter } from './managed-values.ts'
import { makeAccount } from './new-account.ts'
import { deniedIn } from './own-values.ts'
import { NO_PASSWORD } from './passwords.ts'
import { invalid, problem, taken } from './problems.ts'
import { bodyOf, needsOneOf, unknownKeysOf } from './requests.ts'
import { save } from './save.ts'
import { etagOf, profileOf, type User } from './users.ts'

/** Accounts on a page unless asked otherwise, and at most (as in Auth0's Management API). */
const PER_PAGE = { usual: 50, max: 100 }

export async function createUser(request: Request, context: AccountContext): Promise<Response> {
  const sent = await bodyOf(request)
  if (sent instanceof Response) return sent
  const body = sent.value
  return context.idempotency.once(
    request,
    'management create',
    sent,
    async (write) => {
      const { email, password } = body
      const asked = await managedValuesAfter(body, null, context)
      const issues = asIssues([
        ...unknownKeysOf(body, ['email', 'password', ...managedKeysOf(context)]),
        ...[
          emailIssue(email),
          password === undefined ? null : passwordIssue(password, context.passwordMinLength),
        ].filter((issue) => issue !== null),
        ...(asked.ok ? [] : asked.issues),
      ])
      if (issues) return invalid(issues)
      if (typeof email !== 'string' || !asked.ok) return problem('invalid_request', 'Send an email.')
      const hash = async () => (typeof password === 'string' ? context.passwords.hash(password) : NO_PASSWORD)
      const made = await makeAccount(email, hash, asked.values, write, context.users)
      return typeof made === 'string' ? taken(made) : changed(made, body, context, 201)
    },
    async ({ code, userId }) => {
      const user = userId === null ? null : await context.users.byId(userId)
      return user ? changed(user, body, context, 201) : taken(code)
    },
  )
}

export async function readUser(id: string, context: AccountContext): Promise<Response> {
  const user = await byId(id, context)
  return user
    ? Response.json({ user: managedUserOf(user, context) }, { headers: { etag: etagOf(user) } })
    : noSuchUser()
}

/** PATCH as of one's own profile, with `app_metadata` merged as `user_metadata` is. */
export async function updateUser(request: Request, id: string, context: AccountContext): Promise<Response> {
  const sent = await bodyOf(request)
  if (sent instanceof Response) return sent
  const body = sent.value
  if (!(await byId(id, context))) return noSuchUser()
  return context.idempotency.once(
    request,
    `management PATCH ${id}`,
    sent,
    async (write) => {
      const known = managedKeysOf(context)
      const issues = asIssues([...unknownKeysOf(body, known), ...needsOneOf(body, known)])
      if (issues) return invalid(issues)
      const after = (user: User) => managedValuesAfter(body, user, context)
      const saved = await save(id, request.headers.get('if-match'), after, write, context)
      if (!saved) return noSuchUser()
      return saved instanceof Response ? saved : changed(saved, body, context, 200)
    },
    async ({ status }) => {
      const user = await byId(id, context)
      return user ? changed(user, body, context, status) : noSuchUser()
    },
  )
}

export async function deleteUser(id: string, context: AccountContext): Promise<Response> {
  const removed = isId(id) && (await context.users.remove(id))
  return removed ? new Response(null, { status: 204 }) : noSuchUser()
}

/** Finds by e-mail address, or answers a page of all accounts in the order they were made. */
export async function listUsers(request: Request, context: AccountContext): Promise<Response> {
  const asked = new URL(request.url).searchParams
  const email = asked.get('email')
  if (email !== null) {
    const user = emailIssue(email) ? null : await context.users.byEmail(email)
    const users = user ? [managedUserOf(user, context)] : []
    const body = { users, page: 0, per_page: PER_PAGE.usual, total: users.length }
    return Response.json(body, { headers: user ? { etag: etagOf(user) } : {} })
  }
  const page = numberOf(asked.get('page') ?? '0', 0, 1_000_000)
  const perPage = numberOf(asked.get('per_page') ?? String(PER_PAGE.usual), 1, PER_PAGE.max)
  if (page === null || perPage === null) {
    return problem('invalid_request', `page counts from 0; per_page is from 1 to ${PER_PAGE.max}.`)
  }
  const { users, total } = await context.users.list(page * perPage, perPage)
  return Response.json({ users: users.map((user) => managedUserOf(user, context)), page, per_page: perPage, total })
}

function changed(user: User, body: JsonObject, context: AccountContext, status: number): Response {
  const dropped = deniedIn(body, context.deniedAttributes).map((name) => pointerTo(name))
  return Response.json({ user: managedUserOf(user, context), dropped }, { status, headers: { etag: etagOf(user) } })
}

function managedUserOf(user: User, { deniedAttributes }: AccountContext): ManagedUser {
  return { ...profileOf(user, deniedAttributes), app_metadata: user.app_metadata }
}

async function byId(id: string, { users }: AccountContext): Promise<User | null> {
  return isId(id) ? users.byId(id) : null
}

/** No id has NUL, which PostgreSQL takes in no text. */
function isId(id: string): boolean {
  return !id.includes('\0')
}

function noSuchUser(): Response {
  return problem('not_found', 'There is no account with this id.')
}

function numberOf(text: string, min: number, max: number): number | null {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : -1
  return number >= min && number <= max ? number : null
}
