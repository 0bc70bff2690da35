// An account server in a process of its own, told what to do by lines of JSON; it says one line when a task is done.
import { createInterface } from 'node:readline'
import { type AccountServer, createAccountServer } from '../../src/server/account-server.ts'

const ORIGIN = 'http://localhost:4173'

/** Without anything to send, the server is opened only. */
interface Task {
  readonly cookie?: string
  readonly ifMatch?: string
  /** Each is the `user_metadata` of one save, all sent at once. */
  readonly patches?: readonly object[]
  /** Sent at once; each says a line of its own when it is answered. */
  readonly signUps?: readonly { readonly key: string; readonly body: object }[]
  /** Refresh tokens, all sent at once; answered with their successors. */
  readonly refreshes?: readonly string[]
}

let server: AccountServer | null = null

function say(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

async function perform({ cookie, ifMatch, patches, signUps, refreshes }: Task): Promise<unknown> {
  const databaseUrl = process.env.TEST_DATABASE_URL ?? ''
  server ??= await createAccountServer({ databaseUrl, origin: ORIGIN, bearer: true })
  const { fetch } = server
  const ask = (method: string, path: string, body: object, more: Record<string, string>) => {
    const headers = { origin: ORIGIN, 'content-type': 'application/json', ...more }
    return fetch(new Request(`${ORIGIN}/account${path}`, { method, headers, body: JSON.stringify(body) }))
  }
  const send = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).status
  if (patches) {
    const more = { ...(cookie !== undefined && { cookie }), ...(ifMatch !== undefined && { 'if-match': ifMatch }) }
    return Promise.all(patches.map((user_metadata) => send('PATCH', '/me', { user_metadata }, more)))
  }
  if (refreshes) {
    const successorOf = async (refresh_token: string) => {
      const { session, code } = await (await ask('POST', '/token', { refresh_token }, {})).json()
      return session?.refresh_token ?? code
    }
    return Promise.all(refreshes.map(successorOf))
  }
  await Promise.all(
    (signUps ?? []).map(async ({ key, body }) => say(await send('POST', '/signup', body, { 'idempotency-key': key }))),
  )
  return 'open'
}

for await (const line of createInterface({ input: process.stdin })) say(await perform(JSON.parse(line)))
