// The account server for sites without a backend: one fetch-style handler over one database.
import { Hono } from 'hono'
import { PASSWORD_LENGTH } from '../contract/limits.ts'
import { MANAGED_USERS } from '../contract/management.ts'
import { OPTIONAL_PATHS, PATHS } from '../contract/paths.ts'
import type { Profile } from '../contract/profile.ts'
import { defineFields } from '../fields/define.ts'
import { type AccountContext, personOf } from './account-context.ts'
import { createAccountMail } from './account-mail.ts'
import { bearerOf } from './authorization.ts'
import { createBearerSessions } from './bearer-sessions.ts'
import { createConfirmations } from './confirmations.ts'
import { createCredentialsChange } from './credentials-change.ts'
import { openDatabase } from './database.ts'
import { createIdempotency } from './idempotency.ts'
import { checkedLimits } from './limit-options.ts'
import { createLimits } from './limits.ts'
import { mailCalls } from './mail-calls.ts'
import { checkedMail, checkedPage } from './mail-options.ts'
import { createMailTokens } from './mail-tokens.ts'
import { createMailTransport } from './mail-transport.ts'
import { createUser, deleteUser, listUsers, readUser, updateUser } from './managed-calls.ts'
import { createManagementGate } from './management-gate.ts'
import { wordsOfSite } from './new-password.ts'
import {
  type AccountServerOptions,
  checkBasePath,
  checkedAttributes,
  checkedLifetimes,
  checkedTokens,
  checkedVerification,
  flag,
  whole,
} from './options.ts'
import { createOrigins, type Origins } from './origins.ts'
import { ownAccountCalls } from './own-account-routes.ts'
import { BusyError, createPasswords } from './passwords.ts'
import { problem } from './problems.ts'
import { readProfile, updateProfile } from './profile-calls.ts'
import { admit, finish, methodNotAllowed } from './requests.ts'
import { withParts } from './server-parts.ts'
import { logIn, logOut, readSession, refreshSession } from './session-calls.ts'
import { createSessionCookie } from './session-cookie.ts'
import { createSessionList } from './session-list.ts'
import { createSessions } from './sessions.ts'
import { signUp } from './sign-up-call.ts'
import { createTurns } from './turns.ts'
import { createUsers, profileOf } from './users.ts'

export interface AccountServer {
  /** Answers a request under the base path; anything else is 404. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>
  /** The person whose session the request carries, by its token or else its cookie, or null: for the site's own routes. */
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
  checkBasePath(basePath)
  const origins = createOrigins(options.origin, options.allowedOrigins ?? [])
  const lifetimes = checkedLifetimes(options)
  const bearer = flag('bearer', options.bearer ?? false)
  const usernames = flag('usernames', options.usernames ?? false)
  const passwordMinLength = whole('passwordMinLength', options.passwordMinLength ?? PASSWORD_LENGTH.min, 'code points')
  const deniedAttributes = checkedAttributes(options.deniedAttributes ?? [], fields)
  const tokens = checkedTokens(options.management)
  const limits = checkedLimits(options.limits, options.clientAddress)
  const changePasswordPage =
    options.changePasswordPage === undefined
      ? null
      : checkedPage('changePasswordPage', options.changePasswordPage, origins)
  const mailSetting = checkedMail(options.mail, origins)
  const verification = checkedVerification(options.verification ?? 'none', mailSetting !== null)
  const mail = mailSetting && createAccountMail(mailSetting, await createMailTransport(mailSetting), onError)
  const { database, secret, close } = await openDatabase(options.databaseUrl)
  const context: AccountContext = {
    users: createUsers(database, now),
    sessions: createSessions(database, now),
    bearer: bearer ? createBearerSessions(database, lifetimes.accessTokenLifetime, now) : null,
    passwords: createPasswords(),
    limits: createLimits(database, secret, limits, now),
    mail,
    tokens: createMailTokens(database, now),
    change: createCredentialsChange(database, now),
    confirmations: createConfirmations(database, now),
    verification,
    idempotency: createIdempotency(database, secret, now),
    cookie: createSessionCookie(options.origin.startsWith('https:'), lifetimes.sessionLifetime, basePath),
    fields: fields ?? defineFields([]),
    unknownKeys: options.unknownKeys ?? (fields ? 'refuse' : 'allow'),
    deniedAttributes,
    usernames,
    passwordMinLength,
    siteWords: wordsOfSite(options.origin, mailSetting?.siteName ?? null),
    lifetimes,
    sessionList: createSessionList(database, now),
    saves: createTurns(),
    now,
  }
  const account = accountCalls(basePath, origins, context, onError)
  const management = managementCalls(basePath, tokens, context, onError)
  const server: AccountServer = {
    async fetch(request) {
      const { pathname } = new URL(request.url)
      // Where password managers send people (W3C, A Well-Known URL for Changing Passwords).
      if (pathname === CHANGE_PASSWORD && changePasswordPage !== null)
        return finish(new Response(null, { status: 302, headers: { location: changePasswordPage } }), request, null)
      const isManagement = pathname.startsWith(`${basePath}/management/`)
      if (isManagement) return finish(await management.fetch(request), request, null)
      return finish(await account.fetch(request), request, origins)
    },
    async verifySession(request) {
      const user = await personOf(request, context)
      return user ? profileOf(user, deniedAttributes) : null
    },
    async close() {
      await mail?.settled()
      await close()
    },
  }
  return withParts(server, { context, database, onError })
}

const CHANGE_PASSWORD = '/.well-known/change-password'

type OnError = (error: unknown) => void

function accountCalls(basePath: string, origins: Origins, context: AccountContext, onError: OnError): Hono {
  const app = newApp(basePath, onError)
  const { bearer, mail } = context
  const isByToken = (path: string) =>
    [PATHS.logOut, PATHS.profile].some((own) => path === basePath + own) ||
    path.startsWith(`${basePath}${PATHS.profile}/`)
  app.use(async (call, next) => {
    const isProven = bearer !== null && bearerOf(call.req.raw) !== null && isByToken(call.req.path)
    return admit(call.req.raw, origins, !isProven) ?? next()
  })
  app.post(PATHS.signUp, (call) => signUp(call.req.raw, context))
  app.post(PATHS.logIn, (call) => logIn(call.req.raw, context))
  app.post(PATHS.logOut, (call) => logOut(call.req.raw, context))
  app.get(PATHS.session, (call) => readSession(call.req.raw, context))
  app.get(PATHS.profile, (call) => readProfile(call.req.raw, context))
  app.patch(PATHS.profile, (call) => updateProfile(call.req.raw, context))
  if (bearer) {
    app.post(OPTIONAL_PATHS.refresh, (call) => refreshSession(call.req.raw, bearer, context))
    app.all(OPTIONAL_PATHS.refresh, (call) => methodNotAllowed(call.req.raw, 'POST'))
  }
  if (mail) mailCalls(app, mail, context)
  ownAccountCalls(app, context)
  const methods = {
    signUp: 'POST',
    logIn: 'POST',
    logOut: 'POST',
    session: 'GET, HEAD',
    profile: 'GET, HEAD, PATCH, DELETE',
  }
  for (const name of ['signUp', 'logIn', 'logOut', 'session', 'profile'] as const) {
    app.all(PATHS[name], (call) => methodNotAllowed(call.req.raw, methods[name]))
  }
  return app
}

/** The management routes; without a token there are none. */
function managementCalls(basePath: string, tokens: readonly string[], context: AccountContext, onError: OnError): Hono {
  const app = newApp(basePath, onError)
  if (tokens.length === 0) return app
  const refusal = createManagementGate(tokens)
  const one = `${MANAGED_USERS}/:id` as const
  app.use(async (call, next) => refusal(call.req.raw) ?? next())
  app.post(MANAGED_USERS, (call) => createUser(call.req.raw, context))
  app.get(MANAGED_USERS, (call) => listUsers(call.req.raw, context))
  app.get(one, (call) => readUser(call.req.param('id'), context))
  app.patch(one, (call) => updateUser(call.req.raw, call.req.param('id'), context))
  app.delete(one, (call) => deleteUser(call.req.param('id'), context))
  app.all(MANAGED_USERS, (call) => methodNotAllowed(call.req.raw, 'GET, HEAD, POST'))
  app.all(one, (call) => methodNotAllowed(call.req.raw, 'GET, HEAD, PATCH, DELETE'))
  return app
}

function newApp(basePath: string, onError: OnError): Hono {
  const app = new Hono().basePath(basePath)
  app.notFound(() => problem('not_found', 'The account server has nothing at this address.'))
  app.onError((error) => {
    if (error instanceof BusyError) {
      return problem('rate_limited', 'Too many log-ins at once; try again in a second.', null, { 'retry-after': '1' })
    }
    onError(error)
    return problem('server_error', 'The server could not answer; nothing is known to be stored.')
  })
  return app
}

/** Never the request: it may hold a password. An error of several, such as of two refused connections, has a code only. */
function report(error: unknown): void {
  const said = error instanceof Error ? `${error.name}: ${error.message || codeOf(error)}` : 'an unknown error'
  process.stderr.write(`latchkey: ${said}\n`)
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}
