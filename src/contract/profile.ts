// What a backend says about a person, brought into one shape.
import * as z from 'zod/mini'
import { isoDate } from './dates.ts'
import type { JsonObject } from './json.ts'
import { isJsonObject } from './json.ts'
import { ROOT_ATTRIBUTES } from './names.ts'

export { ROOT_ATTRIBUTES, type RootAttribute } from './names.ts'

/**
 * The person's profile: the normalised user profile of Auth0, with the account's id as `id`. Attribute names are the
 * wire's own and never re-cased; what a backend does not say is absent, never null.
 * `Metadata` is what the field definition says is stored; a value stored before the definition
 * changed may differ, and keys the definition does not know are kept as they are.
 */
export interface Profile<Metadata extends object = JsonObject> {
  readonly id: string
  readonly email: string
  readonly email_verified: boolean
  readonly name?: string
  readonly given_name?: string
  readonly family_name?: string
  readonly nickname?: string
  readonly picture?: string
  readonly username?: string
  readonly phone_number?: string
  readonly phone_verified?: boolean
  /** ISO 8601 date and time. */
  readonly created_at?: string
  /** ISO 8601 date and time. */
  readonly updated_at?: string
  /** ISO 8601 date and time. */
  readonly last_login?: string
  readonly logins_count?: number
  /** The accounts elsewhere that belong to this one, the first one first. */
  readonly identities?: readonly Identity[]
  /** The person's own values. Always an object, also where a backend leaves it out. */
  readonly user_metadata: Metadata
}

/** An account with a provider that somebody can log in with. */
export interface Identity {
  /** Kind of account, such as `auth0` or `google-oauth2`. */
  readonly provider: string
  /** The id there. */
  readonly user_id: string
  /** Name of the connection it came through. */
  readonly connection?: string
  /** Whether it is a social network's. */
  readonly isSocial?: boolean
}

/** Any text. Every other kind of schema, `z.string` too, weighs more than all that is asked of an answer. */
export const text = z.custom<string>((value) => typeof value === 'string')
const attribute = z.optional(z.nullable(text))
/** Taken as far as it can be read: what is said beside a profile never makes the profile unreadable. */
const extra = z.optional(z.custom<unknown>())

const ATTRIBUTES = [...ROOT_ATTRIBUTES, 'username'] as const
const DATES = ['created_at', 'updated_at', 'last_login'] as const

/** What an answer has to look like. Absent and null mean the same: no attribute, empty metadata. */
export const profileSchema = z.object({
  // Databases count; an id is a word here all the same.
  id: z.custom<string | number>((id) => typeof id === 'string' || typeof id === 'number'),
  email: text,
  email_verified: z.optional(z.nullable(z.custom<boolean>((value) => typeof value === 'boolean'))),
  name: attribute,
  given_name: attribute,
  family_name: attribute,
  nickname: attribute,
  picture: attribute,
  username: attribute,
  phone_number: attribute,
  phone_verified: extra,
  created_at: extra,
  updated_at: extra,
  last_login: extra,
  logins_count: extra,
  identities: extra,
  user_metadata: z.optional(z.nullable(z.custom<JsonObject>(isJsonObject))),
})

/** The one shape of a profile, whatever the backend leaves out. */
export function profileOf(answer: z.infer<typeof profileSchema>): Profile {
  const { id, email, email_verified, phone_verified, logins_count, user_metadata } = answer
  const texts: { [Name in (typeof ATTRIBUTES)[number] | (typeof DATES)[number]]?: string } = {}
  for (const name of ATTRIBUTES) {
    const value = answer[name]
    if (value) texts[name] = value
  }
  for (const name of DATES) {
    const value = isoDate(answer[name])
    if (value) texts[name] = value
  }
  const identities = identitiesOf(answer.identities)
  return {
    id: String(id),
    email,
    email_verified: email_verified ?? false,
    ...texts,
    ...(typeof phone_verified === 'boolean' && { phone_verified }),
    ...(typeof logins_count === 'number' && { logins_count }),
    ...(identities && { identities }),
    user_metadata: user_metadata ?? {},
  }
}

/** The identities that can be read; none at all where a backend has no list of them. */
function identitiesOf(list: unknown): readonly Identity[] | null {
  if (!Array.isArray(list)) return null
  return list.flatMap((entry): readonly Identity[] => {
    if (!isJsonObject(entry)) return []
    const { provider, user_id, connection, isSocial } = entry
    if (typeof provider !== 'string' || (typeof user_id !== 'string' && typeof user_id !== 'number')) return []
    const more = {
      ...(typeof connection === 'string' && { connection }),
      ...(typeof isSocial === 'boolean' && { isSocial }),
    }
    return [{ provider, user_id: String(user_id), ...more }]
  })
}

/** A profile together with the backend's revision of it; `version` is null where the backend has none. */
export interface VersionedProfile<Metadata extends object = JsonObject> {
  readonly user: Profile<Metadata>
  readonly version: string | null
}
