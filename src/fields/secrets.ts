// Finds what has no place in a profile: numbers of payment cards, and secret keys.
import { type Issue, pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonValue } from '../contract/json.ts'

/**
 * How the keys of widespread services start, as far as their makers document it. A key is a word of its own, so no
 * word is read from two beginnings and the time needed grows with the length of the text only.
 */
const KEYS = [
  /-----BEGIN [A-Z ]{0,24}PRIVATE KEY/, // PEM (RFC 7468), OpenSSH and PGP.
  /(?<![\w-])A[KS]IA[A-Z\d]{16}(?!\w)/, // AWS, lasting and temporary.
  /(?<![\w-])[rs]k_(?:live|test)_[A-Za-z\d]{10}/, // Stripe
  /(?<![\w-])(?:gh[oprsu]_\w{30}|github_pat_\w{22})/, // GitHub
  /(?<![\w-])glpat-[\w-]{20}/, // GitLab
  /(?<![\w-])xox[abeprs]-[\w-]{10}/, // Slack
  /(?<![\w-])AIza[\w-]{35}/, // Google
  /(?<![\w-])npm_[A-Za-z\d]{36}/,
  /(?<![\w-])SG\.[\w-]{22}\.[\w-]{43}/, // SendGrid
  /(?<![\w-])sk-[\w-]*[A-Za-z\d]{20}/, // OpenAI and those who do as it does; no word of `sk-bratislava-stare-mesto` is as long.
  /(?<![\w-])eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{16}/, // JSON Web Tokens (RFC 7519): `{"` in base64url, twice, and a signature.
]

/** Digits, in groups or in one; nothing in it can match in two ways. */
const RUNS = /\d+(?:[ \u00a0-]\d+)*/g

/**
 * What makes a run part of something else: a word, a phone number with its `+`, a web address, a fraction, or the
 * beginning of an IBAN (ISO 13616), `DE89` or `GB29 NWBK`.
 */
const BEFORE = /[\p{L}_+/=]$|\d\.$|\b[a-z]{2}\d\d ?[a-z]{4} $/iu
const LONGEST_BEFORE = 10

/** How cards group their digits, as the lengths of the groups: in one, by fours, or as American Express and Diners do. */
const GROUPS = /^(?:1[3-9]|444[1-4]|4444[1-3]|46[45])$/

/**
 * First digits and lengths that are issued (ISO/IEC 7812-1 leaves them to the networks): Visa; Mastercard; American
 * Express; Diners; JCB; Maestro, RuPay, UnionPay and Discover. Timestamps start with 1, and are none of them.
 */
const ISSUED =
  /^(?:4(?:\d{3}){4,6}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-59]|[689]\d)\d{11,16}|(?:35|5[06-8]|6[02-57])\d{14,17})$/

/** A card number or a secret key anywhere in a value, as an issue at its place. */
export function secretIn(value: JsonValue | undefined, pointer: string): Issue | null {
  if (isJsonObject(value) || Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) {
      const found = secretIn(inner, pointer + pointerTo(key))
      if (found) return found
    }
    return null
  }
  const kind = typeof value === 'string' || typeof value === 'number' ? looksLikeSecret(String(value)) : null
  return kind === null ? null : { code: 'looks_like_secret', pointer, params: { kind } }
}

/** What a text seems to hold that nobody should store in a profile, or null. */
export function looksLikeSecret(text: string): 'card' | 'key' | null {
  if (KEYS.some((key) => key.test(text))) return 'key'
  for (const { 0: run, index } of text.matchAll(RUNS)) {
    if (BEFORE.test(text.slice(Math.max(0, index - LONGEST_BEFORE), index))) continue
    const groups = run.split(/\D/)
    if (/^[\p{L}_]/u.test(text.slice(index + run.length, index + run.length + 2))) groups.pop() // `2nd`
    if (groups.some((_, start) => startsWithCard(groups, start))) return 'card'
  }
  return null
}

/** Whether the groups from `start` on begin with a card's number: `4111 1111 1111 1111 123` does, with its check code after it. */
function startsWithCard(groups: readonly string[], start: number): boolean {
  let digits = ''
  let lengths = ''
  for (let end = start; end < groups.length && digits.length < 19; end++) {
    const group = groups[end] ?? ''
    digits += group
    lengths += group.length
    if (GROUPS.test(lengths) && ISSUED.test(digits) && passesLuhn(digits)) return true
  }
  return false
}

/** The check of ISO/IEC 7812-1, annex B: every second digit from the right counts twice, as the sum of its digits. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, place) => total + Number(place % 2 ? '0246813579'[Number(digit)] : digit), 0)
  return sum % 10 === 0
}
