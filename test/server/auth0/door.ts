// What the tests of the Auth0-compatible door stand on: the door over accounts of their own, and plain requests to it.
import { createHash, randomBytes } from 'node:crypto'
import {
  type AccountServer,
  type AccountServerOptions,
  type Auth0FacadeOptions,
  auth0Facade,
  createAccountServer,
} from 'latchkey/server'
import { onTestFinished } from 'vitest'
import type { DatabaseKind, TestDatabase } from '../databases.ts'
import { CLIENTS, CONNECTION, ISSUER, PAGE, REALM, SECRET } from './door-clients.ts'

export const ADA = { email: 'ada@example.org', password: 'correct horse' }

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The JSON of the reply, or null for another type. */
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was answered.
  readonly json: any
}

export interface Sent {
  /** JSON; a form when it is URLSearchParams; anything else when it is a string. */
  readonly body?: object | string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Door {
  readonly accounts: AccountServer
  readonly database: TestDatabase
  /** Errors the server called its own; a test that expects none leaves it empty. */
  readonly errors: unknown[]
  send(method: string, path: string, sent?: Sent): Promise<Reply>
  signUp(more?: object): Promise<Reply>
  /** Tokens for Ada's password, or of someone else's. */
  logIn(more?: object): Promise<Reply>
  /** A header with a token for the Management API: a person's own, or the machine's. */
  asPerson(account?: { readonly email: string; readonly password: string }): Promise<Record<string, string>>
  asMachine(): Promise<Record<string, string>>
}

export type OpenDoor = (
  options?: Partial<Auth0FacadeOptions>,
  server?: Partial<AccountServerOptions>,
  database?: TestDatabase,
) => Promise<Door>

export function doorOpenerOn({ create }: DatabaseKind): OpenDoor {
  return async (options = {}, server = {}, given) => {
    const database = given ?? (await create())
    const errors: unknown[] = []
    const onError = (error: unknown) => errors.push(error)
    const accounts = await createAccountServer({ databaseUrl: database.url, origin: PAGE, onError, ...server })
    onTestFinished(() => accounts.close())
    const { fetch } = await auth0Facade(accounts, { issuer: ISSUER, clients: CLIENTS, ...options })
    return doorOf(accounts, database, errors, fetch)
  }
}

function doorOf(
  accounts: AccountServer,
  database: TestDatabase,
  errors: unknown[],
  fetch: (request: Request) => Promise<Response>,
): Door {
  const door: Door = {
    accounts,
    database,
    errors,
    async send(method, path, { body, headers = {} } = {}) {
      const isRaw = typeof body === 'string' || body instanceof URLSearchParams
      const all = { ...(body !== undefined && !isRaw && { 'content-type': 'application/json' }), ...headers }
      const sent = body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }
      const reply = await fetch(new Request(new URL(path, ISSUER), { method, headers: all, ...sent }))
      const text = await reply.text()
      const isJson = /json/.test(reply.headers.get('content-type') ?? '')
      return { status: reply.status, headers: reply.headers, text, json: isJson ? JSON.parse(text) : null }
    },
    signUp: (more = {}) =>
      door.send('POST', '/dbconnections/signup', {
        body: { client_id: 'shop', connection: CONNECTION, ...ADA, ...more },
      }),
    logIn: (more = {}) =>
      door.send('POST', '/oauth/token', {
        body: { grant_type: REALM, client_id: 'shop', realm: CONNECTION, ...named(ADA), ...more },
      }),
    async asPerson(account = ADA) {
      const scope = 'openid read:current_user update:current_user_metadata'
      const { json } = await door.logIn({ ...named(account), scope, audience: `${ISSUER}api/v2/` })
      return { authorization: `Bearer ${json.access_token}` }
    },
    async asMachine() {
      const body = { grant_type: 'client_credentials', client_id: 'machine', client_secret: SECRET }
      const { json } = await door.send('POST', '/oauth/token', { body })
      return { authorization: `Bearer ${json.access_token}` }
    },
  }
  return door
}

function named({ email, password }: { readonly email: string; readonly password: string }) {
  return { username: email, password }
}

/** The path of a user in the Management API. */
export function userPath(id: string): string {
  return `/api/v2/users/${encodeURIComponent(id.startsWith('auth0|') ? id : `auth0|${id}`)}`
}

/** A verifier and its challenge (RFC 7636, 4). */
export function proofKey(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** What a JSON Web Token says. */
// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was signed.
export function claimsIn(token: string): any {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}
