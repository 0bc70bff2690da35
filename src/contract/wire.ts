// The shapes of the account contract's answers, as schemas that a reply has to pass before anyone believes it.
import * as z from 'zod/mini'
import { profileSchema } from './profile.ts'

/** Answer of sign-up, log-in, profile and update. */
export const userAnswerSchema = z.object({ user: profileSchema })

/** Answer of `GET {base}/session`: a visitor who is signed out is an answer, not an error. */
export const sessionAnswerSchema = z.object({ user: z.nullable(profileSchema) })

const word = z.union([z.string(), z.number()])

/** RFC 9457 problem details with our `code`, and `errors` that point into the request body. */
export const problemSchema = z.object({
  code: z.string(),
  errors: z.optional(
    z.array(z.object({ pointer: z.string(), code: z.string(), params: z.optional(z.record(z.string(), word)) })),
  ),
})

/** Paths of the account contract, relative to its base address. */
export const PATHS = {
  signUp: '/signup',
  logIn: '/login',
  logOut: '/logout',
  session: '/session',
  profile: '/me',
} as const
