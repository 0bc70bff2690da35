// The calls of the account contract: fetched by `rest` with the first of them, as no form needs them before.
import { onDemand } from '../client/on-demand.ts'
import { noContentSchema, type Request, request } from '../client/request.ts'
import type { CallContext, Credentials, ProfilePatch, SignInAnswer, SignUpInput } from '../contract/backend.ts'
import { PATHS } from '../contract/paths.ts'
import { profileOf, type VersionedProfile } from '../contract/profile.ts'
import { sessionAnswerSchema, userAnswerSchema } from '../contract/wire.ts'

/** A server of the account contract. */
export interface RestServer {
  readonly base: string
  /** Whether sessions are tokens; a cookie is then neither sent nor taken. */
  readonly bearer: boolean
}

/** What each option of `rest` can be. */
const OPTIONS: Readonly<Record<string, readonly unknown[]>> = {
  session: ['cookie', 'bearer', undefined],
  usernames: [true, false, undefined],
}

/** Throws TypeError with path and fix for a wrong option of `rest`. */
export function checkRestOptions(options: object): void {
  for (const [name, value] of Object.entries(options)) {
    if (!OPTIONS[name]?.includes(value))
      throw new TypeError(`rest(): options.${name}: write { session: 'bearer', usernames: true }, or leave it out`)
  }
}

/** A call of a server, with the cookie or without. */
function callOf({ base, bearer }: RestServer, method: Request['method'], path: string) {
  return { method, url: base + path, credentials: bearer ? 'omit' : 'include' } as const
}

async function answered(context: CallContext, call: Request): Promise<VersionedProfile> {
  const { data, version } = await request(context, call, userAnswerSchema)
  return { user: profileOf(data.user), version }
}

const tokenCalls = () => onDemand(() => import('./rest-tokens.ts'))

async function signedIn({ bearer }: RestServer, context: CallContext, call: Request & { body: object }) {
  if (bearer) return (await tokenCalls()).signInByToken(context, call)
  return { ...(await answered(context, call)), tokens: null }
}

export async function signUp(
  server: RestServer,
  { logIn = true, ...body }: SignUpInput,
  context: CallContext,
): Promise<SignInAnswer> {
  const call = { ...callOf(server, 'POST', PATHS.signUp), meanings: { 409: 'user_exists' } } as const
  if (logIn) return signedIn(server, context, { ...call, body })
  return { ...(await answered(context, { ...call, body: { ...body, session: 'none' } })), tokens: null }
}

export async function logIn(server: RestServer, body: Credentials, context: CallContext): Promise<SignInAnswer> {
  const call = { ...callOf(server, 'POST', PATHS.logIn), meanings: { 401: 'invalid_credentials' } } as const
  return signedIn(server, context, { ...call, body })
}

export const refresh = async ({ base }: RestServer, refreshToken: string, context: CallContext) =>
  (await tokenCalls()).refresh(base, refreshToken, context)

export async function logOut(server: RestServer, context: CallContext): Promise<void> {
  if (isNobody(server, context)) return
  await request(context, { ...callOf(server, 'POST', PATHS.logOut), body: {} }, noContentSchema)
}

export async function getSession(server: RestServer, context: CallContext): Promise<VersionedProfile | null> {
  if (isNobody(server, context)) return null
  const { data, version } = await request(context, callOf(server, 'GET', PATHS.session), sessionAnswerSchema)
  return data.user && { user: profileOf(data.user), version }
}

export const getProfile = (server: RestServer, context: CallContext) =>
  answered(context, callOf(server, 'GET', PATHS.profile))

export function patchProfile(server: RestServer, { user_metadata, root, version }: ProfilePatch, context: CallContext) {
  const body = { ...root, ...(user_metadata && { user_metadata }) }
  return answered(context, { ...callOf(server, 'PATCH', PATHS.profile), body, ifMatch: version })
}

/** Whether the server would have nothing to know anybody by. */
function isNobody({ bearer }: RestServer, { token }: CallContext): boolean {
  return bearer && token === null
}
