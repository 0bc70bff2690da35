// One person's browser as a server sees it: an origin, a cookie jar or a bearer token, and requests that can be told again.
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { PATHS } from '../contract/paths.ts'
import { CaseStopped } from './case.ts'
import type { Secrets } from './secrets.ts'

export interface Answer {
  /** The request it answers, in words for the report. */
  readonly request: string
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The JSON of the answer; undefined for anything else. */
  readonly json: unknown
  /** Whether a limit stood in the way, although none was looked for. */
  readonly limited: boolean
}

export interface Sent {
  /** JSON, or the body itself when it is a string. */
  readonly body?: unknown
  /** Beside or instead of the usual headers; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /**
   * Whether a 429 is the answer that is looked for; otherwise it is waited out where the server says how long.
   * @default false
   */
  readonly provokesLimit?: boolean
  /** What the report says of the request, where method, path, headers and body do not tell. */
  readonly told?: string
}

/** What a visitor shares with every other of a run. */
export interface Connection {
  /** Base address without a slash at its end. */
  readonly endpoint: string
  readonly origin: string
  readonly fetch: typeof globalThis.fetch
  readonly wait: (seconds: number) => Promise<void>
  readonly secrets: Secrets
}

export interface Visitor {
  send(method: string, path: string, sent?: Sent): Promise<Answer>
  me(headers?: Sent['headers'], told?: string): Promise<Answer>
  patch(user_metadata: unknown, headers?: Sent['headers']): Promise<Answer>
  logIn(identifier: string, password: string, sent?: Sent): Promise<Answer>
  /** The headers that carry the session, or null without one. */
  session(): SessionHeaders | null
  /** The refresh token of a session that a token carries, or null. */
  refreshToken(): string | null
}

export type SessionHeaders =
  | { readonly cookie: string; readonly authorization?: undefined }
  | { readonly authorization: string; readonly cookie?: undefined }

/** Longest wait that a 429 is given, in seconds, and how often. */
const MAX_WAIT = 60
const MAX_WAITS = 3

export function createVisitor(connection: Connection): Visitor {
  const cookies = new Map<string, string>()
  let token: string | null = null
  let refreshToken: string | null = null

  const session = (): SessionHeaders | null => {
    if (token !== null) return { authorization: `Bearer ${token}` }
    if (cookies.size === 0) return null
    return { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  }

  function remember(answer: Answer): void {
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=;]*)=([^;]*)/.exec(line) ?? []
      if (value === '' || /;\s*max-age=0\s*(;|$)/i.test(line)) cookies.delete(name)
      else cookies.set(name, value)
      connection.secrets.add(value)
    }
    const given = tokensIn(answer)
    if (!given) return
    token = given.access
    refreshToken = given.refresh
    for (const secret of [token, refreshToken]) if (secret !== null) connection.secrets.add(secret)
  }

  const visitor: Visitor = {
    session,
    refreshToken: () => refreshToken,
    async send(method, path, sent = {}) {
      for (let waits = 0; ; waits += 1) {
        const answer = await sendOnce(connection, method, path, { ...sent, headers: { ...session(), ...sent.headers } })
        const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN)
        if (answer.status === 429 && !sent.provokesLimit && waits < MAX_WAITS && seconds <= MAX_WAIT) {
          await connection.wait(seconds)
          continue
        }
        remember(answer)
        return { ...answer, limited: answer.status === 429 && !sent.provokesLimit }
      }
    },
    me: (headers = {}, told = '') => visitor.send('GET', PATHS.profile, { headers, told }),
    patch: (user_metadata, headers = {}) => visitor.send('PATCH', PATHS.profile, { body: { user_metadata }, headers }),
    logIn: (identifier, password, sent = {}) =>
      visitor.send('POST', PATHS.logIn, { ...sent, body: { identifier, password } }),
  }
  return visitor
}

/** A log-in that asks for a session by token. */
export function logInForTokens(
  visitor: Visitor,
  identifier: string,
  password: string,
  headers: Sent['headers'] = {},
): Promise<Answer> {
  return visitor.send('POST', PATHS.logIn, { body: { identifier, password, session: 'bearer' }, headers })
}

async function sendOnce(
  { endpoint, origin, fetch, secrets }: Connection,
  method: string,
  path: string,
  { body, headers: given = {}, told = '' }: Sent,
): Promise<Answer> {
  const all = new Headers({ accept: 'application/json' })
  const usual = { origin, ...(body !== undefined && { 'content-type': 'application/json' }) }
  for (const [name, value] of Object.entries({ ...usual, ...given })) if (value !== undefined) all.set(name, value)
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  const request = describeRequest(method, new URL(endpoint).pathname + path + told, given, text, secrets)
  try {
    const init: RequestInit = { method, headers: all, redirect: 'manual', cache: 'no-store' }
    const answer = await fetch(endpoint + path, text === undefined ? init : { ...init, body: text })
    const answered = await answer.text()
    const { status, headers } = answer
    return { request, status, headers, text: answered, json: parseJson(answered), limited: false }
  } catch (error) {
    throw new CaseStopped({ request, expected: 'an answer', got: `none: ${reasonOf(error)}`, passed: false })
  }
}

/** A request on one line: its headers only where the case is about them, its body cut where it is long. */
function describeRequest(
  method: string,
  path: string,
  headers: Readonly<Record<string, string | undefined>>,
  body: string | undefined,
  secrets: Secrets,
): string {
  const told = Object.entries(headers)
    .filter(([name]) => name !== 'cookie' && name !== 'authorization')
    .map(([name, value]) => (value === undefined ? ` without ${name}` : ` ${name}: ${value}`))
  return secrets.hide(`${method} ${path}${told.join('')}${body === undefined ? '' : ` ${body}`}`)
}

/** A failed fetch says little by itself; its cause names the socket's error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  // A name with two addresses fails twice.
  const [inner] = cause instanceof AggregateError ? cause.errors : [cause]
  return inner instanceof Error && inner.message ? inner.message : error.message
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The tokens in an answer that begins or continues a session, or null. */
export function tokensIn(answer: Answer): { readonly access: string; readonly refresh: string | null } | null {
  const given = isJsonObject(answer.json) ? answer.json.session : undefined
  if (!isJsonObject(given) || typeof given.access_token !== 'string') return null
  const { access_token, refresh_token } = given
  return { access: access_token, refresh: typeof refresh_token === 'string' ? refresh_token : null }
}

/** The profile in an answer, or null. */
export function userOf(answer: Answer): JsonObject | null {
  const user = isJsonObject(answer.json) ? answer.json.user : undefined
  return isJsonObject(user) ? user : null
}

/** The metadata in an answer, or null where it is no object. */
export function metadataOf(answer: Answer): JsonObject | null {
  const metadata = userOf(answer)?.user_metadata
  return isJsonObject(metadata) ? metadata : null
}
