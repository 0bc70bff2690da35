// Wrong definitions and their exact messages, one for every check, and what a right one becomes.
import { describe, expect, test } from 'vitest'
import { ROOT_ATTRIBUTES } from '../../src/contract/names.ts'
import { checkFields, defineFields } from '../../src/fields/define.ts'
import { FIELD_TYPES, functionsOf } from '../../src/fields/field.ts'
import { settingsOf } from '../../src/fields/settings.ts'

type Row = readonly [given: unknown, message: string]

/** A text field called `a`, with these settings besides. */
const one = (settings: object) => [{ name: 'a', label: 'A', ...settings }]

/** A field after one called `ok` that conditions can be about. */
const second = (settings: object) => [{ name: 'ok', label: 'OK' }, ...one(settings)]

const types = `is no field type; use one of ${FIELD_TYPES.join(', ')}`
const EMPTY_LABEL = 'cannot be empty; it is the name of the control for everyone (WCAG 4.1.2)'

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

const settings: readonly Row[] = [
  [
    one({ type: 'email', placeholder: 'x' }),
    `fields[0].placeholder: a email field has no such setting; use one of ${settingsOf('email').join(', ')}`,
  ],
  [
    one({ type: 'checkbox', oneOf: ['x'] }),
    `fields[0].oneOf: a checkbox field has no such setting; use one of ${settingsOf('checkbox').join(', ')}`,
  ],
  [one({ hint: 1 }), "fields[0].hint: must be a text; write hint: '…'"],
  [one({ required: 'yes' }), 'fields[0].required: must be true or false'],
  [one({ order: Number.NaN }), 'fields[0].order: must be a number; write order: 1'],
  [one({ maxLength: -1 }), 'fields[0].maxLength: must be a whole number, 0 or more'],
  [one({ maxLength: 1.5 }), 'fields[0].maxLength: must be a whole number, 0 or more'],
  [one({ type: 'number', min: true }), 'fields[0].min: must be a number or a date; write min: 1'],
  [one({ screens: 1 }), "fields[0].screens: must be a list of texts; write screens: ['…']"],
  [one({ screens: [] }), "fields[0].screens: must be a list of texts; write screens: ['…']"],
  [one({ messages: 'x' }), 'fields[0].messages: must be an object; write messages: { … }'],
  [
    one({ visibleWhen: 'ok' }),
    "fields[0].visibleWhen: must be a condition; write visibleWhen: { other_field: 'value' }",
  ],
  [one({ onHide: 'drop' }), 'fields[0].onHide "drop": must be one of keep, clear'],
  [one({ width: 'third' }), 'fields[0].width "third": must be one of full, half'],
  [one({ storage: 'app_metadata' }), 'fields[0].storage "app_metadata": must be one of user_metadata, root'],
  [one({ stored: 'xml' }), 'fields[0].stored "xml": must be one of json, text'],
  [
    one({ inputmode: 'x' }),
    'fields[0].inputmode "x": must be one of none, text, tel, url, email, numeric, decimal, search',
  ],
  [
    one({ enterkeyhint: 'x' }),
    'fields[0].enterkeyhint "x": must be one of enter, done, go, next, previous, search, send',
  ],
  [
    one({ autocapitalize: 'x' }),
    'fields[0].autocapitalize "x": must be one of off, none, on, sentences, words, characters',
  ],
  [one({ access: 'write' }), 'fields[0].access "write": must be one of edit, read, none, or { profile: … }'],
  [one({ access: { profile: 'x' } }), 'fields[0].access "x": must be one of edit, read, none, or { profile: … }'],
  [
    one({ access: { login: 'read' } }),
    'fields[0].access "login": is no screen with fields; use one of signUp, profile, ensure',
  ],
  [
    one({ screens: ['login'] }),
    'fields[0].screens "login": is no screen with fields; use one of signUp, profile, ensure',
  ],
  [
    one({ messages: { oops: 'x' } }),
    'fields[0].messages.oops: is no code; use one such as required, value_too_long or refused',
  ],
  [one({ messages: { required: 1 } }), 'fields[0].messages.required: must be a text'],
  [one({ oneOf: [] }), "fields[0].oneOf: cannot be empty; write oneOf: ['…', '…']"],
  [one({ oneOf: ['x', 1] }), 'fields[0].oneOf[1]: must be a text, as the values of the field are'],
  [one({ type: 'number', oneOf: ['1'] }), 'fields[0].oneOf[0]: must be a number, as the values of the field are'],
  [one({ type: 'custom', control: 'c', oneOf: [true] }), 'fields[0].oneOf[0]: must be a text or a number'],
  [one({ type: 'number', min: '1' }), 'fields[0].min: must be a number'],
  [
    one({ type: 'date', min: '24.11.2026' }),
    'fields[0].min "24.11.2026": must be written like a date of the field, such as 2026-11-24',
  ],
  [one({ type: 'time', max: 9 }), 'fields[0].max 9: must be written like a time of the field, such as 09:30'],
  [
    one({ type: 'datetime', max: '2026-11-24' }),
    'fields[0].max "2026-11-24": must be written like a datetime of the field, such as 2026-11-24T09:30',
  ],
  [
    one({ type: 'month', max: '2026' }),
    'fields[0].max "2026": must be written like a month of the field, such as 2026-11',
  ],
  [one({ minLength: 5, maxLength: 2 }), 'fields[0].minLength: 5 is more than maxLength 2; no value could be right'],
  [one({ type: 'number', min: 5, max: 2 }), 'fields[0].min: 5 is more than max 2; no value could be right'],
  [one({ type: 'range', min: 101 }), 'fields[0].min: 101 is more than max 100; no value could be right'],
  [
    one({ type: 'date', min: '2026-01-02', max: '2026-01-01' }),
    'fields[0].min: 2026-01-02 is more than max 2026-01-01; no value could be right',
  ],
  [
    one({ type: 'list', item: { label: 'B' }, minItems: 2, maxItems: 1 }),
    'fields[0].minItems: 2 is more than maxItems 1; no value could be right',
  ],
  [one({ type: 'number', step: 0 }), 'fields[0].step: must be above 0'],
  [
    one({ pattern: '(' }),
    'fields[0].pattern "(": is no regular expression with the v flag; escape characters such as "(", "[", "-" in a class',
  ],
  [one({ prefill: 1 }), 'fields[0].prefill 1: is no value of a text field'],
  [one({ type: 'number', prefill: '1' }), 'fields[0].prefill "1": is no value of a number field'],
  [one({ type: 'number', prefill: Number.NaN }), 'fields[0].prefill null: is no value of a number field'],
  [one({ type: 'switch', prefill: 'on' }), 'fields[0].prefill "on": is no value of a switch field'],
  [one({ type: 'list', item: { label: 'B' }, prefill: 'x' }), 'fields[0].prefill "x": is no value of a list field'],
  [one({ validate: 'x' }), 'fields[0].validate: must be a function; write validate: (value) => …'],
  [one({ decode: 1 }), 'fields[0].decode: must be a function; write decode: (value) => …'],
  [one({ schema: {} }), 'fields[0].schema: must be a Standard Schema, such as one of zod or valibot'],
]

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

for (const [about, rows] of Object.entries({ names, settings, parts, roots, conditions })) {
  describe(`wrong ${about}`, () => {
    test.each(rows)('%j', (given, message) => expect(() => checkFields(given)).toThrow(new TypeError(message)))
  })
}

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
