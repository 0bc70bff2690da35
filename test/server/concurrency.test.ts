// Many at once: no save is lost between requests, servers and processes.
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { startProcess } from './processes.ts'
import { openerOn } from './visitor.ts'

const keys = Array.from({ length: 50 }, (_, index) => `k${index}`)
const patchesOf = (names: readonly string[] = []) => names.map((name) => ({ [name]: name }))
const everyKey = Object.fromEntries(keys.map((key) => [key, key]))

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  test('50 concurrent patches of distinct keys keep 50', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp()
    const answers = await Promise.all(keys.map((key) => ada.patch({ [key]: key })))
    expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 200))
    const me = await ada.me()
    expect(me.json).toMatchObject({ user: { user_metadata: everyKey } })
    expect(me.headers.get('etag')).toBe('"v51"')
  })

  test('50 concurrent patches on two servers of one database keep 50', async () => {
    const first = await open()
    const second = await open({}, first.database)
    const ada = first.visitor()
    await ada.signUp()
    const other = second.visitor()
    other.cookie = ada.cookie
    const answers = await Promise.all(keys.map((key, index) => (index % 2 ? ada : other).patch({ [key]: key })))
    expect(answers.map(({ status }) => status)).toEqual(keys.map(() => 200))
    expect((await other.me()).json).toMatchObject({ user: { user_metadata: everyKey } })
    expect((await other.me()).headers.get('etag')).toBe('"v51"')
  })

  test('of 20 saves tied to one version exactly one is taken', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ada.patch({ winner: index }, { 'if-match': '"v1"' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 412)])
    expect((await ada.me()).headers.get('etag')).toBe('"v2"')
  })

  test('a refused save does not stand in the way of the ones behind it', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp()
    const answers = await Promise.all([
      ada.patch({ a: 1 }),
      ada.patch({ 'b.c': 1 }),
      ada.patch([]),
      ada.patch({ d: 1 }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 422, 422, 200])
    expect((await ada.me()).json).toMatchObject({ user: { user_metadata: { a: 1, d: 1 } } })
  })

  test('two processes that start together on a new database share it, and 50 concurrent patches keep 50', async () => {
    const database = await kind.create()
    const processes = [startProcess(database.url), startProcess(database.url)]
    expect(await Promise.all(processes.map(({ tell }) => tell({ open: true })))).toEqual(['open', 'open'])
    const { visitor } = await open({}, database)
    const ada = visitor()
    await ada.signUp()
    const shares = [keys.slice(0, 25), keys.slice(25)]
    const statuses = await Promise.all(
      processes.map(({ tell }, index) => tell({ cookie: ada.cookie, patches: patchesOf(shares[index]) })),
    )
    expect(statuses.flat()).toEqual(keys.map(() => 200))
    expect((await ada.me()).json).toMatchObject({ user: { user_metadata: everyKey } })
    expect((await ada.me()).headers.get('etag')).toBe('"v51"')

    const racers = {
      cookie: ada.cookie,
      ifMatch: '"v51"',
      patches: Array.from({ length: 10 }, (_, winner) => ({ winner })),
    }
    const raced = await Promise.all(processes.map(({ tell }) => tell(racers)))
    expect(raced.flat().sort()).toEqual([200, ...Array.from({ length: 19 }, () => 412)])
    expect((await ada.me()).headers.get('etag')).toBe('"v52"')
  }, 60_000)
})
