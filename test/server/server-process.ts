// An account server in a process of its own, told what to do by lines of JSON: `{ open }`, then `{ cookie, origin, keys }`.
import { createInterface } from 'node:readline'
import { type AccountServer, createAccountServer } from '../../src/server/account-server.ts'

let server: AccountServer | null = null

interface Task {
  readonly cookie: string
  readonly origin: string
  /** Keys to save, one patch each, all at once; without, the server is opened only. */
  readonly keys?: readonly string[]
}

async function answer(task: Task): Promise<unknown> {
  server ??= await createAccountServer({ databaseUrl: `file:${process.env.FILE}`, origin: 'http://localhost:4173' })
  const { fetch } = server
  if (!task.keys) return 'open'
  const patch = async (key: string) => {
    const headers = { cookie: task.cookie, origin: task.origin, 'content-type': 'application/json' }
    const body = JSON.stringify({ user_metadata: { [key]: key } })
    return (await fetch(new Request(`${task.origin}/account/me`, { method: 'PATCH', headers, body }))).status
  }
  return Promise.all(task.keys.map(patch))
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`)
}
