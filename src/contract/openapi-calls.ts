// The calls of the contract's OpenAPI document: what each takes, what it answers, and how it can be refused.
import type { JsonObject } from './json.ts'
import { answer, body, empty, parameter, type RefusalStatus, refusals, texts } from './openapi-answers.ts'
import { DELETE_PROFILE, OWN_ACCOUNT_CALLS } from './openapi-own-account.ts'
import { OPTIONAL_PATHS, PATHS } from './paths.ts'

/** How any write can be refused: by its origin, type, size or form, by a limit, or by an error. */
const ANY_WRITE: readonly RefusalStatus[] = [400, 403, 413, 415, 422, 429, 500]

const SIGNED_IN: JsonObject = { security: [{ cookie: [] }, { bearer: [] }] }
const OPTIONAL = 'A server may leave this call out.'

export const CALLS: JsonObject = {
  [PATHS.signUp]: {
    post: {
      operationId: 'signUp',
      summary: 'Makes an account',
      parameters: [parameter('IdempotencyKey')],
      ...body('SignUp'),
      responses: {
        201: answer('The account, with the session that was asked for.', 'SignUpAnswer', ['ETag', 'Set-Cookie']),
        202: answer(
          'A mail tells how to go on; the same answer for an address that has an account.',
          'NeedsVerification',
        ),
        ...refusals(401, 409, ...ANY_WRITE),
      },
    },
  },
  [PATHS.logIn]: {
    post: {
      operationId: 'logIn',
      summary: 'Begins a session',
      description: 'A wrong password and an unknown identifier get the same answer.',
      ...body('LogIn'),
      responses: {
        200: answer('The account, with the session that was asked for.', 'UserAnswer', ['ETag', 'Set-Cookie']),
        ...refusals(401, ...ANY_WRITE),
      },
    },
  },
  [PATHS.logOut]: {
    post: {
      operationId: 'logOut',
      summary: 'Ends the session',
      description: 'Also where there is none. A token counts before a cookie, which is then left alone.',
      security: [{}, { cookie: [] }, { bearer: [] }],
      requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
      responses: { 204: empty('No session is left.', ['Set-Cookie']), ...refusals(403, 415, 500) },
    },
  },
  [PATHS.session]: {
    get: {
      operationId: 'readSession',
      summary: 'Says who is signed in',
      security: [{}, { cookie: [] }, { bearer: [] }],
      responses: { 200: answer('The profile, or null for nobody.', 'SessionAnswer', ['ETag']), ...refusals(500) },
    },
  },
  [PATHS.profile]: {
    get: {
      operationId: 'readProfile',
      summary: 'Reads the profile',
      ...SIGNED_IN,
      parameters: [parameter('IfNoneMatch')],
      responses: {
        200: answer('The profile.', 'UserAnswer', ['ETag']),
        304: empty('The version is still the one that was named.', ['ETag']),
        ...refusals(401, 500),
      },
    },
    patch: {
      operationId: 'updateProfile',
      summary: 'Changes the profile',
      ...SIGNED_IN,
      parameters: [parameter('IfMatch'), parameter('IdempotencyKey')],
      ...body('Update'),
      responses: {
        200: answer('The profile as it is now.', 'UserAnswer', ['ETag']),
        ...refusals(401, 409, 412, ...ANY_WRITE),
      },
    },
    delete: DELETE_PROFILE,
  },
  [OPTIONAL_PATHS.refresh]: {
    post: {
      operationId: 'refreshSession',
      summary: 'Gets the next tokens of a session',
      description: `${OPTIONAL} Each answer has a new refresh token. The one before stays good until a token of the answer is used, and gets the same successor; used after that, it ends the session.`,
      ...texts('refresh_token'),
      responses: { 200: answer('The next tokens.', 'RefreshAnswer'), ...refusals(401, ...ANY_WRITE) },
    },
  },
  [OPTIONAL_PATHS.config]: {
    get: {
      operationId: 'readConfig',
      summary: 'Says what this server is like',
      description: OPTIONAL,
      responses: { 200: answer('What it is like.', 'Config') },
    },
  },
  [OPTIONAL_PATHS.forgotPassword]: {
    post: {
      operationId: 'forgotPassword',
      summary: 'Sends a mail to set a new password with',
      description: `${OPTIONAL} The answer is the same whether the address has an account.`,
      ...texts('email'),
      responses: { 202: empty('If there is such an account, a mail is on its way.'), ...refusals(...ANY_WRITE) },
    },
  },
  [OPTIONAL_PATHS.resetPassword]: {
    post: {
      operationId: 'resetPassword',
      summary: 'Sets a new password with the token of a mail',
      description: `${OPTIONAL} A token is good once; every session of the account ends.`,
      ...texts('token', 'password'),
      responses: { 204: empty('The password is set.'), ...refusals(...ANY_WRITE) },
    },
  },
  [OPTIONAL_PATHS.verifyEmail]: {
    post: {
      operationId: 'verifyEmail',
      summary: 'Shows that an address is theirs with the token of a mail',
      description: `${OPTIONAL} The token makes the account of a sign-up, verifies the address of an account, which may need its session, or gives an account its new address. Nobody is logged in by it.`,
      ...texts('token'),
      security: [{}, { cookie: [] }, { bearer: [] }],
      responses: { 204: empty('The address is verified.'), ...refusals(401, 409, ...ANY_WRITE) },
    },
  },
  [OPTIONAL_PATHS.resendEmail]: {
    post: {
      operationId: 'resendEmail',
      summary: 'Sends the mail with the token once more',
      description: `${OPTIONAL} The answer is the same whether anything waits at the address.`,
      ...texts('email'),
      responses: { 202: empty('If anything waits there, a mail is on its way.'), ...refusals(...ANY_WRITE) },
    },
  },
  ...OWN_ACCOUNT_CALLS,
}
