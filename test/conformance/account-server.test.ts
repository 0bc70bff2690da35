// The account server, held to the conformance cases on both databases, and over real connections through a crash.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { defineFields } from 'latchkey/fields'
import type { AccountServerOptions } from 'latchkey/server'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { ConformanceHooks } from '../../src/conformance/hooks.ts'
import { type Conformance, runConformance } from '../../src/conformance/run.ts'
import { MANAGED_USERS } from '../../src/contract/management.ts'
import { DATABASES, sqlite, type TestDatabase } from '../server/databases.ts'
import { openOutbox, tokenIn } from '../server/outbox.ts'
import { ORIGIN, openerOn } from '../server/visitor.ts'

/** What the server does not have: limits at sign-up (6, 7, 8). 21 is about the client. */
const NOT_OURS = [6, 7, 8, 21]

/** What is not asked without the hooks for it: guesses from elsewhere (14). */
const NOT_ASKED = [6, 7, 8, 14, 21]

function expectPassed({ cases }: Conformance, ...notRun: readonly number[]): void {
  expect(
    cases.flatMap(({ number, checks }) => checks.filter(({ passed }) => !passed).map((check) => [number, check])),
  ).toEqual([])
  expect(cases.filter(({ outcome }) => outcome === 'not run').map(({ number }) => number)).toEqual(notRun)
}

const removing = ({ query }: TestDatabase): ConformanceHooks => ({
  async removeAccount({ email }) {
    await query(`DELETE FROM users WHERE email = '${email}'`)
  },
})

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  test.each<readonly [string, Partial<AccountServerOptions>]>([
    ['with a cookie', {}],
    ['with a cookie or a token', { bearer: true }],
    ['with a cookie or a token, and user names', { bearer: true, usernames: true }],
    ['with an address that has to be verified', { verification: 'required' }],
  ])(
    'every case that is ours passes, %s',
    async (_what, options) => {
      let clock = Date.now()
      const outbox = openOutbox()
      const { server, database, errors, rows } = await open({
        ...options,
        now: () => clock,
        mail: outbox.mail,
        clientAddress: (request) => request.headers.get('x-real-ip') ?? '192.0.2.1',
        limits: { mailPerAddress: false },
        management: { tokens: ['t'.repeat(32)] },
      })
      const anyName = defineFields([], { reservedNames: false })
      const lenient = await open(
        { ...options, mail: outbox.mail, fields: anyName, unknownKeys: 'allow', basePath: '/lenient' },
        database,
      )
      const hooks: ConformanceHooks = {
        ...removing(database),
        logs: () => errors.map(String).join('\n'),
        variant: (configuration) => (configuration === 'reservedNamesOff' ? `${ORIGIN}/lenient` : null),
        profilePath: (id) => `${MANAGED_USERS}/${id}`,
        expireSessions() {
          clock += 8 * 24 * 60 * 60 * 1000
        },
        async mailToken({ email, purpose }) {
          const screen = purpose === 'verify' ? 'verifyEmail' : 'resetPassword'
          const latest = () =>
            outbox.read().filter((mail) => mail.to === email && mail.text.includes(`latchkey=${screen}&`))
          await expect.poll(() => latest().length, { timeout: 5000 }).toBeGreaterThan(0)
          return tokenIn(latest().at(-1)?.text ?? '')
        },
        fetchFromElsewhere(input, init) {
          const request = new Request(input, init)
          request.headers.set('x-real-ip', '198.51.100.7')
          return server.fetch(request)
        },
      }
      const fetch: typeof globalThis.fetch = (input, init) => {
        const request = new Request(input, init)
        return (request.url.includes('/lenient/') ? lenient.server : server).fetch(request)
      }
      const result = await runConformance({ endpoint: `${ORIGIN}/account`, fetch, hooks })
      expectPassed(result, ...NOT_OURS)
      const byToken = result.cases.flatMap(({ notRun }) => notRun).filter((part) => part.includes('"session":"bearer"'))
      expect([result.facts.noTokens === null, byToken.length]).toEqual(options.bearer ? [true, 0] : [false, 2])
      expect(result.facts.usernames).toBe(options.usernames === true)
      expect(result.left).toEqual([])
      expect(await rows('SELECT id FROM users')).toEqual([])
      expect(errors).toEqual([])
    },
    120_000,
  )

  test('with a definition of fields, every case that its keys allow passes', async () => {
    const fields = defineFields([
      { name: 'given_name', label: 'First name', storage: 'root', required: true },
      { name: 'company', label: 'Company', required: true },
      { name: 'plan', type: 'select', label: 'Plan', options: ['team', 'solo'] },
      { name: 'about', type: 'textarea', label: 'About' },
    ])
    const { server } = await open({ fields })
    const result = await runConformance({
      endpoint: `${ORIGIN}/account`,
      fetch: (input, init) => server.fetch(new Request(input, init)),
      valid: { company: 'Acme', plan: 'team' },
      attributes: { given_name: 'Ada' },
      keys: ['about'],
    })
    expect(result.facts.keys.map(({ name }) => name)).toEqual(['about', 'plan'])
    expect(result.facts.base).toEqual({ company: 'Acme' })
    // No key of it takes any object (17, 19), and a required one cannot be cleared (20).
    expectPassed(result, 5, ...NOT_ASKED.slice(0, 4), 17, 19, 20, 21, 30)
  }, 120_000)
})

test('over real connections, with a save that outlives kill -9', async () => {
  const database = await sqlite.create()
  const server = await startProcess(database.url)
  const hooks = { ...removing(database), restart: server.restart }
  const result = await runConformance({ endpoint: `${server.origin}/account`, hooks })
  expectPassed(result, ...NOT_ASKED)
  expect(result.cases.find(({ number }) => number === 30)?.checks).toHaveLength(2)
}, 120_000)

/** Runs `server-process.ts` on a free port; a restart kills it and starts it on the same one. */
async function startProcess(databaseUrl: string) {
  const port = await freePort()
  const program = `import { runnerImport } from 'vite'
    await runnerImport(${JSON.stringify(fileURLToPath(new URL('./server-process.ts', import.meta.url)))})`
  let child: ChildProcess
  let origin = ''
  const start = async () => {
    const started = spawn(process.execPath, ['--input-type=module', '-e', program], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { ...process.env, TEST_DATABASE_URL: databaseUrl, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child = started
    const [line] = await once(createInterface(started.stdout), 'line')
    origin = String(line)
  }
  const kill = async () => {
    const exited = once(child, 'exit')
    child.kill('SIGKILL')
    await exited
  }
  await start()
  onTestFinished(kill)
  return {
    origin,
    async restart() {
      await kill()
      await start()
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('a server on a port has an address')
  return address.port
}
