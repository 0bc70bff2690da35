// The shapes of the account contract's answers, as schemas that a reply has to pass before anyone believes it.
import * as z from 'zod/mini'
import type { Issue } from './issues.ts'
import { isJsonObject } from './json.ts'
import { profileSchema } from './profile.ts'

/** Answer of profile and update. */
export const userAnswerSchema = z.object({ user: profileSchema })

/** A session that a page holds (RFC 6749, 5.1); `expires_in` is in seconds. */
export const tokensSchema = z.object({
  access_token: z.string().check(z.minLength(1)),
  token_type: z.string(),
  expires_in: z.optional(z.number()),
  refresh_token: z.optional(z.string()),
})

/** Answer of sign-up and log-in; `session` where the page asked for tokens. */
export const signInAnswerSchema = z.object({ user: profileSchema, session: z.optional(tokensSchema) })

/** Answer of `POST {base}/token`. */
export const refreshAnswerSchema = z.object({ session: tokensSchema })

/** Answer of `GET {base}/session`: a visitor who is signed out is an answer, not an error. */
export const sessionAnswerSchema = z.object({ user: z.nullable(profileSchema) })

/** RFC 9457 problem details with our `code`, and `errors` that point into the request body. */
export const problemSchema = z.object({
  code: z.string(),
  errors: z.optional(
    z.array(
      z.object({ pointer: z.string(), code: z.string(), params: z.optional(z.custom<Issue['params']>(isParams)) }),
    ),
  ),
})

function isParams(value: unknown): boolean {
  return (
    isJsonObject(value) && Object.values(value).every((param) => typeof param === 'string' || typeof param === 'number')
  )
}
