// A small account server in memory that keeps the contract, and breaks it one rule at a time by a switch.
import type { ConformanceHooks, Variant } from '../../src/conformance/hooks.ts'
import { isJsonObject, type JsonObject } from '../../src/contract/json.ts'
import type { Fault } from './faults.ts'
import {
  forgotPassword,
  logIn,
  logOut,
  refreshSession,
  resetPassword,
  signUp,
  verifyEmail,
} from './memory-account-calls.ts'
import { answerOf, type Context, problem } from './memory-answers.ts'
import { readBody } from './memory-body.ts'
import { readProfile, updateProfile } from './memory-profile-calls.ts'
import { MemoryStore } from './memory-store.ts'

export interface MemoryOptions {
  readonly faults?: readonly Fault[]
  /** @default 'cookie' */
  readonly session?: Context['session']
  /**
   * Whether sign-up asks for a user name.
   * @default false
   */
  readonly usernames?: boolean
  /** Origins that may call. The server's own is one of them. */
  readonly origins?: readonly string[]
  /**
   * Names of the only keys it takes; `*` behind a name takes any object there.
   * @default every name
   */
  readonly knownKeys?: readonly string[]
}

export interface MemoryServer {
  readonly endpoint: string
  /** Base addresses of the same accounts under other rules. */
  readonly variants: Readonly<Record<Variant, string>>
  readonly fetch: typeof globalThis.fetch
  readonly hooks: ConformanceHooks
  /** How many accounts there are. */
  accounts(): number
}

const ORIGIN = 'http://accounts.test'

type Call = (body: JsonObject, request: Request, context: Context) => Promise<Response> | Response

const CALLS: Readonly<Record<string, Call>> = {
  'POST /signup': signUp,
  'POST /login': logIn,
  'POST /logout': logOut,
  'POST /token': refreshSession,
  'PATCH /me': updateProfile,
  'POST /password/forgot': forgotPassword,
  'POST /password/reset': resetPassword,
  'POST /email/verify': verifyEmail,
}

export function createMemoryServer({
  faults = [],
  session = 'cookie',
  usernames = false,
  origins = [],
  knownKeys,
}: MemoryOptions = {}): MemoryServer {
  const store = new MemoryStore()
  const has = (fault: Fault) => faults.includes(fault)
  const contexts = new Map<string, Omit<Context, 'from'>>()
  const mount = (base: string, changes: Partial<Context> = {}) => {
    const usual = { usernames, reservedNames: true, signUpValues: 'json', discreet: false } as const
    const known = knownKeys ? { knownKeys } : {}
    contexts.set(base, { store, has, session, origins: [ORIGIN, ...origins], ...usual, ...known, ...changes })
    return ORIGIN + base
  }
  const endpoint = mount('/account')
  const variants = {
    reservedNamesOff: mount('/lenient', { reservedNames: false }),
    enumerationProtection: mount('/discreet', { discreet: true }),
    stringSignUp: mount('/texts', { signUpValues: 'strings' }),
  }

  const fetchFrom =
    (from: string): typeof globalThis.fetch =>
    async (input, init) => {
      const request = new Request(input, init)
      const [, base = '', path = ''] = /^(\/[^/]*)(.*)$/.exec(new URL(request.url).pathname) ?? []
      const context = contexts.get(base)
      if (!context) return problem('not_found', 404)
      return answerOf(request, context, () => route(request, path, { ...context, from }))
    }

  const hooks: ConformanceHooks = {
    variant: (configuration) => variants[configuration],
    mailToken: ({ email }) => store.mails.get(email) ?? '',
    logs: () => store.log,
    restart: () => store.crash(),
    expireSessions: () => {
      if (!has('sessions never run out')) store.sessions.clear()
      if (!has('tokens never run out')) store.families = []
    },
    fetchFromElsewhere: fetchFrom('elsewhere'),
    profilePath: (id) => `/users/${id}`,
    removeAccount({ email }) {
      store.accounts = store.accounts.filter((account) => account.email.toLowerCase() !== email.toLowerCase())
    },
  }
  return { endpoint, variants, fetch: fetchFrom('here'), hooks, accounts: () => store.accounts.length }
}

async function route(request: Request, path: string, context: Context): Promise<Response> {
  const { method } = request
  if (method === 'GET' && path === '/me') return readProfile(request, context)
  if (method === 'GET' && path === '/config' && context.signUpValues === 'strings')
    return Response.json({ limits: { signup: { maxFields: 10, maxValue: 500, maxName: 100 } } })
  const isForeign = method === 'PATCH' && path.startsWith('/users/')
  const call = CALLS[isForeign ? 'PATCH /me' : `${method} ${path}`]
  if (!call) return problem('not_found', 404)
  const body = await readBody(request, context)
  if (body instanceof Response) return body
  if (!isJsonObject(body)) return problem('invalid_request', 400)
  if (isForeign && !context.has('the profile of anybody can be written by its path')) return problem('forbidden', 403)
  return call(body, request, isForeign ? { ...context, pathId: path.slice('/users/'.length) } : context)
}
