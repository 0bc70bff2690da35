// The calls of the account contract: fetched by `rest` with the first of them, as no form needs them before.
import type * as z from 'zod/mini'
import { noContentSchema, type Request, request } from '../client/request.ts'
import type { CallContext, Credentials, ProfilePatch, SignInAnswer, SignUpInput, Tokens } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import { OPTIONAL_PATHS, PATHS } from '../contract/paths.ts'
import { profileOf, type VersionedProfile } from '../contract/profile.ts'
import {
  refreshAnswerSchema,
  sessionAnswerSchema,
  signInAnswerSchema,
  type tokensSchema,
  userAnswerSchema,
} from '../contract/wire.ts'

/** A server of the account contract. */
export interface RestServer {
  readonly base: string
  /** Whether sessions are tokens; a cookie is then neither sent nor taken. */
  readonly bearer: boolean
}

type RestRequest = Omit<Request, 'url' | 'credentials'> & { readonly path: string }

function ask<Data>({ base, bearer }: RestServer, context: CallContext, call: RestRequest, schema: z.ZodMiniType<Data>) {
  const { path, ...rest } = call
  return request(context, { ...rest, url: base + path, credentials: bearer ? 'omit' : 'include' }, schema)
}

async function answered(server: RestServer, context: CallContext, call: RestRequest): Promise<VersionedProfile> {
  const { data, version } = await ask(server, context, call, userAnswerSchema)
  return { user: profileOf(data.user), version }
}

/** Makes a call that signs somebody in; what it asks for stands beside the rest of its body. */
async function signedIn(
  server: RestServer,
  context: CallContext,
  { body, ...call }: RestRequest & { readonly body: object },
): Promise<SignInAnswer> {
  if (!server.bearer) return { ...(await answered(server, context, { ...call, body })), tokens: null }
  const asking = { ...call, body: { ...body, session: 'bearer' } }
  const { data, version } = await ask(server, context, asking, signInAnswerSchema)
  if (!data.session) {
    const fix =
      "let the server hand out tokens (`bearer: true` of the account server), or leave session: 'bearer' out of rest()"
    throw unusable(`POST ${server.base}${call.path} was answered without "session"; ${fix}`)
  }
  return { user: profileOf(data.user), version, tokens: tokensOf(data.session, context.now()) }
}

export async function signUp(server: RestServer, { logIn = true, ...body }: SignUpInput, context: CallContext) {
  const call = { method: 'POST', path: PATHS.signUp, meanings: { 409: 'user_exists' } } as const
  if (logIn) return signedIn(server, context, { ...call, body })
  const account = await answered(server, context, { ...call, body: { ...body, session: 'none' } })
  return { ...account, tokens: null }
}

export const logIn = (server: RestServer, body: Credentials, context: CallContext) =>
  signedIn(server, context, {
    ...{ method: 'POST', path: PATHS.logIn, meanings: { 401: 'invalid_credentials' } },
    body,
  })

/** New tokens for a refresh token, which is then as good as used. */
export async function refresh(server: RestServer, refreshToken: string, context: CallContext): Promise<Tokens> {
  const call = { method: 'POST', path: OPTIONAL_PATHS.refresh, body: { refresh_token: refreshToken } } as const
  const { data } = await ask(server, context, call, refreshAnswerSchema)
  return tokensOf(data.session, context.now())
}

export async function logOut(server: RestServer, context: CallContext): Promise<void> {
  if (isNobody(server, context)) return
  await ask(server, context, { method: 'POST', path: PATHS.logOut, body: {} }, noContentSchema)
}

export async function getSession(server: RestServer, context: CallContext): Promise<VersionedProfile | null> {
  if (isNobody(server, context)) return null
  const { data, version } = await ask(server, context, { method: 'GET', path: PATHS.session }, sessionAnswerSchema)
  return data.user && { user: profileOf(data.user), version }
}

export const getProfile = (server: RestServer, context: CallContext) =>
  answered(server, context, { method: 'GET', path: PATHS.profile })

export function patchProfile(server: RestServer, { user_metadata, root, version }: ProfilePatch, context: CallContext) {
  const body = { ...root, ...(user_metadata && { user_metadata }) }
  return answered(server, context, { method: 'PATCH', path: PATHS.profile, body, ifMatch: version })
}

/** Whether a server would have nothing to know anybody by. */
function isNobody({ bearer }: RestServer, { token }: CallContext): boolean {
  return bearer && token === null
}

export function tokensOf(session: z.infer<typeof tokensSchema>, now: number): Tokens {
  const { access_token, token_type, expires_in, refresh_token } = session
  // One that is to be used in another way must not be used (RFC 6749, 7.1).
  if (!/^bearer$/i.test(token_type)) throw unusable('the server gave tokens of another type than "Bearer"')
  return {
    accessToken: access_token,
    refreshToken: refresh_token ?? null,
    expiresAt: expires_in === undefined ? null : now + expires_in * 1000,
  }
}

function unusable(what: string): LatchkeyError {
  return new LatchkeyError('bad_response', what, { retryable: false })
}
