// The account server as `npm run dev` mounts it beside the pages.
import { getRequestListener } from '@hono/node-server'
import { createAccountServer } from 'latchkey/server'
import { fields } from './fields.ts'

const accounts = await createAccountServer({
  databaseUrl: process.env.DATABASE_URL ?? 'file:data/latchkey.db',
  origin: `http://localhost:${process.env.PORT ?? 4173}`,
  fields,
})

export const listener = getRequestListener(accounts.fetch)
