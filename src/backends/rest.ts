// The backend for servers that speak the account contract: a base address with /signup, /login, /logout, /session and /me.
import { noContentSchema, request } from '../client/request.ts'
import type { Backend, CallContext } from '../contract/backend.ts'
import type { Capabilities } from '../contract/capabilities.ts'
import { MAX_METADATA_BYTES } from '../contract/limits.ts'
import type { VersionedProfile } from '../contract/profile.ts'
import { PATHS, sessionAnswerSchema, userAnswerSchema } from '../contract/wire.ts'

const capabilities: Capabilities = {
  signUpValues: 'json',
  merge: 'root',
  nullDeletes: true,
  emptyClears: true,
  versions: true,
  maxMetadataBytes: MAX_METADATA_BYTES,
}

/**
 * A backend at a base address of the site's own, with a cookie session.
 * Throws TypeError for an address that is not http(s) or relative.
 *
 * @example
 * const latchkey = createLatchkey({ backend: rest('/account') })
 */
export function rest(endpoint: string): Backend {
  if (typeof endpoint !== 'string' || !/^(https?:\/\/[^/\\]|\/(?![/\\])|\.{1,2}\/)/i.test(endpoint)) {
    throw new TypeError(
      `rest(${JSON.stringify(endpoint)}): the endpoint must be an http(s) address or a path; write rest('/account')`,
    )
  }
  const base = endpoint.replace(/\/+$/, '')
  const answered = async (
    context: CallContext,
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body?: unknown,
    ifMatch: string | null = null,
  ): Promise<VersionedProfile> => {
    const answer = await request(context, { method, url: base + path, body, ifMatch }, userAnswerSchema)
    return { user: answer.data.user, version: answer.version }
  }
  return {
    id: 'rest',
    capabilities,
    address: (call) => base + PATHS[call],
    signUp: (input, context) => answered(context, 'POST', PATHS.signUp, input),
    logIn: (credentials, context) => answered(context, 'POST', PATHS.logIn, credentials),
    async logOut(context) {
      await request(context, { method: 'POST', url: base + PATHS.logOut, body: {} }, noContentSchema)
    },
    async getSession(context) {
      const { data, version } = await request(
        context,
        { method: 'GET', url: base + PATHS.session },
        sessionAnswerSchema,
      )
      return data.user && { user: data.user, version }
    },
    getProfile: (context) => answered(context, 'GET', PATHS.profile),
    patchMetadata: ({ metadata, version }, context) =>
      answered(context, 'PATCH', PATHS.profile, { user_metadata: metadata }, version),
  }
}
