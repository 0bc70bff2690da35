// SQLite: the accounts in one file, opened once in a process however many servers use it.
import { mkdirSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Kysely, SqliteDialect } from 'kysely'
import type { AccountDatabase, OpenDatabase, Tables } from './database.ts'
import { migrate } from './migrations.ts'
import { peer } from './peer.ts'

interface OpenFile {
  readonly database: Promise<AccountDatabase>
  users: number
}

/**
 * The files that are open here. libsql waits for another connection's lock without giving the thread away, so two
 * connections of one process to one file would wait for each other until one of them fails: it gets one.
 */
const openFiles = new Map<string, OpenFile>()

/** Opens the file of a `file:` address; makes it and its folder where there is none. */
export async function openSqlite(databaseUrl: string): Promise<OpenDatabase> {
  const path = pathOf(databaseUrl)
  const file = openFiles.get(path) ?? { database: connect(path), users: 0 }
  openFiles.set(path, file)
  file.users += 1
  const leave = () => {
    file.users -= 1
    if (file.users === 0) openFiles.delete(path)
    return file.users === 0
  }
  try {
    const database = await file.database
    return {
      database,
      async close() {
        if (leave()) await database.destroy()
      },
    }
  } catch (error) {
    leave()
    throw error
  }
}

async function connect(path: string): Promise<AccountDatabase> {
  const { default: Sqlite } = await peer('libsql', 'databaseUrl is the address of a SQLite file', import('libsql'))
  const sqlite = new Sqlite(path)
  try {
    // An answered save is on disk before its answer: one fsync a commit. A second process waits for its turn.
    for (const pragma of ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) {
      sqlite.pragma(pragma)
    }
    const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) })
    // IMMEDIATE takes the write lock at once.
    await migrate(database, ['BEGIN IMMEDIATE'])
    return database
  } catch (error) {
    sqlite.close()
    throw error
  }
}

function pathOf(databaseUrl: string): string {
  const path = databaseUrl.startsWith('file://') ? fileURLToPath(databaseUrl) : databaseUrl.slice('file:'.length)
  if (path === '') throw new TypeError('databaseUrl "file:": names no file; write "file:data/latchkey.db"')
  mkdirSync(dirname(path), { recursive: true })
  return join(realpathSync(dirname(path)), basename(path))
}
