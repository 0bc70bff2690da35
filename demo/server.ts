// Runs the demo: its pages, the widget's files, and two account servers, each on a SQLite file of its own; in place of the
// first one an Auth0 tenant, where the environment names one.
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createAccountServer } from 'latchkey/server'
import { auth0RoadFrom } from './auth0-road-from.ts'
import { fields } from './fields.ts'
import { createPages } from './pages.ts'
import { createPlayground } from './playground-server.ts'

const given = process.env.PORT ?? '4173'
const port = Number(given)
if (!/^\d+$/.test(given) || port < 1 || port > 65_535) {
  throw new TypeError(`PORT ${JSON.stringify(given)}: must be a number from 1 to 65535; write PORT=4173`)
}
const origin = `http://localhost:${port}`

const databaseUrl = process.env.DATABASE_URL ?? 'file:data/latchkey.db'
const allowedOrigins = [`http://127.0.0.1:${port}`]
const road = auth0RoadFrom(process.env, origin)
const accounts = road ?? (await createAccountServer({ databaseUrl, origin, allowedOrigins, fields }))
const playground = await createPlayground({ databaseUrl, origin, allowedOrigins })
const pages = createPages()

function handle(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname.startsWith('/account/')) return accounts.fetch(request)
  return pathname.startsWith('/playground/') ? playground.fetch(request) : pages(request)
}

let running = 0
let stopping = false
const servers: Server[] = []

// Loopback by default: "localhost" is either address, depending on the browser; a machine may lack the second.
for (const host of process.env.HOST ? [process.env.HOST] : ['127.0.0.1', '::1']) {
  const server = createServer(getRequestListener(handle))
  server.on('request', (_request, response) => {
    running += 1
    response.once('close', () => {
      running -= 1
      closeWhenIdle()
    })
  })
  server.listen(port, host)
  try {
    await once(server, 'listening')
    servers.push(server)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (host !== '::1' || (code !== 'EADDRNOTAVAIL' && code !== 'EAFNOSUPPORT')) throw error
  }
}
process.stdout.write(`Latchkey demo: ${origin}\n`)

/** A stop lets what runs end, then closes every connection: also one that a browser opened and never used. */
function closeWhenIdle(): void {
  if (stopping && running === 0) for (const server of servers) server.closeAllConnections()
}

async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  const closed = servers.map((server) => once(server, 'close'))
  for (const server of servers) server.close()
  closeWhenIdle()
  await Promise.all(closed)
  await Promise.all([accounts.close(), playground.close()])
}
process.once('SIGTERM', stop)
process.once('SIGINT', stop)
