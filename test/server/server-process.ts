// An account server in a process of its own, told what to do by lines of JSON: `{ open }`, then patches to send at once.
import { createInterface } from 'node:readline'
import { type AccountServer, createAccountServer } from '../../src/server/account-server.ts'

const ORIGIN = 'http://localhost:4173'

interface Task {
  readonly cookie: string
  readonly ifMatch?: string
  /** Each is the `user_metadata` of one save, all sent at once; without, the server is opened only. */
  readonly patches?: readonly object[]
}

let server: AccountServer | null = null

async function answer({ cookie, ifMatch, patches }: Task): Promise<unknown> {
  server ??= await createAccountServer({ databaseUrl: process.env.TEST_DATABASE_URL ?? '', origin: ORIGIN })
  const { fetch } = server
  if (!patches) return 'open'
  const headers = {
    cookie,
    origin: ORIGIN,
    'content-type': 'application/json',
    ...(ifMatch !== undefined && { 'if-match': ifMatch }),
  }
  const patch = async (user_metadata: object) => {
    const body = JSON.stringify({ user_metadata })
    return (await fetch(new Request(`${ORIGIN}/account/me`, { method: 'PATCH', headers, body }))).status
  }
  return Promise.all(patches.map(patch))
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`)
}
