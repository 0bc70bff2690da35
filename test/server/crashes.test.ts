// A server that fails or is killed between two writes: they are both there, or neither.
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { startProcess } from './processes.ts'
import { ADA, openerOn, type Visitor } from './visitor.ts'

const signUp = (visitor: Visitor, key: string, body: object = ADA) =>
  visitor.send('POST', '/signup', { body, headers: { 'idempotency-key': key } })

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  test('an account and the record of it are stored together or not at all', async () => {
    const { visitor, rows, errors } = await open()
    const [breaks, mends] =
      kind.kind === 'SQLite'
        ? [
            "CREATE TRIGGER broken BEFORE INSERT ON idempotency_keys BEGIN SELECT RAISE(ABORT, 'broken'); END",
            'DROP TRIGGER broken',
          ]
        : [
            'ALTER TABLE idempotency_keys ADD CONSTRAINT broken CHECK (status < 0)',
            'ALTER TABLE idempotency_keys DROP CONSTRAINT broken',
          ]
    await rows(breaks)
    expect((await signUp(visitor(), 'k1')).json).toMatchObject({ code: 'server_error' })
    expect(await rows('SELECT email FROM users')).toEqual([])
    expect(errors).toHaveLength(1)
    await rows(mends)
    expect((await signUp(visitor(), 'k1')).status).toBe(201)
  })

  test('a server that is killed in the middle leaves nothing half done: sent again, every sign-up is one account', async () => {
    const database = await kind.create()
    const killed = startProcess(database.url)
    expect(await killed.tell({ open: true })).toBe('open')
    const people = Array.from({ length: 40 }, (_, index) => `p${index}`)
    const sent = people.map((name) => ({ key: name, body: { ...ADA, email: `${name}@example.org` } }))
    await killed.killAfter(5, { signUps: sent })
    const { visitor, rows, errors } = await open({}, database)
    const before = await rows('SELECT id FROM users')
    expect(before.length).toBeGreaterThanOrEqual(5)
    expect(await rows('SELECT user_id FROM idempotency_keys')).toHaveLength(before.length)
    const answers = await Promise.all(sent.map((one) => signUp(visitor(), one.key, one.body)))
    expect(answers.map(({ status }) => status)).toEqual(people.map(() => 201))
    expect(await rows('SELECT email FROM users')).toHaveLength(40)
    expect(errors).toEqual([])
  }, 60_000)
})
