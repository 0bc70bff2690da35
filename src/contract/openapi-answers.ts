// The parts the calls of the contract's OpenAPI document are made of: bodies, answers, and refusals by status with their codes.
import type { JsonObject } from './json.ts'
import { MAX_BODY_BYTES } from './limits.ts'
import { ref } from './openapi-schemas.ts'

interface Refusal {
  readonly description: string
  /** Codes it may have, beside those of single values. */
  readonly codes: readonly string[]
  readonly headers?: readonly HeaderName[]
}

type HeaderName = 'ETag' | 'Set-Cookie' | 'WWW-Authenticate' | 'Accept-Patch' | 'Retry-After'

/** Every refusal of the contract by its status. */
const REFUSALS = {
  400: { description: 'The body is no JSON object, or has a key twice.', codes: ['invalid_request'] },
  401: {
    description: 'Nobody is signed in, or identifier and password do not belong together.',
    codes: ['unauthenticated', 'invalid_credentials'],
    headers: ['WWW-Authenticate'],
  },
  403: {
    description: 'The origin of a write is not allowed, or the address of the account is not verified yet.',
    codes: ['forbidden', 'email_unverified'],
  },
  404: { description: 'There is no such account.', codes: ['not_found'] },
  409: {
    description: 'The address or the user name has an account, or the same request is still under way.',
    codes: ['user_exists', 'username_taken', 'request_in_progress'],
  },
  412: { description: 'The profile has another version than If-Match names.', codes: ['version_conflict'] },
  413: { description: `The body has more than ${MAX_BODY_BYTES} bytes.`, codes: ['payload_too_large'] },
  415: {
    description: 'The body is not application/json.',
    codes: ['unsupported_media_type'],
    headers: ['Accept-Patch'],
  },
  422: {
    description: 'A value breaks a rule; `errors` say which and where. Nothing was stored.',
    codes: [
      ...['required', 'invalid_type', 'invalid_value', 'invalid_username', 'password_weak'],
      ...['unknown_field', 'invalid_field_name', 'reserved_field_name', 'metadata_too_large'],
    ],
  },
  429: { description: 'Too many requests.', codes: ['rate_limited'], headers: ['Retry-After'] },
  500: { description: 'An error of the server.', codes: ['server_error'] },
} as const satisfies Readonly<Record<number, Refusal>>

export type RefusalStatus = keyof typeof REFUSALS

const header = (description: string): JsonObject => ({ description, schema: { type: 'string' } })

export const HEADERS: Readonly<Record<HeaderName, JsonObject>> = {
  ETag: header('The version of the profile, for If-Match and If-None-Match.'),
  'Set-Cookie': header('The session, where a cookie carries it; with no answer that has tokens.'),
  'WWW-Authenticate': header('How to sign in (RFC 9110, 11.6.1); with every answer to a request without a session.'),
  'Accept-Patch': header('What a PATCH may be sent as (RFC 5789, 3.1); with the answer to a PATCH.'),
  'Retry-After': header('Seconds until the next try, or a date (RFC 9110, 10.2.3).'),
}

/** An answer with a JSON body and headers. */
export function answer(description: string, schema: string, headers: readonly HeaderName[] = []): JsonObject {
  return { ...empty(description, headers), content: { 'application/json': { schema: ref(schema) } } }
}

/** An answer without a body. */
export function empty(description: string, headers: readonly HeaderName[] = []): JsonObject {
  const named = headers.map((name): [string, JsonObject] => [name, { $ref: `#/components/headers/${name}` }])
  return { description, ...(named.length > 0 && { headers: Object.fromEntries(named) }) }
}

/** A request's body. */
export function body(schema: string): JsonObject {
  return { requestBody: { required: true, content: { 'application/json': { schema: ref(schema) } } } }
}

/** A body with one or more texts that are all required. */
export const texts = (...names: readonly string[]): JsonObject => ({
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: [...names],
          properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
          additionalProperties: false,
        },
      },
    },
  },
})

/** A reference to a header that a request may have. */
export function parameter(name: string): JsonObject {
  return { $ref: `#/components/parameters/${name}` }
}

/** References to the refusals of a call. */
export function refusals(...statuses: readonly RefusalStatus[]): JsonObject {
  return Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/Refused${status}` }]))
}

/** The refusals themselves, under the names the references lead to. */
export const RESPONSES: JsonObject = Object.fromEntries(
  Object.entries(REFUSALS).map(([status, { description, codes, ...more }]: [string, Refusal]) => {
    const said = `${description} Codes: ${codes.map((code) => `\`${code}\``).join(', ')}.`
    const content = { 'application/problem+json': { schema: ref('Problem') } }
    return [`Refused${status}`, { ...empty(said, more.headers), content }]
  }),
)
