// The shapes of Auth0's answers, as schemas that a reply has to pass before anyone believes it.
import * as z from 'zod/mini'
import { isJsonObject } from '../contract/json.ts'
import { profileSchema } from '../contract/profile.ts'

const word = z.string().check(z.minLength(1))
/** What the Authorization header can carry (RFC 6750, 2.1); a browser's error would quote anything else. */
const token = z.string().check(z.regex(/^[\x21-\x7e]+$/))

/** Answer of `POST /oauth/token`; `expires_in` is in seconds. */
export const tokenAnswerSchema = z.object({
  access_token: token,
  token_type: z.string(),
  expires_in: z.optional(z.number()),
  refresh_token: z.optional(token),
  id_token: z.optional(word),
  scope: z.optional(z.string()),
})

export type TokenAnswer = z.infer<typeof tokenAnswerSchema>

/** Answer of `GET /userinfo`: whose token it is. */
export const userInfoSchema = z.object({ sub: word })

/** Answer of `/dbconnections/signup`: the id comes under one of three names, and the first lacks its prefix. */
export const signUpAnswerSchema = z.pipe(
  z.transform((answer: unknown) => {
    if (!isJsonObject(answer)) return answer
    const id = answer._id ?? answer.id ?? answer.user_id
    return { ...answer, id: typeof id === 'string' && !id.includes('|') ? `auth0|${id}` : id }
  }),
  profileSchema,
)

/** An account as the Management API has it. */
export const auth0UserSchema = z.pipe(z.transform(withId), profileSchema)

/** Such an account with our name for its id. */
export function withId(answer: unknown): unknown {
  return isJsonObject(answer) ? { ...answer, id: answer.user_id } : answer
}
