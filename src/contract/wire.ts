// The shapes of the account contract's answers, as schemas that a reply has to pass before anyone believes it.
import * as z from 'zod/mini'
import type { Issue } from './issues.ts'
import { isJsonObject } from './json.ts'
import { profileSchema, text } from './profile.ts'

/** Answer of profile and update. */
export const userAnswerSchema = z.object({ user: profileSchema })

/** Answer of sign-up and log-in where the page asked for tokens. */
export const signInAnswerSchema = z.object({ user: profileSchema, session: z.optional(z.custom<unknown>()) })

/** Answer of `POST {base}/token`. */
export const refreshAnswerSchema = z.object({ session: z.custom<unknown>() })

/** Answer of `GET {base}/session`: a visitor who is signed out is an answer, not an error. */
export const sessionAnswerSchema = z.object({ user: z.nullable(profileSchema) })

interface ProblemIssue {
  readonly code: string
  readonly pointer: string
  readonly params?: Issue['params']
}

/** RFC 9457 problem details with our `code`, and `errors` that point into the request body. */
export const problemSchema = z.object({
  code: text,
  errors: z.optional(
    z.custom<readonly ProblemIssue[]>((errors) => Array.isArray(errors) && errors.every(isProblemIssue)),
  ),
})

function isProblemIssue(value: unknown): boolean {
  if (!isJsonObject(value)) return false
  const { code, pointer, params = {} } = value
  return typeof code === 'string' && typeof pointer === 'string' && isParams(params)
}

function isParams(value: unknown): boolean {
  return (
    isJsonObject(value) && Object.values(value).every((param) => typeof param === 'string' || typeof param === 'number')
  )
}
