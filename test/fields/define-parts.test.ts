// Wrong choices, groups, lists and places of fields, and their exact messages.
import { expect, test } from 'vitest'
import { ROOT_ATTRIBUTES } from '../../src/contract/names.ts'
import { checkFields } from '../../src/fields/define.ts'
import { FIELD_TYPES } from '../../src/fields/field.ts'
import { EMPTY_LABEL, one, type Row, second } from './wrong.ts'

const types = `is no field type; use one of ${FIELD_TYPES.join(', ')}`

const parts: readonly Row[] = [
  [one({ type: 'select' }), "fields[0].options: cannot be empty; write options: ['…', '…']"],
  [one({ type: 'select', options: [] }), "fields[0].options: cannot be empty; write options: ['…', '…']"],
  [
    one({ type: 'radio', options: [1] }),
    'fields[0].options[0]: must be a text or { value, label } with a value that is not empty',
  ],
  [
    one({ type: 'radio', options: ['x', ''] }),
    'fields[0].options[1]: must be a text or { value, label } with a value that is not empty',
  ],
  [
    one({ type: 'radio', options: [{ value: 'x' }] }),
    'fields[0].options[0]: must be a text or { value, label } with a value that is not empty',
  ],
  [
    one({ type: 'select', options: [{ label: 'B', options: [] }] }),
    'fields[0].options[0]: must be a heading with choices; write { label, options: […] }',
  ],
  [
    one({ type: 'select', options: [{ label: 'B', options: ['x', 2] }] }),
    'fields[0].options[0].options[1]: must be a text or { value, label } with a value that is not empty',
  ],
  [
    one({ type: 'multiselect', options: ['x', { label: 'B', options: ['x'] }] }),
    'fields[0].options "x": stands there already; every value can be used once',
  ],
  [
    one({ type: 'select', optionsWhen: [] }),
    'fields[0].optionsWhen: must be a list; write [{ when: { … }, options: […] }]',
  ],
  [
    one({ type: 'select', optionsWhen: ['x'] }),
    'fields[0].optionsWhen[0]: must be an object; write { when: { … }, options: […] }',
  ],
  [
    one({ type: 'select', optionsWhen: [{ options: ['x'] }] }),
    "fields[0].optionsWhen[0].when: must be a condition; write { other_field: 'value' }",
  ],
  [
    second({ type: 'select', optionsWhen: [{ when: { ok: 'x' }, options: [] }] }),
    "fields[1].optionsWhen[0].options: cannot be empty; write options: ['…', '…']",
  ],
  [one({ type: 'consent' }), "fields[0].version: is missing; write version: '…'"],
  [
    one({ type: 'consent', version: '1', link: { href: '/x' } }),
    "fields[0].link: must be an object; write { label: 'The terms', href: '/terms' }",
  ],
  [
    one({ type: 'consent', version: '1', link: { label: 'B', href: 'javascript:x' } }),
    'fields[0].link.href "javascript:x": must be an http(s) address or a path; write "/terms"',
  ],
  [
    one({ type: 'consent', version: '1', link: { label: 'B', href: '//x.example' } }),
    'fields[0].link.href "//x.example": must be an http(s) address or a path; write "/terms"',
  ],
  [[{ name: 'a', type: 'hidden' }], "fields[0].value: is missing; write value: '…'"],
  [[{ name: 'a', type: 'hidden', value: {} }], 'fields[0].value: must be a text, a number, true or false'],
  [[{ name: 'a', type: 'hidden', value: Number.NaN }], 'fields[0].value: must be a text, a number, true or false'],
  [one({ type: 'custom' }), "fields[0].control: is missing; write control: '…'"],
  [
    one({ type: 'picture', origins: ['https://x.example/a'] }),
    'fields[0].origins "https://x.example/a": must be an origin without a path; write "https://images.example.com"',
  ],
  [one({ type: 'group' }), 'fields[0].fields: cannot be empty; write fields: [{ name, label }]'],
  [one({ type: 'group', fields: [1] }), 'fields[0].fields[0]: must be an object; write { name, label }'],
  [one({ type: 'group', fields: [{ label: 'B' }] }), "fields[0].fields[0].name: is missing; write name: '…'"],
  [one({ type: 'group', fields: [{ name: 'b' }] }), "fields[0].fields[0].label: is missing; write label: '…'"],
  [one({ type: 'group', fields: [{ name: 'b', label: '' }] }), `fields[0].fields[0].label: ${EMPTY_LABEL}`],
  [one({ type: 'group', fields: [{ name: 'b', label: 'B', type: 'x' }] }), `fields[0].fields[0].type "x": ${types}`],
  [
    one({ type: 'group', fields: [{ name: 'b.c', label: 'B' }] }),
    'fields[0].fields[0].name "b.c": field names cannot contain "."; nest the value or use "_"',
  ],
  [
    one({ type: 'group', fields: [{ name: 'b', label: 'B', path: ['x'] }] }),
    'fields[0].fields[0].path: a field in a group or a list is stored under its name; leave it out',
  ],
  [
    one({ type: 'group', fields: [{ name: 'b', label: 'B', renamedFrom: 'c' }] }),
    'fields[0].fields[0].renamedFrom: is nothing a field in a group has; give it to the group, or leave it out',
  ],
  [
    one({ type: 'group', fields: [{ name: 'name', label: 'B', storage: 'root' }] }),
    'fields[0].fields[0].storage "root": a root attribute is not nested; leave out path and group',
  ],
  [one({ type: 'list' }), "fields[0].item: is missing; write item: { label: '…' }"],
  [one({ type: 'list', item: 'text' }), 'fields[0].item: must be an object; write item: { … }'],
  [one({ type: 'list', item: {} }), "fields[0].item.label: is missing; write label: '…'"],
  [
    one({ type: 'list', item: { label: 'B', name: 'b' } }),
    'fields[0].item.name: is nothing an item of a list has; give it to the list, or leave it out',
  ],
  [
    one({ type: 'list', item: { label: 'B', visibleWhen: { a: 'x' } } }),
    'fields[0].item.visibleWhen: is nothing an item of a list has; give it to the list, or leave it out',
  ],
]

test.each(parts)('%j', (given, message) => expect(() => checkFields(given)).toThrow(new TypeError(message)))

const roots: readonly Row[] = [
  [
    one({ name: 'name', storage: 'root', path: ['x'] }),
    'fields[0].storage "root": a root attribute is not nested; leave out path and group',
  ],
  [
    one({ storage: 'root' }),
    `fields[0].storage "root": the root takes ${ROOT_ATTRIBUTES.join(', ')}; rename the field or leave storage out`,
  ],
  [
    one({ name: 'name', storage: 'root', renamedFrom: 'x' }),
    'fields[0].renamedFrom: is for values in user_metadata; a root attribute has one name',
  ],
  [
    one({ name: 'nickname', type: 'checkbox', storage: 'root' }),
    'fields[0].storage "root": root attributes are texts; a checkbox field belongs into user_metadata',
  ],
  [one({ path: ['x', 'y.z'] }), 'fields[0].path "y.z": field names cannot contain "."; nest the value or use "_"'],
  [second({ path: ['ok'] }), 'fields[1].path: fields[0] is stored at the same place; give one of them another path'],
  [
    second({ path: ['ok', 'x'] }),
    'fields[1].path: fields[0] is stored at the same place; give one of them another path',
  ],
  [
    second({ renamedFrom: ['older', 'ok'] }),
    'fields[1].renamedFrom "ok": is where a field is stored now, and would be removed; leave it out',
  ],
  [
    one({ path: ['x', 'y'], renamedFrom: 'x' }),
    'fields[0].renamedFrom "x": is where a field is stored now, and would be removed; leave it out',
  ],
  [
    one({
      type: 'group',
      fields: [
        { name: 'b', label: 'B' },
        { name: 'b', label: 'C' },
      ],
    }),
    'fields[0].fields[1].name "b": fields[0].fields[0] has this name already; every name can be used once',
  ],
]

test.each(roots)('%j', (given, message) => expect(() => checkFields(given)).toThrow(new TypeError(message)))
