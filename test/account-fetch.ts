// A fetch function that plays the account contract for one person, for tests without a server.
import type { JsonObject } from '../src/contract/json.ts'
import { mergeMetadata } from '../src/fields/merge.ts'

export interface AccountFetch {
  readonly fetch: typeof globalThis.fetch
  readonly sent: readonly { readonly method: string; readonly path: string; readonly body: unknown }[]
  /** Answers the next call to this path with a refusal. */
  refuse(path: string, status: number, body: object): void
}

/** Starts signed out unless metadata is given. */
export function accountFetch(signedInWith: JsonObject | null = null): AccountFetch {
  const sent: { readonly method: string; readonly path: string; readonly body: unknown }[] = []
  const refusals = new Map<string, Response>()
  let metadata = signedInWith
  let version = 1
  const profile = () => {
    const user = metadata && { id: '1', email: 'ana@example.org', user_metadata: metadata }
    return new Response(JSON.stringify({ user }), { headers: { etag: `"v${version}"` } })
  }
  return {
    sent,
    refuse: (path, status, body) => refusals.set(path, new Response(JSON.stringify(body), { status })),
    async fetch(input, init = {}) {
      const path = String(input)
      const body = typeof init.body === 'string' ? JSON.parse(init.body) : null
      sent.push({ method: init.method ?? 'GET', path, body })
      const refusal = refusals.get(path)
      if (refusal) {
        refusals.delete(path)
        return refusal
      }
      if (path.endsWith('/signup')) metadata = body.user_metadata
      if (path.endsWith('/login')) metadata ??= {}
      if (path.endsWith('/logout')) {
        metadata = null
        return new Response(null, { status: 204 })
      }
      if (init.method === 'PATCH') {
        metadata = mergeMetadata(metadata ?? {}, body.user_metadata)
        version += 1
      }
      return profile()
    },
  }
}
