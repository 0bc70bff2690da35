// The database's history, forward only and the same on every database: each step is run once, in order, and never edited after it was released.
import { type Kysely, sql } from 'kysely'

/** Every statement is SQL that SQLite and PostgreSQL read alike. */
const STEPS: readonly (readonly string[])[] = [
  [
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
    )`,
    `CREATE TABLE sessions (
      token_hash TEXT PRIMARY KEY,
      user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      created_at TEXT NOT NULL,
      expires_at TEXT NOT NULL
    )`,
    'CREATE INDEX sessions_by_user ON sessions (user_id)',
  ],
  ['name', 'given_name', 'family_name', 'nickname', 'picture', 'phone_number'].map(
    (attribute) => `ALTER TABLE users ADD COLUMN ${attribute} TEXT`,
  ),
  [
    'CREATE TABLE secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL)',
    `CREATE TABLE idempotency_keys (
      key_hash TEXT PRIMARY KEY,
      body_hash TEXT NOT NULL,
      status INTEGER NOT NULL,
      code TEXT,
      user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
      expires_at TEXT NOT NULL
    )`,
    'CREATE INDEX idempotency_keys_by_user ON idempotency_keys (user_id)',
    'CREATE INDEX idempotency_keys_by_end ON idempotency_keys (expires_at)',
  ],
  [
    `CREATE TABLE auth0_grants (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      secret_hash TEXT NOT NULL,
      used_at TEXT,
      login_id TEXT NOT NULL,
      user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      client_id TEXT NOT NULL,
      details TEXT NOT NULL,
      expires_at TEXT NOT NULL
    )`,
    'CREATE INDEX auth0_grants_by_login ON auth0_grants (login_id)',
    'CREATE INDEX auth0_grants_by_user ON auth0_grants (user_id)',
    'CREATE INDEX auth0_grants_by_end ON auth0_grants (expires_at)',
  ],
  [
    `CREATE TABLE bearer_sessions (
      id TEXT PRIMARY KEY,
      user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      refresh_hash TEXT NOT NULL,
      next_hash TEXT,
      next_salt TEXT,
      created_at TEXT NOT NULL,
      expires_at TEXT NOT NULL
    )`,
    'CREATE INDEX bearer_sessions_by_user ON bearer_sessions (user_id)',
    `CREATE TABLE access_tokens (
      token_hash TEXT PRIMARY KEY,
      session_id TEXT NOT NULL REFERENCES bearer_sessions (id) ON DELETE CASCADE,
      refresh_hash TEXT NOT NULL,
      expires_at TEXT NOT NULL
    )`,
    'CREATE INDEX access_tokens_by_session ON access_tokens (session_id)',
  ],
  [
    'ALTER TABLE users ADD COLUMN username TEXT',
    'ALTER TABLE users ADD COLUMN username_key TEXT',
    'CREATE UNIQUE INDEX users_by_username ON users (username_key)',
  ],
  [
    'CREATE TABLE rate_limits (key TEXT PRIMARY KEY, points INTEGER NOT NULL, expires_at TEXT NOT NULL)',
    'CREATE INDEX rate_limits_by_end ON rate_limits (expires_at)',
  ],
  [
    `CREATE TABLE mail_tokens (
      token_hash TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
      email TEXT NOT NULL,
      email_key TEXT NOT NULL,
      details TEXT NOT NULL,
      expires_at TEXT NOT NULL
    )`,
    'CREATE INDEX mail_tokens_by_user ON mail_tokens (user_id)',
    'CREATE INDEX mail_tokens_by_email ON mail_tokens (email_key)',
    'CREATE INDEX mail_tokens_by_end ON mail_tokens (expires_at)',
  ],
]

/**
 * Runs the steps the database has not seen, in one transaction. `begin` starts it and takes the lock that lets only
 * one process at a time in here: of two that start together one does the work and the other finds it done.
 * Throws Error for a database of a newer release. After a failure the caller closes the database, which ends the
 * transaction without a trace.
 */
export async function migrate<Tables>(database: Kysely<Tables>, begin: readonly string[]): Promise<void> {
  await database.connection().execute(async (connection) => {
    const run = (statement: string) => sql.raw(statement).execute(connection)
    for (const statement of begin) await run(statement)
    await run('CREATE TABLE IF NOT EXISTS schema_version (step INTEGER PRIMARY KEY)')
    const { rows } = await sql<{ readonly step: number }>`SELECT step FROM schema_version`.execute(connection)
    const done = Math.max(0, ...rows.map(({ step }) => step))
    if (done > STEPS.length) {
      throw new Error(`The database is at step ${done}, this release knows ${STEPS.length}: run the newer release.`)
    }
    for (const [index, statements] of STEPS.entries()) {
      if (index < done) continue
      for (const statement of statements) await run(statement)
      await run(`INSERT INTO schema_version (step) VALUES (${index + 1})`)
    }
    await run('COMMIT')
  })
}
