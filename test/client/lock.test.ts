// One task of a name at a time, also where a page may not lock over its tabs.
import { afterEach, expect, test, vi } from 'vitest'
import { oneAtATime } from '../../src/client/lock.ts'

afterEach(() => vi.unstubAllGlobals())

/** Two tasks of one name and one of another, and the order in which they ran. */
async function order(): Promise<readonly string[]> {
  const ran: string[] = []
  const task = (name: string) => async () => {
    ran.push(`${name} begins`)
    await Promise.resolve()
    await Promise.resolve()
    ran.push(`${name} ends`)
    return name
  }
  const failing = oneAtATime('a', () => Promise.reject(new TypeError('a mistake of the task')))
  const results = await Promise.all([
    oneAtATime('a', task('first')),
    oneAtATime('a', task('second')),
    oneAtATime('b', task('other')),
    failing.catch((error: unknown) => String(error)),
  ])
  expect(results).toEqual(['first', 'second', 'other', 'TypeError: a mistake of the task'])
  return ran.filter((entry) => !entry.startsWith('other'))
}

const oneByOne = ['first begins', 'first ends', 'second begins', 'second ends']

test('tasks of one name follow each other, a failed one too', async () => {
  expect(await order()).toEqual(oneByOne)
})

test('a page that may not lock has its own order', async () => {
  const request = () => Promise.reject(new DOMException('denied in this context', 'SecurityError'))
  vi.stubGlobal('navigator', { locks: { request } })
  expect(await order()).toEqual(oneByOne)
})

test('a page that may lock asks for one of this name, and a failed task is not run again', async () => {
  const names: string[] = []
  const request = (name: string, task: () => Promise<unknown>) => {
    names.push(name)
    return task()
  }
  vi.stubGlobal('navigator', { locks: { request } })
  expect(await oneAtATime('latchkey', async () => 7)).toBe(7)
  let runs = 0
  const failing = oneAtATime('latchkey', () => {
    runs += 1
    return Promise.reject(new TypeError('a mistake of the task'))
  })
  await expect(failing).rejects.toThrow('a mistake')
  expect([names, runs]).toEqual([['latchkey', 'latchkey'], 1])
})
