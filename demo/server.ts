// Runs the demo: its pages, the widget's files, and the account server on one SQLite file.
import { createAdaptorServer } from '@hono/node-server'
import { createAccountServer } from 'latchkey/server'
import { fields } from './fields.ts'
import { createPages } from './pages.ts'

const port = Number(process.env.PORT ?? 4173)
if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new TypeError('PORT: must be a number from 1 to 65535')
const origin = `http://localhost:${port}`

const accounts = await createAccountServer({
  databaseUrl: process.env.DATABASE_URL ?? 'file:data/latchkey.db',
  origin,
  allowedOrigins: [`http://127.0.0.1:${port}`],
  fields,
  onError: (error) => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
})
const pages = createPages()

const handle = (request: Request) =>
  new URL(request.url).pathname.startsWith('/account/') ? accounts.fetch(request) : pages(request)

// Loopback only: "localhost" is either of these, depending on the browser.
const servers = await Promise.all(
  ['127.0.0.1', '::1'].map(
    (hostname) =>
      new Promise<ReturnType<typeof createAdaptorServer> | null>((resolve, reject) => {
        const server = createAdaptorServer({ fetch: handle })
        server.once('error', (error: NodeJS.ErrnoException) =>
          error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT' ? resolve(null) : reject(error),
        )
        server.listen(port, hostname, () => resolve(server))
      }),
  ),
)
process.stdout.write(`Latchkey demo: ${origin}\n`)

async function stop(): Promise<void> {
  await Promise.all(servers.map((server) => server && new Promise((resolve) => server.close(resolve))))
  await accounts.close()
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
