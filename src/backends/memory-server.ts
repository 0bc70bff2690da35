// A server in memory that speaks the account contract to one browser: its session, its faults, and what was asked.

import type { Environment } from '../client/environment.ts'
import type { Capabilities } from '../contract/capabilities.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { ROOT_ATTRIBUTES } from '../contract/names.ts'
import { OPTIONAL_PATHS, PATHS } from '../contract/paths.ts'
import { etagOf, type MemoryAccount, type MemoryAccounts, type Outcome, type Refusal } from './memory-accounts.ts'
import { answerOf, cutBody, type Faults, type MemoryCall } from './memory-faults.ts'
import type { MemorySession, MemorySessions } from './memory-sessions.ts'

/** What a call asked for; passwords and tokens are left out. */
export interface MemoryRequest {
  readonly call: MemoryCall
  readonly body: JsonObject | null
  /** The version that a save is tied to, or null. */
  readonly version: string | null
}

export interface MemoryServerOptions {
  readonly accounts: MemoryAccounts
  readonly capabilities: Capabilities
  readonly faults: Faults
  /** Sessions of every browser. */
  readonly sessions: MemorySessions
  /** Answers by idempotency key, of every browser. */
  readonly outcomes: Map<string, { readonly body: string; readonly outcome: Outcome }>
  readonly environment: Pick<Environment, 'now' | 'startTimer'>
}

export interface MemoryServer {
  readonly fetch: typeof globalThis.fetch
  readonly requests: readonly MemoryRequest[]
  /** Begins a session, carried by this browser's cookie. */
  signIn(email: string): void
  /** The session that this browser's cookie carries, or null. */
  session(): MemorySession | null
}

const CALLS: Readonly<Record<string, MemoryCall>> = {
  [`POST ${PATHS.signUp}`]: 'signUp',
  [`POST ${PATHS.logIn}`]: 'logIn',
  [`POST ${OPTIONAL_PATHS.refresh}`]: 'refresh',
  [`POST ${PATHS.logOut}`]: 'logOut',
  [`GET ${PATHS.session}`]: 'getSession',
  [`GET ${PATHS.profile}`]: 'getProfile',
  [`PATCH ${PATHS.profile}`]: 'patchProfile',
}

export function createMemoryServer(options: MemoryServerOptions): MemoryServer {
  const { accounts, capabilities, faults, sessions, outcomes, environment } = options
  const requests: MemoryRequest[] = []
  let cookie: MemorySession | null = null

  function answer(outcome: Outcome, status = 200, beside: JsonObject = {}): Response {
    if (!outcome.ok) return problem(outcome.refusal)
    const { id, email, username, root, user_metadata } = outcome.account
    const headers = capabilities.versions ? { etag: etagOf(outcome.account) } : {}
    const named = username === undefined ? {} : { username }
    const user = { id, email, email_verified: false, ...named, ...root, user_metadata }
    return Response.json({ user, ...beside }, { status, headers })
  }

  /** Begins the session that a body asks for. */
  function signedIn(outcome: Outcome, asked: JsonValue | undefined, status: number): Response {
    if (!outcome.ok || asked === 'none') return answer(outcome, status)
    const session = sessions.begin(outcome.account.id)
    if (asked === 'bearer') return answer(outcome, status, { session: { ...sessions.tokens(session) } })
    cookie = session
    return answer(outcome, status)
  }

  /** Whoever makes a request: a token comes before the cookie. */
  function sessionOf(headers: Headers, credentials: RequestCredentials | undefined): MemorySession | null {
    const token = headers.get('authorization')
    if (token !== null) return sessions.byToken(token.replace(/^Bearer /, ''))
    return credentials === 'omit' ? null : sessions.open(cookie)
  }

  /** A write with a key that was seen already is answered as it was. */
  function once(key: string | null, body: JsonObject, write: () => Outcome): Outcome {
    if (key === null || !capabilities.idempotency) return write()
    const text = JSON.stringify(body)
    const earlier = outcomes.get(key)
    if (earlier && earlier.body !== text) return { ok: false, refusal: { status: 422, code: 'idempotency_key_reused' } }
    const outcome = earlier?.outcome ?? write()
    if (outcome.ok) outcomes.set(key, { body: text, outcome })
    return outcome
  }

  function handle(call: MemoryCall, body: JsonObject, headers: Headers, session: MemorySession | null): Response {
    const key = headers.get('idempotency-key')
    const account = session ? accounts.byId(session.account) : undefined
    const nobody = problem({ status: 401, code: 'unauthenticated' })
    const isOffered = body.session !== 'bearer' || capabilities.session === 'bearer'
    if (!isOffered) return problem({ status: 422, code: 'invalid_value', pointer: '/session' })
    switch (call) {
      case 'signUp':
        return signedIn(
          once(key, body, () => accounts.create(accountIn(body))),
          body.session,
          201,
        )
      case 'logIn': {
        const found = accounts.find(String(body.identifier))
        if (!found || found.password !== body.password) return problem({ status: 401, code: 'invalid_credentials' })
        return signedIn({ ok: true, account: found }, body.session, 200)
      }
      case 'refresh': {
        const tokens = sessions.refresh(String(body.refresh_token))
        return tokens ? Response.json({ session: tokens }) : nobody
      }
      case 'logOut':
        if (!session && headers.has('authorization')) return nobody
        if (session) sessions.end(session)
        cookie = null
        return new Response(null, { status: 204 })
      case 'getSession':
        return account ? answer({ ok: true, account }) : Response.json({ user: null })
      case 'getProfile':
        return account ? answer({ ok: true, account }) : nobody
      case 'patchProfile':
        if (!account) return nobody
        return answer(once(key, body, () => accounts.patch(account.id, body, headers.get('if-match'))))
    }
  }

  return {
    requests,
    signIn(email) {
      const account = accounts.find(email)
      if (!account) throw new TypeError(`memory: there is no account ${JSON.stringify(email)}; add it to accounts`)
      cookie = sessions.begin(account.id)
    },
    session: () => sessions.open(cookie),
    async fetch(input, init = {}) {
      const signal = init.signal ?? new AbortController().signal
      signal.throwIfAborted()
      const { pathname } = new URL(String(input), 'http://memory.invalid')
      const call = CALLS[`${init.method ?? 'GET'} ${pathname.slice(pathname.lastIndexOf('/'))}`]
      if (!call) return problem({ status: 404, code: 'not_found' })
      const parsed: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null
      const body = isJsonObject(parsed) ? parsed : {}
      const headers = new Headers(init.headers)
      const { password: _password, refresh_token: _token, ...shown } = body
      requests.push({ call, body: isJsonObject(parsed) ? shown : null, version: headers.get('if-match') })

      const session = sessionOf(headers, init.credentials)

      const fault = faults.next(call, environment.now())
      if (!fault) return handle(call, body, headers, session)
      if (fault.kind === 'offline' || fault.kind === 'reset') throw new TypeError('fetch failed')
      if (fault.kind === 'hang') return never(signal)
      if (fault.kind === 'otherWriter' && session) accounts.write(session.account, fault.user_metadata)
      const other = answerOf(fault)
      if (other) return other
      const response = handle(call, body, headers, session)
      if (fault.kind === 'droppedAfterCommit') throw new TypeError('fetch failed')
      if (fault.kind === 'hangAfterCommit') return never(signal)
      if (fault.kind === 'slow') await wait(environment, fault.milliseconds, signal)
      return fault.kind === 'cutBody' ? cutBody(response) : response
    },
  }
}

function accountIn({ email, password, username, user_metadata, ...rest }: JsonObject): MemoryAccount {
  const root = Object.entries(rest).filter(([name]) => ROOT_ATTRIBUTES.some((known) => known === name))
  return {
    email: String(email),
    password: String(password),
    ...(username !== undefined && { username: String(username) }),
    root: Object.fromEntries(root),
    user_metadata: isJsonObject(user_metadata) ? user_metadata : {},
  }
}

function problem({ status, code, pointer }: Refusal): Response {
  const errors = pointer === undefined ? {} : { errors: [{ code, pointer }] }
  return Response.json({ status, code, ...errors }, { status, headers: { 'content-type': 'application/problem+json' } })
}

/** Nothing, until the caller gives up. */
function never(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })
}

function wait(
  { startTimer }: Pick<Environment, 'startTimer'>,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = startTimer(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      cancel()
      reject(signal.reason)
    })
  })
}
