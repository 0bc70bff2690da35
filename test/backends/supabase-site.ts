// A GoTrue that listens on a port, and the clients of a browser at it.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createGoTrue, type GoTrue, type GoTrueOptions } from './supabase-server.ts'

export interface Listening extends GoTrue {
  readonly origin: string
  close(): Promise<void>
}

/** Lets a GoTrue listen on a free port. */
export async function listen(options: GoTrueOptions = {}): Promise<Listening> {
  const goTrue = createGoTrue(options)
  const server = createServer(getRequestListener(goTrue.fetch)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    ...goTrue,
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
