// What better-auth says about a person, brought into the shape of a profile.
import * as z from 'zod/mini'
import type { JsonValue } from '../contract/json.ts'
import { profileOf, type VersionedProfile } from '../contract/profile.ts'
import { valueIn } from './better-auth-columns.ts'
import type { BetterAuthSettings } from './better-auth-options.ts'

const text = z.optional(z.nullable(z.string()))

/** A user with every column that the server shows; one that is empty is null. */
export const userSchema = z.catchall(
  z.object({
    id: z.string(),
    email: z.string(),
    emailVerified: z.optional(z.nullable(z.boolean())),
    name: text,
    image: text,
    username: text,
    createdAt: text,
    updatedAt: text,
  }),
  z.custom<JsonValue>((value) => value !== undefined),
)
export type User = z.infer<typeof userSchema>

/** The profile; a column that is empty is a key that is absent. */
export function versioned({ columns }: BetterAuthSettings, user: User): VersionedProfile {
  const stored = new Map(Object.entries(user))
  const values = [...columns].flatMap(([name, type]): readonly [string, JsonValue][] => {
    const value = stored.get(name) ?? null
    return value === null ? [] : [[name, valueIn(type, value)]]
  })
  const profile = profileOf({
    id: user.id,
    email: user.email,
    email_verified: user.emailVerified,
    name: user.name,
    picture: user.image,
    username: user.username,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    user_metadata: Object.fromEntries(values),
  })
  return { user: profile, version: null }
}
