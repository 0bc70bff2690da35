// PostgreSQL: the accounts in a database that many processes and machines share.
import { Kysely, PostgresDialect } from 'kysely'
import type { OpenDatabase, Tables } from './database.ts'
import { migrate } from './migrations.ts'
import { peer } from './peer.ts'

/** Longest wait for a connection, in milliseconds, as long as SQLite waits for its lock. */
const CONNECTION_TIMEOUT = 5000

/** Number of the advisory lock that migrations hold; any number that no other program on the database uses. */
const MIGRATION_LOCK = 7_283_190_547

/** Opens the database of a `postgres:` address. Rejects when it cannot be reached. */
export async function openPostgresql(databaseUrl: string): Promise<OpenDatabase> {
  const { default: postgresql } = await peer('pg', 'databaseUrl is a PostgreSQL address', import('pg'))
  const pool = new postgresql.Pool({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECTION_TIMEOUT })
  // A connection that breaks tells its query, and the pool replaces it; without a listener the event ends the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    // CREATE TABLE IF NOT EXISTS alone fails when two processes run it at once. The lock ends with the transaction.
    await migrate(database, ['BEGIN', `SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`])
  } catch (error) {
    await database.destroy()
    throw error
  }
  return { database, close: () => database.destroy() }
}
