// The database's history: a new file, a known one, and one of a newer release.
import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createAccountServer } from 'latchkey/server'
import Database from 'libsql'
import { expect, test } from 'vitest'
import { databaseFile, ORIGIN, open } from './visitor.ts'

test('a new file and its folder are made, in WAL mode', async () => {
  const file = join(dirname(databaseFile()), 'some/where/new.db')
  const { rows } = await open({}, file)
  expect(existsSync(file)).toBe(true)
  expect(rows('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }])
  expect(rows('SELECT step FROM schema_version')).toEqual([{ step: 1 }])
})

test('opening again changes nothing and keeps accounts and sessions', async () => {
  const first = await open()
  const ada = first.visitor()
  await ada.signUp({ a: 1 })
  await first.server.close()
  const second = await open({}, first.file)
  const again = second.visitor()
  again.cookie = ada.cookie
  expect((await again.me()).json).toMatchObject({ user: { user_metadata: { a: 1 } } })
  expect(second.rows('SELECT step FROM schema_version')).toEqual([{ step: 1 }])
})

test('a database of a newer release is refused, unchanged', async () => {
  const { file, server, rows } = await open()
  await server.close()
  const database = new Database(file)
  database.exec('INSERT INTO schema_version (step) VALUES (7)')
  database.close()
  await expect(open({}, file)).rejects.toThrow(/at step 7, this release knows 1: run the newer release/)
  expect(rows('SELECT step FROM schema_version')).toEqual([{ step: 1 }, { step: 7 }])
})

test('a file that is no database is an error when the server is made', async () => {
  const file = databaseFile()
  writeFileSync(file, 'this is a text, and rather a long one '.repeat(40))
  await expect(open({}, file)).rejects.toThrow(/not a database/)
})

test('sessions go with their account', async () => {
  const { visitor, file, rows } = await open()
  const ada = visitor()
  await ada.signUp()
  const database = new Database(file)
  database.exec('PRAGMA foreign_keys = ON; DELETE FROM users')
  database.close()
  expect(rows('SELECT user_id FROM sessions')).toEqual([])
  expect((await ada.me()).status).toBe(401)
})

test.each([
  ['databaseUrl', { databaseUrl: 'postgres://localhost/x' }],
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
  ['passwordMinLength', { passwordMinLength: 1.5 }],
])('a wrong %s is named when the server is made: %j', async (path, options) => {
  const made = createAccountServer({ databaseUrl: `file:${databaseFile()}`, origin: ORIGIN, ...options })
  const error: unknown = await made.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(TypeError)
  expect(String(error).startsWith(`TypeError: ${path} `)).toBe(true)
})

test('another base path moves every call', async () => {
  const { visitor, server } = await open({ basePath: '/api/auth' })
  expect((await visitor().signUp()).status).toBe(201)
  expect((await server.fetch(new Request(`${ORIGIN}/account/session`))).status).toBe(404)
})
