// The database's history, forward only: each step is run once, in order, and never edited after it was released.
import type Database from 'libsql'

const STEPS: readonly string[] = [
  `CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL UNIQUE,
    email_verified INTEGER NOT NULL DEFAULT 0,
    password_hash TEXT NOT NULL,
    user_metadata TEXT NOT NULL DEFAULT '{}',
    app_metadata TEXT NOT NULL DEFAULT '{}',
    version INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  );
  CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
  );
  CREATE INDEX sessions_by_user ON sessions (user_id);`,
  `ALTER TABLE users ADD COLUMN name TEXT;
  ALTER TABLE users ADD COLUMN given_name TEXT;
  ALTER TABLE users ADD COLUMN family_name TEXT;
  ALTER TABLE users ADD COLUMN nickname TEXT;
  ALTER TABLE users ADD COLUMN picture TEXT;
  ALTER TABLE users ADD COLUMN phone_number TEXT;`,
]

/**
 * Runs the steps the database has not seen. The write lock is taken first, so that of two processes that
 * start together one does the work and the other finds it done. Throws Error for a database of a newer release.
 */
export function migrate(sqlite: Database.Database): void {
  sqlite.exec('BEGIN IMMEDIATE')
  try {
    sqlite.exec('CREATE TABLE IF NOT EXISTS schema_version (step INTEGER PRIMARY KEY)')
    const done = stepsDone(sqlite)
    if (done > STEPS.length) {
      throw new Error(`The database is at step ${done}, this release knows ${STEPS.length}: run the newer release.`)
    }
    STEPS.slice(done).forEach((step, index) => {
      sqlite.exec(step)
      sqlite.exec(`INSERT INTO schema_version (step) VALUES (${done + index + 1})`)
    })
    sqlite.exec('COMMIT')
  } catch (error) {
    sqlite.exec('ROLLBACK')
    throw error
  }
}

function stepsDone(sqlite: Database.Database): number {
  const row: unknown = sqlite.prepare('SELECT COALESCE(MAX(step), 0) AS steps FROM schema_version').get()
  return typeof row === 'object' && row !== null && 'steps' in row ? Number(row.steps) : 0
}
