// The backend for servers that speak the account contract: a base address with /signup, /login, /logout, /session and /me.
import { onDemand } from '../client/on-demand.ts'
import type { Backend } from '../contract/backend.ts'
import { type RestOptions, restOver } from './rest-over.ts'

/**
 * A backend at a base address of the site's own, with a cookie session unless `options` ask for tokens.
 * Throws TypeError for an address that is not http(s) or relative; a wrong option is said by the first call, with the
 * part that knows it.
 *
 * @example
 * const latchkey = createLatchkey({ backend: rest('/account') })
 */
export function rest(endpoint: string, options: RestOptions = {}): Backend {
  return restOver(endpoint, options, async () => {
    const calls = await onDemand(() => import('./rest-calls.ts'))
    calls.checkRestOptions(options)
    return calls
  })
}
