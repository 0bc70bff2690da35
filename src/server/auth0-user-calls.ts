// The Management API's users: one's own with a person's token, anyone's with a client's.
import type { JsonObject } from '../contract/json.ts'
import type { Auth0Context } from './auth0-context.ts'
import { managementError } from './auth0-errors.ts'
import { idOf, managedUserOf } from './auth0-profile.ts'
import { bodyOf } from './auth0-requests.ts'
import { managementAudience } from './auth0-scopes.ts'
import type { Access } from './auth0-tokens.ts'
import { savedUser } from './auth0-user-save.ts'
import type { User } from './users.ts'

export async function readUser(request: Request, subject: string, context: Auth0Context): Promise<Response> {
  const access = await admitted(request, context)
  if (access instanceof Response) return access
  const isAny = access.scopes.includes('read:users')
  const isOwn = access.subject === subject && access.scopes.includes('read:current_user')
  if (!isAny && !isOwn) return insufficient('read:users', 'read:current_user')
  const user = await userOf(subject, context)
  return user ? Response.json(shown(request, managedUserOf(user, context, isAny))) : noSuchUser()
}

export async function updateUser(request: Request, subject: string, context: Auth0Context): Promise<Response> {
  const access = await admitted(request, context)
  if (access instanceof Response) return access
  const read = await bodyOf(request)
  if (!read.ok) return managementError(read.status, read.detail, 'invalid_body')
  const { body } = read
  const keys = Object.keys(body)
  const isAny = access.scopes.includes('update:users')
  const isOwn =
    access.subject === subject && access.scopes.some((scope) => /^(update|create):current_user_metadata$/.test(scope))
  // A person sets nothing of their own account here but their metadata.
  if (!isAny && !(isOwn && keys.every((key) => key === 'user_metadata'))) {
    return insufficient('update:users', 'update:users_app_metadata', 'update:current_user_metadata')
  }
  if (keys.length === 0)
    return managementError(
      400,
      "Payload validation error: 'Too few properties defined (0), minimum 1'.",
      'invalid_body',
    )
  const user = await userOf(subject, context)
  if (!user) return noSuchUser()
  const saved = await savedUser(user, body, isAny ? 'management' : 'self', context)
  if (saved instanceof Response) return saved
  return saved ? Response.json(managedUserOf(saved, context, isAny)) : noSuchUser()
}

/** What the token of a request says, or the refusal of one that is not good here. */
export async function admitted(request: Request, { settings, tokens }: Auth0Context): Promise<Access | Response> {
  const sent = request.headers.get('authorization')
  if (sent === null) return managementError(401, 'Missing authentication', null, bearer())
  const access = await tokens.accessOf(request, managementAudience(settings))
  return access ?? managementError(401, 'Invalid token', 'invalid_token', bearer('invalid_token'))
}

function bearer(error?: string): HeadersInit {
  return { 'www-authenticate': `Bearer realm="Users"${error ? `, error="${error}"` : ''}` }
}

export function insufficient(...scopes: readonly string[]): Response {
  return managementError(403, `Insufficient scope, expected any of: ${scopes.join(',')}`, 'insufficient_scope')
}

export function noSuchUser(): Response {
  return managementError(404, 'The user does not exist.', 'inexistent_user')
}

async function userOf(subject: string, { accounts }: Auth0Context): Promise<User | null> {
  const id = idOf(subject)
  return id === null ? null : accounts.users.byId(id)
}

/** The part of a user that a request asks for with `fields` and `include_fields`. */
export function shown(request: Request, user: JsonObject): JsonObject {
  const query = new URL(request.url).searchParams
  const fields = query.get('fields')?.split(',')
  if (!fields) return user
  const isIncluded = query.get('include_fields') !== 'false'
  return Object.fromEntries(Object.entries(user).filter(([name]) => fields.includes(name) === isIncluded))
}
