// Strict JSON: everything JSON.parse reads comes back, and what it would quietly change is refused.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseStrictJson } from '../../src/server/strict-json.ts'

const parse = (text: string) => parseStrictJson(new TextEncoder().encode(text).buffer)

test('any JSON value comes back as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
      const text = JSON.stringify(value, null, space)
      expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) })
    }),
  )
})

test('any bytes are answered, and never taken where JSON.parse does not take them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const parsed = parseStrictJson(new Uint8Array(bytes).buffer)
      if (parsed.ok) expect(parsed.value).toEqual(JSON.parse(new TextDecoder().decode(bytes)))
    }),
  )
})

test('any object with one key said again is refused, however the key is spelled', () => {
  const escaped = (key: string) =>
    `"${Array.from({ length: key.length }, (_, at) => `\\u${key.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 }), (object) => {
      const [key = ''] = Object.keys(object)
      const rest = JSON.stringify(object).slice(1, -1)
      expect(parse(`[{${rest},${escaped(key)}:1}]`)).toMatchObject({ ok: false })
    }),
  )
})

test.each([
  ['the same key in two objects', '[{"a":1},{"a":1}]'],
  ['the same key on two levels', '{"a":{"a":1}}'],
  ['a key that is also a value', '{"a":"a","b":"a"}'],
  ['what looks like a key in a text', '{"a":"\\"b\\":1,\\"b\\":2"}'],
  ['brackets in a text', `{"a":"${'['.repeat(100)}"}`],
  ['32 levels', '['.repeat(32) + ']'.repeat(32)],
  ['white space around', ' \n{"a" : 1}\t'],
  ['a key named like a member of objects', '{"toString":1,"plainValue":2}'],
])('%s is taken', (_what, text) => {
  expect(parse(text)).toEqual({ ok: true, value: JSON.parse(text) })
})

test.each([
  ['a duplicate key', '{"a":1,"a":1}', 'twice'],
  ['a duplicate key inside', '{"x":[{"a":1,"b":{},"a":2}]}', 'twice'],
  ['a duplicate key in another spelling', '{"a":1,"\\u0061":2}', 'twice'],
  ['a duplicate __proto__', '{"__proto__":1,"__proto__":2}', 'twice'],
  ['33 levels', '['.repeat(33) + ']'.repeat(33), 'deep'],
  ['30 000 levels', '['.repeat(30_000) + ']'.repeat(30_000), 'deep'],
  ['30 000 levels of objects', '{"a":'.repeat(10_000) + 1 + '}'.repeat(10_000), 'deep'],
  ['30 000 brackets that nobody closes', '['.repeat(30_000), 'not JSON'],
  ['nothing', '', 'not JSON'],
  ['a comma too many', '{"a":1,}', 'not JSON'],
  ['a comment', '{} // no', 'not JSON'],
  ['NaN', '{"a":NaN}', 'not JSON'],
  ['single quotes', "{'a':1}", 'not JSON'],
  ['two values', '{}{}', 'not JSON'],
  ['a text that nobody closes', `"${'\\"'.repeat(32_000)}`, 'not JSON'],
])('%s is refused', (_what, text, reason) => {
  expect(parse(text)).toEqual({ ok: false, detail: expect.stringContaining(reason) })
})

test.each([
  ['a broken byte', [0x22, 0xff, 0x22]],
  ['half a letter', [0x22, 0xc3, 0x22]],
  ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
  ['a surrogate in UTF-8', [0x22, 0xed, 0xa0, 0x80, 0x22]],
])('%s is refused', (_what, bytes) => {
  expect(parseStrictJson(new Uint8Array(bytes).buffer)).toEqual({
    ok: false,
    detail: expect.stringContaining('UTF-8'),
  })
})
