// What a backend says about a person, brought into one shape.
import * as z from 'zod/mini'
import type { JsonObject } from './json.ts'
import { isJsonObject } from './json.ts'
import { ROOT_ATTRIBUTES } from './names.ts'

export { ROOT_ATTRIBUTES, type RootAttribute } from './names.ts'

/**
 * The person's profile. Attribute names are the wire's own and never re-cased.
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
  /** ISO 8601 date and time. */
  readonly created_at?: string
  /** ISO 8601 date and time. */
  readonly updated_at?: string
  /** The person's own values. Always an object, also where a backend leaves it out. */
  readonly user_metadata: Metadata
}

const attribute = z.optional(z.nullable(z.string()))
const ATTRIBUTES = [...ROOT_ATTRIBUTES, 'username', 'created_at', 'updated_at'] as const

/** What an answer has to look like. Absent and null mean the same: no attribute, empty metadata. */
export const profileSchema = z.object({
  id: z.string(),
  email: z.string(),
  email_verified: z.optional(z.nullable(z.boolean())),
  name: attribute,
  given_name: attribute,
  family_name: attribute,
  nickname: attribute,
  picture: attribute,
  username: attribute,
  phone_number: attribute,
  created_at: attribute,
  updated_at: attribute,
  user_metadata: z.optional(z.nullable(z.custom<JsonObject>(isJsonObject))),
})

/** The one shape of a profile, whatever the backend leaves out. */
export function profileOf(answer: z.infer<typeof profileSchema>): Profile {
  const { id, email, email_verified, user_metadata } = answer
  const attributes: { [Name in (typeof ATTRIBUTES)[number]]?: string } = {}
  for (const name of ATTRIBUTES) {
    const value = answer[name]
    if (value) attributes[name] = value
  }
  return { id, email, email_verified: email_verified ?? false, ...attributes, user_metadata: user_metadata ?? {} }
}

/** A profile together with the backend's revision of it; `version` is null where the backend has none. */
export interface VersionedProfile<Metadata extends object = JsonObject> {
  readonly user: Profile<Metadata>
  readonly version: string | null
}
