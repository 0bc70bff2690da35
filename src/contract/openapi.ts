// The account contract as an OpenAPI 3.1 document, for servers in any language: made from the paths, limits and names used here.
import type { JsonObject } from './json.ts'
import { HEADERS, RESPONSES } from './openapi-answers.ts'
import { CALLS } from './openapi-calls.ts'
import { MANAGEMENT_CALLS, MANAGEMENT_SCHEMAS } from './openapi-management.ts'
import { SCHEMAS } from './openapi-schemas.ts'

const inHeader = (name: string, description: string): JsonObject => ({
  ...{ name, in: 'header', description, schema: { type: 'string' } },
})

/** The whole document; `version` is the package's. */
export function openApi(version: string): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Account contract of Latchkey',
      version,
      summary: 'Sign-up, log-in and the profile of a person, with values of their own in user_metadata.',
      description:
        'Names are written as they are, never re-cased. Writes need the type application/json and an allowed Origin, which a request with a token does without; sign-up, log-in and the next token never do. `latchkey conformance` shows whether a server keeps this.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [
      {
        url: '{base}',
        description: 'The base address of the calls.',
        variables: { base: { default: '/account' } },
      },
    ],
    tags: [{ name: 'management', description: "For the site's own servers; a server may leave these calls out." }],
    paths: { ...CALLS, ...MANAGEMENT_CALLS },
    components: {
      schemas: { ...SCHEMAS, ...MANAGEMENT_SCHEMAS },
      responses: RESPONSES,
      headers: HEADERS,
      parameters: {
        IfMatch: inHeader('If-Match', 'Ties the update to a version, or `*` to any.'),
        IfNoneMatch: inHeader('If-None-Match', 'The version that is known already.'),
        IdempotencyKey: inHeader('Idempotency-Key', 'The same for each try of one write, which is carried out once.'),
      },
      securitySchemes: {
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'session',
          description: "The name of the cookie is the server's own.",
        },
        management: { type: 'http', scheme: 'bearer', description: "A token of the site's servers, never of a page." },
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The access token of a session, for pages of another site. No cookie is looked at beside it.',
        },
      },
    },
  }
}
