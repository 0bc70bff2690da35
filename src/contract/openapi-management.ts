// The management calls of the contract's OpenAPI document: what a site's own servers do to accounts.
import type { JsonObject, JsonValue } from './json.ts'
import { MAX_EMAIL_LENGTH, PASSWORD_LENGTH } from './limits.ts'
import { MANAGED_USERS } from './management.ts'
import { ROOT_ATTRIBUTES } from './names.ts'
import { answer, body, empty, parameter, type RefusalStatus, refusals } from './openapi-answers.ts'
import { nullable, ref, USERNAME } from './openapi-schemas.ts'

const BY_TOKEN: JsonObject = { tags: ['management'], security: [{ management: [] }] }

/** How any of these calls can be refused: without a token, from a page, or by an error. */
const ANY_CALL: readonly RefusalStatus[] = [401, 403, 500]
const ANY_WRITE: readonly RefusalStatus[] = [400, 413, 415, 422, ...ANY_CALL]

/** What management may set about any account. */
const MANAGED: JsonObject = {
  ...Object.fromEntries(ROOT_ATTRIBUTES.map((name): [string, JsonValue] => [name, nullable(ref('Attribute'))])),
  email_verified: { type: 'boolean' },
  username: {
    anyOf: [USERNAME, { enum: ['', null] }],
    description: 'null or an empty text removes it. Unknown where the server has no names to log in with.',
  },
  user_metadata: ref('Metadata'),
  app_metadata: ref('Metadata'),
}

export const MANAGEMENT_SCHEMAS: JsonObject = {
  ManagedUser: {
    allOf: [ref('Profile')],
    type: 'object',
    description: "A profile with the application's values about the person, which no page ever sees.",
    required: ['app_metadata'],
    properties: { app_metadata: { type: 'object' } },
  },
  NewUser: {
    type: 'object',
    required: ['email'],
    properties: {
      email: { type: 'string', minLength: 1, maxLength: MAX_EMAIL_LENGTH },
      password: { type: 'string', minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max, writeOnly: true },
      ...MANAGED,
    },
    additionalProperties: false,
  },
  ManagedUpdate: {
    type: 'object',
    description: 'As Update; app_metadata is merged as user_metadata is.',
    minProperties: 1,
    properties: MANAGED,
    additionalProperties: false,
  },
  ManagedUserAnswer: {
    type: 'object',
    required: ['user'],
    properties: {
      user: ref('ManagedUser'),
      dropped: {
        type: 'array',
        items: { type: 'string' },
        description: 'JSON pointers to what was sent and not stored, as the site keeps no such attribute.',
      },
    },
  },
  ManagedUsersAnswer: {
    type: 'object',
    required: ['users', 'page', 'per_page', 'total'],
    properties: {
      users: { type: 'array', items: ref('ManagedUser') },
      page: { type: 'integer', minimum: 0 },
      per_page: { type: 'integer', minimum: 1 },
      total: { type: 'integer', minimum: 0 },
    },
  },
}

const inQuery = (name: string, schema: JsonObject, description: string): JsonObject => ({
  ...{ name, in: 'query', description, schema },
})

const ID: JsonObject = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }

export const MANAGEMENT_CALLS: JsonObject = {
  [MANAGED_USERS]: {
    get: {
      operationId: 'listUsers',
      summary: 'Finds an account by its address, or lists all in the order they were made',
      ...BY_TOKEN,
      parameters: [
        inQuery('email', { type: 'string' }, 'The address, in whatever case; the page then has one account or none.'),
        inQuery('page', { type: 'integer', minimum: 0, default: 0 }, 'Counts from 0.'),
        inQuery('per_page', { type: 'integer', minimum: 1, maximum: 100, default: 50 }, 'Accounts on a page.'),
      ],
      responses: { 200: answer('A page of accounts.', 'ManagedUsersAnswer', ['ETag']), ...refusals(400, ...ANY_CALL) },
    },
    post: {
      operationId: 'createUser',
      summary: 'Makes an account, which without a password nobody can log in to',
      ...BY_TOKEN,
      parameters: [parameter('IdempotencyKey')],
      ...body('NewUser'),
      responses: { 201: answer('The account.', 'ManagedUserAnswer', ['ETag']), ...refusals(409, ...ANY_WRITE) },
    },
  },
  [`${MANAGED_USERS}/{id}`]: {
    parameters: [ID],
    get: {
      operationId: 'readUser',
      summary: 'Reads an account',
      ...BY_TOKEN,
      responses: { 200: answer('The account.', 'ManagedUserAnswer', ['ETag']), ...refusals(404, ...ANY_CALL) },
    },
    patch: {
      operationId: 'updateUser',
      summary: 'Changes an account',
      ...BY_TOKEN,
      parameters: [parameter('IfMatch'), parameter('IdempotencyKey')],
      ...body('ManagedUpdate'),
      responses: {
        200: answer('The account as it is now.', 'ManagedUserAnswer', ['ETag']),
        ...refusals(404, 409, 412, ...ANY_WRITE),
      },
    },
    delete: {
      operationId: 'deleteUser',
      summary: 'Deletes an account and ends its sessions',
      ...BY_TOKEN,
      responses: { 204: empty('It is gone.'), ...refusals(404, ...ANY_CALL) },
    },
  },
}
