// The Management API's calls about all users: making, finding and deleting them, for a client with the scope for it.
import type { JsonValue } from '../contract/json.ts'
import { emailIssue } from '../fields/credentials.ts'
import type { Auth0Context } from './auth0-context.ts'
import { managementError } from './auth0-errors.ts'
import { idOf, managedUserOf } from './auth0-profile.ts'
import { bodyOf } from './auth0-requests.ts'
import { admitted, insufficient, shown } from './auth0-user-calls.ts'
import { credentialsRefusal, invalidBody, unknownKeys, valuesRefusal } from './auth0-user-save.ts'
import { managedValuesAfter } from './managed-values.ts'
import { makeAccount } from './new-account.ts'
import { NO_PASSWORD } from './passwords.ts'
import type { User } from './users.ts'

/** Users on a page unless asked otherwise, and at most. */
const PER_PAGE = { usual: 50, max: 100 } as const

/** What a new user may be made with beside the values of the account. */
const NEW_KEYS: readonly string[] = ['connection', 'email', 'password', 'verify_email']

/** POST /api/v2/users */
export async function createUser(request: Request, context: Auth0Context): Promise<Response> {
  const refusal = await scopeRefusal(request, 'create:users', context)
  if (refusal) return refusal
  const read = await bodyOf(request)
  if (!read.ok) return managementError(read.status, read.detail, 'invalid_body')
  const { accounts, settings } = context
  const { connection, email, password, verify_email: _verify, ...body } = read.body
  const unknown = unknownKeys(read.body, NEW_KEYS, context)
  if (unknown) return unknown
  if (connection !== settings.connection) {
    return managementError(400, 'The connection does not exist.', 'inexistent_connection')
  }
  if (typeof email !== 'string') return invalidBody("'Missing required property: email'.")
  const broken = credentialsRefusal({ email, password }, context)
  if (broken) return broken
  const asked = await managedValuesAfter(body, null, accounts)
  if (!asked.ok) return valuesRefusal(asked.issues)
  const { passwords, users } = accounts
  const hash = async () => (typeof password === 'string' ? passwords.hash(password) : NO_PASSWORD)
  const made = await makeAccount(email, hash, asked.values, (work) => work(users), users)
  return typeof made === 'string'
    ? managementError(409, 'The user already exists.', 'auth0_idp_error')
    : Response.json(managedUserOf(made, context, true), { status: 201 })
}

/** GET /api/v2/users: a page of them in the order they were made, or those that `q` names. */
export async function listUsers(request: Request, context: Auth0Context): Promise<Response> {
  const refusal = await scopeRefusal(request, 'read:users', context)
  if (refusal) return refusal
  const { accounts } = context
  const query = new URL(request.url).searchParams
  const page = numberOf(query.get('page') ?? '0', 0, 1_000_000)
  const limit = numberOf(query.get('per_page') ?? String(PER_PAGE.usual), 1, PER_PAGE.max)
  if (page === null || limit === null) {
    const message = `Query validation error: page counts from 0, per_page is from 1 to ${PER_PAGE.max}.`
    return managementError(400, message, 'invalid_query_string')
  }
  const q = query.get('q')
  const named = q === null ? null : await userNamed(q, context)
  if (named === 'unknown query') {
    const message = 'q finds by email:"…" or user_id:"…" only.'
    return managementError(400, message, 'invalid_query_string')
  }
  const found = q === null ? await accounts.users.list(page * limit, limit) : oneOf(page === 0 ? named : null)
  const users: JsonValue[] = found.users.map((user) => shown(request, managedUserOf(user, context, true)))
  if (query.get('include_totals') !== 'true') return Response.json(users)
  return Response.json({ start: page * limit, limit, length: users.length, total: found.total, users })
}

/** GET /api/v2/users-by-email */
export async function usersByEmail(request: Request, context: Auth0Context): Promise<Response> {
  const refusal = await scopeRefusal(request, 'read:users', context)
  if (refusal) return refusal
  const email = new URL(request.url).searchParams.get('email')
  if (email === null || emailIssue(email)) {
    return managementError(400, "Query validation error: 'email' must be an e-mail address.", 'invalid_query_string')
  }
  const user = await context.accounts.users.byEmail(email)
  return Response.json(user ? [shown(request, managedUserOf(user, context, true))] : [])
}

/** DELETE /api/v2/users/{id}: 204 also where there is none. */
export async function deleteUser(request: Request, subject: string, context: Auth0Context): Promise<Response> {
  const refusal = await scopeRefusal(request, 'delete:users', context)
  if (refusal) return refusal
  const id = idOf(subject)
  if (id !== null) await context.accounts.users.remove(id)
  return new Response(null, { status: 204 })
}

async function scopeRefusal(request: Request, scope: string, context: Auth0Context): Promise<Response | null> {
  const access = await admitted(request, context)
  if (access instanceof Response) return access
  return access.scopes.includes(scope) ? null : insufficient(scope)
}

async function userNamed(q: string, { accounts }: Auth0Context): Promise<User | 'unknown query' | null> {
  const [, attribute, value = ''] = /^(email|user_id):"([^"*]*)"$/.exec(q.trim()) ?? []
  if (attribute === 'email') return emailIssue(value) ? null : accounts.users.byEmail(value)
  if (attribute !== 'user_id') return 'unknown query'
  const id = idOf(value)
  return id === null ? null : accounts.users.byId(id)
}

function oneOf(user: User | null) {
  return { users: user ? [user] : [], total: user ? 1 : 0 }
}

function numberOf(text: string, min: number, max: number): number | null {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : -1
  return number >= min && number <= max ? number : null
}
