// What Supabase Auth (GoTrue) can do, declared once: for the backend, for the memory backend that imitates it, and for documents.
import type { Capabilities } from '../contract/capabilities.ts'

/**
 * GoTrue merges `data` at its root, deletes what is null, and makes nothing of an empty object. It has no versions and no
 * columns of the person's own but e-mail address and phone number, which change by confirmation only: standard
 * attributes are kept in `data`, under the names it fills in itself from a log-in with a social account.
 */
export const supabaseCapabilities: Capabilities = {
  merge: 'root',
  nullDeletes: true,
  emptyClears: 'nothing',
  columns: null,
  versions: false,
  idempotency: false,
  rootAttributes: ['name', 'given_name', 'family_name', 'nickname', 'picture'],
  signUpValues: { type: 'json' },
  // Every access token carries all of it, in a header that proxies cut off at 8 kB (supabase/auth#1754, #1776): nobody
  // with more could be served any longer. In base64 these are 5.5 kB, which leaves room for the rest of the token.
  maxMetadataBytes: 4096,
  session: 'bearer',
  usernames: false,
  passwordReset: false,
  // Unless the project says otherwise; then a sign-up is answered with tokens at once.
  verification: 'required',
}
