// Wrong names of fields and their exact messages, and what a right definition becomes.
import { expect, test } from 'vitest'
import { checkFields, defineFields } from '../../src/fields/define.ts'
import { FIELD_TYPES, functionsOf } from '../../src/fields/field.ts'
import { EMPTY_LABEL, one, type Row } from './wrong.ts'

const types = `is no field type; use one of ${FIELD_TYPES.join(', ')}`

const names: readonly Row[] = [
  [{}, 'fields: must be a list of fields; write defineFields([{ name, label }])'],
  [[null], 'fields[0]: must be an object; write { name, label }'],
  [['company'], 'fields[0]: must be an object; write { name, label }'],
  [[{ label: 'A' }], "fields[0].name: is missing; write name: '…'"],
  [[{ name: 1, label: 'A' }], "fields[0].name: must be a text; write name: '…'"],
  [[{ name: 'a' }], "fields[0].label: is missing; write label: '…'"],
  [[{ name: 'a', label: {} }], "fields[0].label: must be a text; write label: '…'"],
  [[{ name: 'a', label: ' ' }], `fields[0].label: ${EMPTY_LABEL}`],
  [one({ type: 'file' }), `fields[0].type "file": ${types}`],
  [
    [
      { name: 'ok', label: 'A' },
      { name: 'a.b', label: 'B' },
    ],
    'fields[1].name "a.b": field names cannot contain "."; nest the value or use "_"',
  ],
  [one({ name: 'a$' }), 'fields[0].name "a$": field names cannot contain "$"; leave it out or use "_"'],
  [one({ name: '' }), 'fields[0].name "": field names cannot be empty; give it a name such as "company"'],
  [
    one({ name: '__proto__' }),
    'fields[0].name "__proto__": field names cannot be "__proto__", "constructor" or "prototype"; choose another name',
  ],
  [
    one({ name: 'a\0' }),
    'fields[0].name "a\\u0000": field names must be well-formed Unicode without NUL; remove the broken character',
  ],
  [
    one({ name: '🐎'.repeat(101) }),
    `fields[0].name "${'🐎'.repeat(101)}": field names can have at most 100 characters; shorten it`,
  ],
  [
    one({ name: 'user_id' }),
    'fields[0].name "user_id": "user_id" is a reserved name; choose another, or set reservedNames: false',
  ],
  [
    one({ path: ['user_id', 'x'] }),
    'fields[0].path "user_id": "user_id" is a reserved name; choose another, or set reservedNames: false',
  ],
  [
    one({ name: 'password' }),
    'fields[0].name "password": this is a field of the screens themselves; choose another name',
  ],
  [
    [
      { name: 'a', label: 'A' },
      { name: 'a', label: 'B' },
    ],
    'fields[1].name "a": fields[0] has this name already; every name can be used once',
  ],
]

test.each(names)('%j', (given, message) => expect(() => checkFields(given)).toThrow(new TypeError(message)))

test('a name on the deny list is refused, a reserved one can be allowed', () => {
  expect(() => defineFields([{ name: 'plan', label: 'Plan' }], { denyList: ['plan'] })).toThrow(
    new TypeError('fields[0].name "plan": "plan" is on the deny list; remove the field or take the name off denyList'),
  )
  const allowed = defineFields([{ name: 'user_id', label: 'ID' }], { reservedNames: false })
  expect(allowed.fields[0]?.path).toEqual(['user_id'])
})

test('a right definition is plain data, whole, with its functions beside it', () => {
  const validate = () => true
  const fields = defineFields([
    { name: 'company', label: 'Company', validate, prefill: () => 'Acme' },
    {
      name: 'size',
      type: 'select',
      label: 'Size',
      options: ['1', { label: 'More', options: [{ value: '2', label: 'Two' }] }],
    },
    { name: 'city', label: 'City', path: ['address', 'city'], access: { profile: 'read' } },
    { name: 'level', type: 'range', label: 'Level' },
  ])
  expect(JSON.parse(JSON.stringify(fields))).toEqual(fields)
  const [company, size, city, level] = fields.fields
  expect(company).toMatchObject({
    type: 'text',
    required: false,
    path: ['company'],
    prefill: null,
    screens: ['signUp', 'profile', 'ensure'],
  })
  expect(company && functionsOf(company)).toMatchObject({ validate })
  expect(size?.options).toEqual([
    { value: '1', label: '1', description: null, disabled: false, group: null },
    { value: '2', label: 'Two', description: null, disabled: false, group: 'More' },
  ])
  expect(city).toMatchObject({ path: ['address', 'city'], access: { signUp: 'edit', profile: 'read', ensure: 'edit' } })
  expect(level).toMatchObject({ min: 0, max: 100, step: null })
  expect(fields.policy).toEqual({ reservedNames: true, denyList: [], secrets: 'refuse', rules: [] })
})
