// A person as GoTrue describes them, brought into the shape of a profile, and changes of a profile as GoTrue takes them.
import * as z from 'zod/mini'
import type { ProfileChanges } from '../contract/backend.ts'
import type { Code } from '../contract/codes.ts'
import { LatchkeyError } from '../contract/errors.ts'
import { asIssues, pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { profileOf, type VersionedProfile } from '../contract/profile.ts'
import { supabaseCapabilities } from './supabase-capabilities.ts'

const text = z.optional(z.nullable(z.string()))
const extra = z.optional(z.unknown())

/** Answer of reading and of changing a person. */
export const userSchema = z.object({
  id: z.string(),
  email: text,
  email_confirmed_at: extra,
  // Where e-mail address and phone number were not told apart yet.
  confirmed_at: extra,
  phone: text,
  phone_confirmed_at: extra,
  last_sign_in_at: extra,
  created_at: extra,
  updated_at: extra,
  identities: extra,
  user_metadata: z.optional(z.nullable(z.custom<JsonObject>(isJsonObject))),
})

/** What GoTrue copies into the metadata from the account and its log-in: its own, not the person's. */
const COPIES: readonly string[] = ['sub', 'iss', 'provider_id', 'email', 'email_verified', 'phone_verified']

const ATTRIBUTES: readonly string[] = supabaseCapabilities.rootAttributes

/** Names in GoTrue's metadata that are none of the profile's. */
function isKept(name: string): boolean {
  return ATTRIBUTES.includes(name) || COPIES.includes(name)
}

export function profileFrom(user: z.infer<typeof userSchema>): VersionedProfile {
  const { id, email, phone, created_at, updated_at } = user
  const data = Object.entries(user.user_metadata ?? {})
  const attributes = data.filter(([name, value]) => ATTRIBUTES.includes(name) && typeof value === 'string')
  return {
    user: profileOf({
      ...Object.fromEntries(attributes),
      id,
      email: email ?? '',
      email_verified: Boolean(user.email_confirmed_at ?? (phone ? null : user.confirmed_at)),
      ...(phone && { phone_number: phone.replace(/^(?=\d)/, '+'), phone_verified: Boolean(user.phone_confirmed_at) }),
      created_at,
      updated_at,
      last_login: user.last_sign_in_at,
      identities: Array.isArray(user.identities) ? user.identities.map(identityFrom) : undefined,
      // A null, which older metadata can have at its root, is no value.
      user_metadata: Object.fromEntries(data.filter(([name, value]) => !isKept(name) && value !== null)),
    }),
    version: null,
  }
}

function identityFrom(entry: unknown): JsonObject | null {
  if (!isJsonObject(entry)) return null
  const { provider = null, id = null } = entry
  const isSocial = typeof provider === 'string' && !/^(email|phone|sso:.*)$/.test(provider)
  return { provider, user_id: id, isSocial }
}

/**
 * What to send as `data`. Throws LatchkeyError for what has no place there: `reserved_field_name` for metadata under a
 * name of GoTrue's or of a standard attribute, `read_only` for any other standard attribute.
 */
export function dataOf({ user_metadata = {}, root = {} }: ProfileChanges): JsonObject {
  // Nothing of the person's stands under a kept name, so that there is nothing to remove either.
  const metadata = Object.entries(user_metadata).filter(([name, value]) => !(isKept(name) && value === null))
  const kept = metadata.map(([name]) => name).filter(isKept)
  refuse(
    'reserved_field_name',
    kept.map((name) => pointerTo('user_metadata', name)),
    "Supabase has its own value under this name; use a field with storage: 'root', or another name",
  )
  const attributes = Object.entries(root)
  const fixed = attributes.filter(([name, value]) => !ATTRIBUTES.includes(name) && isSaid(value))
  refuse(
    'read_only',
    fixed.map(([name]) => pointerTo(name)),
    'Supabase lets nobody set this attribute; make the field read-only, or keep it in user_metadata',
  )
  return Object.fromEntries([...metadata, ...attributes.filter(([name]) => ATTRIBUTES.includes(name))])
}

function isSaid(value: JsonValue): boolean {
  return value !== null && value !== ''
}

function refuse(code: Code, pointers: readonly string[], fix: string): void {
  const issues = asIssues(pointers.map((pointer) => ({ code, pointer })))
  if (issues) throw new LatchkeyError(code, `${issues[0].pointer}: ${fix}; nothing was sent`, { issues })
}
