// Where a text stops to be JSON, with line and column, and never a complaint about JSON that is right.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonError } from '../../src/cli/json-error.ts'

const wrong: readonly (readonly [text: string, place: string, message: string])[] = [
  ['', '1:1', 'the file ends where a value should be; write a value there'],
  ['{"a": 1,}', '1:9', 'there is "}" where a key should be; take out the comma before it'],
  ['[1, 2,\n]', '2:1', 'there is "]" where a value should be; take out the comma before it'],
  ['{"a": 1\n "b": 2}', '2:2', 'there is "\\"b\\"" where "," or "}" should be; put a comma before it'],
  ["{'a': 1}", '1:2', 'there is "\'" where a key or "}" should be; write texts in double quotes'],
  ['{a: 1}', '1:2', 'there is "a" where a key or "}" should be; write the key in double quotes'],
  ['{"a" 1}', '1:6', 'there is "1" where ":" should be; write ":" there'],
  ['[1 // one\n]', '1:4', 'there is "/" where "," or "]" should be; take the comment out; JSON has none'],
  [
    '{"a": "b\n"}',
    '1:7',
    'there is "\\"" where a value should be; close the text with a double quote, and write line breaks as \\n',
  ],
  ['[1] 2', '1:5', 'there is "2" where the end should be; leave one value in the file'],
  ['{"a": [1', '1:9', 'the file ends where "," or "]" should be; close it with "]"'],
  ['[undefined]', '1:2', 'there is "u" where a value or "]" should be; write a value or "]" there'],
  ['[01]', '1:2', 'there is "0" where a value or "]" should be; write a value or "]" there'],
]

test.each(wrong)('%j', (text, place, message) => {
  const error = jsonError(text)
  expect(error && `${error.line}:${error.column}`).toBe(place)
  expect(error && `${error.problem}; ${error.fix}`).toBe(message)
})

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('finds an error exactly where JSON.parse throws', () => {
  const edit = fc.tuple(
    fc.nat(60),
    fc.nat(2),
    fc.constantFrom('', ',', '"', '}', ']', ':', '0', '-', 'e', '\\', ' ', '\n', '\u0001', '\u00a0'),
  )
  fc.assert(
    fc.property(
      fc.json({ stringUnit: 'binary' }),
      fc.boolean(),
      fc.array(edit, { maxLength: 2 }),
      (json, isWide, edits) => {
        const start = isWide ? JSON.stringify(JSON.parse(json), null, 2) : json
        const text = edits.reduce((whole, [at, drop, add]) => whole.slice(0, at) + add + whole.slice(at + drop), start)
        expect(jsonError(text) === null).toBe(parses(text))
      },
    ),
    { numRuns: 3000 },
  )
})
