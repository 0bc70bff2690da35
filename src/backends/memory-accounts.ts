// Accounts in memory, changed exactly as the imitated account system would change them.
import type { Capabilities } from '../contract/capabilities.ts'
import type { Code } from '../contract/codes.ts'
import { pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { codePoints, jsonBytes } from '../contract/limits.ts'
import { ROOT_ATTRIBUTES } from '../contract/names.ts'
import { usernameIssue } from '../fields/credentials.ts'
import { mergeMetadata } from '../fields/merge.ts'

/** An account as a test states it. */
export interface MemoryAccount {
  readonly email: string
  readonly password: string
  /** Where the imitated system has them. */
  readonly username?: string
  readonly user_metadata?: JsonObject
  /** Standard attributes, such as `given_name`. */
  readonly root?: JsonObject
}

export interface StoredAccount {
  readonly id: string
  readonly email: string
  readonly password: string
  readonly username?: string
  readonly root: JsonObject
  readonly user_metadata: JsonObject
  readonly version: number
}

/** A request that is not carried out, with the place it is about. */
export interface Refusal {
  readonly status: number
  readonly code: Code
  readonly pointer?: string
}

export type Outcome =
  | { readonly ok: true; readonly account: StoredAccount }
  | { readonly ok: false; readonly refusal: Refusal }

export interface MemoryAccounts {
  /** By e-mail address, or by user name where the imitated system has them. */
  find(identifier: string): StoredAccount | undefined
  byId(id: string): StoredAccount | undefined
  create(account: MemoryAccount): Outcome
  /** Changes an account as a save does; `version` null asks for none. */
  patch(id: string, body: JsonObject, version: string | null): Outcome
  /** Puts metadata in place of what is stored, as another program with its own rights would. */
  write(id: string, user_metadata: JsonObject): void
}

const refused = (status: number, code: Code, ...keys: readonly string[]): Outcome => ({
  ok: false,
  refusal: { status, code, ...(keys.length > 0 && { pointer: pointerTo(...keys) }) },
})

export function createMemoryAccounts(capabilities: Capabilities, given: readonly MemoryAccount[]): MemoryAccounts {
  const accounts = new Map<string, StoredAccount>()
  const keyOf = (identifier: string) => identifier.trim().toLowerCase()
  const find = (identifier: string) =>
    [...accounts.values()].find(({ email, username = email }) =>
      [email, username].some((name) => keyOf(name) === keyOf(identifier)),
    )

  function store(account: StoredAccount): StoredAccount {
    // A copy, as a database gives one: what a test does to an answer reaches nothing here.
    const stored = structuredClone(account)
    accounts.set(account.id, stored)
    return stored
  }

  function add({ email, password, username, user_metadata = {}, root = {} }: MemoryAccount): StoredAccount {
    const stored = capabilities.columns ? inColumns(user_metadata, capabilities.columns) : user_metadata
    const named = username === undefined ? {} : { username }
    return store({ id: String(accounts.size + 1), email, password, ...named, user_metadata: stored, root, version: 1 })
  }

  function usernameRefusal({ username }: MemoryAccount): Outcome | null {
    if (!capabilities.usernames) return username === undefined ? null : refused(422, 'unknown_field', 'username')
    const issue = usernameIssue(username)
    if (issue) return refused(422, issue.code, 'username')
    return username !== undefined && find(username) ? refused(409, 'username_taken', 'username') : null
  }

  for (const account of given) add(account)

  return {
    find,
    byId: (id) => accounts.get(id),
    create(account) {
      if (find(account.email)) return refused(409, 'user_exists', 'email')
      const refusal = usernameRefusal(account) ?? signUpRefusal(account.user_metadata ?? {}, capabilities)
      return refusal ?? { ok: true, account: add(account) }
    },
    patch(id, body, version) {
      const account = accounts.get(id)
      if (!account) return refused(401, 'unauthenticated')
      if (capabilities.versions && version !== null && version !== etagOf(account))
        return refused(412, 'version_conflict')
      const { user_metadata: asked, ...attributes } = body
      const fixed = Object.keys(attributes).find((name) => !capabilities.rootAttributes.some((known) => known === name))
      if (fixed !== undefined)
        return refused(422, ROOT_ATTRIBUTES.some((name) => name === fixed) ? 'read_only' : 'unknown_field', fixed)
      if (asked !== undefined && !isJsonObject(asked)) return refused(422, 'invalid_type', 'user_metadata')
      if (asked && isEmpty(asked) && capabilities.emptyClears === 'refused' && isEmpty(attributes))
        return refused(400, 'invalid_request')
      const user_metadata = asked ? metadataAfter(account.user_metadata, asked, capabilities) : account.user_metadata
      if (jsonBytes(user_metadata) > Math.max(capabilities.maxMetadataBytes, jsonBytes(account.user_metadata)))
        return refused(422, 'metadata_too_large', 'user_metadata')
      const root = mergeMetadata(account.root, attributes)
      return { ok: true, account: store({ ...account, user_metadata, root, version: account.version + 1 }) }
    },
    write(id, user_metadata) {
      const account = accounts.get(id)
      if (account) store({ ...account, user_metadata, version: account.version + 1 })
    },
  }
}

export function etagOf({ version }: StoredAccount): string {
  return `"v${version}"`
}

function isEmpty(object: JsonObject): boolean {
  return Object.keys(object).length === 0
}

function inColumns(metadata: JsonObject, columns: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(metadata).filter(([key, value]) => columns.includes(key) && value !== null))
}

/** What a sign-up of texts refuses. */
function signUpRefusal(metadata: JsonObject, { signUpValues }: Capabilities): Outcome | null {
  if (signUpValues.type === 'json') return null
  const { maxSignUpFields, maxSignUpValueLength, maxNameLength } = signUpValues
  const entries = Object.entries(metadata)
  if (entries.length > maxSignUpFields) return refused(400, 'too_many_items', 'user_metadata')
  for (const [name, value] of entries) {
    if (codePoints(name) > maxNameLength) return refused(400, 'invalid_field_name', 'user_metadata', name)
    if (typeof value !== 'string') return refused(400, 'invalid_type', 'user_metadata', name)
    if (codePoints(value) > maxSignUpValueLength) return refused(400, 'value_too_long', 'user_metadata', name)
  }
  return null
}

/** The metadata after an update, by the rule of the imitated system. */
function metadataAfter(stored: JsonObject, asked: JsonObject, capabilities: Capabilities): JsonObject {
  const { merge, nullDeletes, emptyClears, columns } = capabilities
  if (isEmpty(asked)) return emptyClears === 'clears' ? {} : stored
  if (merge === 'replace') return asked
  if (merge === 'deep') return deepMerge(stored, asked, nullDeletes)
  const known = columns ? Object.fromEntries(Object.entries(asked).filter(([key]) => columns.includes(key))) : asked
  return nullDeletes ? mergeMetadata(stored, known) : { ...stored, ...known }
}

/** RFC 7396, section 2, with nulls that may be values. */
function deepMerge(target: JsonValue | undefined, patch: JsonObject, nullDeletes: boolean): JsonObject {
  const merged = new Map(Object.entries(isJsonObject(target) ? target : {}))
  for (const [key, value] of Object.entries(patch)) {
    if (value === null && nullDeletes) merged.delete(key)
    else merged.set(key, isJsonObject(value) ? deepMerge(merged.get(key), value, nullDeletes) : value)
  }
  return Object.fromEntries(merged)
}
