// The doctor finds every mistake that defineFields would stop at the first of, and says of each how to mend it.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diagnose } from '../../src/doctor/diagnose.ts'
import { findingLine } from '../../src/doctor/finding.ts'
import { isStandIn } from '../../src/doctor/stand-in.ts'
import { checkFields, defineFields } from '../../src/fields/define.ts'
import { bigDefinition } from './big-definition.ts'
import { wrongDefinitions } from './wrong-definitions.ts'

const errors = (given: unknown) => diagnose(given).filter(({ level }) => level === 'error')

function messageOf(given: unknown): string | null {
  try {
    checkFields(given)
    return null
  } catch (error) {
    return error instanceof TypeError ? error.message : String(error)
  }
}

test.each(wrongDefinitions)('finds all: $findings', ({ given, findings }) => {
  const lines = errors(given).map((finding) => findingLine(finding).replace('error ', ''))
  expect(lines.sort()).toEqual([...findings].sort())
})

test.each(wrongDefinitions)('says the first as defineFields says it: $findings.0', ({ given }) => {
  const message = messageOf(given) ?? ''
  const [first] = errors(given)
  const start = `${first?.path}${first?.given === null ? '' : ` ${first?.given.replace(/…$/, '')}`}`
  expect(message.startsWith(start)).toBe(true)
  expect(message).toContain(`: ${first?.problem}`)
})

test('says nothing of a definition in which nothing is wrong', () => {
  expect(diagnose(bigDefinition).filter(({ level }) => level !== 'note')).toEqual([])
  expect(diagnose([])).toEqual([])
})

test('looks through what defineFields has completed', () => {
  const whole = checkFields(bigDefinition)
  expect(diagnose(whole).filter(({ level }) => level !== 'note')).toEqual([])
  expect(diagnose(JSON.parse(JSON.stringify(whole))).filter(({ level }) => level !== 'note')).toEqual([])
  const lazy = defineFields([{ name: 'a', label: 'Untitled', type: 'select', options: () => ['x'] }])
  expect(diagnose(lazy).map(findingLine)).toEqual([
    'warning fields[0].label "Untitled": looks like a placeholder; fix: write what the person is asked for',
  ])
})

test('holds to the names a policy denies and allows, and to its rules', () => {
  const given = [
    { name: 'role', label: 'Role', maxLength: 9 },
    { name: 'user_id', label: 'User', maxLength: 9 },
  ]
  const policy = {
    denyList: ['role'],
    reservedNames: false,
    rules: [{ field: 'rle', refuseWhen: { user: 1 }, message: 'x' }, 3],
  }
  expect(diagnose(given, { policy }).map(findingLine)).toEqual([
    'error fields[0].name "role": "role" is on the deny list; fix: remove the field or take the name off denyList',
    'error rules[0].field "rle": no field has this name; fix: use one of user_id',
    'error rules[0].refuseWhen "user": no field has this name; fix: did you mean "user_id"?',
    'error rules[1]: must be { field, refuseWhen, message }; fix: correct it, or leave it out',
  ])
})

const labels: readonly (readonly [label: string, problem: RegExp | null])[] = [
  ['Company', null],
  ['Title', null],
  ['E-mail', null],
  ['iPhone model', null],
  ['Label', /placeholder/],
  ['field 3', /placeholder/],
  ['New question', /placeholder/],
  ['Lorem ipsum dolor', /placeholder/],
  ['xxx', /placeholder/],
  ['...', /placeholder/],
  ['team_size', /like a key/],
  ['teamSize', /like a key/],
]

test.each(labels)('label %j', (label, problem) => {
  const found = diagnose([{ name: 'a', label, maxLength: 9 }])
  expect(found.map((finding) => finding.problem)).toEqual(problem ? [expect.stringMatching(problem)] : [])
})

test('two equal labels on one screen are said, on different screens they are not', () => {
  const pair = (second: object) => [
    { name: 'a', label: 'Phone', maxLength: 9, screens: ['signUp'] },
    { name: 'b', label: 'phone: ', maxLength: 9, ...second },
  ]
  expect(diagnose(pair({})).map(({ path }) => path)).toEqual(['fields[1].label'])
  expect(diagnose(pair({ screens: ['profile'] }))).toEqual([])
})

const keys = fc.constantFrom(
  'name',
  'label',
  'type',
  'options',
  'visibleWhen',
  'fields',
  'item',
  'a',
  'and',
  'path',
  'min',
  'max',
  'access',
  'screens',
  'storage',
  'equal',
  'in',
  'not',
  '__proto__',
  'x: y',
  'optionsWhen',
  'when',
  'value',
  'version',
)
const leaves = fc.oneof(
  fc.constantFrom('text', 'list', 'group', 'select', 'a', 'b.c', 'root', '', 'user_id', 'hidden', 'consent'),
  fc.boolean(),
  fc.integer(),
  fc.constant(null),
)
const { node } = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    leaves,
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(keys, tie('node'), { maxKeys: 6 }),
  ),
}))

test('whatever it is given it ends, throws nothing, and has an error exactly where defineFields throws', () => {
  fc.assert(
    fc.property(fc.oneof(node, fc.array(fc.dictionary(keys, node, { maxKeys: 8 }), { maxLength: 4 })), (given) => {
      const found = errors(given)
      expect(found.length > 0).toBe(messageOf(given) !== null)
      for (const finding of found) expect(isStandIn(findingLine(finding).replace(/^[^\uE000]*/, ''))).toBe(false)
    }),
    { numRuns: 2000 },
  )
})
