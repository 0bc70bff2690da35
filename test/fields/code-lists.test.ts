// The lists of codes are whole and right, and are named and sorted in the person's language.
import { expect, test } from 'vitest'
import {
  codeName,
  codesOf,
  countryCodes,
  currencyCodes,
  isKnownCode,
  languageCodes,
  sortedCodes,
  timezoneCodes,
} from '../../src/fields/code-lists.ts'

const WINTER = Date.UTC(2026, 0, 15)
const SUMMER = Date.UTC(2026, 6, 15)
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']

test.each(['country', 'language', 'timezone', 'currency'] as const)('every %s is there once, and is known', (type) => {
  const codes = codesOf(type)
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes.filter((code) => !isKnownCode(type, code))).toEqual([])
})

test('countries are all that the runtime has a name for, but for those ISO 3166-1 only reserves or has withdrawn', () => {
  const others = 'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH QO RH SU TA TP UK UN VD XA XB XK YD YU ZR ZZ'.split(
    ' ',
  )
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  const named = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter((code) => names.of(code))
  expect(countryCodes()).toHaveLength(249)
  expect(countryCodes()).toEqual(named.filter((code) => !others.includes(code)))
})

test('languages have a name each', () => {
  expect(languageCodes()).toHaveLength(183 + 3)
  expect(languageCodes().slice(183)).toEqual(['zh-Hans', 'zh-Hant', 'pt-BR'])
  expect(languageCodes().filter((code) => codeName('language', code, 'en', WINTER) === code)).toEqual([])
})

test('currencies are money of today', () => {
  // Older runtimes have not heard of the two newest, and none has a name for VED.
  const known = [...Intl.supportedValuesOf('currency'), 'VED', 'XCG', 'ZWG']
  expect(currencyCodes()).toHaveLength(155)
  expect(currencyCodes().filter((code) => !known.includes(code))).toEqual([])
  expect(currencyCodes()).toEqual(expect.arrayContaining(['EUR', 'USD', 'XAF', 'XCD', 'XOF', 'XPF']))
})

test('time zones include UTC once, whatever the runtime lists', () => {
  expect(timezoneCodes().filter((code) => code === 'UTC')).toEqual(['UTC'])
  expect(timezoneCodes()).toEqual(expect.arrayContaining(Intl.supportedValuesOf('timeZone')))
})

test.each([
  ['country', 'DE', true],
  ['country', 'de', false],
  ['country', 'UK', false],
  ['country', 'XK', false],
  ['country', '', false],
  ['language', 'de', true],
  ['language', 'pt-BR', true],
  ['language', 'sh', false],
  ['language', 'DE', false],
  ['timezone', 'Europe/Berlin', true],
  ['timezone', 'Asia/Kolkata', true],
  ['timezone', 'Asia/Calcutta', true],
  ['timezone', 'US/Pacific', true],
  ['timezone', 'UTC', true],
  ['timezone', 'Etc/GMT+1', true],
  ['timezone', '+01:00', false],
  ['timezone', '-0100', false],
  ['timezone', '\u221201:00', false],
  ['timezone', 'GMT+1', false],
  ['timezone', 'Europe', false],
  ['timezone', 'Europe/Atlantis', false],
  ['timezone', '', false],
  ['currency', 'EUR', true],
  ['currency', 'eur', false],
  ['currency', 'XAU', false],
  ['currency', 'XXX', false],
  ['currency', 'XTS', false],
  ['currency', 'XDR', false],
  ['currency', 'CHE', false],
  ['currency', 'HRK', false],
  ['currency', 'DEM', false],
] as const)('%s %s: %s', (type, code, expected) => expect(isKnownCode(type, code)).toBe(expected))

test.each([
  ['country', 'DE', 'en', 'Germany'],
  ['country', 'DE', 'fr', 'Allemagne'],
  ['country', 'somewhere else', 'en', 'somewhere else'],
  ['country', '', 'en', ''],
  ['language', 'zh-Hans', 'en', 'Chinese (Simplified)'],
  ['language', 'fr', 'de', 'Französisch'],
  ['currency', 'EUR', 'en', 'Euro'],
  ['currency', 'QQQ', 'en', 'QQQ'],
  ['timezone', 'Europe/Berlin', 'en', 'Europe, Berlin (GMT+1)'],
  ['timezone', 'America/Argentina/Buenos_Aires', 'en', 'America, Argentina, Buenos Aires (GMT-3)'],
  ['timezone', 'Asia/Kolkata', 'fr', 'Asia, Kolkata (UTC+5:30)'],
  ['timezone', 'nowhere', 'en', 'nowhere'],
] as const)('the name of %s %s in %s is %s', (type, code, language, expected) => {
  expect(codeName(type, code, language, WINTER)).toBe(expected)
})

test('the offset is that of the time given', () => {
  expect(codeName('timezone', 'Europe/Berlin', 'en', SUMMER)).toBe('Europe, Berlin (GMT+2)')
})

test('sorted codes are in the order of their names in that language', () => {
  const german = sortedCodes('country', 'de', WINTER)
  const place = (code: string) => german.findIndex(({ value }) => value === code)
  expect(german).toHaveLength(249)
  expect(german[0]).toEqual({ value: 'AF', label: 'Afghanistan' })
  // Ägypten and Österreich stand with A and O, not behind Z.
  expect(place('EG')).toBeLessThan(place('AL'))
  expect(place('AT')).toBeLessThan(place('PL'))
  for (const type of ['language', 'currency', 'timezone'] as const) {
    const labels = sortedCodes(type, 'en', WINTER).map(({ label }) => label)
    expect(labels).toHaveLength(codesOf(type).length)
    expect(labels).toEqual(labels.toSorted(new Intl.Collator('en').compare))
  }
})
