// Random definitions, small enough that rules are met and broken about equally often.
import fc from 'fast-check'
import { codesOf } from '../../src/fields/code-lists.ts'
import { checkFields } from '../../src/fields/define.ts'
import { FIELD_TYPES, type Fields, type FieldType } from '../../src/fields/field.ts'
import { checkRules } from '../../src/fields/references.ts'

type Definition = Readonly<Record<string, unknown>>

const WORDS = ['x', 'y', 'z']
const count = fc.nat(3)
const DATES = ['date', 'time', 'datetime', 'month'] as const

/** Any setting may be missing. */
function some(settings: { readonly [Key: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<Definition> {
  return fc.record(settings, { requiredKeys: [] })
}

const options = fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1 }).chain((values) =>
  fc.constantFrom<readonly unknown[]>(
    values,
    [{ label: 'Group', options: values }],
    values.map((value, index) => ({ value, label: value.toUpperCase(), disabled: index > 0 })),
  ),
)

/** The rules that only some types have. */
function rulesOf(type: FieldType): fc.Arbitrary<Definition> {
  const rare = (arbitrary: fc.Arbitrary<unknown>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
  for (const date of DATES) {
    if (type === date)
      return some({ min: rare(fc.constantFrom(...validTexts(date))), max: rare(fc.constantFrom(...validTexts(date))) })
  }
  switch (type) {
    case 'text':
    case 'textarea':
      return some({
        minLength: rare(count),
        maxLength: rare(count),
        trim: fc.boolean(),
        pattern: rare(fc.constantFrom('x+', '[xy]*', '.', '\\p{L}+', '(?:x|y)', '[\\w--x]')),
        oneOf: rare(fc.constant(['x', 'xy'])),
      })
    case 'email':
    case 'tel':
    case 'url':
      return some({ maxLength: rare(fc.constantFrom(3, 5, 12)), pattern: rare(fc.constantFrom('.*x.*', '.+3.+')) })
    case 'number':
    case 'range':
      return some({
        min: rare(fc.constantFrom(-1, 0, 0.5, 1)),
        max: rare(fc.constantFrom(2, 3, 2.5)),
        step: rare(fc.constantFrom(0.5, 1, 2, 0.1)),
        oneOf: rare(fc.constant([1, 2.5])),
      })
    case 'select':
    case 'radio':
      return fc.record({ options, oneOf: rare(fc.constant(['x', 'y'])) })
    case 'multiselect':
      return fc.record({ options, minItems: rare(count), maxItems: rare(count) })
    case 'consent':
      return fc.constant({ version: '2' })
    case 'custom':
      return fc.constant({ control: 'map' })
    case 'country':
    case 'language':
    case 'timezone':
    case 'currency':
      return some({ codes: rare(fc.constant(codesOf(type).slice(0, 3))) })
    default:
      return fc.constant({})
  }
}

function validTexts(type: (typeof DATES)[number]): readonly string[] {
  return {
    date: ['2020-01-01', '2024-02-29'],
    time: ['09:00', '23:00'],
    datetime: ['2024-02-29T09:30'],
    month: ['2024-01'],
  }[type]
}

const stored = fc.constantFrom(undefined, undefined, 'text', 'json')

/** A definition without a name, of the given depth of groups and lists at most. */
export function definitionOf(type: FieldType, names: readonly string[], depth: number): fc.Arbitrary<Definition> {
  const label = fc.constant('Label')
  if (type === 'hidden')
    return fc.record({ type: fc.constant(type), value: fc.constantFrom('x', '5', 1, true), stored })
  const common = { type: fc.constant(type), label }
  const shown =
    names.length === 0 ? fc.constant(undefined) : fc.option(conditionOver(names), { nil: undefined, freq: 2 })
  const onHide = fc.constantFrom('keep', 'clear')
  if (type === 'group') {
    const inner = fieldsOf(['p', 'q', 'r'], names, depth - 1)
    return fc.record({ ...common, visibleWhen: shown, readOnlyWhen: shown, onHide, fields: inner })
  }
  const needs = { required: fc.boolean(), visibleWhen: shown, requiredWhen: shown, readOnlyWhen: shown, onHide }
  if (type === 'list') {
    return fc.record({
      ...common,
      ...needs,
      item: itemOf(names, depth - 1),
      stored,
      minItems: fc.option(count, { nil: undefined }),
    })
  }
  const cases = () => fc.array(fc.record({ when: conditionOver(names), options }), { minLength: 1, maxLength: 2 })
  const choices =
    names.length > 0 && ['select', 'radio', 'multiselect'].includes(type)
      ? { optionsWhen: fc.option(cases(), { nil: undefined, freq: 2 }) }
      : {}
  const kept = type === 'consent' ? {} : { stored }
  return fc
    .tuple(fc.record({ ...common, ...needs, ...kept, ...choices }), rulesOf(type))
    .map(([one, other]) => ({ ...one, ...other }))
}

function itemOf(names: readonly string[], depth: number): fc.Arbitrary<Definition> {
  const plain = fc
    .constantFrom<FieldType>('text', 'number', 'select', 'date', 'email')
    .chain((type) => fc.tuple(fc.constant({ type, label: 'Item' }), rulesOf(type)))
    .map(([common, rules]) => ({ ...common, ...rules }))
  const group = fieldsOf(['p', 'q'], names, depth).map((fields) => ({ type: 'group', label: 'Item', fields }))
  return fc.oneof(plain, group)
}

function fieldsOf(
  names: readonly string[],
  outer: readonly string[],
  depth: number,
): fc.Arbitrary<readonly Definition[]> {
  const types = FIELD_TYPES.filter((type) => depth > 0 || (type !== 'group' && type !== 'list'))
  return fc.array(fc.constantFrom(...types), { minLength: 1, maxLength: names.length }).chain((chosen) => {
    // A group has no value of its own to ask for.
    const inner = names.filter((_, index) => chosen[index] !== undefined && chosen[index] !== 'group')
    const made = chosen.map((type, index) =>
      definitionOf(type, [...inner, ...outer], depth).map(
        (definition): Definition => ({ ...definition, name: names[index] }),
      ),
    )
    return fc.tuple(...made)
  })
}

/** Definitions of up to five fields with conditions over each other, some of them along a path; wrong ones are left out. */
export function forms(): fc.Arbitrary<Fields> {
  const names = ['a', 'b', 'c', 'd', 'e']
  const path = fc.constantFrom(undefined, undefined, ['n', 'k'], ['n', 'm', 'k'])
  const placed = fieldsOf(names, [], 2).chain((definitions) =>
    fc.tuple(
      ...definitions.map((definition, index) =>
        path.map(
          (keys): Definition =>
            keys ? { ...definition, path: keys.map((key) => (key === 'k' ? `k${index}` : key)) } : definition,
        ),
      ),
    ),
  )
  const rule = conditionOver(['a']).map((refuseWhen) => ({ field: 'a', refuseWhen, message: 'No' }))
  return fc
    .tuple(placed, fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.tuple(rule)))
    .map(([definitions, rules]) => soundFields(definitions, definitions[0]?.type === 'group' ? [] : rules))
    .filter((fields) => fields !== null)
}

/** The whole form of a definition, or null where chance made a wrong one. */
export function soundFields(definitions: readonly Definition[], rules: readonly unknown[] = []): Fields | null {
  try {
    const fields = checkFields(definitions.map(withoutUndefined), { secrets: 'allow' })
    checkRules(rules, fields.fields)
    return { fields: fields.fields, policy: { ...fields.policy, rules } }
  } catch {
    return null
  }
}

function withoutUndefined(definition: Definition): Definition {
  return JSON.parse(JSON.stringify(definition))
}

const plain = fc.oneof(
  fc.constantFrom('x', 'y', '5', '2020-01-01'),
  fc.constantFrom(0, 1, 2.5),
  fc.boolean(),
  fc.constantFrom(null, ''),
)

/** A condition over some fields. */
export function conditionOver(names: readonly string[]): fc.Arbitrary<unknown> {
  const test = fc.oneof(
    { weight: 3, arbitrary: plain },
    plain.map((equal) => ({ equal })),
    fc.array(plain, { maxLength: 3 }).map((list) => ({ in: list })),
    fc.constantFrom('x', 'y', '5', '', 1).map((contains) => ({ contains })),
    fc.constantFrom(0, 1, '2020-01-01').map((greater) => ({ greater })),
    fc.constantFrom(1, 2, 'x').map((less) => ({ less })),
    fc.constantFrom('x+', '.*', '[xy]').map((matches) => ({ matches })),
    fc.boolean().map((empty) => ({ empty })),
    fc.record({ empty: fc.constant(false), in: fc.constant(['x', 1]) }),
    fc
      .tuple(fc.constantFrom('equal', 'greater', 'less'), fc.constantFrom(...names))
      .map(([operator, field]) => ({ [operator]: { field } })),
  )
  const one = fc.tuple(fc.constantFrom(...names), test).map(([name, given]) => ({ [name]: given }))
  return fc.oneof(
    { weight: 4, arbitrary: one },
    fc.tuple(one, one).map(([first, second]) => ({ ...first, ...second })),
    fc.tuple(one, one).map((parts) => ({ or: parts })),
    fc.tuple(one, one).map((parts) => ({ and: parts })),
    one.map((part) => ({ not: part })),
  )
}
