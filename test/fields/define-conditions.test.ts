// Wrong conditions and rules over several fields, and their exact messages.
import { expect, test } from 'vitest'
import { checkFields } from '../../src/fields/define.ts'
import { one, type Row, second } from './wrong.ts'

const CONDITION = "must be a condition; write { other_field: 'value' }"
const conditions: readonly Row[] = [
  [second({ visibleWhen: {} }), `fields[1].visibleWhen: ${CONDITION}`],
  [second({ visibleWhen: { not: 1 } }), `fields[1].visibleWhen.not: ${CONDITION}`],
  [second({ visibleWhen: { or: [{ ok: 'x' }, 1] } }), `fields[1].visibleWhen.or[1]: ${CONDITION}`],
  [
    second({ visibleWhen: { or: [] } }),
    'fields[1].visibleWhen.or: must be a list of conditions; write or: [{ … }, { … }]',
  ],
  [
    second({ requiredWhen: { and: { ok: 'x' } } }),
    'fields[1].requiredWhen.and: must be a list of conditions; write and: [{ … }, { … }]',
  ],
  [
    second({ readOnlyWhen: { ok: ['x'] } }),
    'fields[1].readOnlyWhen.ok: cannot be compared with a list; write { in: […] }',
  ],
  [
    second({ visibleWhen: { ok: undefined } }),
    "fields[1].visibleWhen.ok: must be a value; write { other_field: 'value' }",
  ],
  [second({ visibleWhen: { ok: {} } }), 'fields[1].visibleWhen.ok: says nothing; write { equal: … }'],
  [
    second({ visibleWhen: { ok: { is: 'x' } } }),
    'fields[1].visibleWhen.ok.is: is no comparison; use one of equal, in, contains, greater, less, matches, empty',
  ],
  [
    second({ visibleWhen: { ok: { in: 'x' } } }),
    'fields[1].visibleWhen.ok.in: must be a list of values; write in: [1, 2]',
  ],
  [
    second({ visibleWhen: { ok: { in: [{}] } } }),
    'fields[1].visibleWhen.ok.in: must be a list of values; write in: [1, 2]',
  ],
  [second({ visibleWhen: { ok: { empty: 1 } } }), 'fields[1].visibleWhen.ok.empty: must be true or false'],
  [
    second({ visibleWhen: { ok: { matches: '[' } } }),
    'fields[1].visibleWhen.ok.matches "[": is no regular expression with the v flag; escape characters such as "(", "[", "-" in a class',
  ],
  [
    second({ visibleWhen: { ok: { contains: { field: 'ok' } } } }),
    "fields[1].visibleWhen.ok.contains: must be a value; write contains: '…'",
  ],
  [
    second({ visibleWhen: { ok: { greater: { name: 'ok' } } } }),
    "fields[1].visibleWhen.ok.greater: must be a value or another field; write { field: '…' }",
  ],
  [
    second({ visibleWhen: { ok: { equal: [] } } }),
    "fields[1].visibleWhen.ok.equal: must be a value or another field; write { field: '…' }",
  ],
  [second({ visibleWhen: { okay: 'x' } }), 'fields[1].visibleWhen "okay": no field has this name; use one of ok, a'],
  [
    second({ requiredWhen: { ok: { less: { field: 'b' } } } }),
    'fields[1].requiredWhen "b": no field has this name; use one of ok, a',
  ],
  [
    second({ type: 'select', optionsWhen: [{ when: { b: 'x' }, options: ['x'] }] }),
    'fields[1].optionsWhen[0].when "b": no field has this name; use one of ok, a',
  ],
  [
    second({ type: 'group', fields: [{ name: 'b', label: 'B', visibleWhen: { c: 'x' } }] }),
    'fields[1].fields[0].visibleWhen "c": no field has this name; use one of b, ok, a',
  ],
  [
    second({ type: 'list', item: { type: 'select', label: 'B', optionsWhen: [{ when: { c: 'x' }, options: ['x'] }] } }),
    'fields[1].item.optionsWhen[0].when "c": no field has this name; use one of ok, a',
  ],
  [
    second({
      type: 'list',
      item: {
        type: 'list',
        label: 'B',
        item: { type: 'group', label: 'C', fields: [{ name: 'd', label: 'D', readOnlyWhen: { c: 1 } }] },
      },
    }),
    'fields[1].item.item.fields[0].readOnlyWhen "c": no field has this name; use one of d, ok, a',
  ],
  [
    one({ visibleWhen: { a: 'x' } }),
    'fields[0].visibleWhen: depends on itself through a; a condition cannot go in a circle',
  ],
  [
    [
      { name: 'a', label: 'A', visibleWhen: { b: 'x' } },
      { name: 'b', label: 'B', visibleWhen: { not: { c: { equal: { field: 'a' } } } } },
      { name: 'c', label: 'C' },
    ],
    'fields[0].visibleWhen: depends on itself through b, a; a condition cannot go in a circle',
  ],
]

test.each(conditions)('%j', (given, message) => expect(() => checkFields(given)).toThrow(new TypeError(message)))

test.each<[rules: unknown, message: string]>([
  ['x', 'rules: must be a list; write rules: [{ field, refuseWhen, message }]'],
  [[1], 'rules[0]: must be { field, refuseWhen, message }'],
  [[{ field: 'a', refuseWhen: { a: 1 } }], 'rules[0]: must be { field, refuseWhen, message }'],
  [[{ field: 'b', refuseWhen: { a: 1 }, message: 'No' }], 'rules[0].field "b": no field has this name; use one of a'],
  [[{ field: 'a', message: 'No' }], `rules[0].refuseWhen: ${CONDITION}`],
  [
    [{ field: 'a', refuseWhen: { b: 1 }, message: 'No' }],
    'rules[0].refuseWhen "b": no field has this name; use one of a',
  ],
])('wrong rules: %j', (rules, message) => {
  const policy = JSON.parse(JSON.stringify({ rules }))
  expect(() => checkFields(one({}), policy)).toThrow(new TypeError(message))
})
