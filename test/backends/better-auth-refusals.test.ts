// What better-auth refuses ends in our words at the right place, and never in a blank.
import { describe, expect, test } from 'vitest'
import { betterAuth } from '../../src/backends/better-auth.ts'
import type { CallContext } from '../../src/contract/backend.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import { contextOf } from './cookie-browser.ts'
import { rejection } from './rejection.ts'

const password = 'correct horse'
const email = 'ana@example.org'
const backend = betterAuth('/api/auth', {
  columns: { company: 'string', role: 'string', seats: 'number' },
  usernames: true,
})

const calls = {
  signUp: (context: CallContext) =>
    backend.signUp({ email, password, user_metadata: { company: 'Acme', role: 'a' } }, context),
  logIn: (context: CallContext) => backend.logIn({ identifier: email, password }, context),
  save: (context: CallContext) => backend.patchProfile({ user_metadata: { company: 'Acme' }, version: null }, context),
  session: (context: CallContext) => backend.getSession(context),
} as const
type Call = keyof typeof calls

const answering = (status: number, body: BodyInit | null, headers: HeadersInit = {}) =>
  contextOf({ fetch: async () => new Response(body, { status, headers }) })

/** Call, status, body; code, field, what the message says beside. */
const recorded: readonly (readonly [Call, number, JsonObject, string, string | null, string?])[] = [
  [
    'signUp',
    422,
    { code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL', message: 'User already exists. Use another email.' },
    'user_exists',
    'email',
  ],
  ['signUp', 422, { code: 'USER_ALREADY_EXISTS', message: 'User already exists.' }, 'user_exists', 'email'],
  ['signUp', 400, { code: 'INVALID_EMAIL', message: 'Invalid email' }, 'invalid_email', 'email'],
  [
    'signUp',
    400,
    { code: 'VALIDATION_ERROR', message: '[body.email] Invalid email address' },
    'invalid_email',
    'email',
  ],
  ['signUp', 400, { code: 'VALIDATION_ERROR', message: '[body.image] Invalid input' }, 'refused', 'picture'],
  ['signUp', 400, { code: 'VALIDATION_ERROR', message: '[body.a] x; [body.b] y' }, 'refused', null],
  ['signUp', 400, { code: 'VALIDATION_ERROR', message: 'Too short' }, 'refused', null],
  ['save', 400, { code: 'VALIDATION_ERROR', message: 'Too short' }, 'refused', 'company'],
  ['signUp', 400, { code: 'INVALID_PASSWORD', message: 'Invalid password' }, 'password_weak', 'password'],
  ['signUp', 400, { code: 'PASSWORD_TOO_SHORT', message: 'Password too short' }, 'password_weak', 'password'],
  ['signUp', 400, { code: 'PASSWORD_TOO_LONG', message: 'Password too long' }, 'value_too_long', 'password'],
  [
    'signUp',
    400,
    { code: 'PASSWORD_COMPROMISED', message: 'The password you entered has been compromised.' },
    'password_leaked',
    'password',
  ],
  [
    'signUp',
    400,
    { code: 'USERNAME_IS_ALREADY_TAKEN', message: 'Username is already taken.' },
    'username_taken',
    'username',
  ],
  ['signUp', 400, { code: 'USERNAME_TOO_SHORT', message: 'Username is too short' }, 'invalid_username', 'username'],
  ['signUp', 400, { code: 'USERNAME_TOO_LONG', message: 'Username is too long' }, 'invalid_username', 'username'],
  ['signUp', 400, { code: 'INVALID_USERNAME', message: 'Username is invalid' }, 'invalid_username', 'username'],
  [
    'signUp',
    400,
    { code: 'FIELD_NOT_ALLOWED', message: 'role is not allowed to be set' },
    'read_only',
    'role',
    'input: false',
  ],
  ['signUp', 400, { code: 'MISSING_FIELD', message: 'plan is required' }, 'required', 'plan', 'optional'],
  [
    'signUp',
    400,
    { code: 'EMAIL_PASSWORD_SIGN_UP_DISABLED', message: 'Email and password sign up is not enabled' },
    'signup_rejected',
    null,
    'disableSignUp',
  ],
  ['signUp', 422, { code: 'FAILED_TO_CREATE_USER', message: 'Failed to create user' }, 'server_error', null],
  ['signUp', 400, { code: 'FAILED_TO_CREATE_SESSION', message: 'Failed to create session' }, 'server_error', null],
  ['signUp', 403, { code: 'INVALID_ORIGIN', message: 'Invalid origin' }, 'forbidden', null, 'trustedOrigins'],
  [
    'logIn',
    403,
    { code: 'MISSING_OR_NULL_ORIGIN', message: 'Missing or null Origin' },
    'forbidden',
    null,
    'trustedOrigins',
  ],
  [
    'logIn',
    403,
    { code: 'CROSS_SITE_NAVIGATION_LOGIN_BLOCKED', message: 'Cross-site navigation login blocked.' },
    'forbidden',
    null,
  ],
  ['signUp', 400, { code: 'MISSING_RESPONSE', message: 'Missing CAPTCHA response' }, 'captcha_required', null],
  ['logIn', 403, { code: 'VERIFICATION_FAILED', message: 'Captcha verification failed' }, 'captcha_required', null],
  [
    'logIn',
    401,
    { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' },
    'invalid_credentials',
    null,
  ],
  [
    'logIn',
    401,
    { code: 'INVALID_USERNAME_OR_PASSWORD', message: 'Invalid username or password' },
    'invalid_credentials',
    null,
  ],
  ['logIn', 400, { code: 'INVALID_EMAIL', message: 'Invalid email' }, 'invalid_credentials', null],
  ['logIn', 400, { code: 'PASSWORD_TOO_LONG', message: 'Password too long' }, 'invalid_credentials', null],
  ['logIn', 422, { code: 'USERNAME_TOO_SHORT', message: 'Username is too short' }, 'invalid_credentials', null],
  [
    'logIn',
    400,
    { code: 'CREDENTIAL_ACCOUNT_NOT_FOUND', message: 'Credential account not found' },
    'invalid_credentials',
    null,
  ],
  ['logIn', 403, { code: 'EMAIL_NOT_VERIFIED', message: 'Email not verified' }, 'email_unverified', null],
  ['logIn', 403, { code: 'BANNED_USER', message: 'You have been banned' }, 'account_blocked', null],
  [
    'logIn',
    400,
    { code: 'EMAIL_PASSWORD_DISABLED', message: 'Email and password is not enabled' },
    'forbidden',
    null,
    'enabled',
  ],
  ['logIn', 401, { code: 'FAILED_TO_CREATE_SESSION', message: 'Failed to create session' }, 'server_error', null],
  ['logIn', 200, { twoFactorRedirect: true, twoFactorMethods: ['totp'] }, 'mfa_required', null, 'second factor'],
  ['save', 401, { code: 'UNAUTHORIZED', message: 'Unauthorized' }, 'unauthenticated', null],
  ['save', 403, { code: 'SESSION_NOT_FRESH', message: 'Session is not fresh' }, 'unauthenticated', null],
  ['save', 400, { code: 'FIELD_NOT_ALLOWED', message: 'company is not allowed to be set' }, 'read_only', 'company'],
  ['save', 400, { code: 'BODY_MUST_BE_AN_OBJECT', message: 'Body must be an object' }, 'invalid_request', null],
  ['save', 400, { message: 'No fields to update' }, 'invalid_request', null],
  ['save', 429, { message: 'Too many requests. Please try again later.' }, 'rate_limited', null],
  ['session', 401, { code: 'FAILED_TO_GET_SESSION', message: 'Failed to get session' }, 'unauthenticated', null],
]

const cases = recorded.map(([call, status, body, code, field, says = '']) => ({
  call,
  status,
  body,
  code,
  field,
  says,
}))

test.each(cases)('$call answered $status $body', async ({ call, status, body, code, field, says }) => {
  const error = await rejection(calls[call](answering(status, JSON.stringify(body))))
  expect([error.code, error.field]).toEqual([code, field])
  if (status >= 400) expect(error.status).toBe(status)
  expect(error.message).toContain(says)
  // Codes travel, and no text of the server's.
  if (typeof body.message === 'string' && !body.message.endsWith('to be set'))
    expect(error.message).not.toContain(body.message)
  expect(JSON.stringify(error) + error.message).not.toContain(password)
})

describe('what nobody has heard of says its status', () => {
  const unknown: readonly (readonly [Call, number, string, string])[] = [
    ['signUp', 400, JSON.stringify({ code: 'INVITE_ONLY', message: 'ana@example.org' }), 'invalid_request'],
    ['signUp', 409, JSON.stringify({ code: 'TENANT_CONFLICT' }), 'user_exists'],
    ['save', 409, JSON.stringify({ code: 'TENANT_CONFLICT' }), 'invalid_request'],
    ['signUp', 418, JSON.stringify({ code: 'TEAPOT' }), 'bad_response'],
    ['logIn', 401, JSON.stringify({ code: 'SSO_ONLY' }), 'invalid_credentials'],
    ['save', 403, '{}', 'forbidden'],
    ['save', 500, '', 'server_error'],
    ['session', 502, '<!doctype html>', 'server_error'],
    ['session', 404, 'null', 'not_found'],
    ['logIn', 422, JSON.stringify({ code: ' not a word\n', message: 7 }), 'invalid_request'],
    ['signUp', 400, JSON.stringify(['INVALID_EMAIL']), 'invalid_request'],
  ]
  test.each(unknown)('%s answered %i %s', async (call, status, body, code) => {
    const error = await rejection(calls[call](answering(status, body)))
    expect([error.code, error.status]).toEqual([code, status])
    expect(error.message).toContain(`answered ${status}`)
    const [, word] = /"code":"([A-Z_]+)"/.exec(body) ?? []
    if (word) expect(error.message).toContain(word)
    expect(error.message).not.toContain(email)
  })

  test('an answer that is none', async () => {
    for (const body of ['', 'OK', '{"user":{"id":7}}', '{"status":true}'])
      expect((await rejection(calls.logIn(answering(200, body)))).code).toBe('bad_response')
    expect((await rejection(calls.session(answering(200, '{"user":null}')))).code).toBe('bad_response')
  })
})
