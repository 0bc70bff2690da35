// The JSON Schema (2020-12) of a definition in a file: for completion in editors, and for checks in other languages.
import type { JsonObject } from '../contract/json.ts'
import { RESERVED_NAMES, ROOT_ATTRIBUTES, STANDARD_FIELDS } from '../contract/names.ts'
import { FIELD_TYPES, type FieldType } from '../fields/field.ts'
import { settingsOf } from '../fields/settings.ts'
import { CHOICES } from '../fields/whole-settings.ts'
import { BACKENDS } from './backend-limits.ts'
import { DEFAULT_TOKENS } from './default-tokens.ts'
import { type JsonSetting, SETTING_DESCRIPTIONS, TYPE_DESCRIPTIONS } from './setting-descriptions.ts'
import { closed, ref, settingOfType, settingSchemas, sharedSchemas } from './setting-schemas.ts'

/** What a type cannot do without, beside name and label. */
const NEEDED: Readonly<Partial<Record<FieldType, readonly JsonSetting[]>>> = {
  consent: ['version'],
  hidden: ['value'],
  group: ['fields'],
  list: ['item'],
  custom: ['control'],
}
/** What would do nothing for a field in a group, and for an item of a list. */
const OUTERMOST_ONLY: readonly JsonSetting[] = ['path', 'renamedFrom', 'signUpStep']
const NOT_IN_ITEM: readonly JsonSetting[] = [
  ...OUTERMOST_ONLY,
  ...(['name', 'visibleWhen', 'requiredWhen', 'readOnlyWhen', 'prefill', 'prefillFrom', 'section'] as const),
]

/**
 * Describes the JSON a definition is written in: a list of fields, or an object with the list and what concerns all of it.
 * What only a whole tells (names used twice, conditions about no field) is left to `diagnose`.
 */
export function definitionSchema(): JsonObject {
  const list = (item: string): JsonObject => ({ type: 'array', items: ref(item) })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:latchkey:fields',
    title: 'Fields of Latchkey',
    description: 'The additional fields of a site: a list, or an object with the list and what concerns all of it.',
    anyOf: [list('outermost-unreserved'), ref('whole')],
    $defs: {
      whole: {
        ...wholeSchema(list('outermost')),
        anyOf: [
          { type: 'object', properties: { reservedNames: { const: false } }, required: ['reservedNames'] },
          { type: 'object', properties: { fields: list('outermost-unreserved') } },
        ],
      },
      'outermost-unreserved': {
        allOf: [
          ref('outermost'),
          // With a path, the name is the control's only.
          { anyOf: [having('path'), named({ not: { enum: [...RESERVED_NAMES] } })] },
        ],
      },
      outermost: {
        allOf: [
          ref('field'),
          named({ not: { enum: [...STANDARD_FIELDS] } }),
          {
            if: { type: 'object', properties: { storage: { const: 'root' } }, required: ['storage'] },
            // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
            then: {
              type: 'object',
              properties: { name: { enum: [...ROOT_ATTRIBUTES] }, path: false, renamedFrom: false },
            },
          },
        ],
      },
      nested: { allOf: [ref('field'), inside(OUTERMOST_ONLY)] },
      item: { allOf: [ref('any'), inside(NOT_IN_ITEM)] },
      field: { allOf: [ref('any'), having('name')] },
      any: { oneOf: FIELD_TYPES.map((type) => ref(`type-${type}`)) },
      ...Object.fromEntries(FIELD_TYPES.map((type) => [`type-${type}`, typeSchema(type)])),
      ...settingSchemas(Object.keys(SETTING_DESCRIPTIONS).filter(isJsonSetting)),
      ...sharedSchemas(),
    },
  }
}

function isJsonSetting(name: string): name is JsonSetting {
  return Object.hasOwn(SETTING_DESCRIPTIONS, name)
}

function typeSchema(type: FieldType): JsonObject {
  const names = settingsOf(type).filter(isJsonSetting)
  const label: readonly JsonSetting[] = type === 'hidden' ? [] : ['label']
  // A field without a type is a text; every other is told by its type.
  const tag: readonly JsonSetting[] = type === 'text' ? [] : ['type']
  const schema = closed(Object.fromEntries(names.map((name) => [name, settingOfType(name, type)])), [
    ...tag,
    ...label,
    ...(NEEDED[type] ?? []),
  ])
  const described = { description: TYPE_DESCRIPTIONS[type], ...schema }
  if (!CHOICES.includes(type)) return described
  return { ...described, anyOf: [having('options'), having('optionsWhen')] }
}

/** An object that has this key, whatever stands under it. */
function having(key: JsonSetting): JsonObject {
  return { type: 'object', properties: { [key]: true }, required: [key] }
}

function named(name: JsonObject): JsonObject {
  return { type: 'object', properties: { name } }
}

/** In a group or a list a field is stored under its name, in user_metadata. */
function inside(refused: readonly JsonSetting[]): JsonObject {
  const without = refused.map((name) => [name, false] as const)
  return { type: 'object', properties: { storage: { const: 'user_metadata' }, ...Object.fromEntries(without) } }
}

function wholeSchema(fields: JsonObject): JsonObject {
  const text = { type: 'string' }
  const tokens = Object.keys(DEFAULT_TOKENS).map((token) => [token, text] as const)
  const rule = closed({ field: text, refuseWhen: ref('condition'), message: { type: 'string', minLength: 1 } }, [
    'field',
    'refuseWhen',
    'message',
  ])
  return closed(
    {
      $schema: { ...text, description: 'Address of this schema, for editors.' },
      fields: { ...fields, description: 'The fields, in the order they stand on the screen.' },
      denyList: {
        type: 'array',
        items: text,
        description: 'Names that no form and no write of the person may touch.',
      },
      reservedNames: {
        type: 'boolean',
        description: 'Whether the names that Auth0 reserves are refused at the root; true unless given.',
      },
      secrets: {
        enum: ['refuse', 'allow'],
        description: 'Whether a value that looks like a payment card or a secret key is refused; refuse unless given.',
      },
      rules: {
        type: 'array',
        items: rule,
        description: 'Rules over several fields: what must not be, and where it is said.',
      },
      backend: { enum: [...BACKENDS], description: 'The backend whose limits the check holds the fields to.' },
      theme: {
        ...closed(Object.fromEntries(tokens), []),
        description: 'The colours and sizes the site sets, for the check of their contrast.',
      },
    },
    ['fields'],
  )
}
