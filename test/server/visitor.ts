// What the server's tests stand on: account servers on a database of their own, and visitors with a cookie jar.
import { type AccountServer, type AccountServerOptions, createAccountServer } from 'latchkey/server'
import { onTestFinished } from 'vitest'
import type { DatabaseKind, TestDatabase } from './databases.ts'

export const ORIGIN = 'http://localhost:4173'
export const ADA = { email: 'ada@example.org', password: 'correct horse' }

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The JSON of the answer, or null for another type. */
  readonly json: unknown
}

export interface Sent {
  /** JSON, or the body itself when it is a string or bytes. */
  readonly body?: unknown
  /** Replaces the usual headers; undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>
}

export interface Visitor {
  /** The `name=value` of the session cookie, or '' without one. */
  cookie: string
  send(method: string, path: string, sent?: Sent): Promise<Answer>
  signUp(user_metadata?: object, account?: object): Promise<Answer>
  logIn(account?: { readonly email: string; readonly password: string }): Promise<Answer>
  patch(user_metadata: unknown, headers?: Sent['headers']): Promise<Answer>
  me(headers?: Sent['headers']): Promise<Answer>
}

export interface Opened {
  readonly server: AccountServer
  readonly database: TestDatabase
  /** Errors the server called its own; a test that expects none leaves it empty. */
  readonly errors: unknown[]
  visitor(): Visitor
  /** Rows of a query on the database, read beside the server. */
  rows(sql: string): Promise<unknown[]>
}

/** Opens an account server on a new database of a kind, or on one that is there. */
export type Open = (options?: Partial<AccountServerOptions>, database?: TestDatabase) => Promise<Opened>

export function openerOn({ create }: DatabaseKind): Open {
  return async (options = {}, given) => {
    const database = given ?? (await create())
    const errors: unknown[] = []
    const onError = (error: unknown) => errors.push(error)
    const server = await createAccountServer({ databaseUrl: database.url, origin: ORIGIN, onError, ...options })
    onTestFinished(() => server.close())
    const origin = options.origin ?? ORIGIN
    return {
      server,
      database,
      errors,
      visitor: () => visitorOf(server, origin, options.basePath ?? '/account'),
      rows: (sql) => database.query(sql),
    }
  }
}

function visitorOf(server: AccountServer, origin: string, base: string): Visitor {
  const visitor: Visitor = {
    cookie: '',
    async send(method, path, { body, headers = {} } = {}) {
      const all = new Headers()
      const usual = { origin, 'content-type': 'application/json', cookie: visitor.cookie || undefined }
      for (const [name, value] of Object.entries({ ...usual, ...headers }))
        if (value !== undefined) all.set(name, value)
      const sent = body === undefined ? {} : { body: bodyInit(body) }
      const answer = await server.fetch(new Request(`${origin}${base}${path}`, { method, headers: all, ...sent }))
      for (const line of answer.headers.getSetCookie()) visitor.cookie = cookieIn(line)
      const text = await answer.text()
      const isJson = /json/.test(answer.headers.get('content-type') ?? '')
      return { status: answer.status, headers: answer.headers, text, json: isJson && text ? JSON.parse(text) : null }
    },
    signUp: (user_metadata, account = ADA) =>
      visitor.send('POST', '/signup', { body: { ...account, ...(user_metadata && { user_metadata }) } }),
    logIn: ({ email, password } = ADA) => visitor.send('POST', '/login', { body: { identifier: email, password } }),
    patch: (user_metadata, headers = {}) => visitor.send('PATCH', '/me', { body: { user_metadata }, headers }),
    me: (headers = {}) => visitor.send('GET', '/me', { headers }),
  }
  return visitor
}

function bodyInit(body: unknown): BodyInit {
  if (typeof body === 'string') return body
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body)
}

function cookieIn(line: string): string {
  const [pair = ''] = line.split(';')
  return pair.endsWith('=') ? '' : pair
}

/** What a refusal says: its code and, if it is about values, where. */
export function refusal(code: string, ...pointers: readonly string[]): object {
  const errors = pointers.map((pointer) => ({ pointer }))
  return { code, ...(errors.length > 0 && { errors }) }
}
