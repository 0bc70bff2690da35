// The hash is the one every other implementation finds.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256 } from '../../src/fields/text-hash.ts'

const reference = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

test('the vectors of FIPS 180-4', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('every length around the borders of a block', () => {
  for (let length = 0; length <= 200; length++) {
    const text = 'x'.repeat(length)
    expect(sha256(text)).toBe(reference(text))
  }
})

test('any Unicode text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300, size: 'max' }), (text) => {
      expect(sha256(text)).toBe(reference(text))
    }),
  )
})

test('half a surrogate pair counts as the replacement character, as in UTF-8 everywhere', () => {
  expect(sha256('a\ud800')).toBe(reference('a\ufffd'))
})

test('a long text', () => {
  const text = 'The terms, in full. '.repeat(50_000)
  expect(sha256(text)).toBe(reference(text))
})
