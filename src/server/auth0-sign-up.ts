// Sign-up and a forgotten password at the Auth0-compatible door.
import type { Issue } from '../contract/issues.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { ROOT_ATTRIBUTES } from '../contract/profile.ts'
import { emailIssue } from '../fields/credentials.ts'
import { type Auth0Context, clientOf } from './auth0-context.ts'
import { connectionError, connectionFault } from './auth0-errors.ts'
import { signUpFault, typedMetadata } from './auth0-metadata.ts'
import { newPasswordRefusal } from './auth0-password.ts'
import { bodyOf, textOf } from './auth0-requests.ts'
import { makeAccount } from './new-account.ts'
import { ownValuesAfter } from './own-values.ts'
import { profileOf, type User } from './users.ts'

/** POST /dbconnections/signup: makes an account and signs nobody in. */
export async function signUp(request: Request, context: Auth0Context): Promise<Response> {
  const read = await bodyOf(request)
  if (!read.ok) return connectionFault(read.detail)
  const { accounts, settings } = context
  const refusal = requestRefusal(read.body, context)
  if (refusal) return refusal
  const body = withTypes(read.body, context)
  const { email, password } = body
  const broken = emailIssue(email)
  if (broken || typeof email !== 'string') return connectionError('invalid_email', 'The email is not valid.')
  const weak = newPasswordRefusal(password, context)
  if (weak || typeof password !== 'string') return weak ?? connectionFault('missing password parameter')
  const fault = signUpFault(read.body.user_metadata)
  if (fault) return connectionFault(fault)
  const asked = await ownValuesAfter(body, null, 'self', accounts)
  if (!asked.ok) return valuesRefusal(asked.issues[0], context)

  const { passwords, users } = accounts
  const values = { ...asked.values, email_verified: false, app_metadata: {} }
  const made = await makeAccount(
    email,
    () => passwords.hash(password),
    values,
    (work) => work(users),
    users,
  )
  if (typeof made !== 'string') return Response.json(signedUp(made, context))
  if (settings.userExists === 'invalid_signup') return connectionError('invalid_signup', 'Invalid sign up')
  const named = made === 'username_taken' ? ` (username: ${values.username})` : ''
  return connectionError('user_exists', `The user already exists${named}.`)
}

/**
 * POST /dbconnections/change_password: the same text whatever the address. The account server sends no mail, so nothing
 * else happens.
 */
export async function changePassword(request: Request, context: Auth0Context): Promise<Response> {
  const read = await bodyOf(request)
  if (!read.ok) return connectionFault(read.detail)
  const refusal = requestRefusal(read.body, context)
  if (refusal) return refusal
  if (textOf(read.body.email) === null) return connectionFault('email is required')
  return new Response("We've just sent you an email to reset your password.", {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}

function requestRefusal({ client_id, connection }: JsonObject, context: Auth0Context): Response | null {
  if (client_id !== undefined && !clientOf(client_id, context)) {
    return connectionError('invalid_client', 'The client is not known here.')
  }
  if (textOf(connection) === null) return connectionFault('connection parameter is mandatory')
  return connection === context.settings.connection
    ? null
    : connectionError('invalid_connection', 'The connection was not found.')
}

/** The refusal of values that break a rule of the site's own fields. */
function valuesRefusal({ code, pointer }: Issue, { settings }: Auth0Context): Response {
  if (code === 'required' && pointer === '/username') {
    return connectionFault(`missing username for ${settings.connection} connection with requires_username enabled`)
  }
  const description = `${pointer.slice(1).replaceAll('/', '.')} breaks the rule ${code}`
  return Response.json({ name: 'ValidationError', code, description, statusCode: 400 }, { status: 400 })
}

function withTypes(body: JsonObject, { accounts }: Auth0Context): JsonObject {
  const { user_metadata } = body
  if (!isJsonObject(user_metadata)) return body
  return { ...body, user_metadata: typedMetadata(user_metadata, accounts.fields) }
}

function signedUp(user: User, { accounts }: Auth0Context): JsonObject {
  const { id, email, email_verified, username, user_metadata, ...profile } = profileOf(user, accounts.deniedAttributes)
  const given = ROOT_ATTRIBUTES.flatMap((name) => (profile[name] === undefined ? [] : [[name, profile[name]] as const]))
  return {
    _id: id,
    email,
    email_verified,
    ...(username !== undefined && { username }),
    ...Object.fromEntries(given),
    ...(Object.keys(user_metadata).length > 0 && { user_metadata }),
  }
}
