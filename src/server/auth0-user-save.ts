// Saves what a request to the Management API asks of an account: all of it or nothing, by the rules of the account server.
import { type Issue, type Issues, keysOf } from '../contract/issues.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { ROOT_ATTRIBUTES } from '../contract/profile.ts'
import { emailIssue } from '../fields/credentials.ts'
import type { Auth0Context } from './auth0-context.ts'
import { managementError } from './auth0-errors.ts'
import { nameFault, typedMetadata } from './auth0-metadata.ts'
import { policyRefusal } from './auth0-password.ts'
import { replaceEmail, replacePassword } from './credentials-change.ts'
import type { Write } from './idempotency.ts'
import { managedValuesAfter } from './managed-values.ts'
import { ownValuesAfter } from './own-values.ts'
import { save, type ValuesResult } from './save.ts'
import { createUsers, type User } from './users.ts'
import { isTaken } from './violations.ts'

/** The values of an account that management may set. */
const VALUE_KEYS: readonly string[] = [...ROOT_ATTRIBUTES, 'user_metadata', 'app_metadata', 'email_verified']

/** What an update may name beside them; the connection is the only one there is, and no mail is sent. */
const UPDATE_KEYS: readonly string[] = ['email', 'password', 'connection', 'client_id', 'verify_email']

/** The account after the save, the refusal, or null when it is gone. A person's body holds `user_metadata` alone. */
export async function savedUser(
  { id }: User,
  sent: JsonObject,
  actor: 'self' | 'management',
  context: Auth0Context,
): Promise<User | Response | null> {
  const { accounts } = context
  const { email, password, ...others } = sent
  const refusal = unknownKeys(sent, UPDATE_KEYS, context) ?? credentialsRefusal({ email, password }, context)
  if (refusal) return refusal
  const { user_metadata } = others
  const body = isJsonObject(user_metadata)
    ? { ...others, user_metadata: typedMetadata(user_metadata, accounts.fields) }
    : others

  let broken: Issues | null = null
  const after = async (user: User): Promise<ValuesResult> => {
    const asked =
      actor === 'self' ? await ownAfter(body, user, context) : await managedValuesAfter(body, user, accounts)
    broken = asked.ok ? null : asked.issues
    // A new address is not verified by the old one's proof.
    if (!asked.ok || typeof email !== 'string' || body.email_verified !== undefined) return asked
    return { ok: true, values: { ...asked.values, email_verified: false } }
  }
  try {
    const write = await writing(id, email, password, context)
    const saved = await save(id, null, after, write, accounts)
    if (saved instanceof Response) {
      if (broken) return valuesRefusal(broken)
      return saved.status === 409
        ? managementError(400, 'The specified new username already exists', 'auth0_idp_error')
        : managementError(409, 'The user was changed at the same time.', 'conflict')
    }
    return saved && accounts.users.byId(id)
  } catch (error) {
    if (!isTaken(error)) throw error
    return managementError(400, 'The specified new email already exists', 'auth0_idp_error')
  }
}

async function ownAfter(body: JsonObject, user: User, { accounts }: Auth0Context): Promise<ValuesResult> {
  const own = await ownValuesAfter(body, user, 'self', accounts)
  return own.ok ? { ok: true, values: { ...user, ...own.values } } : own
}

/** How the save is written: with a new address or password, both in one transaction. */
async function writing(id: string, email: unknown, password: unknown, context: Auth0Context): Promise<Write> {
  const { accounts, database } = context
  const hash = typeof password === 'string' ? await accounts.passwords.hash(password) : null
  if (hash === null && typeof email !== 'string') return (work) => work(accounts.users)
  return (work) =>
    database.transaction().execute(async (transaction) => {
      const result = await work(createUsers(transaction, accounts.now))
      if (!result) return result
      // Whether the address is verified is said by the request itself.
      if (typeof email === 'string') await replaceEmail(transaction, id, email, null, accounts.now)
      // Whoever knew the old password only is signed out.
      if (hash !== null) await replacePassword(transaction, id, hash, null, accounts.now)
      return result
    })
}

/** The refusal of keys that are neither values of an account nor `extra`, as Auth0 says it, or null. */
export function unknownKeys(body: JsonObject, extra: readonly string[], { accounts }: Auth0Context): Response | null {
  const known = [...extra, ...VALUE_KEYS, ...(accounts.usernames ? ['username'] : [])]
  const unknown = Object.keys(body).filter((key) => !known.includes(key))
  return unknown.length > 0 ? invalidBody(`'Additional properties not allowed: ${unknown.join(',')}'.`) : null
}

/** The refusal of an address or a password that no account can have, or null. */
export function credentialsRefusal(
  { email, password }: { readonly email: unknown; readonly password: unknown },
  context: Auth0Context,
): Response | null {
  if (email !== undefined && emailIssue(email)) {
    const said = typeof email === 'string' ? email.slice(0, 300) : 'no text'
    const rule = `Object didn't pass validation for format email: ${said}`
    return invalidBody(`'${rule}' on property email (The user's email).`)
  }
  if (password === undefined || !policyRefusal(password, context)) return null
  return managementError(400, 'PasswordStrengthError: Password is too weak', 'auth0_idp_error')
}

/** The refusal of values that break a rule of names, limits or the site's own fields. */
export function valuesRefusal([{ code, pointer }]: Issues): Response {
  const path = keysOf(pointer)
  const fault = code === 'invalid_field_name' ? nameFault(path.at(-1) ?? '') : null
  if (fault) return managementError(400, fault, 'invalid_body')
  return invalidBody(`'${ruleOf(code)}' on property ${path.join('.')}.`)
}

export function invalidBody(what: string): Response {
  return managementError(400, `Payload validation error: ${what}`, 'invalid_body')
}

function ruleOf(code: Issue['code']): string {
  return code === 'invalid_type' ? 'Expected another type' : `It breaks the rule ${code}`
}
