// The conformance kit and the contract as they ship: the command against the account server, hooks, and the OpenAPI document.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openApi } from '../../src/contract/openapi.ts'

const folder = resolve('dist/conformance-test')
beforeAll(() => mkdirSync(folder, { recursive: true }))
afterAll(() => rmSync(folder, { recursive: true }))

const SERVER = `
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createAccountServer } from 'latchkey/server'
const http = createServer((request, response) => listener(request, response)).listen(0, '127.0.0.1', async () => {
  const origin = 'http://localhost:' + http.address().port
  const { fetch } = await createAccountServer({ databaseUrl: 'file:accounts.db', origin })
  globalThis.listener = getRequestListener(fetch)
  process.stdout.write(origin + '\\n')
})`

/** Starts the account server of the package in a process of its own and answers with its origin. */
async function startServer(): Promise<string> {
  writeFileSync(join(folder, 'server.mjs'), SERVER)
  const child = spawn(process.execPath, ['server.mjs'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(async () => {
    child.kill()
    await once(child, 'exit')
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  return String(line)
}

function conformance(...argv: readonly string[]) {
  const command = [resolve('dist/cli/latchkey.js'), 'conformance', ...argv]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('the account server keeps the contract, run after run', async () => {
  const origin = await startServer()
  const first = conformance(`${origin}/account`)
  expect(first).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining(', 0 failed, ') })
  writeFileSync(
    join(folder, 'hooks.ts'),
    'export const removeAccount = (account: { email: string }): string => account.email',
  )
  const second = conformance(`${origin}/account/`, '--json', '--hooks', 'hooks.ts', '--only', '3,16,28,29')
  expect(second).toMatchObject({ status: 0, stderr: '' })
  expect(JSON.parse(second.stdout)).toMatchObject({ passed: 4, failed: 0, left: [] })
  expect(conformance(origin)).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('/signup answered 404'),
  })
}, 120_000)

test('where nobody listens, it says so', async () => {
  const closed = createServer().listen(0, 'localhost')
  await once(closed, 'listening')
  const address = closed.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  closed.close()
  await once(closed, 'close')
  const outcome = conformance(`http://localhost:${port}/account`)
  expect(outcome).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('ECONNREFUSED') })
})

test('latchkey/openapi.json is the contract of this version', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  const program = "process.stdout.write(JSON.stringify(require('latchkey/openapi.json')))"
  const printed = execFileSync(process.execPath, ['--input-type=commonjs', '-e', program], { encoding: 'utf8' })
  expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify(openApi(version))))
})
