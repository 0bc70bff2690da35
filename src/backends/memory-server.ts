// A server in memory that speaks the account contract to one browser: its session, its faults, and what was asked.

import type { Environment } from '../client/environment.ts'
import type { Capabilities } from '../contract/capabilities.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { ROOT_ATTRIBUTES } from '../contract/names.ts'
import { PATHS } from '../contract/paths.ts'
import { etagOf, type MemoryAccounts, type Outcome, type Refusal, type StoredAccount } from './memory-accounts.ts'
import { answerOf, cutBody, type Faults, type MemoryCall } from './memory-faults.ts'

/** What a call asked for; passwords are left out. */
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
  /** Answers by idempotency key, of every browser. */
  readonly outcomes: Map<string, { readonly body: string; readonly outcome: Outcome }>
  readonly environment: Pick<Environment, 'now' | 'startTimer'>
}

export interface MemoryServer {
  readonly fetch: typeof globalThis.fetch
  readonly requests: readonly MemoryRequest[]
  signIn(email: string): void
}

const CALLS: Readonly<Record<string, MemoryCall>> = {
  [`POST ${PATHS.signUp}`]: 'signUp',
  [`POST ${PATHS.logIn}`]: 'logIn',
  [`POST ${PATHS.logOut}`]: 'logOut',
  [`GET ${PATHS.session}`]: 'getSession',
  [`GET ${PATHS.profile}`]: 'getProfile',
  [`PATCH ${PATHS.profile}`]: 'patchProfile',
}

export function createMemoryServer(options: MemoryServerOptions): MemoryServer {
  const { accounts, capabilities, faults, outcomes, environment } = options
  const requests: MemoryRequest[] = []
  let signedIn: string | null = null

  function answered(outcome: Outcome, status = 200): Response {
    if (!outcome.ok) return problem(outcome.refusal)
    signedIn = outcome.account.id
    return answer(outcome.account, status)
  }

  function answer(account: StoredAccount, status = 200): Response {
    const { id, email, root, user_metadata } = account
    const headers = capabilities.versions ? { etag: etagOf(account) } : {}
    return Response.json({ user: { id, email, email_verified: false, ...root, user_metadata } }, { status, headers })
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

  function handle(call: MemoryCall, body: JsonObject, headers: Headers): Response {
    const key = headers.get('idempotency-key')
    const account = signedIn === null ? undefined : accounts.byId(signedIn)
    switch (call) {
      case 'signUp':
        return answered(
          once(key, body, () => accounts.create(accountIn(body))),
          201,
        )
      case 'logIn': {
        const found = accounts.find(String(body.identifier))
        if (!found || found.password !== body.password) return problem({ status: 401, code: 'invalid_credentials' })
        return answered({ ok: true, account: found })
      }
      case 'logOut':
        signedIn = null
        return new Response(null, { status: 204 })
      case 'getSession':
        return account ? answer(account) : Response.json({ user: null })
      case 'getProfile':
        return account ? answer(account) : problem({ status: 401, code: 'unauthenticated' })
      case 'patchProfile':
        if (!account) return problem({ status: 401, code: 'unauthenticated' })
        return answered(once(key, body, () => accounts.patch(account.id, body, headers.get('if-match'))))
    }
  }

  return {
    requests,
    signIn(email) {
      const account = accounts.find(email)
      if (!account) throw new TypeError(`memory: there is no account ${JSON.stringify(email)}; add it to accounts`)
      signedIn = account.id
    },
    async fetch(input, init = {}) {
      const signal = init.signal ?? new AbortController().signal
      signal.throwIfAborted()
      const { pathname } = new URL(String(input), 'http://memory.invalid')
      const call = CALLS[`${init.method ?? 'GET'} ${pathname.slice(pathname.lastIndexOf('/'))}`]
      if (!call) return problem({ status: 404, code: 'not_found' })
      const parsed: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null
      const body = isJsonObject(parsed) ? parsed : {}
      const headers = new Headers(init.headers)
      const { password: _password, ...shown } = body
      requests.push({ call, body: isJsonObject(parsed) ? shown : null, version: headers.get('if-match') })

      const fault = faults.next(call, environment.now())
      if (!fault) return handle(call, body, headers)
      if (fault.kind === 'offline' || fault.kind === 'reset') throw new TypeError('fetch failed')
      if (fault.kind === 'hang') return never(signal)
      if (fault.kind === 'otherWriter' && signedIn !== null) accounts.write(signedIn, fault.user_metadata)
      const other = answerOf(fault)
      if (other) return other
      const response = handle(call, body, headers)
      if (fault.kind === 'droppedAfterCommit') throw new TypeError('fetch failed')
      if (fault.kind === 'hangAfterCommit') return never(signal)
      if (fault.kind === 'slow') await wait(environment, fault.milliseconds, signal)
      return fault.kind === 'cutBody' ? cutBody(response) : response
    },
  }
}

function accountIn({ email, password, user_metadata, ...rest }: JsonObject) {
  const root = Object.entries(rest).filter(([name]) => ROOT_ATTRIBUTES.some((known) => known === name))
  return {
    email: String(email),
    password: String(password),
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
