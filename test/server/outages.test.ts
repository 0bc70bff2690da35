// PostgreSQL out of reach: nobody is told why but the site, once for each request, and the server goes on when it is back.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { postgres } from './databases.ts'
import { type Answer, ORIGIN, openerOn } from './visitor.ts'

const open = openerOn(postgres)

/** A way to the database that can be cut and mended; `url` leads through it. */
async function cable(databaseUrl: string) {
  const url = new URL(databaseUrl)
  const end = { port: Number(url.port || 5432), host: url.hostname }
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(end)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
  })
  const mend = async (port = 0) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const cut = async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  await mend()
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  url.hostname = '127.0.0.1'
  url.port = String(port)
  onTestFinished(async () => {
    if (server.listening) await cut()
  })
  return { url: url.href, cut, mend: () => mend(port) }
}

function expectServerError(answer: Answer): void {
  expect([answer.status, answer.json]).toMatchObject([500, { code: 'server_error' }])
  expect(answer.text).not.toMatch(/ECONN|connect|postgres|127\.0\.0\.1|terminat/i)
}

test('a database that is gone for a while costs the requests of that while, each told once', async () => {
  const database = await postgres.create()
  const line = await cable(database.url)
  const { visitor, errors, server } = await open({}, { ...database, url: line.url })
  const ada = visitor()
  await ada.signUp({ a: 1 })
  await line.cut()
  const answers = [await ada.me(), await ada.patch({ b: 1 }), await visitor().logIn()]
  for (const answer of answers) expectServerError(answer)
  expect(errors).toHaveLength(3)
  await expect(server.verifySession(new Request(ORIGIN, { headers: { cookie: ada.cookie } }))).rejects.toThrow()
  await line.mend()
  expect((await ada.patch({ c: 1 })).json).toMatchObject({ user: { user_metadata: { a: 1, c: 1 } } })
  expect(errors).toHaveLength(3)
})

test('connections that break in the middle of requests end those requests, and nothing else', async () => {
  const database = await postgres.create()
  const line = await cable(database.url)
  const { visitor, errors } = await open({}, { ...database, url: line.url })
  const ada = visitor()
  await ada.signUp()
  const running = Promise.all(Array.from({ length: 40 }, (_, index) => ada.patch({ [`k${index}`]: 1 })))
  await line.cut()
  await line.mend()
  const answers = await running
  const failed = answers.filter(({ status }) => status !== 200)
  for (const answer of failed) expectServerError(answer)
  expect(errors).toHaveLength(failed.length)
  const { status, json } = await ada.me()
  expect(status).toBe(200)
  const kept = Object.keys(Object(json).user.user_metadata)
  expect(kept).toEqual(
    expect.arrayContaining(answers.flatMap(({ status }, index) => (status === 200 ? [`k${index}`] : []))),
  )
})

test('a database that cannot be reached is an error when the server is made, without the password', async () => {
  const database = await postgres.create()
  const line = await cable(database.url)
  await line.cut()
  const url = new URL(line.url)
  url.password = 'secret-word'
  const error: unknown = await open({}, { ...database, url: url.href }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(Error)
  expect(`${error} ${JSON.stringify(error)}`).not.toContain('secret-word')
})

test.each([
  ['pg', 'postgres://localhost/x', 'a PostgreSQL address'],
  ['libsql', 'file:x.db', 'the address of a SQLite file'],
])(
  'a site that has not installed %s is told to, if it needs it',
  async (name, databaseUrl, reason) => {
    const hooks = `export async function resolve(specifier, context, next) {
    if (specifier === '${name}') throw Object.assign(new Error('missing'), { code: 'ERR_MODULE_NOT_FOUND' })
    return next(specifier, context)
  }`
    const program = `import { register } from 'node:module'
    import { runnerImport } from 'vite'
    register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}))
    const { module } = await runnerImport(${JSON.stringify(fileURLToPath(new URL('../../src/server/account-server.ts', import.meta.url)))})
    const made = module.createAccountServer({ databaseUrl: '${databaseUrl}', origin: '${ORIGIN}' })
    console.log(await made.then(() => 'made', (error) => error.message))`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
    })
    expect(stdout.trim()).toBe(
      `databaseUrl is ${reason}, but the package "${name}" could not be loaded; run npm install ${name}`,
    )
  },
  30_000,
)
