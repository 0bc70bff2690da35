// The codes of countries, languages, currencies and time zones, and their names in the person's language.
import type { CodeDefinition } from './definition.ts'

export type CodeType = CodeDefinition['type']

/** Each word is a first letter and every second letter it goes with, which halves the lists: `OM QA` and `YET` for `YE YT`. */
function unfold(words: string): string[] {
  return words.split(' ').flatMap(([first = '', ...seconds]) => seconds.map((second) => first + second))
}

/** ISO 3166-1 alpha-2: the 249 officially assigned codes, none of those that are only reserved. */
export function countryCodes(): readonly string[] {
  return unfold(
    'ADEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNORUVWXYZ DEJKMOZ ECEGHRST FIJKMOR GABDEFGHILMNPQRSTUWY ' +
      'HKMNRTU IDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY MACDEFGHKLMNOPQRSTUVWXYZ NACEFGILOPRUZ OM PAEFGHKLMNRSTWY ' +
      'QA REOSUW SABCDEGHIJKLMNORSTVXYZ TCDFGHJKLMNORTVWZ UAGMSYZ VACEGINU WFS YET ZAMW',
  )
}

/** The 183 codes of ISO 639-1 (`bh` and `sh` were withdrawn), and the three variants that people look for. */
export function languageCodes(): readonly string[] {
  return unfold(
    'aabefkmnrsvyz baeginmors caehorsuvy daevz eelnostu fafijory gadlnuv haeiortuyz iadegikostu jav kagijklmnorsuvwy ' +
      'labginotuv mghiklnrsty nabdeglnorvy ocjmrs pailst qu rmnouw sacdegiklmnoqrstuvw taeghiklnorstwy ugkrz veio wao ' +
      'xh yio zahu',
  ).concat('zh-Hans', 'zh-Hant', 'pt-BR')
}

/**
 * ISO 4217, list one of 2026: money that one can pay with, so without funds (`CHE`), metals (`XAU`), units of account
 * (`XDR`) and codes for tests (`XTS`). Not from `Intl.supportedValuesOf`, which names withdrawn ones (`HRK`), some
 * browsers even the German mark: browser and server have to agree.
 */
export function currencyCodes(): readonly string[] {
  return (
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY ' +
    'COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ' +
    'ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK ' +
    'MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF ' +
    'SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU ' +
    'UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG'
  ).split(' ')
}

/** The zones the runtime knows, by the name it prefers, and `UTC`, which not every runtime lists. */
export function timezoneCodes(): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])]
}

const LISTS = { country: countryCodes, language: languageCodes, timezone: timezoneCodes, currency: currencyCodes }

/** What `Intl.DisplayNames` calls them. */
const KINDS = { country: 'region', language: 'language', currency: 'currency' } as const

export function codesOf(type: CodeType): readonly string[] {
  return LISTS[type]()
}

/**
 * Whether there is such a code. A time zone may go by any of its names: one runtime lists `Asia/Calcutta`, another
 * `Asia/Kolkata`, and a profile travels between them. An offset such as `+01:00` is none (newer runtimes take it).
 */
export function isKnownCode(type: CodeType, code: string): boolean {
  return type === 'timezone' ? /^[a-z]/i.test(code) && offsetOf(code, 'en', 0) !== null : codesOf(type).includes(code)
}

/** A code in words: `DE` as Germany, `Europe/Berlin` as Europe, Berlin (GMT+1). A code without a name stays as it is. */
export function codeName(type: CodeType, code: string, language: string, now: number): string {
  return namesIn(type, language, now)(code)
}

/** All codes with their names, in the order a reader of that language looks for them. */
export function sortedCodes(type: CodeType, language: string, now: number): { value: string; label: string }[] {
  const name = namesIn(type, language, now)
  const { compare } = new Intl.Collator(language)
  return codesOf(type)
    .map((value) => ({ value, label: name(value) }))
    .sort((one, other) => compare(one.label, other.label))
}

function namesIn(type: CodeType, language: string, now: number): (code: string) => string {
  if (type === 'timezone') {
    return (code) => {
      const offset = offsetOf(code, language, now)
      return offset === null ? code : `${code.replaceAll('/', ', ').replaceAll('_', ' ')} (${offset})`
    }
  }
  // The standard form keeps the variants of a language together: Chinese, Chinese (Simplified).
  const names = new Intl.DisplayNames(language, { type: KINDS[type], languageDisplay: 'standard' })
  return (code) => {
    try {
      return names.of(code) ?? code
    } catch {
      return code // A stored value may be anything, and what does not even look like a code throws.
    }
  }
}

/** What the clocks of a zone are set to at that time, or null when there is no such zone. */
function offsetOf(timeZone: string, language: string, now: number): string | null {
  try {
    const format = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: 'shortOffset' })
    return format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? null
  } catch {
    return null
  }
}
