// What Auth0's refusals mean: four shapes of bodies on one endpoint alone, brought into our codes and places.
import type { Explanation, Refused } from '../client/request.ts'
import type { Code } from '../contract/codes.ts'
import { type Issue, pointerTo } from '../contract/issues.ts'
import { isJsonObject } from '../contract/json.ts'
import { passwordRules } from './auth0-password-rules.ts'

/** The calls whose refusals differ: the same word means another thing in each. */
export type Auth0Call = 'signUp' | 'logIn' | 'refresh' | 'read' | 'write' | 'machine' | 'manage' | 'other'

/** A refusal, whichever of the shapes it came in. */
interface Words {
  /** The vendor's word, or a sentence where there is none. */
  readonly word: string
  readonly name: string
  readonly text: string
  readonly description: unknown
}

/** Words that mean the same wherever they come from. */
const CODES: Readonly<Record<string, Code>> = {
  user_exists: 'user_exists',
  email_exists: 'user_exists',
  username_exists: 'username_taken',
  invalid_signup: 'signup_rejected',
  'public signup is disabled': 'signup_rejected',
  invalid_password: 'password_weak',
  password_leaked: 'password_leaked',
  invalid_user_password: 'invalid_credentials',
  blocked_user: 'account_blocked',
  too_many_attempts: 'account_blocked',
  too_many_requests: 'rate_limited',
  too_many_logins: 'rate_limited',
  mfa_required: 'mfa_required',
  'a0.mfa_required': 'mfa_required',
  mfa_registration_required: 'mfa_required',
  'a0.mfa_registration_required': 'mfa_required',
  unsupported_challenge_type: 'mfa_required',
  captcha_required: 'captcha_required',
  invalid_captcha: 'captcha_required',
  invalid_recaptcha: 'captcha_required',
  requires_verification: 'captcha_required',
  login_required: 'unauthenticated',
  consent_required: 'unauthenticated',
  interaction_required: 'unauthenticated',
  invalid_token: 'unauthenticated',
  invalid_bearer_token: 'unauthenticated',
  insufficient_scope: 'insufficient_scope',
  invalid_scope: 'insufficient_scope',
  operation_not_supported: 'unsupported',
  invalid_request: 'invalid_request',
  invalid_body: 'invalid_request',
  invalid_uri: 'invalid_request',
  server_error: 'server_error',
  temporarily_unavailable: 'server_error',
}

/** Words about the application, which no person can do anything about. */
const SETUP: readonly string[] = ['invalid_client', 'unauthorized_client', 'unsupported_grant_type']

/** Where a code belongs, when it is about one value. */
const PLACES: { readonly [Name in Code]?: string } = {
  user_exists: '/email',
  username_taken: '/username',
  password_weak: '/password',
  password_leaked: '/password',
}

/** The scopes of which a call with the person's own token needs one; the first is the least. */
export const NEEDED_SCOPES = {
  read: ['read:current_user', 'read:users'],
  write: ['update:current_user_metadata', 'create:current_user_metadata', 'update:users'],
} as const

/** What is missing, and where it is granted. */
export function missingScope(scope: string): Explanation {
  return {
    code: 'insufficient_scope',
    issues: [{ code: 'insufficient_scope', pointer: '', params: { scope } }],
    fix: `the token lacks "${scope}": let the application have it (Auth0: APIs, Management API) and, in a page, ask for it in \`scope\``,
  }
}

const SETUP_FIX =
  'the tenant does not allow this to the application: check the client id, its grant types (Password), and the audience'

/** Reads the refusals of one call, which needs this scope. */
export function explainAuth0(call: Auth0Call, scope = ''): (refused: Refused) => Explanation | null {
  return ({ status, body }) => {
    const words = wordsOf(body)
    const issue = valueIssue(words)
    if (issue) return { code: issue.code, issues: [issue] }
    if (call !== 'machine' && isSetup(words)) {
      return { code: 'forbidden', issues: [{ code: 'forbidden', pointer: '', params: { status } }], fix: SETUP_FIX }
    }
    const code = codeFor(call, status, words)
    if (!code) return null
    if (code === 'insufficient_scope') return missingScope(scope)
    const place = call === 'logIn' ? undefined : PLACES[code]
    const rules = code === 'password_weak' ? passwordRules(words.name, words.description) : []
    const issues: readonly Issue[] = place ? [{ code, pointer: place, ...(rules.length > 0 && { rules }) }] : []
    return { code, issues }
  }
}

/** The meaning of an `error` that the browser brings back from the log-in page (RFC 6749, 4.1.2.1). */
export function codeOfReturn(error: string, description: string): Code {
  return codeFor('logIn', 403, { word: error, name: '', text: description, description }) ?? 'forbidden'
}

/** The order in which auth0-js looks for them; the Management API has `errorCode` beside a title in `error`. */
function wordsOf(body: unknown): Words {
  const read: Readonly<Record<string, unknown>> = isJsonObject(body) ? body : { error: body }
  const { code, error, error_code, errorCode, error_description, description, message, name } = read
  const text = (...given: readonly unknown[]) =>
    given.find((one): one is string => typeof one === 'string' && one !== '')
  return {
    word: text(errorCode, code, error, error_code) ?? '',
    name: text(name) ?? '',
    text: text(error_description, description, message) ?? '',
    description,
  }
}

/** Whether it is the application that was refused, and not the person. */
function isSetup({ word, text }: Words): boolean {
  return SETUP.includes(word) || /^(service not found|client is not authorized)/i.test(text)
}

function codeFor(call: Auth0Call, status: number, { word, text }: Words): Code | null {
  if (call === 'manage' && /^password\w*error/i.test(text)) return 'password_weak'
  if (call === 'machine' && SETUP.includes(word)) return 'unauthenticated'
  switch (word) {
    case 'auth0_idp_error':
      return /already exists/i.test(text) ? 'user_exists' : null
    case 'user_exists':
      return /\busername\b/.test(text) ? 'username_taken' : 'user_exists'
    case 'invalid_grant':
      return call === 'refresh' ? 'unauthenticated' : 'invalid_credentials'
    case 'unauthorized':
      if (call === 'signUp') return 'signup_rejected'
      return /\bblocked\b/i.test(text) ? 'account_blocked' : 'forbidden'
    case 'access_denied':
      if (call === 'machine') return 'unauthenticated'
      return /\bverif/i.test(text) ? 'email_unverified' : 'forbidden'
    // Of the site's own code in the tenant, which said no.
    case 'hook_error':
    case 'extensibility_error':
    case 'rule_error':
      return call === 'signUp' ? 'signup_rejected' : 'forbidden'
    // A token of somebody who is there no longer.
    case 'inexistent_user':
      return call === 'manage' ? 'not_found' : 'unauthenticated'
  }
  const known = Object.hasOwn(CODES, word) ? CODES[word] : undefined
  if (known) return known
  if (status === 429) return 'rate_limited'
  if (status === 409 && (call === 'signUp' || call === 'manage')) return 'user_exists'
  return null
}

/** What is said of one value of the metadata, in a sentence and nowhere else. */
function valueIssue({ word, text }: Words): Issue | null {
  const said = /^invalid user_metadata(?:\.(.+?))? (type|length|value|name)\b/.exec(word)
  if (said) {
    const [, name, what] = said
    const codes: Readonly<Record<string, Code>> = { type: 'invalid_type', length: 'value_too_long' }
    const pointer = pointerTo('user_metadata', ...(name === undefined ? [] : [name]))
    return { code: codes[what ?? ''] ?? 'invalid_value', pointer }
  }
  const property = /^payload validation error: .* on property ([\w-]+(?:\.[\w-]+)*)/i.exec(text)?.[1]
  if (property) {
    const code = /format email/.test(text)
      ? 'invalid_email'
      : /expected (another )?type/i.test(text)
        ? 'invalid_type'
        : 'invalid_value'
    return { code, pointer: pointerTo(...property.split('.')) }
  }
  if (/fields with ["'\\]*[.$]/i.test(text)) return { code: 'invalid_field_name', pointer: '/user_metadata' }
  return null
}
