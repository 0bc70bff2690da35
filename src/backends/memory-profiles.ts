// What different families of account systems can do, for a memory backend that imitates them.
import type { Capabilities } from '../contract/capabilities.ts'
import { MAX_METADATA_BYTES } from '../contract/limits.ts'
import { auth0Capabilities } from './auth0-capabilities.ts'
import { betterAuthCapabilities } from './better-auth-options.ts'
import { restCapabilities } from './rest-over.ts'
import { supabaseCapabilities } from './supabase-capabilities.ts'

const token: Capabilities = {
  ...restCapabilities,
  versions: false,
  idempotency: false,
  rootAttributes: [],
  session: 'bearer',
  passwordReset: true,
  verification: 'optional',
}

/** better-auth: one column for each field, and an empty update is refused. */
const betterAuth = betterAuthCapabilities({ columns: ['company', 'team_size', 'newsletter', 'address', 'tags'] })

/** Clerk, Hanko: objects are merged, null leaves. */
const clerk: Capabilities = { ...token, merge: 'deep', emptyClears: 'nothing', maxMetadataBytes: 8192 }

/** Appwrite, Logto: what is sent is all there is. */
const appwrite: Capabilities = { ...token, merge: 'replace', maxMetadataBytes: 65_536 }

/** The account contract with tokens in place of a cookie. */
const bearer: Capabilities = { ...restCapabilities, session: 'bearer' }

/** The account contract with user names. */
const usernames: Capabilities = { ...restCapabilities, usernames: true }

/** The account contract without entity tags. */
const unversioned: Capabilities = { ...restCapabilities, versions: false, idempotency: false }

/** The account contract with metadata that is stored whole, tied to its version. */
const replacing: Capabilities = { ...restCapabilities, merge: 'replace' }

/** Objects are merged and versions are kept; an empty object clears. */
const deepVersioned: Capabilities = { ...restCapabilities, merge: 'deep', maxMetadataBytes: MAX_METADATA_BYTES }

/** Nothing can be removed: a null is stored as any other value. */
const keeping: Capabilities = { ...restCapabilities, nullDeletes: false, emptyClears: 'nothing' }

/** Objects are merged and nothing can be removed. */
const deepKeeping: Capabilities = { ...keeping, merge: 'deep' }

export const memoryProfiles = {
  latchkey: restCapabilities,
  bearer,
  usernames,
  auth0: auth0Capabilities,
  supabase: supabaseCapabilities,
  betterAuth,
  clerk,
  appwrite,
  unversioned,
  replacing,
  deepVersioned,
  keeping,
  deepKeeping,
} as const satisfies Readonly<Record<string, Capabilities>>

/** Name of a family that a memory backend can imitate. */
export type MemoryProfile = keyof typeof memoryProfiles
