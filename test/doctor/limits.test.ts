// The limits of a backend: what Auth0's sign-up does not carry, and what makes a profile too large.
import { expect, test } from 'vitest'
import { diagnose } from '../../src/doctor/diagnose.ts'
import { findingLine } from '../../src/doctor/finding.ts'

const lines = (definitions: unknown, backend: string) => diagnose(definitions, { backend }).map(findingLine)
const later = 'right after the first log-in'
const size = 'a save that brings the profile over 10240 bytes is refused; fix: write maxLength or maxItems'

const onAuth0: readonly (readonly [field: object, findings: readonly (string | RegExp)[]])[] = [
  [{ maxLength: 500 }, []],
  [{ type: 'email' }, []],
  [{ type: 'country' }, []],
  [{ oneOf: ['a', 'b'] }, []],
  [{ type: 'date', stored: 'text' }, []],
  [
    {},
    [
      `warning fields[0] "a": has no longest value, and Auth0's sign-up takes 500; a longer one is saved ${later} instead; fix: write maxLength: 500`,
      `note fields: nothing bounds a, and ${size}`,
    ],
  ],
  [
    { maxLength: 501 },
    [
      `warning fields[0] "a": can have 501 characters, and Auth0's sign-up takes 500; a longer one is saved ${later} instead; fix: write maxLength: 500`,
    ],
  ],
  [{ screens: ['profile'], maxLength: 900 }, []],
  [{ access: { signUp: 'none' }, maxLength: 900 }, []],
  [{ stored: 'json', maxLength: 900 }, []],
  [{ name: 'nickname', storage: 'root', maxLength: 900 }, []],
  [{ type: 'hidden', value: 'x', label: undefined }, []],
  [
    { type: 'hidden', value: 3, label: undefined },
    [/^note fields\[0\] "a": Auth0's sign-up takes texts only, so the hidden is stored as one/],
  ],
  [{ type: 'number' }, [/^note .*so the number is stored as one; fix: write stored: 'json' to keep its type/]],
  [{ type: 'checkbox' }, [/^note .*so the checkbox is stored as one: "true" or "false"; fix/]],
  [{ type: 'checkbox', stored: 'text' }, []],
  [{ type: 'select', options: ['x'.repeat(600)] }, [/^warning .*can have 600 characters.*; fix: use shorter values$/]],
  [
    { type: 'multiselect', options: Array.from({ length: 60 }, (_, number) => `option-${number}`) },
    [
      /^warning .*can have 7\d\d characters.*; fix: write maxItems or shorter values, or write screens: \['profile'\]$/,
      /^note .*the multiselect is/,
    ],
  ],
  [
    { type: 'multiselect', options: Array.from({ length: 60 }, (_, number) => `option-${number}`), maxItems: 20 },
    [/^note .*the multiselect is/],
  ],
  [
    { type: 'list', item: { label: 'Name', maxLength: 40 } },
    [
      /^warning .*has no longest value.*; fix: write maxItems: 10$/,
      /^note .*the list is/,
      /^note fields: nothing bounds a/,
    ],
  ],
  [{ type: 'list', item: { label: 'Name', maxLength: 40 }, maxItems: 10 }, [/^note .*the list is/]],
  [
    { type: 'list', item: { label: 'Name' }, maxItems: 2 },
    [
      /; fix: bound the item and write maxItems, or write screens: \['profile'\]$/,
      /^note .*the list is/,
      /^note fields/,
    ],
  ],
  [
    { type: 'custom', control: 'map' },
    [/^warning .*has no longest value.*; fix: write screens: \['profile'\]$/, /^note .*the custom is/, /^note fields/],
  ],
  [
    { type: 'group', fields: [{ name: 'b', label: 'City', maxLength: 9 }] },
    [
      `note fields[0] "a": is nested, which Auth0's sign-up does not take; it is saved ${later}; fix: write screens: ['profile'] where it can wait, or leave it as it is`,
    ],
  ],
  [{ path: ['address', 'city'], maxLength: 9 }, [/^note .*is nested/]],
]

test.each(onAuth0)('auth0: %j', (field, findings) => {
  const given = [{ name: 'a', label: 'Name', ...field }]
  expect(lines(given, 'auth0')).toEqual(
    findings.map((line) => (typeof line === 'string' ? line : expect.stringMatching(line))),
  )
})

test('auth0: the eleventh field is named, in the order of the form', () => {
  const many = Array.from({ length: 11 }, (_, number) => ({
    name: `n${number}`,
    label: `Number ${number}`,
    maxLength: 9,
  }))
  const [first, ...rest] = many
  expect(lines(rest, 'auth0')).toEqual([])
  expect(lines(many, 'rest')).toEqual([])
  expect(lines([{ ...first, order: 5 }, ...rest], 'auth0')).toEqual([
    `warning fields[0] "n0": is field 11 on the sign-up form, and Auth0's sign-up takes 10; the value is saved ${later} instead; fix: write screens: ['profile'] where it can wait`,
  ])
  expect(lines([{ ...first, screens: ['profile'] }, ...rest], 'auth0')).toEqual([])
})

test('a profile that is bound to become too large is said', () => {
  const given = [
    { name: 'a', label: 'Life', type: 'textarea', maxLength: 9000 },
    { name: 'b', label: 'Work', type: 'textarea', maxLength: 2000 },
  ]
  const problem =
    'together their values can take 11016 bytes or more, and a profile has 10240; a save beyond that is refused'
  expect(lines(given, 'rest')).toEqual([`warning fields: ${problem}; fix: write lower bounds, first for "a"`])
  expect(lines(given, 'memory')).toEqual(lines(given, 'rest'))
})

test('a text that nothing bounds is a note, for a short one is no mistake', () => {
  expect(
    lines(
      [
        { name: 'a', label: 'Name' },
        { name: 'b', label: 'Page', type: 'url' },
      ],
      'rest',
    ),
  ).toEqual([`note fields: nothing bounds a, b, and ${size}`])
})
