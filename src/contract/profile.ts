// What a backend says about a person, brought into one shape.
import * as z from 'zod/mini'
import type { JsonObject } from './json.ts'
import { isJsonObject } from './json.ts'

/**
 * The person's profile. Attribute names are the wire's own and never re-cased.
 * `Metadata` is what the field definition says is stored; a value stored before the definition
 * changed may differ, and keys the definition does not know are kept as they are.
 */
export interface Profile<Metadata extends object = JsonObject> {
  readonly id: string
  readonly email: string
  readonly email_verified: boolean
  readonly name?: string | undefined
  readonly given_name?: string | undefined
  readonly family_name?: string | undefined
  readonly nickname?: string | undefined
  readonly picture?: string | undefined
  readonly username?: string | undefined
  readonly phone_number?: string | undefined
  /** ISO 8601 date and time. */
  readonly created_at?: string | undefined
  /** ISO 8601 date and time. */
  readonly updated_at?: string | undefined
  /** The person's own values. Always an object, also where a backend leaves it out. */
  readonly user_metadata: Metadata
}

const metadata = z.pipe(
  z.nullish(z.custom<JsonObject>(isJsonObject)),
  z.transform((value): JsonObject => value ?? {}),
)
const attribute = z.pipe(
  z.nullish(z.string()),
  z.transform((value) => value ?? undefined),
)

/** Takes any answer that has an id and an e-mail address. Absent and null mean the same: no z.optional(attribute), empty metadata. */
export const profileSchema = z.object({
  id: z.string(),
  email: z.string(),
  email_verified: z._default(z.boolean(), false),
  name: z.optional(attribute),
  given_name: z.optional(attribute),
  family_name: z.optional(attribute),
  nickname: z.optional(attribute),
  picture: z.optional(attribute),
  username: z.optional(attribute),
  phone_number: z.optional(attribute),
  created_at: z.optional(attribute),
  updated_at: z.optional(attribute),
  user_metadata: metadata,
})

/** A profile together with the backend's revision of it; `version` is null where the backend has none. */
export interface VersionedProfile<Metadata extends object = JsonObject> {
  readonly user: Profile<Metadata>
  readonly version: string | null
}
