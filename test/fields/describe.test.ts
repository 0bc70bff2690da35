// A definition in words: each field with its place, its need and its values, and as a Markdown table.
import { expect, test } from 'vitest'
import { defineFields } from '../../src/fields/define.ts'
import type { FieldDefinition } from '../../src/fields/definition.ts'
import { describe, describeAsMarkdown } from '../../src/fields/describe.ts'

const others: readonly FieldDefinition[] = [
  { name: 'size', type: 'select', label: 'Team size', options: ['1-10', '51+'] },
  { name: 'news', type: 'checkbox', label: 'News' },
  { name: 'seats', type: 'number', label: 'Seats' },
  { name: 'start', type: 'date', label: 'Start' },
  { name: 'topics', type: 'multiselect', label: 'Topics', options: ['art', 'music'] },
]

/** The last row of a definition, after fields that conditions can be about. */
function rowOf(definition: FieldDefinition) {
  return describe(defineFields([...others, definition])).at(-1)
}

test.each<[FieldDefinition, string]>([
  [{ name: 'a', label: 'A' }, 'never'],
  [{ name: 'a', label: 'A', required: true }, 'always'],
  [{ name: 'a', label: 'A', required: true, access: 'read' }, 'never'],
  [{ name: 'a', label: 'A', required: true, visibleWhen: { size: '51+' } }, 'when Team size is "51+"'],
  [
    { name: 'a', label: 'A', requiredWhen: { news: true }, visibleWhen: { seats: { greater: 3 } } },
    'when Seats is above 3 and News is ticked',
  ],
  [{ name: 'a', label: 'A', required: true, readOnlyWhen: { news: false } }, 'when not (News is not ticked)'],
  [
    { name: 'a', label: 'A', requiredWhen: { size: { in: ['1-10', '51+'] } } },
    'when Team size is one of "1-10", "51+"',
  ],
  [{ name: 'a', label: 'A', requiredWhen: { start: { less: '2026-01-01' } } }, 'when Start is before "2026-01-01"'],
  [
    { name: 'a', type: 'date', label: 'A', requiredWhen: { start: { greater: { field: 'a' } } } },
    'when Start is after A',
  ],
  [
    { name: 'a', label: 'A', requiredWhen: { topics: { contains: 'art', empty: false } } },
    'when Topics contains "art" and Topics has a value',
  ],
  [{ name: 'a', label: 'A', requiredWhen: { size: null } }, 'when Team size is empty'],
  [
    { name: 'a', label: 'A', requiredWhen: { size: { matches: '5.+', empty: false } } },
    'when Team size matches 5.+ and Team size has a value',
  ],
  [
    { name: 'a', label: 'A', requiredWhen: { or: [{ news: true, seats: 1 }, { not: { size: { empty: true } } }] } },
    'when ((News is ticked and Seats is 1) or not (Team size is empty))',
  ],
])('%j is required %s', (definition, required) => expect(rowOf(definition)?.required).toBe(required))

test.each<[FieldDefinition, string, unknown]>([
  [{ name: 'a', label: 'A' }, '', undefined],
  [{ name: 'a', label: 'A', maxLength: 80 }, 'at most 80 characters', undefined],
  [{ name: 'a', label: 'A', minLength: 1, pattern: 'x+' }, 'at least 1 character, matches x+', undefined],
  [{ name: 'a', label: 'A', oneOf: ['x', 'y'] }, 'one of x, y', 'x'],
  [{ name: 'a', label: 'A', prefill: 'hello' }, '', 'hello'],
  [{ name: 'a', label: 'A', type: 'email' }, 'an e-mail address', 'name@example.com'],
  [{ name: 'a', label: 'A', type: 'number', min: 2, max: 4, step: 2 }, 'at least 2, at most 4, in steps of 2', 2],
  [{ name: 'a', label: 'A', type: 'number', max: 0, stored: 'text' }, 'at most 0, stored as text', '0'],
  [{ name: 'a', label: 'A', type: 'date', min: '2026-01-01' }, 'a date as YYYY-MM-DD, from 2026-01-01', '2026-01-01'],
  [{ name: 'a', label: 'A', type: 'select', options: ['x', 'y'] }, 'one of x, y', 'x'],
  [{ name: 'a', label: 'A', type: 'select', options: () => ['x'] }, 'looked up in the form', undefined],
  [
    {
      name: 'a',
      label: 'A',
      type: 'multiselect',
      maxItems: 1,
      options: ['z'],
      optionsWhen: [{ when: { news: true }, options: ['x'] }],
    },
    'any of x when News is ticked; else any of z, at most 1 item',
    ['z'],
  ],
  [{ name: 'a', label: 'A', type: 'checkbox', stored: 'text' }, 'true or false, stored as text', 'true'],
  [{ name: 'a', label: 'A', type: 'consent', version: '2' }, 'consent to version 2', undefined],
  [{ name: 'a', type: 'hidden', value: 5 }, '5', 5],
  [{ name: 'a', label: 'A', type: 'country', codes: ['AT', 'DE'] }, 'one of AT, DE', 'AT'],
  [{ name: 'a', label: 'A', type: 'timezone' }, 'a time zone of IANA', 'Europe/Berlin'],
  [
    { name: 'a', label: 'A', type: 'list', minItems: 1, maxItems: 3, item: { label: 'Skill', maxLength: 9 } },
    'a list of Skill (at most 9 characters), at least 1 item, at most 3 items',
    undefined,
  ],
  [
    { name: 'a', label: 'A', type: 'list', minItems: 2, maxItems: 2, item: { label: 'Skill' } },
    'a list of Skill, exactly 2 items',
    undefined,
  ],
  [{ name: 'a', label: 'A', type: 'custom', control: 'map' }, 'what the control map answers', undefined],
])('%j takes "%s"', (definition, values, example) => {
  const row = rowOf(definition)
  expect(row?.values).toBe(values)
  expect(row?.example).toEqual(example)
})

const nested = defineFields([
  { name: 'given_name', label: 'Given name', storage: 'root', access: 'read' },
  { name: 'city', label: 'City', path: ['address', 'city'], hint: 'Or | village', access: { profile: 'read' } },
  { name: 'firm', type: 'checkbox', label: 'Firm' },
  {
    name: 'office',
    type: 'group',
    label: 'Office',
    visibleWhen: { firm: true },
    screens: ['profile'],
    fields: [{ name: 'floor', type: 'number', label: 'Floor', required: true }],
  },
  {
    name: 'jobs',
    type: 'list',
    label: 'Jobs',
    item: {
      type: 'group',
      label: 'Job',
      fields: [
        { name: 'title', label: 'Title', required: true },
        { name: 'lead', label: 'Lead', requiredWhen: { title: 'x', firm: true } },
      ],
    },
  },
])

test('every nested field has a row with its whole path and what the outer ones say', () => {
  expect(
    describe(nested).map(({ path, required, visible, screens, access }) => [
      path,
      required,
      visible,
      screens.length,
      access,
    ]),
  ).toEqual([
    ['given_name', 'never', null, 3, 'read'],
    ['user_metadata.address.city', 'never', null, 3, 'signUp: edit, profile: read, ensure: edit'],
    ['user_metadata.firm', 'never', null, 3, 'edit'],
    ['user_metadata.office', 'never', 'Firm is ticked', 1, 'edit'],
    ['user_metadata.office.floor', 'when Firm is ticked', 'Firm is ticked', 1, 'edit'],
    ['user_metadata.jobs', 'never', null, 3, 'edit'],
    ['user_metadata.jobs[].title', 'always', null, 3, 'edit'],
    ['user_metadata.jobs[].lead', 'when Title is "x" and Firm is ticked', null, 3, 'edit'],
  ])
})

test('a Markdown table has a row for each, with pipes escaped', () => {
  const lines = describeAsMarkdown(nested).split('\n')
  expect(lines).toHaveLength(10)
  expect(lines[0]).toBe('| Field | Stored as | Type | Required | Shown | Screens | Access | Values | Example |')
  expect(lines[3]).toBe(
    '| City: Or \\| village | `user_metadata.address.city` | text | never | always | signUp, profile, ensure | signUp: edit, profile: read, ensure: edit |  |  |',
  )
  expect(lines[5]).toContain('| when Firm is ticked |')
  expect(describeAsMarkdown(defineFields([{ name: 'a', label: 'Two\nlines', pattern: 'x|y' }])).split('\n')[2]).toBe(
    '| Two lines | `user_metadata.a` | text | never | always | signUp, profile, ensure | edit | matches x\\|y |  |',
  )
})
