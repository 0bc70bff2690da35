// The calls of the account contract that bring tokens, for sites that ask for such.
import { type Request, request } from '../client/request.ts'
import type { CallContext, SignInAnswer, Tokens } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import { isJsonObject } from '../contract/json.ts'
import { OPTIONAL_PATHS } from '../contract/paths.ts'
import { profileOf } from '../contract/profile.ts'
import { refreshAnswerSchema, signInAnswerSchema } from '../contract/wire.ts'

/** Makes a call that signs somebody in, and takes the tokens it brings. */
export async function signInByToken(context: CallContext, call: Request & { body: object }): Promise<SignInAnswer> {
  const body = { ...call.body, session: 'bearer' }
  const { data, version } = await request(context, { ...call, body }, signInAnswerSchema)
  if (!data.session) {
    const fix = "let the server hand out tokens, or leave session: 'bearer' out of rest()"
    throw unusable(`POST ${call.url} was answered without "session"; ${fix}`)
  }
  return { user: profileOf(data.user), version, tokens: tokensOf(data.session, context.now()) }
}

/** New tokens for a refresh token, which is then as good as used. */
export async function refresh(base: string, refreshToken: string, context: CallContext): Promise<Tokens> {
  const body = { refresh_token: refreshToken }
  const call = { method: 'POST', url: base + OPTIONAL_PATHS.refresh, body, credentials: 'omit' } as const
  const { data } = await request(context, call, refreshAnswerSchema)
  return tokensOf(data.session, context.now())
}

/** The tokens of an answer (RFC 6749, 5.1); `now` in milliseconds since the epoch. */
export function tokensOf(session: unknown, now: number): Tokens {
  const { access_token, token_type, expires_in, refresh_token } = isJsonObject(session) ? session : {}
  // Tokens of another type are used in another way (RFC 6749, 7.1).
  if (typeof access_token !== 'string' || !/^bearer$/i.test(String(token_type)))
    throw unusable('"session" in the answer must have an "access_token" with the "token_type": "Bearer"')
  return {
    accessToken: access_token,
    refreshToken: typeof refresh_token === 'string' ? refresh_token : null,
    expiresAt: typeof expires_in === 'number' ? now + expires_in * 1000 : null,
  }
}

function unusable(what: string): LatchkeyError {
  return new LatchkeyError('bad_response', what, { retryable: false })
}
