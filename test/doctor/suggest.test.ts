// The word that was meant, and the mistakes that Latchkey throws, read back.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findingLine } from '../../src/doctor/finding.ts'
import { closest, distanceOf } from '../../src/doctor/suggest.ts'
import { thrownFinding } from '../../src/doctor/thrown.ts'
import { FIELD_TYPES } from '../../src/fields/field.ts'
import { settingsOf } from '../../src/fields/settings.ts'

const words: readonly (readonly [word: string, words: readonly string[], meant: string | null])[] = [
  ['lable', settingsOf('text'), 'label'],
  ['maxlength', settingsOf('text'), 'maxLength'],
  ['max', settingsOf('text'), 'maxLength'],
  ['max', settingsOf('multiselect'), 'maxItems'],
  ['placeholder', settingsOf('email'), 'hint'],
  ['visible_when', settingsOf('email'), 'visibleWhen'],
  ['checkbx', FIELD_TYPES, 'checkbox'],
  ['datetime-local', FIELD_TYPES, 'datetime'],
  ['password', FIELD_TYPES, null],
  ['toString', FIELD_TYPES, null],
  ['', FIELD_TYPES, null],
  ['x', ['y'], null],
  ['sign-up', ['signUp', 'profile'], 'signUp'],
]

test.each(words)('%j of %j', (word, list, meant) => {
  expect(closest(word, list)).toBe(meant)
})

test('a distance is 0 for the same, the same both ways, and at most the longer length', () => {
  const word = fc.string({ maxLength: 8 })
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(distanceOf(one, one)).toBe(0)
      expect(distanceOf(one, other)).toBe(distanceOf(other, one))
      expect(distanceOf(one, other)).toBeLessThanOrEqual(Math.max(one.length, other.length))
    }),
  )
})

const thrown: readonly (readonly [message: string, line: string | null])[] = [
  [
    'fields[1].name "a: b.c": field names cannot contain "."; nest the value or use "_"',
    'error fields[1].name "a: b.c": field names cannot contain "."; fix: nest the value or use "_"',
  ],
  [
    'fields[0].lable: a text field has no such setting; use one of name, label',
    'error fields[0].lable: a text field has no such setting; fix: did you mean "label"?',
  ],
  [
    'options.mesages: there is no such option; use one of backend, fields, messages',
    'error options.mesages: there is no such option; fix: did you mean "messages"?',
  ],
  [
    'mount("#a: b"): no such element; mount after it is in the page, and check the selector',
    'error mount("#a: b"): no such element; fix: mount after it is in the page, and check the selector',
  ],
  [
    '<latch-key>: needs the account server\'s address; write endpoint="/account"',
    'error <latch-key>: needs the account server\'s address; fix: write endpoint="/account"',
  ],
  ["Cannot read properties of undefined (reading 'fields')", null],
  ['fields is not iterable', null],
  ['options.map is not a function', null],
  ['', null],
]

test.each(thrown)('%j', (message, line) => {
  const finding = thrownFinding(message)
  expect(finding && findingLine(finding)).toBe(line)
})
