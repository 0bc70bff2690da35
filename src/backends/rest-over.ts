// What a backend of the account contract can do and where its calls go, wherever their code comes from.
import type { Backend } from '../contract/backend.ts'
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

/** The calls themselves, from where they are. */
export type RestCalls = () => Promise<typeof import('./rest-calls.ts')>

/** A backend at a base address, over calls that are there already or come from elsewhere. Throws TypeError as `rest` does. */
export function restOver(endpoint: string, calls: RestCalls): Backend {
  if (typeof endpoint !== 'string' || !/^(https?:\/\/[^/\\]|\/(?![/\\])|\.{1,2}\/)/i.test(endpoint)) {
    throw new TypeError(
      `rest(${JSON.stringify(endpoint)}): the endpoint must be an http(s) address or a path; write rest('/account')`,
    )
  }
  const base = endpoint.replace(/\/+$/, '')
  return {
    id: 'rest',
    capabilities: restCapabilities,
    address: (call) => base + PATHS[call],
    signUp: async (input, context) => (await calls()).signUp(base, input, context),
    logIn: async (credentials, context) => (await calls()).logIn(base, credentials, context),
    logOut: async (context) => (await calls()).logOut(base, context),
    getSession: async (context) => (await calls()).getSession(base, context),
    getProfile: async (context) => (await calls()).getProfile(base, context),
    patchProfile: async (patch, context) => (await calls()).patchProfile(base, patch, context),
  }
}
