// The backend for tests and demos: accounts in memory, behaviour and faults of any account system.
import { type Environment, systemEnvironment } from '../client/environment.ts'
import { createOverflow } from '../client/overflow.ts'
import type { Backend, CallContext } from '../contract/backend.ts'
import type { Capabilities } from '../contract/capabilities.ts'
import type { JsonObject } from '../contract/json.ts'
import { PATHS } from '../contract/paths.ts'
import { createMemoryAccounts, type MemoryAccount, type StoredAccount } from './memory-accounts.ts'
import { createFaults, type Fault, type FaultTime } from './memory-faults.ts'
import { type MemoryProfile, memoryProfiles } from './memory-profiles.ts'
import { createMemoryServer, type MemoryRequest, type MemoryServerOptions } from './memory-server.ts'
import { createMemorySessions } from './memory-sessions.ts'
import * as calls from './rest-calls.ts'
import { tokensOf } from './rest-tokens.ts'

export interface MemoryOptions {
  /**
   * The account system that is imitated, by name, or what another one can do.
   * @default 'latchkey'
   */
  readonly imitate?: MemoryProfile | Capabilities
  /**
   * The accounts there are.
   * @default none
   */
  readonly accounts?: readonly MemoryAccount[]
  /**
   * E-mail address of the person who is signed in.
   * @default nobody
   */
  readonly signedIn?: string | null
  /**
   * Seconds that an access token holds, where the imitated system has such.
   * @default 900
   */
  readonly accessTokenLifetime?: number
  /**
   * Clock and timer, for tokens that end, slow answers and faults at a time.
   * @default the globals
   */
  readonly environment?: Pick<Environment, 'now' | 'startTimer'>
}

export interface MemoryBackend extends Backend {
  /** Every request of this browser, oldest first; without passwords and tokens. */
  readonly requests: readonly MemoryRequest[]
  /** The same requests as `fetch` takes them, for tests that stand in for a server on the network. */
  readonly fetch: typeof globalThis.fetch
  /** What is stored for an account, or null where there is none. */
  account(email: string): Omit<StoredAccount, 'password'> | null
  /** Lets a call fail, this browser's next one unless told otherwise. */
  fail(fault: Fault, time?: FaultTime): void
  /** Forgets every fault that was planned. */
  heal(): void
  /** Ends every session of an account, in every browser; who is signed in by it hears of it with the next call. */
  endSessions(email: string): void
  /** Puts metadata in place of an account's, as another program with its own rights would. */
  write(email: string, user_metadata: JsonObject): void
  /** The same accounts seen from another browser, with a session and faults of its own. */
  browser(signedIn?: string | null): MemoryBackend
}

/**
 * A backend that imitates an account system exactly and forgets everything with the page.
 * Throws TypeError for a profile it does not know, or when nobody has the `signedIn` address.
 *
 * @example
 * const backend = memory({ imitate: 'auth0', accounts: [{ email: 'ana@example.org', password }], signedIn: 'ana@example.org' })
 * backend.fail({ kind: 'droppedAfterCommit' }, { call: 'patchProfile' })
 */
export function memory(options: MemoryOptions = {}): MemoryBackend {
  const { imitate = 'latchkey', accounts: given = [], signedIn = null, environment = systemEnvironment() } = options
  const { accessTokenLifetime = 900 } = options
  if (!(accessTokenLifetime > 0)) throw new TypeError('memory: accessTokenLifetime must be a number of seconds above 0')
  const capabilities = typeof imitate === 'string' ? profileOf(imitate) : imitate
  const accounts = createMemoryAccounts(capabilities, given)
  const sessions = createMemorySessions(accessTokenLifetime, environment)
  const outcomes: MemoryServerOptions['outcomes'] = new Map()
  const id = typeof imitate === 'string' ? `memory ${imitate}` : 'memory'
  return browser(signedIn)

  function known(email: string): StoredAccount {
    const found = accounts.find(email)
    if (!found) throw new TypeError(`memory: there is no account ${JSON.stringify(email)}; add it to accounts`)
    return found
  }

  function browser(email: string | null): MemoryBackend {
    const faults = createFaults()
    const server = createMemoryServer({ accounts, capabilities, faults, sessions, outcomes, environment })
    if (email !== null) server.signIn(email)
    const here = (context: CallContext): CallContext => ({ ...context, fetch: server.fetch })
    const base = '/account'
    const bearer = capabilities.session === 'bearer'
    const contract = { base, bearer }
    return {
      id,
      capabilities,
      overflow: (keeping) => createOverflow(id, capabilities.signUpValues, keeping),
      requests: server.requests,
      fetch: server.fetch,
      account(address) {
        const found = accounts.find(address)
        if (!found) return null
        const { password: _password, ...account } = found
        return structuredClone(account)
      },
      fail: faults.plan,
      heal: faults.heal,
      endSessions: (address) => sessions.endAll(known(address).id),
      write: (address, user_metadata) => accounts.write(known(address).id, user_metadata),
      browser: (address = null) => browser(address),
      address: (call) => base + PATHS[call],
      signUp: (input, context) => calls.signUp(contract, input, here(context)),
      logIn: (credentials, context) => calls.logIn(contract, credentials, here(context)),
      logOut: (context) => calls.logOut(contract, here(context)),
      getSession: (context) => calls.getSession(contract, here(context)),
      getProfile: (context) => calls.getProfile(contract, here(context)),
      patchProfile: (patch, context) => calls.patchProfile(contract, patch, here(context)),
      ...(bearer && {
        refresh: (refreshToken: string, context: CallContext) => calls.refresh(contract, refreshToken, here(context)),
        initialTokens() {
          const session = server.session()
          // Each page has a session of its own, as each renews its own tokens.
          const tokens = session && sessions.tokens(sessions.begin(session.account))
          return tokens && tokensOf(tokens, environment.now())
        },
      }),
    }
  }
}

function profileOf(name: MemoryProfile): Capabilities {
  if (Object.hasOwn(memoryProfiles, name)) return memoryProfiles[name]
  throw new TypeError(
    `memory: ${JSON.stringify(name)} is no profile; use one of ${Object.keys(memoryProfiles).join(', ')}`,
  )
}
