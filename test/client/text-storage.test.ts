// Texts in a browser's storage: written over what is there, and kept for the page where the browser takes none.
import { afterEach, expect, test, vi } from 'vitest'
import { memoryStorage, sharedStorage, tabStorage } from '../../src/client/text-storage.ts'

afterEach(() => vi.unstubAllGlobals())

/** A browser's storage with room for so many characters, and what was done to it. */
function storageOf(room: number) {
  const kept = new Map<string, string>()
  const done: string[] = []
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, text: string) {
      if (text.length > room) throw new DOMException('full', 'QuotaExceededError')
      done.push('set')
      kept.set(key, text)
    },
    removeItem(key: string) {
      done.push('remove')
      kept.delete(key)
    },
  }
  return { storage, kept, done }
}

test.each([
  ['localStorage', sharedStorage],
  ['sessionStorage', tabStorage],
] as const)('%s: another tab finds the one text or the other, never none', (name, open) => {
  const { storage, kept, done } = storageOf(100)
  vi.stubGlobal(name, storage)
  const texts = open()
  texts.write('key', 'one')
  texts.write('key', 'two')
  expect([texts.read('key'), kept.get('key'), done]).toEqual(['two', 'two', ['set', 'set']])
  texts.write('key', null)
  expect([texts.read('key'), kept.size]).toEqual([null, 0])
})

test('what does not fit is kept for the page, and what was there before is not left behind', () => {
  const { storage, kept } = storageOf(5)
  vi.stubGlobal('localStorage', storage)
  const texts = sharedStorage()
  texts.write('key', 'short')
  texts.write('key', 'too long')
  expect([texts.read('key'), kept.size, sharedStorage().read('key')]).toEqual(['too long', 0, null])
  texts.write('key', null)
  expect(texts.read('key')).toBe(null)
})

test('a page that may not use its storage keeps texts until it is left', () => {
  vi.stubGlobal('localStorage', undefined)
  for (const texts of [sharedStorage(), memoryStorage()]) {
    texts.write('key', 'text')
    expect([texts.read('key'), sharedStorage().read('key')]).toEqual(['text', null])
  }
})
