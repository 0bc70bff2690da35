// An account server in a process of its own, over real connections, so that it can be killed. It says its address once it listens.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createAccountServer } from '../../src/server/account-server.ts'

const origin = `http://localhost:${process.env.PORT}`
const { fetch } = await createAccountServer({
  databaseUrl: process.env.TEST_DATABASE_URL ?? '',
  origin,
  bearer: true,
})
const server = createServer(getRequestListener(fetch))
server.listen(Number(process.env.PORT), '127.0.0.1')
await once(server, 'listening')
process.stdout.write(`${origin}\n`)
