// What a browser does with cookies and origins, for tests that talk to a real server without one.
import type { CallContext } from '../../src/contract/backend.ts'

export interface SentRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: Headers
  readonly body: unknown
}

export interface CookieBrowser {
  readonly fetch: typeof globalThis.fetch
  readonly sent: readonly SentRequest[]
  readonly cookies: ReadonlyMap<string, string>
  /** The attributes of each cookie as it was set last. */
  readonly attributes: ReadonlyMap<string, string>
  /** Calls back after every answer, before it is given on. */
  afterAnswer: ((request: SentRequest) => Promise<void>) | null
}

/** A page of `origin`, or of another one that asks the server there. */
export function browserAt(server: string, origin: string = server): CookieBrowser {
  const sent: SentRequest[] = []
  const cookies = new Map<string, string>()
  const attributes = new Map<string, string>()
  const browser: CookieBrowser = {
    sent,
    cookies,
    attributes,
    afterAnswer: null,
    async fetch(input, init = {}) {
      const url = new URL(input instanceof Request ? input.url : String(input), server)
      const { method = 'GET', body = null, credentials = 'same-origin' } = init
      const headers = new Headers(init.headers)
      headers.set('origin', origin)
      const takesCookies = credentials === 'include' || (credentials === 'same-origin' && origin === url.origin)
      if (takesCookies && cookies.size > 0)
        headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
      const request: SentRequest = {
        method,
        path: url.pathname + url.search,
        headers,
        body: typeof body === 'string' ? JSON.parse(body) : null,
      }
      sent.push(request)
      const answer = await fetch(url, { ...init, headers })
      for (const line of takesCookies ? answer.headers.getSetCookie() : []) {
        const [pair = '', ...rest] = line.split('; ')
        const [name = '', value = ''] = pair.split(/=(.*)/s)
        attributes.set(name, rest.join('; '))
        if (rest.includes('Max-Age=0')) cookies.delete(name)
        else cookies.set(name, value)
      }
      await browser.afterAnswer?.(request)
      return answer
    },
  }
  return browser
}

/** The context of a single call. */
export function contextOf({ fetch }: Pick<CookieBrowser, 'fetch'>, token: string | null = null): CallContext {
  return { fetch, now: () => Date.now(), signal: new AbortController().signal, token, idempotencyKey: 'a key' }
}
