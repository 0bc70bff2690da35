// The calls of the account contract: fetched by `rest` with the first of them, as no form needs them before.
import { noContentSchema, type Request, request } from '../client/request.ts'
import type { CallContext, Credentials, ProfilePatch, SignInAnswer, SignUpInput } from '../contract/backend.ts'
import { PATHS } from '../contract/paths.ts'
import { profileOf, type VersionedProfile } from '../contract/profile.ts'
import { sessionAnswerSchema, userAnswerSchema } from '../contract/wire.ts'

async function answered(context: CallContext, call: Request): Promise<VersionedProfile> {
  const { data, version } = await request(context, call, userAnswerSchema)
  return { user: profileOf(data.user), version }
}

async function signedIn(context: CallContext, call: Request): Promise<SignInAnswer> {
  return { ...(await answered(context, call)), tokens: null }
}

export const signUp = (base: string, body: SignUpInput, context: CallContext) =>
  signedIn(context, { method: 'POST', url: base + PATHS.signUp, body, meanings: { 409: 'user_exists' } })

export const logIn = (base: string, body: Credentials, context: CallContext) =>
  signedIn(context, { method: 'POST', url: base + PATHS.logIn, body, meanings: { 401: 'invalid_credentials' } })

export async function logOut(base: string, context: CallContext): Promise<void> {
  await request(context, { method: 'POST', url: base + PATHS.logOut, body: {} }, noContentSchema)
}

export async function getSession(base: string, context: CallContext): Promise<VersionedProfile | null> {
  const { data, version } = await request(context, { method: 'GET', url: base + PATHS.session }, sessionAnswerSchema)
  return data.user && { user: profileOf(data.user), version }
}

export const getProfile = (base: string, context: CallContext) =>
  answered(context, { method: 'GET', url: base + PATHS.profile })

export function patchProfile(base: string, { user_metadata, root, version }: ProfilePatch, context: CallContext) {
  const body = { ...root, ...(user_metadata && { user_metadata }) }
  return answered(context, { method: 'PATCH', url: base + PATHS.profile, body, ifMatch: version })
}
