// Every refusal of GoTrue's that is known, in each shape its servers have had: our code, the place, and never a secret or a blank.
import { expect, test } from 'vitest'
import { supabase } from '../../src/backends/supabase.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import type { Code } from '../../src/contract/codes.ts'
import { EMAIL, errorOf, ORIGIN, PASSWORD } from './supabase-browser.ts'
import { KEY } from './supabase-gateway.ts'

const TOKEN = 'access-token-0123456789'
const REFRESH = 'refresh-token-0123456789'

type Call = 'signUp' | 'logIn' | 'refresh' | 'getProfile' | 'patchProfile' | 'logOut'

/** The calls of the backend itself, at a server that answers everything with one refusal. */
function refusedBy(answer: () => Response, call: Call) {
  const addresses: string[] = []
  const backend = supabase(ORIGIN, { key: KEY })
  const context = {
    async fetch(input: string | URL | Request) {
      addresses.push(String(input))
      return answer()
    },
    now: Date.now,
    signal: new AbortController().signal,
    token: TOKEN,
    idempotencyKey: 'once',
  }
  const calls: Readonly<Record<Call, () => Promise<unknown>>> = {
    signUp: () => backend.signUp({ email: EMAIL, password: PASSWORD }, context),
    logIn: () => backend.logIn({ identifier: EMAIL, password: PASSWORD }, context),
    refresh: async () => backend.refresh?.(REFRESH, context),
    getProfile: () => backend.getProfile(context),
    patchProfile: () => backend.patchProfile({ user_metadata: { company: 'Acme' }, version: null }, context),
    logOut: () => backend.logOut(context),
  }
  return { error: errorOf(calls[call]()), addresses }
}

const now = (code: string, message = 'x') => ({ code, message })
const older = (status: number, error_code: string, msg = 'x') => ({ code: status, error_code, msg })
const oldest = (status: number, msg: string) => ({ code: status, msg })
const oauth = (error: string, error_description: string) => ({ error, error_description })

interface Expected {
  readonly code: Code
  /** Places with their codes and numbers, where a value is to blame. */
  readonly issues?: readonly object[] | null
  readonly retryAfter?: number
}

const at = (code: Code, pointer: string, params?: object): Expected => ({
  code,
  issues: [{ code, pointer, ...(params && { params }) }],
})

/** What no word of GoTrue's explains: the status stands for it, so that nothing is shown blank. */
const unknown = (code: Code, status: number): Expected => ({
  code,
  issues: [{ code, pointer: '', params: { status } }],
})

const soon = 'For security purposes, you can only request this after 42 seconds.'
const short = 'Password should be at least 10 characters.'
const set = 'Password should contain at least one character of each: abc, 123.'

const CASES: readonly (readonly [Call, status: number, body: unknown, Expected])[] = [
  // an address that has an account
  ['signUp', 422, now('user_already_exists', 'User already registered'), at('user_exists', '/email')],
  ['signUp', 422, older(422, 'user_already_exists'), at('user_exists', '/email')],
  ['signUp', 422, now('email_exists'), at('user_exists', '/email')],
  ['signUp', 400, oldest(400, 'User already registered'), at('user_exists', '/email')],
  // an address that is none
  ['signUp', 400, now('email_address_invalid'), at('invalid_email', '/email')],
  [
    'signUp',
    400,
    now('validation_failed', 'Unable to validate email address: invalid format'),
    at('invalid_email', '/email'),
  ],
  ['signUp', 400, now('validation_failed', 'An email address is too long'), at('invalid_email', '/email')],
  ['signUp', 422, oldest(422, 'Unable to validate email address: invalid format'), at('invalid_email', '/email')],
  ['signUp', 400, now('validation_failed', 'An email address is required'), at('required', '/email')],
  ['signUp', 422, now('anonymous_provider_disabled'), at('required', '/email')],
  ['signUp', 400, now('email_address_not_authorized'), at('signup_rejected', '/email')],
  // a password
  [
    'signUp',
    422,
    { ...now('weak_password', short), weak_password: { reasons: ['length'] } },
    at('password_weak', '/password', { min: 10 }),
  ],
  [
    'signUp',
    422,
    { ...older(422, 'weak_password', `${short} ${set}`), weak_password: { reasons: ['length', 'characters'] } },
    {
      code: 'password_weak',
      issues: [
        { code: 'password_weak', pointer: '/password', params: { min: 10 } },
        { code: 'password_weak', pointer: '/password' },
      ],
    },
  ],
  ['signUp', 422, { ...oldest(422, 'x'), weak_password: { reasons: ['pwned'] } }, at('password_leaked', '/password')],
  ['signUp', 422, { ...now('weak_password'), weak_password: {} }, at('password_weak', '/password')],
  ['signUp', 422, now('weak_password', short), at('password_weak', '/password', { min: 10 })],
  ['signUp', 422, oldest(422, short), at('password_weak', '/password', { min: 10 })],
  [
    'signUp',
    400,
    now('validation_failed', 'Password cannot be longer than 72 characters'),
    at('value_too_long', '/password', { max: 72 }),
  ],
  ['signUp', 400, now('validation_failed', 'Signup requires a valid password'), at('required', '/password')],
  // a closed door
  ['signUp', 422, now('signup_disabled'), { code: 'signup_rejected' }],
  ['signUp', 403, oldest(403, 'Signups not allowed for this instance'), { code: 'signup_rejected' }],
  ['signUp', 400, now('email_provider_disabled'), { code: 'unsupported' }],
  ['logIn', 422, now('email_provider_disabled'), { code: 'unsupported' }],
  ['signUp', 403, now('unknown', 'A hook of the project says no'), unknown('signup_rejected', 403)],
  ['signUp', 400, now('something_new'), unknown('signup_rejected', 400)],
  ['signUp', 422, now('hook_timeout'), { code: 'server_error' }],
  ['signUp', 400, now('captcha_failed'), { code: 'captcha_required' }],
  ['logIn', 400, oldest(400, 'captcha protection: request disallowed (x)'), { code: 'captcha_required' }],
  // log-in
  ['logIn', 400, now('invalid_credentials', 'Invalid login credentials'), { code: 'invalid_credentials' }],
  ['logIn', 400, oauth('invalid_grant', 'Invalid login credentials'), { code: 'invalid_credentials' }],
  ['logIn', 400, now('email_not_confirmed'), { code: 'email_unverified' }],
  ['logIn', 400, oauth('invalid_grant', 'Email not confirmed'), { code: 'email_unverified' }],
  ['logIn', 400, now('user_banned', 'User is banned'), { code: 'account_blocked' }],
  // sessions
  ['refresh', 400, now('refresh_token_not_found'), { code: 'unauthenticated' }],
  ['refresh', 400, now('refresh_token_already_used'), { code: 'unauthenticated' }],
  ['refresh', 400, now('session_expired'), { code: 'unauthenticated' }],
  ['refresh', 400, now('session_not_found'), { code: 'unauthenticated' }],
  ['refresh', 400, now('user_banned'), { code: 'account_blocked' }],
  [
    'refresh',
    400,
    oauth('invalid_grant', 'Invalid Refresh Token: Refresh Token Not Found'),
    { code: 'unauthenticated' },
  ],
  ['refresh', 400, oauth('invalid_grant', 'Invalid Refresh Token: User Banned'), { code: 'account_blocked' }],
  ['refresh', 409, now('conflict'), { code: 'request_in_progress' }],
  ['getProfile', 401, now('no_authorization'), { code: 'unauthenticated' }],
  ['getProfile', 403, now('bad_jwt', 'invalid JWT: token is expired'), { code: 'unauthenticated' }],
  ['getProfile', 401, oldest(401, 'invalid JWT: unable to parse or verify signature'), { code: 'unauthenticated' }],
  ['getProfile', 403, now('session_not_found'), { code: 'unauthenticated' }],
  ['getProfile', 403, now('user_not_found'), { code: 'unauthenticated' }],
  ['getProfile', 404, oldest(404, 'User not found'), { code: 'unauthenticated' }],
  ['logOut', 403, now('session_not_found'), { code: 'unauthenticated' }],
  ['patchProfile', 401, now('insufficient_aal'), { code: 'mfa_required' }],
  ['patchProfile', 403, now('not_admin'), { code: 'insufficient_scope' }],
  ['patchProfile', 409, now('something_new'), { code: 'request_in_progress' }],
  ['patchProfile', 400, now('bad_json'), { code: 'invalid_request' }],
  // too often
  ['signUp', 429, now('over_email_send_rate_limit', soon), { code: 'rate_limited', retryAfter: 42 }],
  ['signUp', 429, older(429, 'over_email_send_rate_limit', soon), { code: 'rate_limited', retryAfter: 42 }],
  ['logIn', 429, now('over_request_rate_limit', 'Request rate limit reached'), { code: 'rate_limited' }],
  ['logIn', 429, oldest(429, 'Rate limit exceeded'), { code: 'rate_limited' }],
  // the gateway
  ['signUp', 401, { message: 'Invalid API key', hint: 'x' }, { code: 'forbidden' }],
  ['getProfile', 401, { message: 'No API key found in request', hint: 'x' }, { code: 'forbidden' }],
  ['logIn', 401, '<h1>Unauthorized</h1>', unknown('forbidden', 401)],
  ['getProfile', 401, '<h1>Unauthorized</h1>', unknown('unauthenticated', 401)],
  // what nobody knows yet
  ['signUp', 500, now('unexpected_failure', 'Database error saving new user'), unknown('server_error', 500)],
  ['patchProfile', 418, now('something_new'), unknown('bad_response', 418)],
  ['patchProfile', 422, now('something_new'), unknown('invalid_request', 422)],
  ['patchProfile', 429, '', unknown('rate_limited', 429)],
  ['getProfile', 504, now('request_timeout'), unknown('server_error', 504)],
  ['getProfile', 502, '<title>Bad gateway</title>', unknown('server_error', 502)],
  ['signUp', 400, [], unknown('signup_rejected', 400)],
  ['signUp', 400, { code: {}, message: 7, weak_password: [] }, unknown('signup_rejected', 400)],
  ['signUp', 422, { weak_password: { reasons: [1, {}] } }, at('password_weak', '/password')],
]

test.each(CASES)('%s, %i %j', async (call, status, body, expected) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const error = await refusedBy(() => new Response(text, { status }), call).error
  const { code, issues = null, retryAfter = null } = expected
  expect([error.code, error.issues, error.retryAfter, error.status]).toEqual([code, issues, retryAfter, status])
  expect(error.message).toContain(String(status))
})

test('nobody’s calls carry nobody’s token', async () => {
  const backend = supabase(ORIGIN, { key: KEY })
  const tokens: (string | null)[] = []
  const fetch: typeof globalThis.fetch = async (_, init) => {
    tokens.push(new Headers(init?.headers).get('authorization'))
    return Response.json({})
  }
  const context = { fetch, now: Date.now, signal: new AbortController().signal, token: TOKEN, idempotencyKey: null }
  await errorOf(backend.signUp({ email: EMAIL, password: PASSWORD }, context))
  await errorOf(backend.logIn({ identifier: EMAIL, password: PASSWORD }, context))
  await errorOf(backend.getProfile(context))
  expect(tokens).toEqual([null, null, `Bearer ${TOKEN}`])
})

test('a header says better how long to wait', async () => {
  const answer = () =>
    Response.json(now('over_request_rate_limit', soon), { status: 429, headers: { 'retry-after': '7' } })
  expect((await refusedBy(answer, 'logIn').error).retryAfter).toBe(7)
})

test('what the developer can do is said', async () => {
  const answer = (body: object, status: number) => () => Response.json(body, { status })
  const wrongKey = await refusedBy(answer({ message: 'Invalid API key' }, 401), 'signUp').error
  expect(wrongKey.message).toContain('give supabase() the publishable key')
  const noMail = await refusedBy(answer(now('email_address_not_authorized'), 400), 'signUp').error
  expect(noMail.message).toContain('SMTP')
})

test.each<Call>(['signUp', 'logIn', 'refresh', 'getProfile', 'patchProfile', 'logOut'])(
  '%s: no password, token or key in an error or an address, whatever the server says',
  async (call) => {
    const secrets = [PASSWORD, TOKEN, REFRESH, KEY]
    const said = secrets.join(' ')
    const bodies = [now(said, said), oauth(said, said), { weak_password: { reasons: [said], message: said } }, said]
    for (const status of [200, 302, 400, 401, 403, 422, 429, 500]) {
      for (const body of bodies) {
        const text = typeof body === 'string' ? body : JSON.stringify(body)
        // Of a log-out nobody needs the content.
        if (call === 'logOut' && status === 200 && typeof body !== 'string') continue
        const { error, addresses } = refusedBy(() => new Response(text, { status }), call)
        const { message, stack, ...rest } = await error
        const all = [message, stack, JSON.stringify(rest), ...addresses].join(' ')
        for (const secret of secrets) expect(all).not.toContain(secret)
      }
    }
  },
)

test('an answer that is no person’s is no sign-in', async () => {
  const answers = [{}, { id: 7 }, { access_token: '', user: { id: 'a' } }, { access_token: 'a', user: null }, [], null]
  for (const answer of answers)
    for (const call of ['signUp', 'logIn', 'getProfile', 'patchProfile'] as const)
      expect((await refusedBy(() => Response.json(answer), call).error).code).toBe('bad_response')
})

test('a token that no header can carry is refused without a word of it', async () => {
  const fetch = async () =>
    Response.json({
      access_token: 'secret\ntoken',
      token_type: 'bearer',
      refresh_token: 'r',
      user: { id: 'a', email: EMAIL },
    })
  const environment = { ...systemEnvironment(), fetch }
  const client = createClient({ backend: supabase(ORIGIN, { key: KEY }), environment })
  const error = await errorOf(client.logIn({ identifier: EMAIL, password: PASSWORD }))
  expect([error.code, String(error.stack).includes('secret')]).toEqual(['bad_response', false])
})
