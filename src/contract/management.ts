// The contract of the management routes: where they are, and what they say about an account.
import * as z from 'zod/mini'
import { isJsonObject, type JsonObject } from './json.ts'
import { type Profile, profileOf, profileSchema } from './profile.ts'

/** Path of the managed accounts, relative to the base address of the account contract. */
export const MANAGED_USERS = '/management/users'

/** Shortest management token, in characters: it stands alone, without a name beside it. */
export const MIN_TOKEN_LENGTH = 32

/** What a token is made of: visible ASCII, as the Authorization header carries it (RFC 6750, 2.1). */
export const TOKEN = /^[\x21-\x7e]+$/

/** A profile with the application's values about the person, which no form and no page ever sees. */
export interface ManagedUser extends Profile {
  readonly app_metadata: JsonObject
}

export const managedUserSchema = z.extend(profileSchema, {
  app_metadata: z.optional(z.nullable(z.custom<JsonObject>(isJsonObject))),
})

/** Answer about one account; `dropped` are pointers to what was sent and not stored. */
export const managedUserAnswerSchema = z.object({
  user: managedUserSchema,
  dropped: z.optional(z.nullable(z.array(z.string()))),
})

/** Answer with a page of accounts. */
export const managedUsersAnswerSchema = z.object({
  users: z.array(managedUserSchema),
  page: z.number(),
  per_page: z.number(),
  total: z.number(),
})

/** The one shape of a managed account, whatever a server leaves out. */
export function managedUserOf(answer: z.infer<typeof managedUserSchema>): ManagedUser {
  return { ...profileOf(answer), app_metadata: answer.app_metadata ?? {} }
}
