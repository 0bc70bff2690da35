// The account servers as `npm run dev` mounts them beside the pages.
import { getRequestListener } from '@hono/node-server'
import { createAccountServer } from 'latchkey/server'
import { fields } from './fields.ts'
import { createPlayground } from './playground-server.ts'

const databaseUrl = process.env.DATABASE_URL ?? 'file:data/latchkey.db'
const origin = `http://localhost:${process.env.PORT ?? 4173}`
const accounts = await createAccountServer({ databaseUrl, origin, fields })
const playground = await createPlayground({ databaseUrl, origin })

export const listener = getRequestListener((request) =>
  new URL(request.url).pathname.startsWith('/playground/') ? playground.fetch(request) : accounts.fetch(request),
)
