// What a site's server writes to an account, and that none of it says more than was meant.
import type { RootAttributes } from '../contract/backend.ts'
import type { JsonObject, JsonValue } from '../contract/json.ts'
import type { RootAttribute } from '../contract/names.ts'

/** An account to make. */
export interface NewUser extends RootAttributes {
  readonly email: string
  /**
   * 8 to 1,024 code points, sent exactly as given.
   * @default none: nobody can log in to the account
   */
  readonly password?: string
  /** Where the server has user names: 2 to 30 of A-Z, a-z, 0-9, dot, underscore and dash; `username_taken` when another account has it. */
  readonly username?: string
  /** @default false */
  readonly email_verified?: boolean
  readonly user_metadata?: JsonObject
  readonly app_metadata?: JsonObject
}

/** A root key's new value, null to remove it, undefined to leave it alone. */
export type MetadataChanges = { readonly [Key in string]?: JsonValue }

/** What to change; a part that is absent, undefined or empty is left alone. */
export type UserChanges = { readonly [Name in RootAttribute]?: string | null | undefined } & {
  /** Null takes it away. */
  readonly username?: string | null | undefined
  readonly email_verified?: boolean | undefined
  readonly user_metadata?: MetadataChanges | undefined
  readonly app_metadata?: MetadataChanges | undefined
}

/** The request for changes, or null when there are none. An empty object would clear: it is never built from one. */
export function changesOf({ user_metadata = {}, app_metadata = {}, ...others }: UserChanges): object | null {
  return defined({ ...others, user_metadata: defined(user_metadata), app_metadata: defined(app_metadata) }) ?? null
}

/** The entries that are not undefined; undefined itself when there are none. */
function defined(object: object): object | undefined {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined)
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
}
