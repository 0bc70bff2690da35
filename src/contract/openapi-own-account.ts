// The calls of the contract's OpenAPI document that are about one's own account beside the profile.
import type { JsonObject } from './json.ts'
import { answer, empty, type RefusalStatus, refusals, texts } from './openapi-answers.ts'
import { OPTIONAL_PATHS } from './paths.ts'

const OPTIONAL = 'A server may leave this call out.'

const ANY_WRITE: readonly RefusalStatus[] = [400, 401, 403, 413, 415, 422, 429, 500]

const SIGNED_IN: JsonObject = { security: [{ cookie: [] }, { bearer: [] }] }

/** Beside reading and changing it. */
export const DELETE_PROFILE: JsonObject = {
  operationId: 'deleteAccount',
  summary: 'Deletes the account',
  description: OPTIONAL,
  ...SIGNED_IN,
  ...texts('password'),
  responses: { 204: empty('There is no account any more.', ['Set-Cookie']), ...refusals(...ANY_WRITE) },
}

export const OWN_ACCOUNT_CALLS: JsonObject = {
  [OPTIONAL_PATHS.changeEmail]: {
    post: {
      operationId: 'changeEmail',
      summary: 'Asks at a new address whether it is theirs',
      description: `${OPTIONAL} The address of the account changes once the mail is answered, and the old address is told. The answer is the same for an address that has an account.`,
      ...SIGNED_IN,
      ...texts('email', 'password'),
      responses: { 202: answer('A mail tells how to go on.', 'NeedsVerification'), ...refusals(...ANY_WRITE) },
    },
  },
  [OPTIONAL_PATHS.changePassword]: {
    post: {
      operationId: 'changePassword',
      summary: 'Replaces the password',
      description: `${OPTIONAL} Every session but the one that asks ends.`,
      ...SIGNED_IN,
      ...texts('current', 'password'),
      responses: { 204: empty('The password is replaced.'), ...refusals(...ANY_WRITE) },
    },
  },
  [OPTIONAL_PATHS.sessions]: {
    get: {
      operationId: 'listSessions',
      summary: 'Lists the sessions of the account',
      description: OPTIONAL,
      ...SIGNED_IN,
      responses: { 200: answer('The sessions, the latest first.', 'Sessions'), ...refusals(401, 500) },
    },
    delete: {
      operationId: 'endOtherSessions',
      summary: 'Ends every session but the one that asks',
      description: OPTIONAL,
      ...SIGNED_IN,
      responses: { 204: empty('They have ended.'), ...refusals(401, 403, 500) },
    },
  },
  [`${OPTIONAL_PATHS.sessions}/{id}`]: {
    delete: {
      operationId: 'endSession',
      summary: 'Ends a session of the account',
      description: OPTIONAL,
      ...SIGNED_IN,
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { 204: empty('It has ended.'), ...refusals(401, 403, 404, 500) },
    },
  },
  [OPTIONAL_PATHS.exportAccount]: {
    get: {
      operationId: 'exportAccount',
      summary: 'Answers everything the person may see that is kept about them',
      description: OPTIONAL,
      ...SIGNED_IN,
      responses: { 200: answer('The data, as a file to keep.', 'Export'), ...refusals(401, 500) },
    },
  },
}
