// Wrong definitions and their exact messages, and the types that follow from right ones.
import { expect, expectTypeOf, test } from 'vitest'
import { checkFields, defineFields } from '../../src/fields/define.ts'
import type { InferMetadata } from '../../src/fields/infer.ts'

const wrong: readonly (readonly [given: unknown, message: string])[] = [
  [{}, 'fields: must be a list of fields; write defineFields([{ name, label }])'],
  [[null], 'fields[0]: must be an object; write { name, label }'],
  [[{ label: 'A' }], "fields[0].name: is missing; write name: '…'"],
  [[{ name: 'a' }], "fields[0].label: is missing; write label: '…'"],
  [
    [{ name: 'a', label: ' ' }],
    'fields[0].label: cannot be empty; it is the name of the control for everyone (WCAG 4.1.2)',
  ],
  [
    [
      { name: 'ok', label: 'A' },
      { name: 'a.b', label: 'B' },
    ],
    'fields[1].name "a.b": field names cannot contain "."; nest the value or use "_"',
  ],
  [[{ name: 'a$', label: 'A' }], 'fields[0].name "a$": field names cannot contain "$"; leave it out or use "_"'],
  [[{ name: '', label: 'A' }], 'fields[0].name "": field names cannot be empty; give it a name such as "company"'],
  [
    [{ name: '__proto__', label: 'A' }],
    'fields[0].name "__proto__": field names cannot be "__proto__", "constructor" or "prototype"; choose another name',
  ],
  [
    [{ name: 'user_id', label: 'A' }],
    'fields[0].name "user_id": "user_id" is a reserved name; choose another, or set reservedNames: false',
  ],
  [
    [{ name: 'password', label: 'A' }],
    'fields[0].name "password": this is a field of the screens themselves; choose another name',
  ],
  [
    [
      { name: 'a', label: 'A' },
      { name: 'a', label: 'B' },
    ],
    'fields[1].name "a": fields[0] has this name already; every name can be used once',
  ],
  [
    [{ name: 'a', label: 'A', type: 'email', placeholder: 'x' }],
    'fields[0].placeholder: a email field has no such setting; use one of name, type, label, hint, required, screens, autocomplete',
  ],
  [
    [{ name: 'a', label: 'A', type: 'select', options: [] }],
    "fields[0].options: cannot be empty; write options: ['…', '…']",
  ],
  [[{ name: 'a', label: 'A', required: 'yes' }], 'fields[0].required: must be true or false'],
  [
    [{ name: 'a', label: 'A', minLength: 5, maxLength: 2 }],
    'fields[0].minLength: 5 is more than maxLength 2; no value could be right',
  ],
]

for (const [given, message] of wrong) {
  test(message, () => expect(() => checkFields(given)).toThrow(new TypeError(message)))
}

test('a name on the deny list is refused', () => {
  expect(() => defineFields([{ name: 'plan', label: 'Plan' }], { denyList: ['plan'] })).toThrow(
    /"plan" is on the deny list/,
  )
})

test('the metadata type follows from a literal definition', () => {
  const fields = defineFields([
    { name: 'company', label: 'Company', required: true },
    { name: 'team_size', type: 'select', label: 'Team size', options: ['1-10', '11-50'] },
    { name: 'newsletter', type: 'checkbox', label: 'Newsletter' },
  ])
  expectTypeOf<InferMetadata<typeof fields>>().toEqualTypeOf<{
    company: string
    team_size?: '1-10' | '11-50'
    newsletter?: boolean
  }>()
  expect(JSON.parse(JSON.stringify(fields))).toEqual(fields)
})
