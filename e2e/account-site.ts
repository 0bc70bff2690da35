// A site of a test's own: one page with its script under a strict policy, and an account server on that origin or another.
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { type AccountServerOptions, createAccountServer } from 'latchkey/server'
import Database from 'libsql'
import { pageOf, policyOf } from './site-page.ts'

export interface AccountSite {
  /** Of the page. */
  readonly origin: string
  /** Of the account server, the same unless it stands apart. */
  readonly accounts: string
  /** The rows of a table of the account server's database. */
  rows(table: 'users' | 'sessions' | 'bearer_sessions'): readonly unknown[]
  /** Metadata of the first account. */
  metadata(): unknown
  /** Writes the metadata of every account, as another program would. */
  write(change: (metadata: object) => object): void
  /** Ends every session, as a site that withdraws them would. */
  endSessions(): void
  /** Ends every access token, as time does. */
  endAccessTokens(): void
}

export interface AccountSiteOptions {
  /** The page's module; `ACCOUNT` in it stands for the address of the account server. */
  readonly script: string
  /** What stands in the page's main part; `ACCOUNT` as in the script. */
  readonly main?: string
  /**
   * Whether the account server has an origin of its own.
   * @default false
   */
  readonly apart?: boolean
  /** With a `databaseUrl` of its own, which `rows` and `endSessions` know nothing of. */
  readonly options?: Partial<Omit<AccountServerOptions, 'origin' | 'allowedOrigins'>>
}

async function listen(listener: RequestListener): Promise<{ readonly server: Server; readonly origin: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((ready) => server.once('listening', ready))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no free port')
  return { server, origin: `http://localhost:${address.port}` }
}

const closing: (() => Promise<void>)[] = []

/** Ends every site; in the end of a file, as a page may still be fetching when its test is over. */
export async function closeAccountSites(): Promise<void> {
  for (const close of closing.splice(0)) await close()
}

/** Starts the site; its page is at the root, and at every other address without a dot. */
export async function startAccountSite(given: AccountSiteOptions): Promise<AccountSite> {
  const { script, main = '<div id="account"></div>', apart = false, options = {} } = given
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-site-'))
  const file = join(folder, 'accounts.db')
  let handle: (request: Request) => Promise<Response>
  const answer = getRequestListener((request) => handle(request))
  const own = apart ? await listen(answer) : null
  const { server, origin } = await listen((request, response) => {
    const path = request.url?.split('?')[0] ?? '/'
    if (path.startsWith('/account/')) return answer(request, response)
    const addressed = (text: string) => text.replaceAll('ACCOUNT', `${accounts}/account`)
    const send = (type: string, body: string | Buffer) => {
      response.setHeader('content-type', `${type}; charset=utf-8`)
      response.setHeader('content-security-policy', policy)
      response.end(body)
    }
    if (path === '/page.js') return send('text/javascript', addressed(script))
    if (!path.startsWith('/latchkey/')) return send('text/html', pageOf(addressed(main)))
    readFile(resolve('dist/embed', path.slice('/latchkey/'.length))).then(
      (body) => send('text/javascript', body),
      () => response.writeHead(404).end(),
    )
  })
  const accounts = own?.origin ?? origin
  const policy = policyOf(`'self' ${accounts}`)
  const allowedOrigins = apart ? [origin] : []
  const made = await createAccountServer({ databaseUrl: `file:${file}`, ...options, origin: accounts, allowedOrigins })
  handle = made.fetch
  closing.push(async () => {
    for (const running of [server, own?.server]) {
      running?.closeAllConnections()
      if (running) await new Promise((closed) => running.close(closed))
    }
    await made.close()
    rmSync(folder, { recursive: true })
  })
  function withDatabase<Result>(work: (database: Database.Database) => Result): Result {
    const database = new Database(file)
    try {
      return work(database)
    } finally {
      database.close()
    }
  }
  const accountRows = (): readonly unknown[] =>
    withDatabase((database) => database.prepare('SELECT * FROM users').all())
  const metadataIn = (row: unknown): object => JSON.parse(String(Reflect.get(Object(row), 'user_metadata')))
  return {
    origin,
    accounts,
    rows: (table) => withDatabase((database) => database.prepare(`SELECT * FROM ${table}`).all()),
    metadata: () => metadataIn(accountRows()[0]),
    write(change) {
      for (const row of accountRows()) {
        const values = [JSON.stringify(change(metadataIn(row))), Reflect.get(Object(row), 'id')]
        withDatabase((database) =>
          database.prepare('UPDATE users SET user_metadata = ?, version = version + 1 WHERE id = ?').run(...values),
        )
      }
    },
    endAccessTokens() {
      withDatabase((database) => database.exec('DELETE FROM access_tokens'))
    },
    endSessions() {
      withDatabase((database) => {
        for (const table of ['sessions', 'access_tokens', 'bearer_sessions']) database.exec(`DELETE FROM ${table}`)
      })
    },
  }
}
