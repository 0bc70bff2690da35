// The database behind the account server: its tables as types, and how it is opened.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Kysely, SqliteDialect } from 'kysely'
import Database from 'libsql'
import { migrate } from './migrations.ts'
import type { RootAttributes } from './root-attributes.ts'

/** The root attributes are columns of their own, null where the person gave none. */
export interface UsersTable extends RootAttributes {
  readonly id: string
  readonly email: string
  /** The address in lower case: one account for each, whatever case it is typed in. */
  readonly email_key: string
  readonly email_verified: number
  readonly password_hash: string
  /** JSON text. */
  readonly user_metadata: string
  /** JSON text. */
  readonly app_metadata: string
  /** Goes up by one with every change; the profile's ETag. */
  readonly version: number
  readonly created_at: string
  readonly updated_at: string
}

export interface SessionsTable {
  /** SHA-256 of the session's token in hexadecimal; the token itself is with the person only. */
  readonly token_hash: string
  readonly user_id: string
  readonly created_at: string
  readonly expires_at: string
}

export interface Tables {
  readonly users: UsersTable
  readonly sessions: SessionsTable
}

export type AccountDatabase = Kysely<Tables>

/**
 * Opens the SQLite file of a `file:` address, makes it and its folder where there is none, and brings its tables up to date.
 * Throws TypeError for another kind of address.
 */
export async function openDatabase(databaseUrl: string): Promise<AccountDatabase> {
  const sqlite = new Database(pathOf(databaseUrl))
  try {
    // An answered save is on disk before its answer: one fsync a commit. A second process waits for its turn.
    for (const pragma of ['busy_timeout = 5000', 'journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) {
      sqlite.pragma(pragma)
    }
    migrate(sqlite)
  } catch (error) {
    sqlite.close()
    throw error
  }
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: sqlite }) })
}

function pathOf(databaseUrl: string): string {
  if (typeof databaseUrl !== 'string' || !databaseUrl.startsWith('file:')) {
    throw new TypeError(
      `databaseUrl ${JSON.stringify(databaseUrl)}: must be a file address; write "file:data/latchkey.db"`,
    )
  }
  const path = databaseUrl.startsWith('file://') ? fileURLToPath(databaseUrl) : databaseUrl.slice('file:'.length)
  if (path === '') throw new TypeError('databaseUrl "file:": names no file; write "file:data/latchkey.db"')
  mkdirSync(dirname(path), { recursive: true })
  return path
}
