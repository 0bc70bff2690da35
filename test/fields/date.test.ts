// Dates and times are those that HTML takes, and that the calendar has.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDateValue } from '../../src/fields/date.ts'

test.each([
  ['date', '2026-11-24', true],
  ['date', '0001-01-01', true],
  ['date', '9999-12-31', true],
  ['date', '12026-02-28', true],
  ['date', '2024-02-29', true],
  ['date', '2000-02-29', true],
  ['date', '12000-02-29', true],
  ['date', '2026-02-29', false],
  ['date', '1900-02-29', false],
  ['date', '11900-02-29', false],
  ['date', '2026-02-30', false],
  ['date', '2026-04-31', false],
  ['date', '2026-11-00', false],
  ['date', '2026-00-10', false],
  ['date', '2026-13-10', false],
  ['date', '0000-01-01', false],
  ['date', '00000-01-01', false],
  ['date', '026-01-01', false],
  ['date', '2026-1-1', false],
  ['date', '-2026-01-01', false],
  ['date', '+2026-01-01', false],
  ['date', '2026-11-24T09:30', false],
  ['date', ' 2026-11-24', false],
  ['date', '2026-11-24\n', false],
  ['date', '24.11.2026', false],
  ['date', '٢٠٢٦-11-24', false],
  ['date', '', false],
  ['time', '00:00', true],
  ['time', '09:30', true],
  ['time', '23:59:59', true],
  ['time', '09:30:15.5', true],
  ['time', '09:30:15.123', true],
  ['time', '24:00', false],
  ['time', '09:60', false],
  ['time', '09:30:60', false],
  ['time', '09:30:15.', false],
  ['time', '09:30:15.1234', false],
  ['time', '9:30', false],
  ['time', '09', false],
  ['time', '09:30Z', false],
  ['time', '09:30 am', false],
  ['datetime', '2026-11-24T09:30', true],
  ['datetime', '2026-11-24T09:30:15.123', true],
  ['datetime', '2026-11-24 09:30', false],
  ['datetime', '2026-11-24t09:30', false],
  ['datetime', '2026-02-30T09:30', false],
  ['datetime', '2026-11-24T24:00', false],
  ['datetime', '2026-11-24T09:30Z', false],
  ['datetime', '2026-11-24T09:30+01:00', false],
  ['datetime', '2026-11-24', false],
  ['datetime', '09:30', false],
  ['month', '2026-11', true],
  ['month', '0001-01', true],
  ['month', '0000-01', false],
  ['month', '2026-00', false],
  ['month', '2026-13', false],
  ['month', '2026-11-24', false],
  ['month', '2026', false],
] as const)('%s %j: %s', (type, text, expected) => expect(isDateValue(type, text)).toBe(expected))

const anyDate = fc.date({
  min: new Date('0001-01-01T00:00:00.000Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})

test('every real moment is taken, cut to any of the forms', () => {
  fc.assert(
    fc.property(anyDate, (date) => {
      const text = date.toISOString().slice(0, -1)
      expect(isDateValue('datetime', text)).toBe(true)
      expect(isDateValue('datetime', text.slice(0, 16))).toBe(true)
      expect(isDateValue('date', text.slice(0, 10))).toBe(true)
      expect(isDateValue('month', text.slice(0, 7))).toBe(true)
      expect(isDateValue('time', text.slice(11))).toBe(true)
    }),
  )
})

test('a day number is taken exactly where the calendar has it', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: 0, max: 99 }), (date, shift) => {
      const month = date.toISOString().slice(0, 7)
      const day = String(shift).padStart(2, '0')
      const days = new Date(date)
      days.setUTCMonth(date.getUTCMonth() + 1, 0)
      expect(isDateValue('date', `${month}-${day}`)).toBe(shift >= 1 && shift <= days.getUTCDate())
    }),
  )
})
