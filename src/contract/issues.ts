// A failed rule: its code and its place, as a JSON pointer into the request.
import type { Code } from './codes.ts'

/** One failed rule: the code, and where it failed. */
export interface Issue {
  readonly code: Code
  /** JSON pointer (RFC 6901) into the request body, such as `/user_metadata/company`; `''` is the whole body. */
  readonly pointer: string
  /** The numbers and words the text for this code needs, such as `{ max: 80 }`. */
  readonly params?: Readonly<Record<string, string | number>>
  /** With `password_weak`: every rule for passwords there is, met or not, where the backend tells. */
  readonly rules?: readonly PasswordRule[]
  /** The site's own words for it, shown as they are; they stay in the page that defined them. */
  readonly text?: string
}

/** The rules for passwords that backends tell of; `other` is one that we have no word for. */
export const PASSWORD_RULES = [
  'length_at_least',
  'contains_at_least',
  'should_contain',
  'lower_case',
  'upper_case',
  'numbers',
  'special_characters',
  'identical_characters',
  'not_common',
  'no_personal_data',
  'not_reused',
  'other',
] as const

export type PasswordRuleCode = (typeof PASSWORD_RULES)[number]

/** One rule for passwords, and whether the password that was tried meets it. */
export interface PasswordRule {
  readonly code: PasswordRuleCode
  readonly verified: boolean
  /** The numbers the text for this rule needs, such as `{ min: 8 }`. */
  readonly params?: Readonly<Record<string, string | number>>
}

export type Issues = readonly [Issue, ...Issue[]]

/** A list of issues as a value that cannot be empty, or null. */
export function asIssues(list: readonly Issue[]): Issues | null {
  const [first, ...rest] = list
  return first ? [first, ...rest] : null
}

/** Builds a JSON pointer (RFC 6901): `~` becomes `~0` and `/` becomes `~1`. */
export function pointerTo(...keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Takes a JSON pointer (RFC 6901) apart into its keys. */
export function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}
