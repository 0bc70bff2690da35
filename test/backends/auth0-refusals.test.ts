// Every recorded and documented refusal of Auth0 ends with a code, at the place it is about, in words for a person; none of them repeats what was sent.
import { describe, expect, test } from 'vitest'
import { isLatchkeyError, type LatchkeyError } from '../../src/contract/errors.ts'
import { enErrors } from '../../src/i18n/en-errors.ts'
import { messageOf } from '../../src/i18n/messages.ts'
import { createTenant, person, type Reply } from './auth0-tenant.ts'

const metadata = { company: 'Acme', 'a/b~c': 'x' }

/** The calls of a client, by where their refusal comes from. */
const calls = {
  signUp: async (reply: Reply) => {
    const { client } = createTenant({ 'POST /dbconnections/signup': reply })
    await client.signUp({ ...person, user_metadata: metadata })
  },
  logIn: async (reply: Reply) => {
    const { client } = createTenant({ 'POST /oauth/token': reply })
    await client.logIn({ identifier: person.email, password: person.password })
  },
  userinfo: async (reply: Reply) => {
    const { client } = createTenant({ 'GET /userinfo': reply })
    await client.logIn({ identifier: person.email, password: person.password })
  },
  read: async (reply: Reply) => {
    const { client } = createTenant({ 'GET /api/v2/users/auth0%7C6a1': reply })
    await client.logIn({ identifier: person.email, password: person.password })
  },
  save: async (reply: Reply) => {
    const { client } = createTenant({ 'PATCH /api/v2/users/auth0%7C6a1': reply })
    await client.logIn({ identifier: person.email, password: person.password })
    await client.updateMetadata({ company: 'Acme' })
  },
} as const

interface Case {
  readonly name: string
  readonly call: keyof typeof calls
  readonly reply: Reply
  readonly code: string
  /** Of the first issue; null for none. */
  readonly pointer: string | null
  readonly message: RegExp
  readonly retryAfter?: number
}

const database = (code: string, description: unknown, name = 'BadRequestError', status = 400): Reply => ({
  status,
  body: { name, code, description, statusCode: status },
})
const oauth = (status: number, error: string, error_description: string, more = {}): Reply => ({
  status,
  body: { error, error_description, ...more },
})
const management = (statusCode: number, error: string, message: string, errorCode?: string): Reply => ({
  status: statusCode,
  body: { statusCode, error, message, ...(errorCode && { errorCode }) },
})

const policy: Reply = {
  status: 400,
  body: {
    name: 'PasswordStrengthError',
    message: 'Password is too weak',
    code: 'invalid_password',
    description: {
      rules: [
        { message: 'At least %d characters in length', format: [8], code: 'lengthAtLeast', verified: true },
        {
          message: 'Contain at least %d of the following %d types of characters:',
          code: 'containsAtLeast',
          format: [3, 4],
          items: [
            { message: 'lower case letters (a-z)', code: 'lowerCase', verified: true },
            { message: 'upper case letters (A-Z)', code: 'upperCase', verified: false },
            { message: 'numbers (i.e. 0-9)', code: 'numbers', verified: false },
            { message: 'special characters (e.g. !@#$%^&*)', code: 'specialCharacters', verified: false },
          ],
          verified: false,
        },
        { message: 'No more than %d identical characters', code: 'identicalChars', format: [2, 'aaa'], verified: true },
      ],
      verified: false,
    },
    policy: '* At least 8 characters in length\n* Contain at least 3 of the following 4 types of characters:',
    statusCode: 400,
  },
}

const cases: readonly Case[] = [
  {
    ...{ name: 'the address is taken, and the tenant says so', call: 'signUp', code: 'user_exists', pointer: '/email' },
    ...{ reply: database('user_exists', 'The user already exists.'), message: /There is an account with this e-mail/ },
  },
  {
    ...{ name: 'the user name is taken', call: 'signUp', code: 'username_taken', pointer: '/username' },
    ...{
      reply: database('user_exists', 'The user already exists (username: test123).'),
      message: /user name is taken/,
    },
  },
  {
    ...{
      name: 'the user name is taken, in its own word',
      call: 'signUp',
      code: 'username_taken',
      pointer: '/username',
    },
    ...{ reply: database('username_exists', 'The username already exists'), message: /user name is taken/ },
  },
  {
    ...{ name: 'the address is taken, and the tenant does not say so', call: 'signUp', code: 'signup_rejected' },
    ...{ reply: database('invalid_signup', 'Invalid sign up'), pointer: null, message: /cannot be made with these/ },
  },
  {
    ...{ name: 'the status that the documents name', call: 'signUp', code: 'user_exists', pointer: '/email' },
    ...{ reply: { status: 409, body: 'Conflict' }, message: /There is an account with this e-mail/ },
  },
  {
    ...{ name: 'a weak password', call: 'signUp', code: 'password_weak', pointer: '/password' },
    ...{ reply: policy, message: /stronger password/ },
  },
  {
    ...{ name: 'a common password', call: 'signUp', code: 'password_weak', pointer: '/password' },
    ...{
      reply: database('invalid_password', 'Password is not allowed', 'PasswordDictionaryError'),
      message: /stronger/,
    },
  },
  {
    ...{ name: 'a password with personal data', call: 'signUp', code: 'password_weak', pointer: '/password' },
    ...{ reply: database('invalid_password', 'Contains user info', 'PasswordNoUserInfoError'), message: /stronger/ },
  },
  {
    ...{ name: 'a leaked password', call: 'signUp', code: 'password_leaked', pointer: '/password' },
    ...{ reply: database('password_leaked', 'This login has been blocked'), message: /known from a leak/ },
  },
  {
    ...{ name: 'metadata that is no text', call: 'signUp', code: 'invalid_type', pointer: '/user_metadata/company' },
    ...{ reply: { status: 400, body: { error: 'invalid user_metadata.company type (only strings are allowed)' } } },
    message: /kind of value cannot be stored/,
  },
  {
    ...{ name: 'such with a name that a pointer escapes', call: 'signUp', code: 'invalid_type' },
    ...{ reply: { status: 400, body: { error: 'invalid user_metadata.a/b~c type (only strings are allowed)' } } },
    ...{ pointer: '/user_metadata/a~1b~0c', message: /kind of value cannot be stored/ },
  },
  {
    ...{ name: 'metadata that is no object', call: 'signUp', code: 'invalid_type', pointer: '/user_metadata' },
    ...{
      reply: { status: 400, body: { error: 'invalid user_metadata type (expected object)' } },
      message: /kind of value/,
    },
  },
  {
    ...{ name: 'a value that is too long', call: 'signUp', code: 'value_too_long', pointer: '/user_metadata/company' },
    ...{ reply: { status: 400, body: { error: 'invalid user_metadata.company length (must be less than 500)' } } },
    message: /too long/,
  },
  {
    ...{ name: 'sign-up is switched off', call: 'signUp', code: 'signup_rejected', pointer: null },
    ...{ reply: { status: 400, body: { error: 'public signup is disabled' } }, message: /cannot be made/ },
  },
  {
    ...{ name: "the tenant's own code said no", call: 'signUp', code: 'signup_rejected', pointer: null },
    ...{ reply: database('hook_error', 'Ask your administrator <b>now</b>', 'HookError'), message: /cannot be made/ },
  },
  {
    ...{ name: 'a rule refused', call: 'signUp', code: 'signup_rejected', pointer: null },
    ...{ reply: { status: 401, body: { code: 'unauthorized', description: 'no' } }, message: /cannot be made/ },
  },
  {
    ...{ name: 'somebody should prove to be human', call: 'signUp', code: 'captcha_required', pointer: null },
    ...{ reply: database('invalid_captcha', 'Invalid captcha value'), message: /log-in page of the account system/ },
  },
  {
    ...{ name: 'too many sign-ups', call: 'signUp', code: 'rate_limited', pointer: null, retryAfter: 30 },
    reply: {
      ...{ status: 429, body: 'Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and so on.' },
      headers: { date: 'Sun, 01 Mar 2026 12:00:00 GMT', 'x-ratelimit-reset': '1772366430' },
    },
    message: /Too many tries/,
  },
  {
    ...{ name: 'a word that nobody knows', call: 'signUp', code: 'invalid_request', pointer: '' },
    ...{ reply: { status: 400, body: { code: 'flux_capacitor', description: 'x' } }, message: /answer 400/ },
  },
  {
    ...{ name: 'a page', call: 'signUp', code: 'server_error', pointer: '' },
    ...{ reply: { status: 502, body: '<html>Bad gateway</html>' }, message: /answer 502/ },
  },
  {
    ...{ name: 'a status that nobody knows', call: 'signUp', code: 'bad_response', pointer: '' },
    ...{ reply: { status: 418 }, message: /answer 418/ },
  },
  {
    ...{ name: 'wrong credentials', call: 'logIn', code: 'invalid_credentials', pointer: null },
    ...{ reply: oauth(403, 'invalid_grant', 'Wrong email or password.'), message: /or the password is wrong/ },
  },
  {
    ...{ name: 'wrong credentials, in the older word', call: 'logIn', code: 'invalid_credentials', pointer: null },
    ...{ reply: oauth(401, 'invalid_user_password', 'Wrong email or password.'), message: /or the password is wrong/ },
  },
  {
    ...{ name: 'a second proof is needed', call: 'logIn', code: 'mfa_required', pointer: null },
    reply: oauth(403, 'mfa_required', 'Multifactor authentication required', { mfa_token: 'mfa-secret-token' }),
    message: /second proof/,
  },
  {
    ...{ name: 'a robot is suspected', call: 'logIn', code: 'captcha_required', pointer: null },
    ...{ reply: oauth(401, 'requires_verification', 'Suspicious request requires verification'), message: /confirmed/ },
  },
  {
    ...{ name: 'the address is not verified, says an action', call: 'logIn', code: 'email_unverified', pointer: null },
    ...{ reply: oauth(403, 'access_denied', 'Please verify your email before logging in.'), message: /Confirm your/ },
  },
  {
    ...{ name: 'an action refused', call: 'logIn', code: 'forbidden', pointer: null },
    ...{ reply: oauth(403, 'access_denied', 'Not on a Sunday'), message: /refused this/ },
  },
  {
    ...{ name: 'a blocked person', call: 'logIn', code: 'account_blocked', pointer: null },
    ...{ reply: oauth(401, 'unauthorized', 'user is blocked'), message: /account is blocked/ },
  },
  {
    ...{ name: 'too many wrong passwords', call: 'logIn', code: 'account_blocked', pointer: null },
    ...{ reply: oauth(429, 'too_many_attempts', 'Your account has been blocked'), message: /account is blocked/ },
  },
  {
    ...{ name: 'too many log-ins', call: 'logIn', code: 'rate_limited', pointer: null, retryAfter: 7 },
    reply: { ...oauth(429, 'too_many_requests', 'Too many requests'), headers: { 'retry-after': '7' } },
    message: /Too many tries/,
  },
  {
    ...{ name: 'a leaked password at log-in', call: 'logIn', code: 'password_leaked', pointer: null },
    ...{ reply: oauth(401, 'password_leaked', 'The password has been leaked'), message: /known from a leak/ },
  },
  {
    ...{ name: 'the application may not log in by form', call: 'logIn', code: 'forbidden', pointer: '' },
    reply: oauth(403, 'unauthorized_client', "Grant type 'password-realm' not allowed for the client."),
    message: /answer 403/,
  },
  {
    ...{ name: 'no such grant', call: 'logIn', code: 'forbidden', pointer: '' },
    ...{ reply: oauth(403, 'unsupported_grant_type', 'Unsupported grant type'), message: /answer 403/ },
  },
  {
    ...{ name: 'no such application', call: 'logIn', code: 'forbidden', pointer: '' },
    ...{ reply: oauth(401, 'invalid_client', 'Unknown client'), message: /answer 401/ },
  },
  {
    ...{ name: 'no such audience', call: 'logIn', code: 'forbidden', pointer: '' },
    ...{ reply: oauth(403, 'access_denied', 'Service not found: https://other/api/v2/'), message: /answer 403/ },
  },
  {
    ...{ name: 'another origin', call: 'logIn', code: 'forbidden', pointer: '' },
    ...{ reply: { status: 403, body: 'Origin https://x.example is not allowed.' }, message: /answer 403/ },
  },
  {
    ...{ name: 'a 401 that says nothing', call: 'logIn', code: 'forbidden', pointer: '' },
    ...{ reply: { status: 401, body: 'Unauthorized' }, message: /answer 401/ },
  },
  {
    ...{ name: 'a token that /userinfo does not take', call: 'userinfo', code: 'unauthenticated', pointer: '' },
    ...{ reply: { status: 401, body: 'Unauthorized' }, message: /logged out/ },
  },
  {
    ...{ name: 'a token that the Management API does not take', call: 'read', code: 'unauthenticated', pointer: null },
    ...{ reply: management(401, 'Unauthorized', 'Invalid token', 'invalid_token'), message: /logged out/ },
  },
  {
    ...{ name: 'a person who was deleted', call: 'read', code: 'unauthenticated', pointer: null },
    ...{ reply: management(404, 'Not Found', 'The user does not exist.', 'inexistent_user'), message: /logged out/ },
  },
  {
    ...{ name: 'a right that is missing', call: 'read', code: 'insufficient_scope', pointer: '' },
    reply: management(403, 'Forbidden', 'Insufficient scope, expected any of: read:users', 'insufficient_scope'),
    message: /read:current_user/,
  },
  {
    ...{ name: 'a right to save that is missing', call: 'save', code: 'insufficient_scope', pointer: '' },
    reply: management(403, 'Forbidden', 'Insufficient scope, expected any of: update:users', 'insufficient_scope'),
    message: /update:current_user_metadata/,
  },
  {
    ...{ name: 'a name with a dot', call: 'save', code: 'invalid_field_name', pointer: '/user_metadata' },
    reply: management(400, 'Bad Request', 'Fields with "." are not allowed, please remove all dotted fields.', 'x'),
    message: /name that cannot be stored/,
  },
  {
    ...{ name: 'a body that breaks the schema', call: 'save', code: 'invalid_request', pointer: null },
    reply: management(
      400,
      'Bad Request',
      "Payload validation error: 'Additional properties not allowed'",
      'invalid_body',
    ),
    message: /did not understand/,
  },
  {
    ...{ name: 'too many saves', call: 'save', code: 'rate_limited', pointer: null },
    reply: management(429, 'Too Many Requests', 'Global limit has been reached', 'too_many_requests'),
    message: /Too many tries/,
  },
  {
    ...{ name: 'what nobody knows about a save', call: 'save', code: 'invalid_request', pointer: '' },
    ...{ reply: management(400, 'Bad Request', 'The moon is full', 'full_moon'), message: /answer 400/ },
  },
]

async function refusalOf({ call, reply }: Pick<Case, 'call' | 'reply'>): Promise<LatchkeyError> {
  const error: unknown = await calls[call](reply).catch((reason: unknown) => reason)
  if (!isLatchkeyError(error)) throw new Error(`it was not refused, but: ${String(error)}`)
  return error
}

describe('each refusal', () => {
  test.each(cases)('$call: $name', async (given) => {
    const error = await refusalOf(given)
    expect(error.code).toBe(given.code)
    expect(error.issues?.[0].pointer ?? null).toBe(given.pointer)
    expect(error.status).toBe(given.reply.status)
    expect(messageOf(enErrors, error.issues?.[0] ?? error)).toMatch(given.message)
    if (given.retryAfter !== undefined) expect(error.retryAfter).toBe(given.retryAfter)
    const said = `${error.message} ${error.stack} ${JSON.stringify(error)}`
    expect(said).not.toMatch(/correct horse|access-1|refresh-1|mfa-secret|administrator|full moon/i)
  })
})

test('a password policy comes as a list of what is met and what is not', async () => {
  const rules = async (reply: Reply) => (await refusalOf({ call: 'signUp', reply })).issues?.[0].rules
  expect(await rules(policy)).toEqual([
    { code: 'length_at_least', verified: true, params: { min: 8 } },
    { code: 'contains_at_least', verified: false, params: { min: 3, of: 4 } },
    { code: 'lower_case', verified: true },
    { code: 'upper_case', verified: false },
    { code: 'numbers', verified: false },
    { code: 'special_characters', verified: false },
    { code: 'identical_characters', verified: true, params: { max: 2 } },
  ])
  expect(await rules(database('invalid_password', 'x', 'PasswordDictionaryError'))).toEqual([
    { code: 'not_common', verified: false },
  ])
  expect(await rules(database('invalid_password', 'x', 'PasswordHistoryError'))).toEqual([
    { code: 'not_reused', verified: false },
  ])
  const odd = { rules: [{ code: 'moonPhase', verified: false, format: ['correct horse'] }, null, { code: 7 }] }
  expect(await rules(database('invalid_password', odd, 'PasswordStrengthError'))).toEqual([
    { code: 'other', verified: false },
    { code: 'other', verified: false },
  ])
  expect(await rules(database('invalid_password', 'only a text', 'PasswordStrengthError'))).toBeUndefined()
})
