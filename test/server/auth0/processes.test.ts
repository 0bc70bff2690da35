// The Auth0-compatible door in several processes on one database: what one gives out, another takes, and takes once.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DATABASES } from '../databases.ts'
import { ASKED, browserAt, codeIn, VERIFIER } from './browser.ts'
import { ADA, doorOpenerOn } from './door.ts'

interface Replied {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was answered.
  readonly json: any
}

function startDoor(databaseUrl: string) {
  const program = `import { runnerImport } from 'vite'
    await runnerImport(${JSON.stringify(fileURLToPath(new URL('./door-process.ts', import.meta.url)))})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    env: { ...process.env, TEST_DATABASE_URL: databaseUrl },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const lines = createInterface({ input: child.stdout })
  return async (body: object, times = 1): Promise<readonly Replied[]> => {
    const line = once(lines, 'line')
    child.stdin.write(`${JSON.stringify({ path: '/oauth/token', body, times })}\n`)
    return JSON.parse(String((await line)[0]))
  }
}

describe.each(DATABASES)('on $kind', (kind) => {
  const open = doorOpenerOn(kind)

  test('codes and refresh tokens go from process to process, and each is used once among all', async () => {
    const door = await open()
    await door.signUp()
    const [one, two] = [startDoor(door.database.url), startDoor(door.database.url)]
    const browser = browserAt(door)
    const code = codeIn(await browser.send(await browser.authorize(), { username: ADA.email, password: ADA.password }))
    const exchange = {
      grant_type: 'authorization_code',
      code,
      code_verifier: VERIFIER,
      redirect_uri: ASKED.redirect_uri,
    }
    const [first] = await one({ client_id: 'shop', ...exchange })
    expect(first).toMatchObject({ status: 200, json: { scope: ASKED.scope } })
    const headers = { authorization: `Bearer ${first?.json.access_token}` }
    expect((await door.send('GET', '/userinfo', { headers })).json).toMatchObject({ email: ADA.email })

    const renew = { grant_type: 'refresh_token', client_id: 'shop', refresh_token: first?.json.refresh_token }
    const replies = (await Promise.all([one(renew, 10), two(renew, 10)])).flat()
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 403)])
    expect(await two({ client_id: 'shop', ...exchange })).toMatchObject([
      { status: 403, json: { error: 'invalid_grant' } },
    ])
    expect(door.errors).toEqual([])
  })
})
