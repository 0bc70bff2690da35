// The numbers both sides hold to. Lengths count code points, sizes count UTF-8 bytes of the JSON.

/** Longest name of a field, in code points (Auth0: user metadata field names). */
export const MAX_NAME_LENGTH = 100

/** Deepest nesting of a value in `user_metadata`; a plain value has depth 1. */
export const MAX_DEPTH = 10

/** Largest `user_metadata` after a save, in bytes of its JSON (Auth0: profile limit of 10 KB). */
export const MAX_METADATA_BYTES = 10_240

/** Largest request body the account server reads, in bytes. */
export const MAX_BODY_BYTES = 65_536

/** Longest e-mail address, in characters (RFC 5321, section 4.5.3.1.3: a path of 256 with its brackets). */
export const MAX_EMAIL_LENGTH = 254

/** Shortest and longest password, in code points (NIST SP 800-63B-4; OWASP Authentication Cheat Sheet). */
export const PASSWORD_LENGTH = { min: 8, max: 1024 } as const

/** Length of a text the way a person counts it: an emoji is one. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** Bytes of a value's JSON in UTF-8. */
export function jsonBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length
}
