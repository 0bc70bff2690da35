// What a management request asks of an account, held to the rules, and what would then be stored.
import { asIssues, type Issue, pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { jsonBytes, MAX_METADATA_BYTES } from '../contract/limits.ts'
import { ROOT_ATTRIBUTES } from '../contract/profile.ts'
import { metadataIssues, sizeIssue } from '../fields/metadata.ts'
import type { AccountContext } from './account-context.ts'
import { metadataAfter, ownValuesAfter } from './own-values.ts'
import type { ValuesResult } from './save.ts'
import type { AccountValues } from './users.ts'

const MANAGED_KEYS: readonly string[] = [...ROOT_ATTRIBUTES, 'user_metadata', 'app_metadata', 'email_verified']

/** The keys a management request may have about any account. */
export function managedKeysOf({ usernames }: Pick<AccountContext, 'usernames'>): readonly string[] {
  return usernames ? [...MANAGED_KEYS, 'username'] : MANAGED_KEYS
}

/** The values after a request; `stored` is null on creation. All or nothing, as for a person's own. */
export async function managedValuesAfter(
  body: JsonObject,
  stored: AccountValues | null,
  context: AccountContext,
): Promise<ValuesResult> {
  const { email_verified, app_metadata } = body
  const own = await ownValuesAfter(body, stored, 'management', context)
  const before = stored?.app_metadata ?? {}
  const patch = isJsonObject(app_metadata) ? app_metadata : null
  const after = metadataAfter(before, app_metadata, patch)
  const others = [
    ...(app_metadata === undefined ? [] : appMetadataIssues(app_metadata, before, after)),
    ...(email_verified === undefined || typeof email_verified === 'boolean'
      ? []
      : [{ code: 'invalid_type', pointer: '/email_verified' } as const]),
  ]
  if (!own.ok) return { ok: false, issues: [...own.issues, ...others] }
  const issues = asIssues(others)
  if (issues) return { ok: false, issues }
  const verified = typeof email_verified === 'boolean' ? email_verified : (stored?.email_verified ?? false)
  return { ok: true, values: { ...own.values, email_verified: verified, app_metadata: after } }
}

/** The rules of `user_metadata` for names, values and size, told of `app_metadata`. */
function appMetadataIssues(sent: unknown, before: JsonObject, after: JsonObject): readonly Issue[] {
  const size = jsonBytes(after) > jsonBytes(before) ? sizeIssue(after, MAX_METADATA_BYTES) : null
  const own = pointerTo('user_metadata')
  return [...metadataIssues(sent, {}, before), ...(size ? [size] : [])].map((issue) => ({
    ...issue,
    pointer: pointerTo('app_metadata') + issue.pointer.slice(own.length),
  }))
}
