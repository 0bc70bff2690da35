// What a better-auth server refuses, in its words and in ours.
import type { Code } from '../contract/codes.ts'
import { type Issue, pointerTo } from '../contract/issues.ts'

/** A part of a request, by the name it has there. */
type Place = 'email' | 'username' | 'password'

interface Meaning {
  readonly code: Code
  readonly at?: Place
  /** What a site's developer can do about it. */
  readonly fix?: string
}

const ORIGIN: Meaning = { code: 'forbidden', fix: "add the page's origin to trustedOrigins" }
const FAILED: Meaning = { code: 'server_error' }
const SIGNED_OUT: Meaning = { code: 'unauthenticated' }

/** Every code that the calls of this backend can be refused with: the core's, and those of the plugins that join in. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  Object.entries<Meaning>({
    USER_ALREADY_EXISTS: { code: 'user_exists', at: 'email' },
    USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: { code: 'user_exists', at: 'email' },
    INVALID_EMAIL: { code: 'invalid_email', at: 'email' },
    EMAIL_CAN_NOT_BE_UPDATED: { code: 'read_only', at: 'email' },
    INVALID_PASSWORD: { code: 'password_weak', at: 'password' },
    PASSWORD_TOO_SHORT: { code: 'password_weak', at: 'password' },
    PASSWORD_TOO_LONG: { code: 'value_too_long', at: 'password' },
    PASSWORD_COMPROMISED: { code: 'password_leaked', at: 'password' },
    USERNAME_IS_ALREADY_TAKEN: { code: 'username_taken', at: 'username' },
    USERNAME_TOO_SHORT: { code: 'invalid_username', at: 'username' },
    USERNAME_TOO_LONG: { code: 'invalid_username', at: 'username' },
    INVALID_USERNAME: { code: 'invalid_username', at: 'username' },
    USERNAME_IS_IMMUTABLE: { code: 'read_only', at: 'username' },
    INVALID_EMAIL_OR_PASSWORD: { code: 'invalid_credentials' },
    INVALID_USERNAME_OR_PASSWORD: { code: 'invalid_credentials' },
    CREDENTIAL_ACCOUNT_NOT_FOUND: { code: 'invalid_credentials' },
    EMAIL_NOT_VERIFIED: { code: 'email_unverified' },
    BANNED_USER: { code: 'account_blocked' },
    ACCOUNT_TEMPORARILY_LOCKED: { code: 'rate_limited' },
    MISSING_RESPONSE: { code: 'captcha_required' },
    VERIFICATION_FAILED: { code: 'captcha_required' },
    EMAIL_PASSWORD_SIGN_UP_DISABLED: { code: 'signup_rejected', fix: 'set emailAndPassword.disableSignUp to false' },
    EMAIL_PASSWORD_DISABLED: { code: 'forbidden', fix: 'set emailAndPassword.enabled to true' },
    INVALID_ORIGIN: ORIGIN,
    MISSING_OR_NULL_ORIGIN: ORIGIN,
    CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: ORIGIN,
    UNAUTHORIZED: SIGNED_OUT,
    SESSION_EXPIRED: SIGNED_OUT,
    SESSION_NOT_FRESH: SIGNED_OUT,
    INVALID_SESSION_TOKEN: SIGNED_OUT,
    FAILED_TO_GET_SESSION: SIGNED_OUT,
    FAILED_TO_CREATE_USER: FAILED,
    FAILED_TO_CREATE_SESSION: FAILED,
    FAILED_TO_UPDATE_USER: FAILED,
    BODY_MUST_BE_AN_OBJECT: { code: 'invalid_request' },
    FIELD_NOT_ALLOWED: { code: 'read_only', fix: 'take input: false off the column, or make the field read-only' },
    MISSING_FIELD: { code: 'required', fix: 'ask for it in a field, or make the column optional' },
    VALIDATION_ERROR: { code: 'refused' },
  }),
)

/** What a request was about. */
export interface Asked {
  /** Whether it was a log-in, which says nothing about which of the two was wrong. */
  readonly isLogIn: boolean
  /** The columns that were sent. */
  readonly columns: readonly string[]
}

export interface Refusal {
  readonly code: Code
  readonly issues: readonly Issue[]
  readonly fix: string | null
}

/** What a refusal means; null for a code that is not known, where the status has to say it. */
export function refusalOf(vendorCode: string, message: string, { isLogIn, columns }: Asked): Refusal | null {
  const meaning = MEANINGS.get(vendorCode)
  if (!meaning) return null
  const { code, fix = null } = meaning
  const named = namedIn(vendorCode, message) ?? (vendorCode === 'VALIDATION_ERROR' ? columns : [])
  const place = meaning.at ?? (named.length === 1 ? named[0] : undefined)
  // Neither half of a log-in is known to anyone before both are right.
  if (isLogIn && place !== undefined) return { code: 'invalid_credentials', issues: [], fix }
  if (place === undefined) return { code, issues: [], fix }
  const own = code === 'refused' ? ruleOn(place) : code
  return { code: own, issues: [{ code: own, pointer: pointerOf(place) }], fix }
}

/** The names that the two messages of better-auth about a part of the request begin with; null for another. */
function namedIn(vendorCode: string, message: string): readonly string[] | null {
  if (vendorCode === 'FIELD_NOT_ALLOWED' || vendorCode === 'MISSING_FIELD')
    return [...message.matchAll(/^(.+) is (?:required|not allowed to be set)$/g)].map(([, name = '']) => name)
  // "[body.email] Invalid email address; [body.name] …"
  const parts = [...message.matchAll(/\[body\.([^\].]+)/g)].map(([, name = '']) => name)
  return vendorCode === 'VALIDATION_ERROR' && parts.length > 0 ? parts : null
}

function ruleOn(place: string): Code {
  if (place === 'email') return 'invalid_email'
  return place === 'password' ? 'password_weak' : 'refused'
}

/** Where the parts of a request are in ours; what is none of them is a column. */
function pointerOf(place: string): string {
  if (['email', 'username', 'password', 'name'].includes(place)) return pointerTo(place)
  return place === 'image' ? pointerTo('picture') : pointerTo('user_metadata', place)
}
