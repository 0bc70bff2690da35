// The Auth0-compatible door in a process of its own: each line of JSON is a request, and its answer is the next line.
import { createInterface } from 'node:readline'
import { createAccountServer } from '../../../src/server/account-server.ts'
import { auth0Facade } from '../../../src/server/auth0-facade.ts'
import { CLIENTS, ISSUER, PAGE } from './door-clients.ts'

const accounts = await createAccountServer({ databaseUrl: process.env.TEST_DATABASE_URL ?? '', origin: PAGE })
const door = await auth0Facade(accounts, { issuer: ISSUER, clients: CLIENTS })

interface Asked {
  readonly path: string
  readonly body: object
  /** How many times it is sent, all at once. */
  readonly times: number
}

for await (const line of createInterface({ input: process.stdin })) {
  const { path, body, times }: Asked = JSON.parse(line)
  const send = async () => {
    const headers = { 'content-type': 'application/json' }
    const reply = await door.fetch(
      new Request(new URL(path, ISSUER), { method: 'POST', headers, body: JSON.stringify(body) }),
    )
    return { status: reply.status, json: await reply.json() }
  }
  process.stdout.write(`${JSON.stringify(await Promise.all(Array.from({ length: times }, send)))}\n`)
}
