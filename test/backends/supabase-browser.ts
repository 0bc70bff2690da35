// A browser at a GoTrue in memory: our backend in a client, without a network between.
import { supabase } from '../../src/backends/supabase.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import { isLatchkeyError, type LatchkeyError } from '../../src/contract/errors.ts'
import { KEY } from './supabase-gateway.ts'
import type { GoTrue } from './supabase-server.ts'

export const ORIGIN = 'https://xyz.supabase.co'
export const EMAIL = 'ana@example.org'
export const PASSWORD = 'correct horse'

export interface BrowserOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  /** Called before each request; its method and path. */
  readonly before?: (call: string) => void
}

export function browserAt(goTrue: GoTrue, { now = Date.now, before = () => {} }: BrowserOptions = {}) {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    before(`${request.method} ${new URL(request.url).pathname.replace('/auth/v1', '')}`)
    return goTrue.fetch(request)
  }
  const backend = supabase(ORIGIN, { key: KEY })
  return createClient({ backend, environment: { ...systemEnvironment(), fetch, now } })
}

/** What a call rejects with. */
export async function errorOf(call: Promise<unknown>): Promise<LatchkeyError> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (isLatchkeyError(error)) return error
  throw new TypeError(`no refusal: ${String(error)}`)
}
