// Conditions: what each operator says of each kind of value, and how they are put together.
import { expect, test } from 'vitest'
import type { JsonValue } from '../../src/contract/json.ts'
import { isEmpty } from '../../src/contract/json.ts'
import { type Condition, holds, type Test } from '../../src/fields/condition.ts'
import { namesIn } from '../../src/fields/condition-names.ts'
import { defineFields } from '../../src/fields/define.ts'
import { conditionReader, heldValue } from '../../src/fields/stored.ts'

test.each<[test: Test, value: JsonValue | undefined, holds: boolean]>([
  ['x', 'x', true],
  ['x', 'X', false],
  ['x', undefined, false],
  [1, 1, true],
  [1, '1', false],
  [true, true, true],
  [false, false, true],
  [false, undefined, false],
  [null, undefined, true],
  [null, '', true],
  [null, [], true],
  [null, {}, true],
  [null, 'x', false],
  [null, 0, false],
  [null, false, false],
  ['', undefined, true],
  [{ equal: 'x' }, 'x', true],
  [{ equal: 'x' }, ['x'], false],
  [{ equal: null }, undefined, true],
  [{ equal: { field: 'twin' } }, 'twin', true],
  [{ equal: { field: 'twin' } }, 'other', false],
  [{ equal: { field: 'none' } }, undefined, true],
  [{ equal: { field: 'none' } }, 'x', false],
  [{ in: ['x', 1, true] }, 'x', true],
  [{ in: ['x', 1, true] }, 1, true],
  [{ in: ['x', 1, true] }, true, true],
  [{ in: ['x', 1, true] }, 'y', false],
  [{ in: ['x', 1, true] }, undefined, false],
  [{ in: [] }, 'x', false],
  [{ contains: 'x' }, 'axb', true],
  [{ contains: 'x' }, 'ab', false],
  [{ contains: 'x' }, ['a', 'x'], true],
  [{ contains: 'x' }, ['ax'], false],
  [{ contains: 1 }, [1], true],
  [{ contains: 1 }, 'a1', true],
  [{ contains: 'x' }, undefined, false],
  [{ contains: 'x' }, 5, false],
  [{ greater: 1 }, 2, true],
  [{ greater: 1 }, 1, false],
  [{ greater: 1 }, '2', false],
  [{ greater: 1 }, undefined, false],
  [{ greater: '2026-01-01' }, '2026-01-02', true],
  [{ greater: '2026-01-01' }, '2026-01-01', false],
  [{ greater: '2026-01-01' }, undefined, false],
  [{ greater: '2026-01-01' }, 3, false],
  [{ greater: { field: 'five' } }, 6, true],
  [{ greater: { field: 'none' } }, 6, false],
  [{ less: 1 }, 0.5, true],
  [{ less: 1 }, 1, false],
  [{ less: 1 }, undefined, false],
  [{ less: 'b' }, 'a', true],
  [{ less: '' }, 'a', false],
  [{ less: { field: 'five' } }, 6, false],
  [{ greater: 1, less: 3 }, 2, true],
  [{ greater: 1, less: 3 }, 3, false],
  [{ matches: 'x+' }, 'xx', true],
  [{ matches: 'x+' }, 'axx', false],
  [{ matches: 'a|b' }, 'b', true],
  [{ matches: 'a|b' }, 'bc', false],
  [{ matches: '\\p{L}' }, 'é', true],
  [{ matches: '.' }, '🐎', true],
  [{ matches: '\\d' }, 1, false],
  [{ matches: '.*' }, undefined, false],
  [{ empty: true }, undefined, true],
  [{ empty: true }, '', true],
  [{ empty: true }, [], true],
  [{ empty: true }, 'x', false],
  [{ empty: true }, 0, false],
  [{ empty: true }, false, false],
  [{ empty: false }, 'x', true],
  [{ empty: false }, [1], true],
  [{ empty: false }, undefined, false],
])('%j of %j: %s', (given, value, expected) => {
  const values = new Map<string, JsonValue | undefined>([
    ['a', value],
    ['twin', 'twin'],
    ['five', 5],
  ])
  const condition: Condition = { a: given }
  expect(holds(condition, (name) => values.get(name))).toBe(expected)
})

test.each<[condition: Condition | null, holds: boolean]>([
  [null, true],
  [{ a: 1, b: 2 }, true],
  [{ a: 1, b: 3 }, false],
  [{ and: [{ a: 1 }, { b: 2 }] }, true],
  [{ and: [{ a: 1 }, { b: 3 }] }, false],
  [{ or: [{ a: 3 }, { b: 2 }] }, true],
  [{ or: [{ a: 3 }, { b: 3 }] }, false],
  [{ not: { a: 3 } }, true],
  [{ not: { a: 1 } }, false],
  [{ not: { a: 1, b: 3 } }, true],
  [{ and: [{ or: [{ a: 3 }, { b: 2 }] }, { not: { and: [{ a: 1 }, { b: 3 }] } }] }, true],
])('%j together: %s', (condition, expected) => {
  expect(holds(condition, (name) => ({ a: 1, b: 2 })[name])).toBe(expected)
})

test('every name a condition looks at is found', () => {
  const condition = {
    or: [
      { a: 1, b: { equal: { field: 'c' } } },
      { not: { and: [{ d: { empty: true } }, { e: { less: { field: 'f' } } }] } },
    ],
  }
  expect(namesIn(condition)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

test('false and 0 are values, nothing else that is empty is', () => {
  expect([undefined, null, '', [], {}].map(isEmpty)).toEqual([true, true, true, true, true])
  expect([false, 0, 'x', [''], { x: 1 }].map(isEmpty)).toEqual([false, false, false, false, false])
})

const fields = defineFields([
  { name: 'firm', type: 'checkbox', label: 'Firm' },
  { name: 'vat', label: 'VAT', visibleWhen: { firm: true } },
  { name: 'office', label: 'Office', visibleWhen: { vat: { empty: false } } },
  { name: 'seats', type: 'number', label: 'Seats', stored: 'text' },
  { name: 'terms', type: 'consent', label: 'Terms', version: '2' },
  { name: 'source', type: 'hidden', value: 'site' },
  { name: 'city', label: 'City', path: ['address', 'city'] },
  { name: 'crew', label: 'Crew', renamedFrom: 'team' },
  { name: 'old', label: 'Old', decode: (stored) => String(stored).toUpperCase() },
])

/** What conditions read of a stored profile. */
function read(user_metadata: Record<string, JsonValue>, name: string): JsonValue | undefined {
  return conditionReader(fields.fields, (field) => heldValue(field, { user_metadata }))(name)
}

test('a condition reads values as their fields know them, and nothing of a hidden field', () => {
  expect(read({}, 'firm')).toBe(false)
  expect(read({ vat: 'x' }, 'vat')).toBeUndefined()
  expect(read({ vat: 'x', firm: true }, 'vat')).toBe('x')
  expect(read({ office: 'x', vat: 'x' }, 'office')).toBeUndefined()
  expect(read({ office: 'x', vat: 'x', firm: true }, 'office')).toBe('x')
  expect(read({ seats: '12' }, 'seats')).toBe(12)
  expect(read({ terms: { granted: true, version: '2' } }, 'terms')).toBe(true)
  expect(read({ terms: { granted: true, version: '1' } }, 'terms')).toBe(false)
  expect(read({}, 'source')).toBe('site')
  expect(read({ address: { city: ' x ' } }, 'city')).toBe('x')
  expect(read({ team: 'x' }, 'crew')).toBe('x')
  expect(read({ old: 'x' }, 'old')).toBe('X')
  expect(read({}, 'nobody')).toBeUndefined()
})
