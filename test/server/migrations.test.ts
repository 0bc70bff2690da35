// The database's history: a new one, a known one, one of an older release and one of a newer; and the options that are wrong.
import { createHash } from 'node:crypto'
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hash } from '@node-rs/argon2'
import { defineFields } from 'latchkey/fields'
import { type AccountServerOptions, createAccountServer } from 'latchkey/server'
import { describe, expect, test } from 'vitest'
import { DATABASES, databaseFile, sqlite, sqliteFile } from './databases.ts'
import { ADA, ORIGIN, openerOn } from './visitor.ts'

const STEPS = [{ step: 1 }, { step: 2 }, { step: 3 }, { step: 4 }, { step: 5 }, { step: 6 }, { step: 7 }, { step: 8 }]

/** The tables as step 1 left them. */
const STEP_1 = [
  `CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT NOT NULL, email_key TEXT NOT NULL UNIQUE,
    email_verified INTEGER NOT NULL DEFAULT 0, password_hash TEXT NOT NULL, user_metadata TEXT NOT NULL DEFAULT '{}',
    app_metadata TEXT NOT NULL DEFAULT '{}', version INTEGER NOT NULL DEFAULT 1, created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL)`,
  `CREATE TABLE sessions (token_hash TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL, expires_at TEXT NOT NULL)`,
  'CREATE INDEX sessions_by_user ON sessions (user_id)',
  'CREATE TABLE schema_version (step INTEGER PRIMARY KEY)',
  'INSERT INTO schema_version (step) VALUES (1)',
]

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  test('opening again changes nothing and keeps accounts and sessions', async () => {
    const first = await open()
    const ada = first.visitor()
    await ada.signUp({ a: 1 })
    await first.server.close()
    const second = await open({}, first.database)
    const again = second.visitor()
    again.cookie = ada.cookie
    expect((await again.me()).json).toMatchObject({ user: { user_metadata: { a: 1 } } })
    expect(await second.rows('SELECT step FROM schema_version')).toEqual(STEPS)
  })

  test('a database of step 1 gets the root attributes and keeps its accounts and sessions', async () => {
    const database = await kind.create()
    for (const statement of STEP_1) await database.query(statement)
    const at = '2030-01-02T00:00:00.000Z'
    const passwordHash = await hash(ADA.password)
    await database.query(
      `INSERT INTO users VALUES ('ada', '${ADA.email}', '${ADA.email}', 1, '${passwordHash}', '{"a":1}', '{}', 7, '${at}', '${at}')`,
    )
    const token = 'x'.repeat(43)
    const tokenHash = createHash('sha256').update(token).digest('hex')
    await database.query(`INSERT INTO sessions VALUES ('${tokenHash}', 'ada', '${at}', '${at}')`)

    const { visitor, rows } = await open({ now: () => Date.UTC(2030, 0, 1) }, database)
    expect(await rows('SELECT step FROM schema_version')).toEqual(STEPS)
    const ada = visitor()
    ada.cookie = `latchkey_session=${token}`
    const before = { id: 'ada', email: ADA.email, email_verified: true, created_at: at, updated_at: at }
    const me = await ada.me()
    expect(me.json).toEqual({ user: { ...before, user_metadata: { a: 1 } } })
    expect(me.headers.get('etag')).toBe('"v7"')
    const saved = await ada.send('PATCH', '/me', { body: { given_name: 'Ada' } })
    expect(saved.json).toMatchObject({ user: { given_name: 'Ada', user_metadata: { a: 1 } } })
    expect(saved.headers.get('etag')).toBe('"v8"')
    expect((await visitor().logIn()).json).toMatchObject({ user: { id: 'ada', given_name: 'Ada' } })
  })

  test('a database of a newer release is refused, unchanged', async () => {
    const { database, server } = await open()
    await server.close()
    await database.query('INSERT INTO schema_version (step) VALUES (99)')
    await expect(open({}, database)).rejects.toThrow(/at step 99, this release knows \d+: run the newer release/)
    expect(await database.query('SELECT step FROM schema_version')).toEqual([...STEPS, { step: 99 }])
  })

  test('sessions go with their account', async () => {
    const { visitor, rows } = await open()
    const ada = visitor()
    await ada.signUp()
    await rows('DELETE FROM users')
    expect(await rows('SELECT user_id FROM sessions')).toEqual([])
    expect((await ada.me()).status).toBe(401)
  })

  test('five servers that start together on a new database share it', async () => {
    const database = await kind.create()
    const servers = await Promise.all(Array.from({ length: 5 }, () => open({}, database)))
    expect(await database.query('SELECT step FROM schema_version')).toEqual(STEPS)
    for (const { visitor } of servers) expect((await visitor().me()).status).toBe(401)
  })
})

const openFile = openerOn(sqlite)
const withNickname = defineFields([{ name: 'nickname', label: 'Nickname', storage: 'root' }])

test('a new file and its folder are made, in WAL mode', async () => {
  const file = join(dirname(databaseFile()), 'some/where/new.db')
  const { rows } = await openFile({}, sqliteFile(file))
  expect(existsSync(file)).toBe(true)
  expect(await rows('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }])
  expect(await rows('SELECT step FROM schema_version')).toEqual(STEPS)
})

test('a file that is no database is an error when the server is made, each time', async () => {
  const file = databaseFile()
  writeFileSync(file, 'this is a text, and rather a long one '.repeat(40))
  await expect(openFile({}, sqliteFile(file))).rejects.toThrow(/not a database/)
  await expect(openFile({}, sqliteFile(file))).rejects.toThrow(/not a database/)
})

test('a server that closes leaves the file to the others of its process', async () => {
  const first = await openFile()
  const second = await openFile({}, first.database)
  await first.server.close()
  expect((await second.visitor().signUp()).status).toBe(201)
})

test.each<readonly [string, Partial<AccountServerOptions>]>([
  ['databaseUrl', { databaseUrl: 'mysql://ada:secret-word@localhost/x' }],
  ['databaseUrl', { databaseUrl: 'secret-word' }],
  ['databaseUrl', { databaseUrl: 'file:' }],
  ['origin', { origin: 'http://localhost:4173/' }],
  ['origin', { origin: 'localhost' }],
  ['origin', { origin: 'ftp://localhost' }],
  ['origin', { origin: '*' }],
  ['allowedOrigins[1]', { allowedOrigins: ['https://a.example', 'https://b.example/path'] }],
  ['allowedOrigins[0]', { allowedOrigins: ['null'] }],
  ['allowedOrigins[0]', { allowedOrigins: ['https://*.example.org'] }],
  ['basePath', { basePath: '/account/' }],
  ['basePath', { basePath: 'account' }],
  ['basePath', { basePath: '' }],
  ['sessionLifetime', { sessionLifetime: 0 }],
  ['sessionLifetime', { sessionLifetime: Number.NaN }],
  ['sessionLifetime', { sessionLifetime: 604_800_000 }],
  ['shortSessionLifetime', { shortSessionLifetime: -1 }],
  ['shortSessionLifetime', { sessionLifetime: 60, shortSessionLifetime: 61 }],
  ['accessTokenLifetime', { accessTokenLifetime: 0 }],
  ['accessTokenLifetime', { bearer: true, accessTokenLifetime: 900_000_000 }],
  ['bearer', Object({ bearer: 'yes' })],
  ['usernames', Object({ usernames: 1 })],
  ['passwordMinLength', { passwordMinLength: 1.5 }],
  ['management.tokens', { management: { tokens: [] } }],
  ['management.tokens[0]', { management: { tokens: ['secret-word'] } }],
  ['management.tokens[1]', { management: { tokens: ['x'.repeat(32), `secret-word ${'x'.repeat(32)}`] } }],
  ['deniedAttributes[0]', { deniedAttributes: ['nickname'], fields: withNickname }],
])('a wrong %s is named when the server is made: %j', async (path, options) => {
  const made = createAccountServer({ databaseUrl: `file:${databaseFile()}`, origin: ORIGIN, ...options })
  const error: unknown = await made.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(TypeError)
  expect(String(error).startsWith(`TypeError: ${path} `)).toBe(true)
  expect(String(error)).not.toContain('secret-word')
})

test('another base path moves every call', async () => {
  const { visitor, server } = await openFile({ basePath: '/api/auth' })
  expect((await visitor().signUp()).status).toBe(201)
  expect((await server.fetch(new Request(`${ORIGIN}/account/session`))).status).toBe(404)
})
