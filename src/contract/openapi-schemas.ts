// The schemas of the contract's OpenAPI document: what travels in bodies, as JSON Schema 2020-12.
import { CODES } from './codes.ts'
import type { JsonObject, JsonValue } from './json.ts'
import { MAX_DEPTH, MAX_EMAIL_LENGTH, MAX_METADATA_BYTES, MAX_NAME_LENGTH, PASSWORD_LENGTH } from './limits.ts'
import { PROTOTYPE_NAMES, RESERVED_NAMES, ROOT_ATTRIBUTES } from './names.ts'

export const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` })

const text = (description: string): JsonObject => ({ type: 'string', description })
const dateTime = (description: string): JsonObject => ({ type: 'string', format: 'date-time', description })

/** Letters of a name: no ".", no "$", no NUL; their number is counted in code points. */
const NAME = `[^.$\\u0000]{1,${MAX_NAME_LENGTH}}`

/** Names that no object may have, at any depth. */
const NO_PROTOTYPE: JsonObject = { not: { enum: [...PROTOTYPE_NAMES] } }

/** A text without NUL: some databases cannot store one. */
const TEXT: JsonObject = { type: 'string', pattern: '^[^\\u0000]*$' }

/** Attributes of a profile that the server sets, in the order they are told. */
const SERVER_ATTRIBUTES = {
  id: text('The id of the account; it never changes.'),
  email: { type: 'string', format: 'email', maxLength: MAX_EMAIL_LENGTH, description: 'As it was typed.' },
  email_verified: { type: 'boolean', description: 'Whether the address was shown to be theirs.' },
  username: text('A name to log in with, where there are such.'),
  phone_verified: { type: 'boolean', description: 'Whether the number was shown to be theirs.' },
  created_at: dateTime('When the account was made.'),
  updated_at: dateTime('When the profile was last changed.'),
  last_login: dateTime('When somebody last logged in.'),
  logins_count: { type: 'integer', minimum: 0, description: 'How often somebody logged in.' },
  identities: { type: 'array', items: ref('Identity'), description: 'Accounts elsewhere that belong to this one.' },
} satisfies JsonObject

/** Attributes that a person may set, at sign-up and later. */
const OWN_ATTRIBUTES: JsonObject = Object.fromEntries(
  ROOT_ATTRIBUTES.map((name): [string, JsonValue] => [name, { $ref: `#/components/schemas/Attribute` }]),
)

/** A name to log in with, where the server has such; one account for each, whatever its case. */
export const USERNAME: JsonObject = { type: 'string', pattern: '^[A-Za-z0-9._-]{2,30}$' }

/** How a sign-up or log-in wants its session. */
const wish = (...kinds: readonly string[]): JsonObject => ({
  session: {
    type: 'string',
    enum: [...kinds],
    default: 'cookie',
    description: 'bearer is refused where the server carries no session by a token; none makes the account only.',
  },
  remember: {
    type: 'boolean',
    default: true,
    description: 'false ends the session with the browser, and sooner on the server.',
  },
})

export const nullable = (schema: JsonValue): JsonValue => ({ anyOf: [schema, { type: 'null' }] })

export const SCHEMAS: JsonObject = {
  Profile: {
    type: 'object',
    description: 'What is known about a person. There may be further attributes, which a client leaves alone.',
    required: ['id', 'email', 'email_verified', 'user_metadata'],
    properties: {
      ...SERVER_ATTRIBUTES,
      ...Object.fromEntries(ROOT_ATTRIBUTES.map((name): [string, JsonValue] => [name, { type: 'string' }])),
      user_metadata: { type: 'object', description: "The person's own values. Always there, empty or not." },
    },
  },
  Identity: {
    type: 'object',
    required: ['provider', 'user_id'],
    properties: {
      provider: text('Kind of account, such as auth0 or google-oauth2.'),
      user_id: text('The id there.'),
      connection: text('Name of the connection it came through.'),
      isSocial: { type: 'boolean', description: "Whether it is a social network's." },
    },
  },
  Attribute: { ...TEXT, description: 'A standard attribute; an empty text is no value.' },
  Value: {
    description: `A value of user_metadata, at most ${MAX_DEPTH} levels deep.`,
    anyOf: [
      { type: ['number', 'boolean', 'null'] },
      TEXT,
      { type: 'array', items: ref('Value') },
      {
        type: 'object',
        propertyNames: { allOf: [{ pattern: `^${NAME}$` }, NO_PROTOTYPE] },
        additionalProperties: ref('Value'),
      },
    ],
  },
  Metadata: {
    type: 'object',
    description: `At most ${MAX_METADATA_BYTES} bytes of JSON. null is no value, and removes the key in an update; any name may be removed.`,
    propertyNames: NO_PROTOTYPE,
    patternProperties: { [`^(?!(?:${RESERVED_NAMES.join('|')})$)${NAME}$`]: ref('Value') },
    additionalProperties: { type: 'null' },
  },
  SignUp: {
    type: 'object',
    required: ['email', 'password'],
    properties: {
      email: { type: 'string', minLength: 1, maxLength: MAX_EMAIL_LENGTH },
      password: { type: 'string', minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max, writeOnly: true },
      ...Object.fromEntries(Object.entries(OWN_ATTRIBUTES).map(([name, schema]) => [name, nullable(schema)])),
      username: { ...USERNAME, description: 'Required where the server has names to log in with, unknown elsewhere.' },
      user_metadata: ref('Metadata'),
      ...wish('cookie', 'bearer', 'none'),
    },
    additionalProperties: false,
  },
  LogIn: {
    type: 'object',
    required: ['identifier', 'password'],
    properties: {
      identifier: { ...TEXT, minLength: 1, description: 'The e-mail address, or the username where there are such.' },
      password: { type: 'string', minLength: 1, writeOnly: true },
      ...wish('cookie', 'bearer'),
    },
    additionalProperties: false,
  },
  Update: {
    type: 'object',
    description:
      'Replaces the attributes it names and merges user_metadata at its root: a key is replaced whole, null removes it, {} clears all. A null inside a value is stored. All or nothing.',
    minProperties: 1,
    properties: {
      ...Object.fromEntries(Object.entries(OWN_ATTRIBUTES).map(([name, schema]) => [name, nullable(schema)])),
      user_metadata: ref('Metadata'),
    },
    additionalProperties: false,
  },
  Session: {
    type: 'object',
    description: 'Only where a token carries the session (RFC 6749, 5.1); otherwise a cookie does.',
    required: ['access_token', 'token_type', 'expires_in'],
    properties: {
      access_token: text('For the header Authorization.'),
      token_type: { const: 'Bearer' },
      expires_in: { type: 'integer', minimum: 0, description: 'Seconds until the access token ends.' },
      refresh_token: text('Gets the next tokens, until the session ends.'),
    },
  },
  RefreshAnswer: { type: 'object', required: ['session'], properties: { session: ref('Session') } },
  UserAnswer: { type: 'object', required: ['user'], properties: { user: ref('Profile'), session: ref('Session') } },
  SignUpAnswer: {
    type: 'object',
    required: ['status', 'user'],
    properties: { status: { const: 'created' }, user: ref('Profile'), session: ref('Session') },
  },
  NeedsVerification: {
    type: 'object',
    required: ['status'],
    properties: { status: { const: 'needs_verification' } },
  },
  ListedSession: {
    type: 'object',
    required: ['id', 'kind', 'created_at', 'expires_at', 'current'],
    properties: {
      id: { type: 'string', description: 'Good for ending it, and for nothing else.' },
      kind: { enum: ['cookie', 'bearer'] },
      created_at: { type: 'string', format: 'date-time' },
      expires_at: { type: 'string', format: 'date-time' },
      current: { type: 'boolean', description: 'Whether it is the one that asks.' },
    },
  },
  Sessions: {
    type: 'object',
    required: ['sessions'],
    properties: { sessions: { type: 'array', items: ref('ListedSession') } },
  },
  Export: {
    type: 'object',
    required: ['user'],
    properties: { user: ref('Profile'), sessions: { type: 'array', items: ref('ListedSession') } },
  },
  SessionAnswer: {
    type: 'object',
    required: ['user'],
    properties: { user: nullable(ref('Profile')) },
  },
  Config: {
    type: 'object',
    description: 'Limits of this server. Limits for sign-up say that its metadata takes texts only.',
    properties: {
      limits: {
        type: 'object',
        properties: {
          signup: {
            type: 'object',
            properties: Object.fromEntries(
              ['maxFields', 'maxValue', 'maxName'].map((name): [string, JsonValue] => [name, { type: 'integer' }]),
            ),
          },
          metadata: { type: 'object', properties: { maxBytes: { type: 'integer' } } },
        },
      },
    },
  },
  Problem: {
    type: 'object',
    description: 'Problem details (RFC 9457). The code is stable; title and detail are for developers.',
    required: ['type', 'title', 'status', 'code'],
    properties: {
      type: { type: 'string', format: 'uri-reference' },
      title: { type: 'string' },
      status: { type: 'integer', minimum: 400, maximum: 599 },
      detail: { type: 'string' },
      code: { type: 'string', pattern: '^[a-z_]+$', examples: [...CODES] },
      errors: { type: 'array', minItems: 1, items: ref('Issue') },
    },
  },
  Issue: {
    type: 'object',
    description: 'One broken rule and where it was broken.',
    required: ['pointer', 'code'],
    properties: {
      pointer: {
        type: 'string',
        pattern: '^(/([^~/]|~[01])*)*$',
        description: 'JSON pointer (RFC 6901) into the body.',
      },
      code: { type: 'string', pattern: '^[a-z_]+$' },
      params: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
    },
  },
}
