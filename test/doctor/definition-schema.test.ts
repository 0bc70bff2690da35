// The JSON Schema says of a definition what defineFields says, as far as a schema can.
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { definitionSchema } from '../../src/doctor/definition-schema.ts'
import { diagnose } from '../../src/doctor/diagnose.ts'
import { checkFields } from '../../src/fields/define.ts'
import { FIELD_TYPES, type FieldType } from '../../src/fields/field.ts'
import { SETTINGS } from '../../src/fields/settings.ts'
import { bigDefinition, bigFile } from './big-definition.ts'
import { wrongDefinitions } from './wrong-definitions.ts'

const ajv = new Ajv2020({ strict: true, allErrors: false })
const validate = ajv.compile(definitionSchema())

test('accepts a big definition, as a list and as an object', () => {
  expect(validate(bigDefinition)).toBe(true)
  expect(validate(bigFile)).toBe(true)
  expect(validate([])).toBe(true)
})

test.each(wrongDefinitions.filter(({ inSchema }) => inSchema))('refuses what is wrong: $findings.0', ({ given }) => {
  expect(validate(given)).toBe(false)
  expect(validate({ fields: given })).toBe(false)
})

test.each(wrongDefinitions.filter(({ inSchema }) => !inSchema))('leaves to the doctor: $findings.0', ({ given }) => {
  expect(validate(given)).toBe(true)
})

const wrongFiles: readonly object[] = [
  {},
  { fields: [], felds: [] },
  { fields: [], reservedNames: 'no' },
  { fields: [], denyList: 'plan' },
  { fields: [], secrets: 'ignore' },
  { fields: [], backend: 'auth1' },
  { fields: [], theme: { '--latchkey-acent': '#000' } },
  { fields: [], rules: [{ field: 'a', message: 'x' }] },
]

test.each(wrongFiles)('refuses the file %j', (file) => {
  expect(validate(file)).toBe(false)
})

test('reserved names are allowed where the file says so', () => {
  const fields = [{ name: 'user_id', label: 'User' }]
  expect(validate({ fields })).toBe(false)
  expect(validate({ fields, reservedNames: false })).toBe(true)
  expect(validate({ fields: [{ ...fields[0], path: ['ids', 'user_id'] }] })).toBe(true)
})

/** What each type cannot do without. */
const MINIMAL: Readonly<Partial<Record<FieldType, object>>> = {
  select: { options: ['a'] },
  radio: { options: ['a'] },
  multiselect: { options: ['a'] },
  consent: { version: '1' },
  hidden: { value: 'x', label: undefined },
  group: { fields: [{ name: 'b', label: 'B' }] },
  list: { item: { label: 'B' } },
  custom: { control: 'map' },
}

/** A right value for each setting whose value hangs on no other; a text fits most of the others. */
const SAMPLES: Readonly<Record<string, unknown>> = {
  label: 'L',
  required: true,
  recommended: true,
  sensitive: true,
  trim: true,
  searchable: true,
  requiredWhen: { ok: true },
  visibleWhen: { ok: true },
  readOnlyWhen: { ok: true },
  onHide: 'clear',
  access: 'read',
  screens: ['profile'],
  order: 1,
  width: 'half',
  storage: 'root',
  path: ['a', 'b'],
  stored: 'text',
  renamedFrom: ['z'],
  inputmode: 'text',
  enterkeyhint: 'go',
  autocapitalize: 'on',
  messages: { required: 'x' },
  minLength: 1,
  maxLength: 2,
  minItems: 1,
  maxItems: 2,
  step: 1,
  options: ['a'],
  optionsWhen: [{ when: { ok: true }, options: ['a'] }],
  link: { label: 'x', href: '/x' },
  fields: [{ name: 'b', label: 'B' }],
  item: { label: 'B' },
  origins: ['https://example.com'],
  codes: ['DE'],
}

const VALUES = ['x', 1, true, ['x'], '2026-11-24', '09:30', '2026-11-24T09:30', '2026-11', null]

function accepted(definition: unknown): boolean {
  try {
    checkFields(definition)
    return true
  } catch {
    return false
  }
}

test.each(FIELD_TYPES)('agrees with defineFields on every setting of %s, wherever the field stands', (type) => {
  const ok = { name: 'ok', type: 'checkbox', label: 'Ok' }
  const names = Object.keys(SETTINGS).filter((name) => !['type', 'decode', 'validate', 'schema'].includes(name))
  const base = { type, name: type === 'text' ? 'nickname' : 'a', label: 'A', ...MINIMAL[type] }
  const { name: _, ...item } = base
  const disagreed = names.flatMap((setting) => {
    const values = Object.hasOwn(SAMPLES, setting) ? [SAMPLES[setting], undefined] : [...VALUES, undefined]
    return values.flatMap((value) => {
      const definitions = [
        [ok, { ...base, [setting]: value }],
        [ok, { name: 'g', type: 'group', label: 'G', fields: [{ ...base, [setting]: value }] }],
        [ok, { name: 'l', type: 'list', label: 'L', item: { ...item, [setting]: value } }],
      ]
      return definitions
        .map((definition) => JSON.parse(JSON.stringify(definition)))
        .filter((definition) => validate(definition) !== accepted(definition))
        .map((definition) => ({ setting, definition, found: diagnose(definition)[0] }))
    })
  })
  expect(disagreed).toEqual([])
})
