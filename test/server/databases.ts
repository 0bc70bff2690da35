// The databases the account server's tests run on, each new for its test and gone after it.
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'libsql'
import postgresql from 'pg'
import { inject, onTestFinished } from 'vitest'

export interface TestDatabase {
  /** What `databaseUrl` takes. */
  readonly url: string
  /** Runs one statement beside the server and answers its rows. */
  query(statement: string): Promise<unknown[]>
}

export interface DatabaseKind {
  readonly kind: 'SQLite' | 'PostgreSQL'
  create(): Promise<TestDatabase>
}

export const sqlite: DatabaseKind = {
  kind: 'SQLite',
  create: async () => sqliteFile(databaseFile()),
}

export const postgres: DatabaseKind = {
  kind: 'PostgreSQL',
  /** A schema of its own is as good as a database, and quicker made. */
  async create() {
    const answer = await fetch(inject('postgresql'))
    const address = await answer.text()
    if (!answer.ok) throw new Error(address)
    const schema = `latchkey_test_${randomUUID().replaceAll('-', '')}`
    const client = new postgresql.Client({ connectionString: address })
    await client.connect()
    await client.query(`CREATE SCHEMA ${schema}`)
    await client.query(`SET search_path TO ${schema}`)
    onTestFinished(async () => {
      await client.query(`DROP SCHEMA ${schema} CASCADE`)
      await client.end()
    })
    const url = new URL(address)
    url.searchParams.set('options', `-c search_path=${schema}`)
    return {
      url: url.href,
      async query(statement) {
        const { rows } = await client.query<object>(statement)
        return rows
      },
    }
  },
}

export const DATABASES: readonly DatabaseKind[] = [sqlite, postgres]

/** The path of a SQLite file that goes when the test ends. */
export function databaseFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-server-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'accounts.db')
}

export function sqliteFile(file: string): TestDatabase {
  return {
    url: `file:${file}`,
    async query(sql) {
      const database = new Sqlite(file)
      try {
        database.pragma('foreign_keys = ON')
        const statement = database.prepare(sql)
        if (statement.reader) return statement.all()
        statement.run()
        return []
      } finally {
        database.close()
      }
    },
  }
}
