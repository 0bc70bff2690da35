// A tenant that answers as it is told, for the words that no server can be made to say on demand.
import { type Auth0Options, auth0 } from '../../src/backends/auth0.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import type { JsonObject } from '../../src/contract/json.ts'

export const options: Auth0Options = {
  domain: 'example.eu.auth0.com',
  clientId: 'client',
  connection: 'Username-Password-Authentication',
}

export const person = { email: 'ana@example.org', password: 'correct horse battery' }

/** What the tenant was asked, as it came. */
export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly credentials: string | undefined
  readonly body: JsonObject | null
}

export interface Reply {
  readonly status: number
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer, one that is made of what was asked, or none. */
type Told = Reply | 'lost' | ((asked: Asked) => Promise<Reply>)

export const account = {
  user_id: 'auth0|6a1',
  email: person.email,
  email_verified: false,
  identities: [{ provider: 'auth0', user_id: '6a1', connection: options.connection, isSocial: false }],
  logins_count: 1,
}

/** What goes well, unless another answer is told for that path. */
const WELL: Readonly<Record<string, Reply>> = {
  'POST /dbconnections/signup': { status: 200, body: { _id: '6a1', email: person.email, email_verified: false } },
  'POST /oauth/token': {
    status: 200,
    body: { access_token: 'access-1', refresh_token: 'refresh-1', token_type: 'Bearer', expires_in: 86_400 },
  },
  'POST /oauth/revoke': { status: 200 },
  'GET /userinfo': { status: 200, body: { sub: account.user_id, email: person.email } },
  'GET /api/v2/users/auth0%7C6a1': { status: 200, body: account },
  'PATCH /api/v2/users/auth0%7C6a1': { status: 200, body: account },
}

/** A client of a tenant whose answers to some paths are told, one after the other; the last one stays. */
export function createTenant(
  told: Readonly<Record<string, Told | readonly Told[]>> = {},
  given: Partial<Auth0Options> = {},
) {
  const asked: Asked[] = []
  const page = { address: 'https://shop.example.org/account?tab=2' }
  const kept = new Map<string, string>()
  const replies = new Map(Object.entries(told).map(([path, list]) => [path, Array.isArray(list) ? [...list] : [list]]))
  const environment = {
    ...systemEnvironment(),
    startTimer: (callback: () => void, milliseconds: number) => {
      if (milliseconds < 10_000) queueMicrotask(callback)
      return () => {}
    },
    location: () => page.address,
    replaceAddress: (address: string) => {
      page.address = address
    },
    storage: {
      read: (key: string) => kept.get(key) ?? null,
      write: (key: string, text: string | null) => {
        if (text === null) kept.delete(key)
        else kept.set(key, text)
      },
    },
    async fetch(input: RequestInfo | URL, init: RequestInit = {}) {
      const url = new URL(String(input))
      const { method = 'GET', body, credentials } = init
      const path = `${method} ${url.pathname}`
      const question: Asked = {
        ...{ method, url: url.href, headers: new Headers(init.headers), credentials },
        body: typeof body === 'string' ? JSON.parse(body) : null,
      }
      asked.push(question)
      const list = replies.get(path)
      const told = (list && list.length > 1 ? list.shift() : list?.[0]) ??
        WELL[path] ?? { status: 404, body: 'Not Found' }
      if (told === 'lost') throw new TypeError('fetch failed')
      const reply = typeof told === 'function' ? await told(question) : told
      const { status, headers = {} } = reply
      if (reply.body === undefined) return new Response(null, { status, headers })
      return typeof reply.body === 'string'
        ? new Response(reply.body, { status, headers: { 'content-type': 'text/plain', ...headers } })
        : Response.json(reply.body, { status, headers })
    },
  }
  const backend = auth0({ ...options, ...given })
  const open = () => createClient({ backend, environment })
  return { asked, kept, page, backend, environment, open, client: open() }
}
