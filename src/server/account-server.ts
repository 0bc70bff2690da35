// The account server for sites without a backend: one fetch-style handler over one database.
import { Hono } from 'hono'
import { PASSWORD_LENGTH } from '../contract/limits.ts'
import { PATHS } from '../contract/paths.ts'
import type { Profile } from '../contract/profile.ts'
import { defineFields } from '../fields/define.ts'
import type { Fields } from '../fields/field.ts'
import { type AccountContext, personOf } from './account-context.ts'
import { openDatabase } from './database.ts'
import { createOrigins } from './origins.ts'
import { BusyError, createPasswords } from './passwords.ts'
import { problem } from './problems.ts'
import { readProfile, updateProfile } from './profile-calls.ts'
import { admit, finish, methodNotAllowed } from './requests.ts'
import { logIn, logOut, readSession, signUp } from './session-calls.ts'
import { createSessionCookie } from './session-cookie.ts'
import { createSessions } from './sessions.ts'
import { createTurns } from './turns.ts'
import { createUsers, profileOf } from './users.ts'

export interface AccountServerOptions {
  /**
   * Where the accounts are: a SQLite file, such as `file:data/latchkey.db` (needs the package `libsql`), or a
   * PostgreSQL database, such as `postgres://user:password@host/database` (needs `pg`).
   */
  readonly databaseUrl: string
  /** Public origin of the server, such as `https://example.com`; with https the cookie gets `__Host-` and `Secure`. */
  readonly origin: string
  /**
   * Further origins whose pages may call (CORS and CSRF), compared exactly.
   * @default []
   */
  readonly allowedOrigins?: readonly string[]
  /**
   * Path under which the calls are.
   * @default '/account'
   */
  readonly basePath?: string
  /** The site's fields: every sign-up and update is held to them. Without, metadata is held to names and limits only. */
  readonly fields?: Fields
  /**
   * Whether metadata keys that the definition does not describe are refused.
   * @default 'refuse' with fields, 'allow' without
   */
  readonly unknownKeys?: 'refuse' | 'allow'
  /**
   * Fewest code points of a new password.
   * @default 8
   */
  readonly passwordMinLength?: number
  /**
   * Seconds until a session ends.
   * @default 604800 (a week)
   */
  readonly sessionLifetime?: number
  /** @default Date.now */
  readonly now?: () => number
  /**
   * Told once of every error that is the server's own fault; the person gets `server_error` without details.
   * @default one line with the error's name and message on stderr
   */
  readonly onError?: (error: unknown) => void
}

export interface AccountServer {
  /** Answers a request under the base path; anything else is 404. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>
  /** The person whose session the request carries, or null: for the site's own routes. */
  readonly verifySession: (request: Request) => Promise<Profile | null>
  /** Closes the database. */
  readonly close: () => Promise<void>
}

/**
 * Opens the database and makes the handler. Throws TypeError with path and fix for a wrong option.
 *
 * @example
 * const accounts = await createAccountServer({ databaseUrl: 'file:data/latchkey.db', origin: 'https://example.com', fields })
 * app.all('/account/*', (context) => accounts.fetch(context.req.raw))
 */
export async function createAccountServer(options: AccountServerOptions): Promise<AccountServer> {
  const { fields, basePath = '/account', now = Date.now, onError = report } = options
  if (!/^(\/[^/?#]+)+$/.test(basePath)) {
    throw new TypeError(
      `basePath ${JSON.stringify(basePath)}: must be a path without a slash at its end; write "/account"`,
    )
  }
  const origins = createOrigins(options.origin, options.allowedOrigins ?? [])
  const lifetime = whole('sessionLifetime', options.sessionLifetime ?? 604_800, 'seconds')
  const passwordMinLength = whole('passwordMinLength', options.passwordMinLength ?? PASSWORD_LENGTH.min, 'code points')
  const { database, close } = await openDatabase(options.databaseUrl)
  const context: AccountContext = {
    users: createUsers(database, now),
    sessions: createSessions(database, lifetime, now),
    passwords: createPasswords(),
    cookie: createSessionCookie(options.origin.startsWith('https:'), lifetime),
    fields: fields ?? defineFields([]),
    unknownKeys: options.unknownKeys ?? (fields ? 'refuse' : 'allow'),
    passwordMinLength,
    saves: createTurns(),
    now,
  }

  const app = new Hono().basePath(basePath)
  app.use(async (call, next) => {
    const refusal = admit(call.req.raw, origins)
    if (refusal) return refusal
    return next()
  })
  app.post(PATHS.signUp, (call) => signUp(call.req.raw, context))
  app.post(PATHS.logIn, (call) => logIn(call.req.raw, context))
  app.post(PATHS.logOut, (call) => logOut(call.req.raw, context))
  app.get(PATHS.session, (call) => readSession(call.req.raw, context))
  app.get(PATHS.profile, (call) => readProfile(call.req.raw, context))
  app.patch(PATHS.profile, (call) => updateProfile(call.req.raw, context))
  const methods = { signUp: 'POST', logIn: 'POST', logOut: 'POST', session: 'GET, HEAD', profile: 'GET, HEAD, PATCH' }
  for (const name of ['signUp', 'logIn', 'logOut', 'session', 'profile'] as const) {
    app.all(PATHS[name], (call) => methodNotAllowed(call.req.raw, methods[name]))
  }
  app.notFound(() => problem('not_found', 'The account server has nothing at this address.'))
  app.onError((error) => {
    if (error instanceof BusyError) {
      return problem('rate_limited', 'Too many log-ins at once; try again in a second.', null, { 'retry-after': '1' })
    }
    onError(error)
    return problem('server_error', 'The server could not answer; nothing is known to be stored.')
  })

  return {
    fetch: async (request) => finish(await app.fetch(request), request, origins),
    async verifySession(request) {
      const user = await personOf(request, context)
      return user ? profileOf(user) : null
    },
    close,
  }
}

function whole(option: string, value: number, unit: string): number {
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new TypeError(`${option} ${String(value)}: must be a whole number of ${unit}, 1 or more`)
}

/** Never the request: it may hold a password. */
function report(error: unknown): void {
  process.stderr.write(`latchkey: ${error instanceof Error ? `${error.name}: ${error.message}` : 'an unknown error'}\n`)
}
