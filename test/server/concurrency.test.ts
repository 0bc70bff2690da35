// Many at once: no save is lost between requests, servers and processes.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { databaseFile, ORIGIN, open } from './visitor.ts'

const keys = Array.from({ length: 50 }, (_, index) => `k${index}`)
const everyKey = Object.fromEntries(keys.map((key) => [key, key]))

test('50 concurrent patches of distinct keys keep 50', async () => {
  const { visitor } = await open()
  const ada = visitor()
  await ada.signUp()
  const answers = await Promise.all(keys.map((key) => ada.patch({ [key]: key })))
  expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 200))
  const me = await ada.me()
  expect(me.json).toMatchObject({ user: { user_metadata: everyKey } })
  expect(me.headers.get('etag')).toBe('"v51"')
})

test('50 concurrent patches on two servers of one file keep 50', async () => {
  const first = await open()
  const second = await open({}, first.file)
  const ada = first.visitor()
  await ada.signUp()
  const other = second.visitor()
  other.cookie = ada.cookie
  const answers = await Promise.all(keys.map((key, index) => (index % 2 ? ada : other).patch({ [key]: key })))
  expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 200))
  expect((await other.me()).json).toMatchObject({ user: { user_metadata: everyKey } })
  expect((await other.me()).headers.get('etag')).toBe('"v51"')
})

test('of 20 saves tied to one version exactly one is taken', async () => {
  const { visitor } = await open()
  const ada = visitor()
  await ada.signUp()
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => ada.patch({ winner: index }, { 'if-match': '"v1"' })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 412)])
  expect((await ada.me()).headers.get('etag')).toBe('"v2"')
})

test('a refused save does not stand in the way of the ones behind it', async () => {
  const { visitor } = await open()
  const ada = visitor()
  await ada.signUp()
  const answers = await Promise.all([ada.patch({ a: 1 }), ada.patch({ 'b.c': 1 }), ada.patch([]), ada.patch({ d: 1 })])
  expect(answers.map(({ status }) => status)).toEqual([200, 422, 422, 200])
  expect((await ada.me()).json).toMatchObject({ user: { user_metadata: { a: 1, d: 1 } } })
})

/** A process of its own that runs `server-process.ts`; it says one line of JSON when it has done what it was told. */
function startProcess(file: string): { readonly child: ChildProcess; tell(task: object): Promise<unknown> } {
  const program = `import { runnerImport } from 'vite'
    await runnerImport(${JSON.stringify(fileURLToPath(new URL('./server-process.ts', import.meta.url)))})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, FILE: file },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(async () => {
    if (child.exitCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  const lines = createInterface({ input: child.stdout })
  return {
    child,
    async tell(task) {
      const answer = once(lines, 'line')
      child.stdin.write(`${JSON.stringify(task)}\n`)
      const [line] = await answer
      return JSON.parse(String(line))
    },
  }
}

test('two processes that start together on a new file share it, and 50 concurrent patches keep 50', async () => {
  const file = databaseFile()
  const processes = [startProcess(file), startProcess(file)]
  expect(await Promise.all(processes.map(({ tell }) => tell({ open: true })))).toEqual(['open', 'open'])
  const { visitor } = await open({}, file)
  const ada = visitor()
  await ada.signUp()
  const shares = [keys.slice(0, 25), keys.slice(25)]
  const statuses = await Promise.all(
    processes.map(({ tell }, index) => tell({ cookie: ada.cookie, origin: ORIGIN, keys: shares[index] })),
  )
  expect(statuses.flat()).toEqual(keys.map(() => 200))
  expect((await ada.me()).json).toMatchObject({ user: { user_metadata: everyKey } })
  expect((await ada.me()).headers.get('etag')).toBe('"v51"')
}, 60_000)
