// Options that are wrong in every way: no crash, nothing without a note, and always a definition that holds.
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { definitionSource } from '../../src/lock/definition-source.ts'
import { fromLock } from '../../src/lock/from-lock.ts'

const NOTHING: readonly [] = []

/** Elements, the names of the fields that are left of them, and the keys that get a note. */
const wrong: readonly (readonly [
  what: string,
  elements: readonly unknown[],
  names: readonly string[],
  notes: readonly string[],
])[] = [
  ['what is no object', [null, 7, 'name', ['a'], undefined], NOTHING, ['[0]', '[1]', '[2]', '[3]', '[4]']],
  [
    'no name',
    [{}, { name: 5 }, { name: '' }, { placeholder: 'x' }],
    NOTHING,
    ['[0].name', '[1].name', '[2].name', '[3].name'],
  ],
  [
    'names that cannot be',
    [
      'a.b',
      '$x',
      '__proto__',
      'constructor',
      'email',
      'username',
      'password',
      'identifier',
      'user_id',
      'x'.repeat(101),
    ].map((name) => ({
      name,
      placeholder: 'X',
    })),
    NOTHING,
    Array.from({ length: 10 }, (_, index) => `[${index}].name`),
  ],
  [
    'one name twice',
    [
      { name: 'a', placeholder: 'A' },
      { name: 'a', placeholder: 'B' },
    ],
    ['a'],
    ['[1].name'],
  ],
  ['a name that is a space', [{ name: ' ' }], [' '], ['[0].name', '[0].placeholder']],
  [
    'a placeholder that is none',
    [
      { name: 'a', placeholder: '  ' },
      { name: 'b', placeholder: 3 },
    ],
    ['a', 'b'],
    ['[0].placeholder', '[0].placeholder', '[1].placeholder', '[1].placeholder'],
  ],
  [
    'a select without options',
    [
      { name: 'a', type: 'select', placeholder: 'A' },
      { name: 'b', type: 'select', placeholder: 'B', options: [] },
    ],
    NOTHING,
    ['[0].options', '[1].options'],
  ],
  [
    'options that are none',
    [
      {
        name: 'a',
        type: 'select',
        placeholder: 'A',
        options: [
          null,
          { value: '', label: '-' },
          {},
          { value: 1, label: 'One' },
          'two',
          { value: 'three' },
          { value: 'two', label: '2' },
          { value: 'four', label: 'Four', icon: 'x' },
        ],
      },
    ],
    ['a'],
    [
      '[0].options[0]',
      '[0].options[1]',
      '[0].options[2]',
      '[0].options[3]',
      '[0].options[4]',
      '[0].options[5]',
      '[0].options[6]',
      '[0].options[7].icon',
    ],
  ],
  [
    'a prefill that is no option',
    [{ name: 'a', type: 'select', placeholder: 'A', options: ['x'], prefill: 'y' }],
    ['a'],
    ['[0].options[0]', '[0].prefill'],
  ],
  [
    'a validator on a select',
    [{ name: 'a', type: 'select', placeholder: 'A', options: [{ value: 'x', label: 'X' }], validator: () => false }],
    ['a'],
    ['[0].validator'],
  ],
  ['a validator that is none', [{ name: 'a', placeholder: 'A', validator: 'required' }], ['a'], ['[0].validator']],
  [
    'prefills that are none',
    [
      { name: 'a', placeholder: 'A', prefill: {} },
      { name: 'b', placeholder: 'B', prefill: 5 },
      { name: 'c', placeholder: 'C', prefill: '' },
    ],
    ['a', 'b', 'c'],
    ['[0].prefill', '[1].prefill', '[2].prefill'],
  ],
  [
    'hidden values that are none',
    [
      { name: 'a', type: 'hidden' },
      { name: 'b', type: 'hidden', value: '' },
      { name: 'c', type: 'hidden', value: {} },
      { name: 'd', type: 'hidden', value: Number.NaN },
      { name: 'e', type: 'hidden', value: null },
    ],
    NOTHING,
    ['[0].value', '[1].value', '[2].value', '[3].value', '[4].value'],
  ],
  [
    'keys of another type',
    [
      { name: 'a', placeholder: 'A', value: 'x', options: ['y'] },
      { name: 'b', type: 'hidden', value: 'x', placeholder: 'B', prefill: 'y', storage: 'root' },
    ],
    ['a', 'b'],
    ['[0].value', '[0].options', '[1].placeholder', '[1].prefill', '[1].storage'],
  ],
  [
    'the root for what is no attribute',
    [
      { name: 'familyName', placeholder: 'A', storage: 'root' },
      { name: 'b', placeholder: 'B', storage: 'cloud' },
    ],
    ['familyName', 'b'],
    ['[0].storage', '[1].storage'],
  ],
  [
    'icons',
    [{ name: 'a', placeholder: 'A', icon: 'javascript:alert(1)', iconUrl: 'x' }],
    ['a'],
    ['[0].icon', '[0].iconUrl'],
  ],
  [
    'settings of the wrong kind',
    [
      {
        name: 'a',
        placeholder: 'A',
        required: 'yes',
        maxLength: -1,
        autocomplete: 5,
        inputMode: 'morse',
        hint: 1,
        label: '',
      },
    ],
    ['a'],
    ['[0].required', '[0].maxLength', '[0].autocomplete', '[0].inputMode', '[0].label', '[0].hint'],
  ],
  [
    'types that are none',
    [
      { name: 'a', placeholder: 'A', type: 'Checkbox' },
      { name: 'b', placeholder: 'B', type: 5 },
      { name: 'c', placeholder: 'C', type: 'password' },
    ],
    ['a', 'b', 'c'],
    ['[0].type', '[1].type', '[2].type'],
  ],
  ['a name Lock had a part of', [{ name: 'selecting', placeholder: 'A' }], ['selecting'], ['[0].name']],
]

for (const [what, additionalSignUpFields, names, paths] of wrong) {
  test(what, () => {
    const { definitions, fields, notes } = fromLock({ additionalSignUpFields })
    expect(definitions.map(({ name }) => name)).toEqual(names)
    expect(fields.fields.map(({ name }) => name)).toEqual(names)
    const found = notes.flatMap(({ path }) => (path.includes('[') ? [path.slice('additionalSignUpFields'.length)] : []))
    expect(found.sort()).toEqual([...paths].sort())
  })
}

test('a validator that throws is noted, and refuses when it is asked', () => {
  const validator = () => {
    throw new Error('window is not defined')
  }
  const { definitions, notes } = fromLock({ additionalSignUpFields: [{ name: 'a', placeholder: 'A', validator }] })
  expect(definitions).toMatchObject([{ required: true }])
  expect(notes.at(-1)?.message).toContain('window is not defined')
})

test('a validator that answers with a promise is noted, and its failure goes nowhere', async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  const validator = () => Promise.reject(new Error('no'))
  const { definitions, notes } = fromLock({ additionalSignUpFields: [{ name: 'a', placeholder: 'A', validator }] })
  await new Promise((resolve) => setTimeout(resolve, 5))
  process.off('unhandledRejection', unhandled)
  expect(unhandled).not.toHaveBeenCalled()
  expect(definitions[0]).not.toHaveProperty('required')
  expect(notes.at(-1)).toMatchObject({ path: 'additionalSignUpFields[0].validator', field: 'a' })
})

test('whole options of the wrong kind', () => {
  const { definitions, notes } = fromLock({
    additionalSignUpFields: 'name',
    container: 5,
    prefill: 'a@b.co',
    theme: 'dark',
    auth: [],
    languageDictionary: 'de',
    mustAcceptTerms: 'yes',
    allowLogin: 'no',
  })
  expect(definitions).toEqual([])
  expect(notes.map(({ path }) => path).sort()).toEqual([
    'additionalSignUpFields',
    'allowLogin',
    'auth',
    'container',
    'languageDictionary',
    'mustAcceptTerms',
    'prefill',
    'theme',
  ])
  expect(() => fromLock([])).toThrow('options: must be the object that Lock is given, and is a list')
})

test('no prototype is touched', () => {
  const options: object = JSON.parse(
    '{"__proto__":{"a":1},"additionalSignUpFields":[{"name":"__proto__","placeholder":"x"},{"__proto__":{"name":"b"}}]}',
  )
  expect(fromLock(options).definitions).toEqual([])
  expect(Object.keys(Object.prototype)).toEqual([])
})

test('whatever is given, the definition holds and can be printed', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }),
  )
  const element = fc.record(
    {
      name: fc.oneof(
        fc.constantFrom('a', 'b', 'given_name', 'picture', 'phone_number', 'a b', '\ud800'),
        fc.string(),
        anything,
      ),
      type: fc.oneof(fc.constantFrom('text', 'select', 'checkbox', 'hidden', 'date'), anything),
      placeholder: fc.oneof(fc.string(), anything),
      placeholderHTML: fc.oneof(fc.constantFrom('<a href="x">y', '<b>&#x110000;</b>'), anything),
      options: fc.oneof(fc.array(fc.record({ value: anything, label: anything })), anything),
      prefill: anything,
      validator: fc.oneof(fc.func(anything), anything),
      value: anything,
      storage: fc.oneof(fc.constant('root'), anything),
      label: anything,
      required: anything,
      maxLength: anything,
      autocomplete: anything,
      inputMode: anything,
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(
      fc.array(fc.oneof(element, anything)),
      fc.dictionary(fc.string(), anything),
      (additionalSignUpFields, rest) => {
        const { definitions, fields, notes } = fromLock({ ...rest, additionalSignUpFields, mustAcceptTerms: true })
        expect(fields.fields).toHaveLength(definitions.length)
        expect(definitionSource(definitions, notes)).toContain('export const fields = defineFields([')
      },
    ),
  )
})
