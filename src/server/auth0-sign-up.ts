// Sign-up at the Auth0-compatible door.
import { randomUUID } from 'node:crypto'
import type { Issue } from '../contract/issues.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { emailIssue } from '../fields/credentials.ts'
import type { AccountContext } from './account-context.ts'
import { type Auth0Context, clientOf } from './auth0-context.ts'
import { connectionError, connectionFault, tooManyRequests } from './auth0-errors.ts'
import { signUpFault, typedMetadata } from './auth0-metadata.ts'
import { newPasswordRefusal, policyRefusal } from './auth0-password.ts'
import { bodyOf, textOf } from './auth0-requests.ts'
import type { Auth0Settings } from './auth0-settings.ts'
import type { Write } from './idempotency.ts'
import { makeAccount, type Taken } from './new-account.ts'
import { ownValuesAfter } from './own-values.ts'
import { presentAttributes } from './root-attributes.ts'
import { awaitVerification } from './unverified.ts'
import type { OwnValues } from './users.ts'
import { sendVerification } from './verification-calls.ts'

/** POST /dbconnections/signup: makes an account and signs nobody in. */
export async function signUp(request: Request, context: Auth0Context): Promise<Response> {
  const read = await bodyOf(request)
  if (!read.ok) return connectionFault(read.detail)
  const { accounts } = context
  const refusal = requestRefusal(read.body, context)
  if (refusal) return refusal
  const body = withTypes(read.body, context)
  const { email, password } = body
  const broken = emailIssue(email)
  if (broken || typeof email !== 'string') return connectionError('invalid_email', 'The email is not valid.')
  const weak = policyRefusal(password, context)
  if (weak || typeof password !== 'string') return weak ?? connectionFault('invalid password type')
  const fault = signUpFault(read.body.user_metadata)
  if (fault) return connectionFault(fault)
  const asked = await ownValuesAfter(body, null, 'self', accounts)
  if (!asked.ok) return valuesRefusal(asked.issues[0], context)
  const unfit = await newPasswordRefusal(password, { ...asked.values, email }, context)
  if (unfit) return unfit
  const tooMany = await limited(request, email, accounts)
  return tooMany ?? stored({ email, password, values: asked.values }, context)
}

interface NewAccount {
  readonly email: string
  readonly password: string
  readonly values: OwnValues
}

/** Makes the account, or keeps what was asked for until its mail is answered where the site wants that. */
async function stored({ email, password, values }: NewAccount, context: Auth0Context): Promise<Response> {
  const { accounts, settings } = context
  const { mail, passwords, users, verification } = accounts
  const write: Write = (work) => work(users)
  if (mail && verification === 'required') {
    const waiting = await awaitVerification(email, password, values, write, mail, accounts)
    if (waiting.status === 409) return exists('username_taken', values.username, settings)
    // There is no account yet, or one that nobody is told of; clients take an answer without an id for none.
    return Response.json(signedUp({ ...values, id: randomUUID(), email, email_verified: false }, context))
  }
  const all = { ...values, email_verified: false, app_metadata: {} }
  const made = await makeAccount(email, () => passwords.hash(password), all, write, users)
  if (typeof made === 'string') return exists(made, values.username, settings)
  if (mail && verification === 'optional') mail.beside(() => sendVerification(made, mail, accounts))
  return Response.json(signedUp(made, context))
}

/** The refusal of a sign-up too many, or null. */
async function limited(
  request: Request,
  email: string,
  { limits, verification }: AccountContext,
): Promise<Response | null> {
  for (const what of verification === 'none' ? (['signUp'] as const) : (['signUp', 'mail'] as const)) {
    const { refusal } = await limits.attempt(what, request, email)
    if (refusal) return tooManyRequests(Number(refusal.headers.get('retry-after')))
  }
  return null
}

function exists(taken: Taken, username: string | null, { userExists }: Auth0Settings): Response {
  if (userExists === 'invalid_signup') return connectionError('invalid_signup', 'Invalid sign up')
  const named = taken === 'username_taken' ? ` (username: ${username})` : ''
  return connectionError('user_exists', `The user already exists${named}.`)
}

/** The refusal of a client or a connection that is not there, or null. */
export function requestRefusal({ client_id, connection }: JsonObject, context: Auth0Context): Response | null {
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

interface SignedUp extends OwnValues {
  readonly id: string
  readonly email: string
  readonly email_verified: boolean
}

function signedUp(user: SignedUp, { accounts }: Auth0Context): JsonObject {
  const { id, email, email_verified, username, attributes, user_metadata } = user
  const given = Object.entries(presentAttributes(attributes)).filter(([name]) => {
    return !accounts.deniedAttributes.some((denied) => denied === name)
  })
  return {
    _id: id,
    email,
    email_verified,
    ...(username !== null && { username }),
    ...Object.fromEntries(given),
    ...(Object.keys(user_metadata).length > 0 && { user_metadata }),
  }
}
