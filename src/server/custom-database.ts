// Accounts as the "custom database" of an Auth0 tenant: the seven calls that a tenant's scripts make, behind a secret of their own.
import { Hono } from 'hono'
import type { AccountServer } from './account-server.ts'
import { createCredentialsChange } from './credentials-change.ts'
import {
  type CustomDatabaseContext,
  changeEmail,
  changePassword,
  createUser,
  deleteUser,
  findUser,
  logIn,
  verifyEmail,
} from './custom-database-calls.ts'
import { createManagementGate } from './management-gate.ts'
import { checkBasePath, checkedSecrets } from './options.ts'
import { BusyError } from './passwords.ts'
import { problem } from './problems.ts'
import { bodyOf, finish } from './requests.ts'
import { partsOf } from './server-parts.ts'

export interface CustomDatabaseOptions {
  /** What the tenant's scripts send, each of at least 32 visible ASCII characters; a second one lets you replace the first. */
  readonly secrets: readonly string[]
  /**
   * Path under which the calls are.
   * @default '/custom-database'
   */
  readonly basePath?: string
}

export interface CustomDatabase {
  /** Answers a request under the base path; anything else is 404. Never rejects. */
  readonly fetch: (request: Request) => Promise<Response>
}

/**
 * Opens the accounts of a server to the scripts of an Auth0 tenant's custom database connection, which `customDatabaseScripts`
 * writes. Pages are never answered. What the tenant stores about a person after the account was made stays with the
 * tenant: metadata then lives in two places, and nothing brings them together.
 * Throws TypeError with path and fix for a wrong option.
 *
 * @example
 * const tenant = customDatabase(accounts, { secrets: [process.env.AUTH0_SCRIPTS_SECRET] })
 * app.all('/custom-database/*', (context) => tenant.fetch(context.req.raw))
 */
export function customDatabase(accounts: AccountServer, options: CustomDatabaseOptions): CustomDatabase {
  const { context: rules, database, onError } = partsOf(accounts)
  const { basePath = '/custom-database' } = options
  checkBasePath(basePath)
  const refusal = createManagementGate(
    checkedSecrets('secrets', options.secrets, 'make one with "openssl rand -base64 32"'),
  )
  const context: CustomDatabaseContext = { ...rules, change: createCredentialsChange(database, rules.now) }
  const app = new Hono().basePath(basePath)
  app.notFound(() => problem('not_found', 'There is no such call.'))
  app.onError((error) => {
    if (error instanceof BusyError)
      return problem('rate_limited', 'Too many passwords at once; try again.', null, { 'retry-after': '1' })
    onError(error)
    return problem('server_error', 'The server could not answer.')
  })
  const calls = {
    '/login': logIn,
    '/get-user': findUser,
    '/create': createUser,
    '/verify': verifyEmail,
    '/change-password': changePassword,
    '/change-email': changeEmail,
    '/delete': deleteUser,
  }
  for (const [path, answer] of Object.entries(calls))
    app.post(path, async (call) => {
      const body = refusal(call.req.raw) ?? (await bodyOf(call.req.raw))
      return body instanceof Response ? body : answer(body.value, context)
    })
  return { fetch: async (request) => finish(await app.fetch(request), request, null) }
}
