// The closed list of words for what can go wrong. Codes travel; the texts people read belong to i18n.

/** Every code that a call, a rule or a server of the contract can answer with. */
export const CODES = [
  // a rule on one value
  'required',
  'not_an_option',
  'invalid_email',
  'invalid_url',
  'invalid_phone',
  'invalid_number',
  'invalid_date',
  'invalid_color',
  'value_too_small',
  'value_too_large',
  'invalid_step',
  'too_few_items',
  'too_many_items',
  'refused',
  'check_failed',
  'read_only',
  'hidden_field',
  'looks_like_secret',
  'value_too_short',
  'value_too_long',
  'pattern_mismatch',
  'invalid_type',
  'invalid_value',
  'value_too_deep',
  'password_weak',
  // a rule on a name
  'invalid_field_name',
  'reserved_field_name',
  'denied_field_name',
  'unknown_field',
  // a rule on the whole
  'invalid_request',
  'metadata_too_large',
  'payload_too_large',
  'unsupported_media_type',
  'method_not_allowed',
  // the account
  'invalid_credentials',
  'user_exists',
  'unauthenticated',
  'forbidden',
  'not_found',
  'version_conflict',
  // the way there and back
  'rate_limited',
  'server_error',
  'network',
  'timeout',
  'aborted',
  'bad_response',
] as const

export type Code = (typeof CODES)[number]

/** True when a word that came over the wire is one of ours. */
export function isCode(word: unknown): word is Code {
  return CODES.some((code) => code === word)
}

/** One failed rule: the code, and where it failed. */
export interface Issue {
  readonly code: Code
  /** JSON pointer (RFC 6901) into the request body, such as `/user_metadata/company`; `''` is the whole body. */
  readonly pointer: string
  /** The numbers and words the text for this code needs, such as `{ max: 80 }`. */
  readonly params?: Readonly<Record<string, string | number>>
  /** The site's own words for it, shown as they are; they stay in the page that defined them. */
  readonly text?: string
}

export type Issues = readonly [Issue, ...Issue[]]

/** A list of issues as a value that cannot be empty, or null. */
export function asIssues(list: readonly Issue[]): Issues | null {
  const [first, ...rest] = list
  return first ? [first, ...rest] : null
}

/** Builds a JSON pointer (RFC 6901): `~` becomes `~0` and `/` becomes `~1`. */
export function pointerTo(...keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Takes a JSON pointer (RFC 6901) apart into its keys. */
export function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}
