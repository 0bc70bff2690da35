// The database behind the account server: its tables as types, and which kind an address asks for.
import type { Kysely } from 'kysely'
import { openPostgresql } from './postgresql.ts'
import type { RootAttributes } from './root-attributes.ts'
import { openSqlite } from './sqlite.ts'

/** The root attributes are columns of their own, null where the person gave none. */
export interface UsersTable extends RootAttributes {
  readonly id: string
  readonly email: string
  /** The address in lower case: one account for each, whatever case it is typed in. */
  readonly email_key: string
  readonly email_verified: number
  readonly password_hash: string
  /** JSON as text, not as a database's own type, which would reorder keys and round numbers. */
  readonly user_metadata: string
  /** JSON as text. */
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

export interface OpenDatabase {
  readonly database: AccountDatabase
  readonly close: () => Promise<void>
}

/**
 * Opens the SQLite file of a `file:` address or the PostgreSQL database of a `postgres:` one, and brings its tables
 * up to date. Throws TypeError for another kind of address.
 */
export async function openDatabase(databaseUrl: string): Promise<OpenDatabase> {
  const [scheme] = (typeof databaseUrl === 'string' && /^[\w+.-]*:/.exec(databaseUrl)) || [null]
  if (scheme === 'file:') return openSqlite(databaseUrl)
  if (scheme === 'postgres:' || scheme === 'postgresql:') return openPostgresql(databaseUrl)
  // Nothing after the scheme is repeated: an address holds a password.
  throw new TypeError(
    `databaseUrl ${scheme === null ? 'without a scheme' : `"${scheme}…"`}: must be a file or PostgreSQL address; write "file:data/latchkey.db" or "postgres://user:password@host/database"`,
  )
}
