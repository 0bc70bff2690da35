// Auth0's clients as the tests call them: in a process of their own, against a door over TLS.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { SecureServer } from './secure-server.ts'

export type Outcome =
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever a client answers.
  | { readonly ok: true; readonly value: any }
  // biome-ignore lint/suspicious/noExplicitAny: the same of its errors.
  | { readonly ok: false; readonly error: any }

export interface Clients {
  /** Makes one of Auth0's clients with options, and calls a method of it. */
  call(client: string, options: object, call: string, ...args: readonly unknown[]): Promise<Outcome>
  close(): Promise<void>
}

export function startClients({ domain, certificate }: SecureServer, page: string): Clients {
  const program = `import { runnerImport } from 'vite'
    await runnerImport(${JSON.stringify(fileURLToPath(new URL('./client-process.ts', import.meta.url)))})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate, TEST_DOMAIN: domain, TEST_PAGE: page },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  let last: Promise<unknown> = Promise.resolve()
  return {
    call(client, options, call, ...args) {
      const answered = last.then(async () => {
        const line = once(lines, 'line')
        child.stdin.write(`${JSON.stringify({ client, options, call, args })}\n`)
        const died = ended.then(() => Promise.reject(new Error('the process with the clients ended')))
        return JSON.parse(String((await Promise.race([line, died]))[0]))
      })
      last = answered
      return answered
    },
    async close() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
