// A real better-auth server on SQLite, on a free port of this machine.
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import { bearer, username } from 'better-auth/plugins'
import { Kysely, SqliteDialect } from 'kysely'
import Database from 'libsql'
import type { ColumnType } from '../../src/backends/better-auth-columns.ts'

/** One column of each kind, and a few more. */
export const COLUMNS = {
  company: 'string',
  team_size: 'string',
  seats: 'number',
  newsletter: 'boolean',
  born: 'date',
  tags: 'string[]',
  sizes: 'number[]',
  address: 'json',
} as const satisfies Readonly<Record<string, ColumnType>>

export interface BetterAuthServer {
  readonly origin: string
  /** The rows of a query, read beside the server. */
  rows(query: string, ...values: readonly (string | number | null)[]): readonly unknown[]
  /** Carries out a statement, as another program would. */
  write(statement: string, ...values: readonly (string | number | null)[]): void
  /** The links of the verification messages that were sent, oldest first. */
  readonly links: readonly string[]
  close(): Promise<void>
}

export interface ServerOptions {
  /** @default COLUMNS */
  readonly columns?: Readonly<Record<string, ColumnType>>
  /** Anything else there is to say to better-auth. */
  readonly options?: Pick<BetterAuthOptions, 'emailAndPassword' | 'rateLimit' | 'session' | 'user'>
  /**
   * What answers beside better-auth: the pages of a site.
   * @default nothing
   */
  readonly pages?: RequestListener
}

/** Starts a server with the `username` and the `bearer` plugin. */
export async function startBetterAuth(given: ServerOptions = {}): Promise<BetterAuthServer> {
  const { columns = COLUMNS, options = {}, pages } = given
  const { emailAndPassword, user = {}, ...rest } = options
  const sqlite = new Database(':memory:')
  const links: string[] = []
  let answer: RequestListener = () => {}
  const server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  const origin = `http://localhost:${address.port}`

  const settings: BetterAuthOptions = {
    baseURL: origin,
    secret: 'not a secret, for tests: 0123456789abcdef',
    database: { db: new Kysely({ dialect: new SqliteDialect({ database: sqlite }) }), type: 'sqlite' },
    logger: { disabled: true },
    telemetry: { enabled: false },
    // In tests better-auth would switch these two off.
    advanced: { disableOriginCheck: false, disableCSRFCheck: false },
    plugins: [username(), bearer()],
    // On by itself in production, which a build in the same process makes it.
    rateLimit: { enabled: false },
    emailVerification: {
      async sendVerificationEmail({ url }) {
        links.push(url)
      },
    },
    ...rest,
    emailAndPassword: { enabled: true, ...emailAndPassword },
    user: {
      ...user,
      additionalFields: {
        ...Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, { type, required: false }])),
        ...user.additionalFields,
      },
    },
  }
  const auth = betterAuth(settings)
  const { runMigrations } = await getMigrations(settings)
  await runMigrations()
  const account = toNodeHandler(auth)
  answer = (request, response) => {
    if (request.url?.startsWith('/api/auth/')) void account(request, response)
    else if (pages) pages(request, response)
    else response.writeHead(404).end()
  }

  return {
    origin,
    links,
    rows: (query, ...values) => sqlite.prepare(query).all(...values),
    write(statement, ...values) {
      sqlite.prepare(statement).run(...values)
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      sqlite.close()
    },
  }
}
