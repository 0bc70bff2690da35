// A `fetch` that trusts one certificate: what a page of an origin sends, over TLS.
import { readFileSync } from 'node:fs'
import { request } from 'node:https'

/** `certificate` is a file; every request says that it comes from a page of `origin`. */
export function trustingFetch(certificate: string, origin: string | null): typeof globalThis.fetch {
  const ca = readFileSync(certificate)
  return (input, init = {}) =>
    new Promise((resolve, reject) => {
      const headers = new Headers(init.headers)
      if (origin !== null) headers.set('origin', origin)
      const { method = 'GET', body, signal } = init
      const asked = request(
        String(input),
        { method, headers: Object.fromEntries(headers), ca, ...(signal && { signal }) },
        async (answer) => {
          const parts: Buffer[] = []
          for await (const part of answer) parts.push(part)
          const status = answer.statusCode ?? 0
          const text = [204, 304].includes(status) ? null : Buffer.concat(parts)
          const given = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const)
          resolve(new Response(text, { status, headers: Object.fromEntries(given) }))
        },
      )
      asked.once('error', () => reject(new TypeError('fetch failed')))
      asked.end(typeof body === 'string' ? body : undefined)
    })
}
