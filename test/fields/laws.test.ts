// The laws of merge, diff and codecs, for random metadata and values.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../src/contract/json.ts'
import { decode, encode } from '../../src/fields/codec.ts'
import { defineFields } from '../../src/fields/define.ts'
import { diff } from '../../src/fields/diff.ts'
import { mergeMetadata } from '../../src/fields/merge.ts'

const { fields } = defineFields([
  { name: 'company', label: 'Company' },
  { name: 'raw', label: 'Raw', trim: false },
  { name: 'mail', type: 'email', label: 'Mail' },
  { name: 'about', type: 'textarea', label: 'About' },
  { name: 'size', type: 'select', label: 'Size', options: ['1', '2'] },
  { name: 'news', type: 'checkbox', label: 'News' },
])

const key = fc.constantFrom('company', 'raw', 'mail', 'about', 'size', 'news', 'other', 'more')
const leaf = fc.oneof(fc.string(), fc.boolean(), fc.integer())
const json: fc.Arbitrary<JsonValue> = fc.oneof(leaf, fc.array(leaf), fc.dictionary(fc.string({ minLength: 1 }), leaf))
const metadata = fc.dictionary(key, json)
const patch = fc.dictionary(key, fc.oneof(json, fc.constant(null)))
const values = fc.tuple(
  ...fields.map((field) => (field.type === 'checkbox' ? fc.boolean() : fc.string({ unit: 'binary' }))),
)

test('what was encoded is decoded to the same', () => {
  fc.assert(
    fc.property(values, (given) => {
      fields.forEach((field, index) => {
        const stored = encode(field, given[index] ?? '')
        expect(encode(field, decode(field, stored))).toEqual(stored)
        if (stored !== undefined) expect(decode(field, stored)).toEqual(stored)
      })
    }),
  )
})

test('a merge sets, removes and keeps exactly what the patch says', () => {
  fc.assert(
    fc.property(metadata, patch, (stored, change) => {
      const merged = mergeMetadata(stored, change)
      for (const name of new Set([...Object.keys(stored), ...Object.keys(change)])) {
        const wanted = Object.hasOwn(change, name) ? change[name] : stored[name]
        if (wanted === null) expect(Object.hasOwn(merged, name)).toBe(false)
        else expect(merged[name]).toEqual(wanted)
      }
      expect(mergeMetadata(merged, change)).toEqual(merged)
    }),
  )
})

test('an unchanged form has no intents, and a changed one leads to what is in it', () => {
  fc.assert(
    fc.property(metadata, values, (stored: JsonObject, given) => {
      const unchanged = new Map(fields.map((field) => [field.name, decode(field, stored[field.name])]))
      expect(diff(fields, stored, unchanged)).toEqual([])
      const edited = new Map(fields.map((field, index) => [field.name, given[index] ?? '']))
      const change = diff(fields, stored, edited).flatMap((intent): [string, JsonValue][] =>
        intent.action === 'clear' ? [] : [[intent.key, intent.action === 'set' ? intent.value : null]],
      )
      const after = mergeMetadata(stored, Object.fromEntries(change))
      fields.forEach((field, index) => {
        const wanted = encode(field, given[index] ?? '')
        expect(encode(field, decode(field, after[field.name]))).toEqual(wanted)
      })
      for (const name of ['other', 'more']) expect(after[name]).toEqual(stored[name])
    }),
  )
})
