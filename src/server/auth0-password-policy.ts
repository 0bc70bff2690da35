// Auth0's password policies: their rules, what each says of a password, and the refusal that lists them.
import { codePoints } from '../contract/limits.ts'

export const PASSWORD_POLICIES = ['none', 'low', 'fair', 'good', 'excellent'] as const
export type PasswordPolicy = (typeof PASSWORD_POLICIES)[number]

/** A rule as Auth0's clients show it; the wording is that of its `password-sheriff`, which they translate by code. */
interface PasswordRule {
  readonly message: string
  readonly code: string
  readonly format?: readonly (number | string)[]
  readonly items?: readonly PasswordRule[]
  readonly verified: boolean
}

/** Shortest password of each policy. */
const LENGTHS: Readonly<Record<PasswordPolicy, number>> = { none: 1, low: 6, fair: 8, good: 8, excellent: 10 }

const KINDS = [
  { message: 'lower case letters (a-z)', code: 'lowerCase', pattern: /[a-z]/ },
  { message: 'upper case letters (A-Z)', code: 'upperCase', pattern: /[A-Z]/ },
  { message: 'numbers (i.e. 0-9)', code: 'numbers', pattern: /\d/ },
  { message: 'special characters (e.g. !@#$%^&*)', code: 'specialCharacters', pattern: /[ -/:-@[-`{-~]/ },
] as const

/** The shortest password a policy takes, in code points, where accounts have a shortest one of their own. */
export function shortestOf(policy: PasswordPolicy, passwordMinLength: number): number {
  return Math.max(LENGTHS[policy], passwordMinLength)
}

/** The body of the refusal of a weak password, or null for one that is strong enough. */
export function passwordRefusal(password: string, policy: PasswordPolicy, min: number): object | null {
  const rules = rulesOf(password, policy, min)
  const verified = rules.every((rule) => rule.verified)
  if (verified) return null
  return {
    name: 'PasswordStrengthError',
    message: 'Password is too weak',
    code: 'invalid_password',
    description: { rules, verified },
    policy: rules.map((rule) => lineOf(rule, '')).join('\n'),
    statusCode: 400,
  }
}

function rulesOf(password: string, policy: PasswordPolicy, min: number): readonly PasswordRule[] {
  const isLong = codePoints(password) >= min
  const length: PasswordRule =
    min === 1
      ? { message: 'Non-empty password required', code: 'nonEmpty', verified: isLong }
      : { message: 'At least %d characters in length', format: [min], code: 'lengthAtLeast', verified: isLong }
  const items = KINDS.map(({ pattern, ...kind }) => ({ ...kind, verified: pattern.test(password) }))
  if (policy === 'fair') {
    const asked = items.slice(0, 3)
    const verified = asked.every((item) => item.verified)
    return [length, { message: 'Should contain:', code: 'shouldContain', items: asked, verified }]
  }
  if (policy === 'none' || policy === 'low') return [length]
  const contains = {
    message: 'Contain at least %d of the following %d types of characters:',
    code: 'containsAtLeast',
    format: [3, 4],
    items,
    verified: items.filter((item) => item.verified).length >= 3,
  }
  const identical = {
    message: 'No more than %d identical characters in a row (e.g., "%s" not allowed)',
    code: 'identicalChars',
    format: [2, 'aaa'],
    verified: !/(.)\1\1/su.test(password),
  }
  return policy === 'good' ? [length, contains] : [length, contains, identical]
}

function lineOf({ message, format = [], items = [] }: PasswordRule, indent: string): string {
  const values = [...format]
  const line = `${indent}* ${message.replace(/%[ds]/g, () => String(values.shift()))}`
  return [line, ...items.map((item) => lineOf(item, `${indent} `))].join('\n')
}
