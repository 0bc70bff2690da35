// The `rest` backend for programs without a form: its calls come with it, as they are what the program is for.
import type { Backend } from '../contract/backend.ts'
import * as calls from './rest-calls.ts'
import { type RestOptions, restOver } from './rest-over.ts'

/**
 * A backend at a base address of the site's own, with a cookie session unless `options` ask for tokens.
 * Throws TypeError for an address that is not http(s) or relative, or a wrong option.
 *
 * @example
 * const client = createClient({ backend: rest('/account') })
 */
export function rest(endpoint: string, options: RestOptions = {}): Backend {
  calls.checkRestOptions(options)
  return restOver(endpoint, options, async () => calls)
}
