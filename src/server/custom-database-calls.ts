// What a tenant's scripts ask of the accounts, call by call; each takes and answers JSON, and passwords as they were typed.
import { asIssues, type Issue } from '../contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { ROOT_ATTRIBUTES } from '../contract/profile.ts'
import { typedValue } from '../fields/codec.ts'
import { emailIssue, passwordIssue } from '../fields/credentials.ts'
import type { Fields } from '../fields/field.ts'
import { type AccountContext, byIdentifier } from './account-context.ts'
import type { CredentialsChange } from './credentials-change.ts'
import { managedValuesAfter } from './managed-values.ts'
import { makeAccount } from './new-account.ts'
import { invalid, problem, taken } from './problems.ts'
import { keyIssue, textIssue } from './requests.ts'
import { profileOf, type User } from './users.ts'

export interface CustomDatabaseContext extends AccountContext {
  readonly change: CredentialsChange
}

/** Attributes of a new account that a tenant sends and the accounts keep; it sends more, such as the client it came from. */
const KEPT: readonly string[] = [...ROOT_ATTRIBUTES, 'user_metadata', 'app_metadata', 'email_verified']

export async function logIn({ identifier, password }: JsonObject, context: CustomDatabaseContext): Promise<Response> {
  const issues = asIssues([...keyIssue(identifier, '/identifier'), ...textIssue(password, '/password')])
  if (issues) return invalid(issues)
  const user = await byIdentifier(String(identifier), context)
  const isRight = await context.passwords.verify(user?.password_hash ?? null, String(password))
  if (!user || !isRight) return problem('invalid_credentials', 'The identifier or the password is wrong.')
  return Response.json({ user: tenantUserOf(user, context) })
}

export async function findUser({ email }: JsonObject, context: CustomDatabaseContext): Promise<Response> {
  const issues = asIssues(keyIssue(email, '/email'))
  if (issues) return invalid(issues)
  const user = await byIdentifier(String(email), context)
  return Response.json({ user: user && tenantUserOf(user, context) })
}

export async function createUser({ user: given }: JsonObject, context: CustomDatabaseContext): Promise<Response> {
  if (!isJsonObject(given)) return invalid([{ code: 'invalid_type', pointer: '/user' }])
  const { email, password, username } = given
  const kept = Object.entries(given).filter(([key]) => KEPT.includes(key))
  const named = context.usernames && typeof username === 'string' ? { username } : {}
  const asked = await managedValuesAfter(
    { ...Object.fromEntries(kept), ...named, ...typedMetadata(given, context.fields) },
    null,
    context,
  )
  const issues = asIssues(
    [emailIssue(email), passwordIssue(password, context.passwordMinLength), ...(asked.ok ? [] : asked.issues)].flatMap(
      (issue): readonly Issue[] => (issue ? [{ ...issue, pointer: `/user${issue.pointer}` }] : []),
    ),
  )
  if (issues) return invalid(issues)
  if (typeof email !== 'string' || typeof password !== 'string' || !asked.ok)
    return problem('invalid_request', 'Send a user with email and password.')
  const made = await makeAccount(
    email,
    () => context.passwords.hash(password),
    asked.values,
    (work) => work(context.users),
    context.users,
  )
  if (typeof made === 'string') return taken(made)
  return Response.json({ user: tenantUserOf(made, context) }, { status: 201 })
}

export async function verifyEmail({ email }: JsonObject, context: CustomDatabaseContext): Promise<Response> {
  return withUser(email, context, async ({ id }) => Response.json({ changed: await context.change.setVerified(id) }))
}

export async function changePassword(
  { email, password }: JsonObject,
  context: CustomDatabaseContext,
): Promise<Response> {
  const issue = passwordIssue(password, context.passwordMinLength)
  if (issue || typeof password !== 'string') return invalid([issue ?? { code: 'required', pointer: '/password' }])
  return withUser(email, context, async ({ id }) => {
    const hash = await context.passwords.hash(password)
    return Response.json({ changed: await context.change.setPassword(id, hash) })
  })
}

export async function changeEmail(
  { email, newEmail, verified }: JsonObject,
  context: CustomDatabaseContext,
): Promise<Response> {
  const issue = emailIssue(newEmail, '/newEmail')
  if (issue || typeof newEmail !== 'string') return invalid([issue ?? { code: 'required', pointer: '/newEmail' }])
  return withUser(email, context, async ({ id }) => {
    const outcome = await context.change.setEmail(id, newEmail, verified === true)
    return outcome === 'taken' ? taken('user_exists') : Response.json({ changed: outcome === 'changed' })
  })
}

/** A tenant's id of a person is its own word for the connection, a bar, and ours. */
export async function deleteUser({ id }: JsonObject, context: CustomDatabaseContext): Promise<Response> {
  const issues = asIssues(keyIssue(id, '/id'))
  if (issues) return invalid(issues)
  const own = String(id).slice(String(id).lastIndexOf('|') + 1)
  return Response.json({ changed: await context.users.remove(own) })
}

/** Does something to the account of an address; without one nothing is changed, which is an answer, not an error. */
async function withUser(
  email: JsonValue | undefined,
  context: CustomDatabaseContext,
  work: (user: User) => Promise<Response>,
): Promise<Response> {
  const issues = asIssues(keyIssue(email, '/email'))
  if (issues) return invalid(issues)
  const user = await context.users.byEmail(String(email))
  return user ? work(user) : Response.json({ changed: false })
}

/** A tenant's sign-up takes texts only: what a field stores otherwise gets its own type back. */
function typedMetadata({ user_metadata }: JsonObject, { fields }: Fields): JsonObject {
  if (!isJsonObject(user_metadata)) return {}
  const typed = Object.entries(user_metadata).map(([key, value]): readonly [string, JsonValue] => {
    const field = fields.find(
      ({ storage, path }) => storage === 'user_metadata' && path.length === 1 && path[0] === key,
    )
    return [key, (field && field.stored !== 'text' ? typedValue({ ...field, stored: 'text' }, value) : value) ?? value]
  })
  return { user_metadata: Object.fromEntries(typed) }
}

/** A profile as a tenant takes it in: our id, to which it adds its own word. */
function tenantUserOf(user: User, { deniedAttributes }: CustomDatabaseContext): JsonObject {
  const { id, identities: _, ...profile } = profileOf(user, deniedAttributes)
  const { created_at: _created, updated_at: _updated, ...kept } = profile
  return { user_id: id, ...kept, app_metadata: user.app_metadata }
}
