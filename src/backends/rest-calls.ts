// The calls of the account contract: fetched by `rest` with the first of them, as no form needs them before.
import { noContentSchema, request } from '../client/request.ts'
import type { CallContext, Credentials, ProfilePatch, SignUpInput } from '../contract/backend.ts'
import { PATHS } from '../contract/paths.ts'
import { profileOf, type VersionedProfile } from '../contract/profile.ts'
import { sessionAnswerSchema, userAnswerSchema } from '../contract/wire.ts'

interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly url: string
  readonly body?: unknown
  readonly ifMatch?: string | null
}

async function answered(context: CallContext, call: Call): Promise<VersionedProfile> {
  const { data, version } = await request(context, call, userAnswerSchema)
  return { user: profileOf(data.user), version }
}

export const signUp = (base: string, body: SignUpInput, context: CallContext) =>
  answered(context, { method: 'POST', url: base + PATHS.signUp, body })

export const logIn = (base: string, body: Credentials, context: CallContext) =>
  answered(context, { method: 'POST', url: base + PATHS.logIn, body })

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
