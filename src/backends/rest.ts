// The backend for servers that speak the account contract: a base address with /signup, /login, /logout, /session and /me.
import { onDemand } from '../client/on-demand.ts'
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
  passwordReset: false,
  verification: 'none',
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
  const calls = () => onDemand(() => import('./rest-calls.ts'))
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
