// What every end-to-end test stands on: a demo server of its own, its database, and the asserts that hold everywhere.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'
import Database from 'libsql'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const RULES: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }

declare global {
  interface Window {
    readonly reportViolation: (violation: string) => void
    readonly axe: { run(options: RunOptions): Promise<AxeResults> }
  }
}

export interface StoredUser {
  readonly email: string
  readonly version: number
  readonly user_metadata: unknown
}

/** An account of the page with every kind of field, with the attributes it asks for. */
export interface Applicant extends StoredUser {
  readonly given_name: unknown
  readonly family_name: unknown
  readonly phone_number: unknown
  readonly picture: unknown
}

export interface Demo {
  readonly origin: string
  /** Every account in the database file, read beside the running server. */
  users(): StoredUser[]
  /** The same for the database of the page with every kind of field. */
  applicants(): Applicant[]
  /** Writes the metadata of every account there, as another program would. */
  rewriteApplicants(change: (metadata: Readonly<Record<string, unknown>>) => object): void
  /** Ends every session of either account server, as a site that withdraws them would. */
  endSessions(): void
  /** Ends the server at once, as a crash would (SIGKILL). */
  kill(): Promise<void>
  /** Starts it again on the same file and port. */
  start(): Promise<void>
}

interface Declared {
  /** Declares a load that is meant to fail, by the end of its address and its status (0 for no answer). */
  expectFailure(path: string, status: number): void
  /** Declares that the page may load from a further origin. */
  expectOrigin(origin: string): void
  /** Runs axe on the page as it stands. */
  expectAccessible(): Promise<void>
}

interface Fixtures {
  readonly demo: Demo
  readonly declared: Declared
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('no free port')
  return address.port
}

async function startDemo(port: number, file: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['demo/dist/server.js'], {
    env: { ...process.env, PORT: String(port), DATABASE_URL: `file:${file}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve())
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)))
  })
  return child
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  child.kill(signal)
  return ended
}

/** An object whose JSON has user_metadata as text, as SQLite keeps it. */
function applicant(row: unknown): Applicant {
  const column = (name: string): unknown => (typeof row === 'object' && row !== null ? Reflect.get(row, name) : null)
  return {
    email: String(column('email')),
    version: Number(column('version')),
    given_name: column('given_name'),
    family_name: column('family_name'),
    phone_number: column('phone_number'),
    picture: column('picture'),
    user_metadata: JSON.parse(String(column('user_metadata'))),
  }
}

function storedUser({ email, version, user_metadata }: Applicant): StoredUser {
  return { email, version, user_metadata }
}

function read(file: string): Applicant[] {
  const database = new Database(file)
  const rows: unknown[] = database.prepare('SELECT * FROM users ORDER BY email').all()
  database.close()
  return rows.map(applicant)
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's names.
  demo: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-'))
    const file = join(folder, 'latchkey.db')
    const port = await freePort()
    let child = await startDemo(port, file)
    await use({
      origin: `http://localhost:${port}`,
      users: () => read(file).map(storedUser),
      applicants: () => read(join(folder, 'playground.db')),
      rewriteApplicants(change) {
        const playground = join(folder, 'playground.db')
        const database = new Database(playground)
        const write = database.prepare('UPDATE users SET user_metadata = ?, version = version + 1 WHERE email = ?')
        for (const { email, user_metadata } of read(playground)) {
          const metadata = typeof user_metadata === 'object' && user_metadata !== null ? { ...user_metadata } : {}
          write.run(JSON.stringify(change(metadata)), email)
        }
        database.close()
      },
      endSessions() {
        for (const path of [file, join(folder, 'playground.db')]) {
          const database = new Database(path)
          database.exec('DELETE FROM sessions')
          database.close()
        }
      },
      async kill() {
        await end(child, 'SIGKILL')
      },
      async start() {
        child = await startDemo(port, file)
      },
    })
    if (child.exitCode === null && child.signalCode === null) expect(await end(child, 'SIGTERM')).toBe(0)
    rmSync(folder, { recursive: true })
  },
  declared: [
    async ({ page, demo }, use) => {
      const problems: string[] = []
      const failures: { readonly path: string; readonly status: number }[] = []
      const origins = [demo.origin]
      watch(page, origins, problems, failures)
      // Further tabs of the same person.
      page.context().on('page', (other) => watch(other, origins, problems, failures))
      await page.exposeFunction('reportViolation', (violation: string) => problems.push(`policy: ${violation}`))
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => {
          window.reportViolation(`${violatedDirective} ${blockedURI} ${sample}`)
        })
      })
      const expectAccessible = async () => {
        const { violations } = await page.evaluate((rules) => window.axe.run(rules), RULES)
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
      }
      await page.addInitScript({ path: AXE })
      await use({
        expectFailure: (path, status) => failures.push({ path, status }),
        expectOrigin: (origin) => origins.push(origin),
        expectAccessible,
      })
      await expectAccessible()
      expect(problems).toEqual([])
    },
    { auto: true },
  ],
})

function watch(
  page: Page,
  origins: readonly string[],
  problems: string[],
  failures: readonly { readonly path: string; readonly status: number }[],
): void {
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    const { url } = message.location()
    const status = Number(/status of (\d+)/.exec(message.text())?.[1] ?? 0)
    if (failures.some((failure) => url.endsWith(failure.path) && failure.status === status)) return
    problems.push(`console: ${message.text()} ${url}`)
  })
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`))
  page.on('request', (request) => {
    if (!origins.some((origin) => request.url().startsWith(`${origin}/`))) problems.push(`request to ${request.url()}`)
  })
}

export { expect }
