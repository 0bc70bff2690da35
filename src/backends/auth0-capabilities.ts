// What Auth0 can do for a page: its Authentication API, and its Management API with the token of the person.
import type { Capabilities } from '../contract/capabilities.ts'
import { MAX_METADATA_BYTES } from '../contract/limits.ts'

/** With a token that may change nothing but the person's own `user_metadata`. */
export const auth0Capabilities: Capabilities = {
  merge: 'root',
  nullDeletes: true,
  emptyClears: 'clears',
  columns: null,
  versions: false,
  idempotency: false,
  // Such a token may not change any (`update:users` can, and belongs on a server).
  rootAttributes: [],
  signUpValues: { type: 'strings', maxSignUpFields: 10, maxSignUpValueLength: 500, maxNameLength: 100 },
  maxMetadataBytes: MAX_METADATA_BYTES,
  session: 'bearer',
  usernames: false,
  passwordReset: false,
  verification: 'optional',
}
