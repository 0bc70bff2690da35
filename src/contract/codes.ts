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
  'unsupported',
  // the account
  'invalid_credentials',
  'user_exists',
  'username_taken',
  'invalid_username',
  'unauthenticated',
  'account_blocked',
  'email_unverified',
  'signup_rejected',
  'password_leaked',
  'captcha_required',
  'mfa_required',
  'insufficient_scope',
  'forbidden',
  'not_found',
  'version_conflict',
  // the same request once more
  'idempotency_key_reused',
  'request_in_progress',
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
