// What a backend of the account contract can do and where its calls go, wherever their code comes from.
import type { Backend, CallContext } from '../contract/backend.ts'
import type { Capabilities } from '../contract/capabilities.ts'
import { MAX_METADATA_BYTES } from '../contract/limits.ts'
import { ROOT_ATTRIBUTES } from '../contract/names.ts'
import { PATHS } from '../contract/paths.ts'

/** What the account contract says, and the account server does. */
export const restCapabilities: Capabilities = {
  merge: 'root',
  nullDeletes: true,
  emptyClears: 'clears',
  columns: null,
  versions: true,
  idempotency: true,
  rootAttributes: ROOT_ATTRIBUTES,
  signUpValues: { type: 'json' },
  maxMetadataBytes: MAX_METADATA_BYTES,
  session: 'cookie',
  usernames: false,
  passwordReset: false,
  verification: 'none',
}

export interface RestOptions {
  /**
   * What proves who is signed in: the server's cookie, or a token that the page holds, for a server of another site or
   * for calls to the site's own API.
   * @default 'cookie'
   */
  readonly session?: 'cookie' | 'bearer'
  /**
   * Whether the server's accounts have user names.
   * @default false
   */
  readonly usernames?: boolean
}

/** The calls themselves, from where they are. */
export type RestCalls = () => Promise<typeof import('./rest-calls.ts')>

/** A backend at a base address, over calls that are there already or come from elsewhere. Throws TypeError for a wrong address. */
export function restOver(endpoint: string, options: RestOptions, calls: RestCalls): Backend {
  if (typeof endpoint !== 'string' || !/^(https?:\/\/[^/\\]|\/(?![/\\])|\.{1,2}\/)/i.test(endpoint)) {
    throw new TypeError(
      `rest(${JSON.stringify(endpoint)}): the endpoint must be an http(s) address or a path; write rest('/account')`,
    )
  }
  const { session = 'cookie', usernames = false } = options
  const base = endpoint.replace(/\/+$/, '')
  const bearer = session === 'bearer'
  const server = { base, bearer }
  return {
    id: 'rest',
    capabilities: { ...restCapabilities, session, usernames },
    address: (call) => base + PATHS[call],
    signUp: async (input, context) => (await calls()).signUp(server, input, context),
    logIn: async (credentials, context) => (await calls()).logIn(server, credentials, context),
    logOut: async (context) => (await calls()).logOut(server, context),
    getSession: async (context) => (await calls()).getSession(server, context),
    getProfile: async (context) => (await calls()).getProfile(server, context),
    patchProfile: async (patch, context) => (await calls()).patchProfile(server, patch, context),
    ...(bearer && {
      refresh: async (refreshToken: string, context: CallContext) =>
        (await calls()).refresh(server, refreshToken, context),
    }),
  }
}
