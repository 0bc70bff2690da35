// What GoTrue's refusals mean: its codes in our words, and older servers' sentences where they had no codes yet.
import type { Explanation, Refused } from '../client/request.ts'
import type { Code } from '../contract/codes.ts'
import type { Issue } from '../contract/issues.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'

/** One meaning: the code, and where the value is that it is about. */
interface Meaning {
  readonly code: Code
  readonly pointer?: string
  readonly fix?: string
}

const over: Meaning = { code: 'unauthenticated' }
const tooOften: Meaning = { code: 'rate_limited' }
const broken: Meaning = { code: 'server_error' }
const taken: Meaning = { code: 'user_exists', pointer: '/email' }

/** GoTrue's codes (internal/api/apierrors/errorcode.go) that its calls here can answer with. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  user_already_exists: taken,
  email_exists: taken,
  email_address_invalid: { code: 'invalid_email', pointer: '/email' },
  email_address_not_provided: { code: 'required', pointer: '/email' },
  email_address_not_authorized: {
    ...{ code: 'signup_rejected', pointer: '/email' },
    fix: "the project's mail server sends to members of its team only; set up another (SMTP) in the project",
  },
  signup_disabled: { code: 'signup_rejected', fix: 'allow new people to sign up in the settings of the project' },
  email_provider_disabled: { code: 'unsupported', fix: 'switch the e-mail provider on in the settings of the project' },
  anonymous_provider_disabled: { code: 'required', pointer: '/email' },
  weak_password: { code: 'password_weak', pointer: '/password' },
  invalid_credentials: { code: 'invalid_credentials' },
  email_not_confirmed: { code: 'email_unverified' },
  provider_email_needs_verification: { code: 'email_unverified' },
  user_banned: { code: 'account_blocked' },
  user_sso_managed: { code: 'forbidden' },
  captcha_failed: { code: 'captcha_required' },
  insufficient_aal: { code: 'mfa_required' },
  no_authorization: over,
  bad_jwt: over,
  user_not_found: over,
  session_not_found: over,
  session_expired: over,
  refresh_token_not_found: over,
  refresh_token_already_used: over,
  not_admin: { code: 'insufficient_scope' },
  bad_json: { code: 'invalid_request' },
  // A function of the project's own that GoTrue asks does not answer as it should.
  hook_timeout: broken,
  hook_timeout_after_retry: broken,
  hook_payload_over_size_limit: broken,
  hook_payload_invalid_content_type: broken,
  over_request_rate_limit: tooOften,
  over_email_send_rate_limit: tooOften,
  // Two calls at once; nothing of the person's was changed by another.
  conflict: { code: 'request_in_progress' },
}

/** How the sentences begin that stand for a code, where there is none or one for many things. */
const SENTENCES: readonly (readonly [RegExp, Meaning])[] = [
  [/^Invalid login credentials/i, { code: 'invalid_credentials' }],
  [/^Email not confirmed/i, { code: 'email_unverified' }],
  [/^(User already registered|A user with this email address)/i, taken],
  [/^Password should/i, { code: 'password_weak', pointer: '/password' }],
  [/^Password cannot be longer/i, { code: 'value_too_long', pointer: '/password' }],
  [/^Signup requires a valid password/i, { code: 'required', pointer: '/password' }],
  [/^An email address is required/i, { code: 'required', pointer: '/email' }],
  [/^(Unable to validate email|An email address is too long)/i, { code: 'invalid_email', pointer: '/email' }],
  [/^Signups not allowed/i, { code: 'signup_rejected' }],
  [/^Email (signups|logins) are disabled/i, { code: 'unsupported' }],
  [/captcha (protection|verification)/i, { code: 'captcha_required' }],
  [/^(For security purposes|(Email |Sms )?Rate limit exceeded|Request rate limit)/i, tooOften],
  [/^Invalid Refresh Token: User Banned/i, { code: 'account_blocked' }],
  [/^(Invalid Refresh Token|invalid JWT|invalid token|invalid claim|This endpoint requires a)/i, over],
  [/^User not found/i, over],
  [
    /API key/i,
    {
      code: 'forbidden',
      fix: 'give supabase() the publishable key (or the anon key) of the same project as its address',
    },
  ],
]

/** Codes that say less than the sentence beside them. */
const VAGUE: readonly (string | null)[] = [null, 'validation_failed', 'unknown', 'invalid_grant']

/** What a refusal of GoTrue's, or of the gateway before it, means; null for one that is not known. */
export function explain({ body, status }: Refused): Explanation | null {
  if (!isJsonObject(body)) return null
  const sentence = textOf(body, ['msg', 'message', 'error_description']) ?? ''
  if (isJsonObject(body.weak_password)) return weakPassword(body.weak_password, sentence)
  const meaning = meaningOf(textOf(body, ['code', 'error_code', 'error']), sentence)
  if (!meaning) return status === 409 ? { code: 'request_in_progress' } : null
  const { code, pointer, fix } = meaning
  return {
    code,
    issues: pointer === undefined ? [] : [{ code, pointer, ...paramsIn(code, sentence) }],
    ...(fix !== undefined && { fix }),
    // A page may not read `Retry-After` here; the sentence has the seconds.
    retryAfter: code === 'rate_limited' ? numberIn(sentence, /(\d+) seconds/) : null,
  }
}

function meaningOf(word: string | null, sentence: string): Meaning | null {
  const known = word !== null && Object.hasOwn(MEANINGS, word) ? MEANINGS[word] : null
  if (known) return known
  return VAGUE.includes(word) ? (SENTENCES.find(([start]) => start.test(sentence))?.[1] ?? null) : null
}

/** Each reason of its own; a leak is said as such. */
function weakPassword({ reasons }: JsonObject, sentence: string): Explanation {
  const list = Array.isArray(reasons) ? reasons : []
  const pointer = '/password'
  const issues = list.flatMap((reason): readonly Issue[] => {
    if (reason === 'pwned') return [{ code: 'password_leaked', pointer }]
    const params = reason === 'length' ? paramsIn('password_weak', sentence) : {}
    return typeof reason === 'string' ? [{ code: 'password_weak', pointer, ...params }] : []
  })
  const [first = { code: 'password_weak', pointer } as const] = issues
  return { code: first.code, issues: issues.length > 0 ? issues : [first] }
}

/** The number that the text for a code needs, out of GoTrue's sentence. */
function paramsIn(code: Code, sentence: string): Pick<Issue, 'params'> {
  const name = code === 'password_weak' ? 'min' : code === 'value_too_long' ? 'max' : null
  const number = numberIn(sentence, /(\d+) characters/)
  return name !== null && number !== null ? { params: { [name]: number } } : {}
}

/** The first text under one of these names. */
function textOf(body: JsonObject, names: readonly string[]): string | null {
  for (const name of names) {
    const value = body[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return null
}

function numberIn(sentence: string, pattern: RegExp): number | null {
  const digits = pattern.exec(sentence)?.[1]
  return digits === undefined ? null : Number(digits)
}
