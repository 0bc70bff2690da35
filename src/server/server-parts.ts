// What a further door to the same accounts gets of an account server: its database and its rules, out of the site's reach.
import type { AccountContext } from './account-context.ts'
import type { AccountDatabase } from './database.ts'

export interface ServerParts {
  readonly context: AccountContext
  readonly database: AccountDatabase
  /** Told of every error that is the server's own fault. */
  readonly onError: (error: unknown) => void
}

const partsByServer = new WeakMap<object, ServerParts>()

/** Notes a server's parts and answers the server. */
export function withParts<Server extends object>(server: Server, parts: ServerParts): Server {
  partsByServer.set(server, parts)
  return server
}

/** Throws TypeError with the fix for what `createAccountServer` did not make. */
export function partsOf(server: object): ServerParts {
  const parts = partsByServer.get(server)
  if (parts) return parts
  throw new TypeError(
    'accounts : must be an account server; write auth0Facade(await createAccountServer({ … }), { … })',
  )
}
