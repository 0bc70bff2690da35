// The rules for the e-mail address, the user name and the password, the same in the form and on the server.
import type { Issue } from '../contract/issues.ts'
import { codePoints, MAX_EMAIL_LENGTH, PASSWORD_LENGTH } from '../contract/limits.ts'

/**
 * HTML's own expression for a valid e-mail address (HTML Standard, 4.10.5.1.5),
 * so that browser, widget and server always agree.
 */
export const EMAIL =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/

export function isEmail(text: string): boolean {
  return text.length <= MAX_EMAIL_LENGTH && EMAIL.test(text)
}

/** The rule an account's e-mail address breaks, or null. */
export function emailIssue(value: unknown, pointer = '/email'): Issue | null {
  if (value === undefined || value === '') return { code: 'required', pointer }
  if (typeof value !== 'string') return { code: 'invalid_type', pointer }
  return isEmail(value) ? null : { code: 'invalid_email', pointer }
}

/** No `@`, so that nobody's user name is someone's e-mail address. */
const USERNAME = /^[A-Za-z0-9._-]{2,30}$/

/** The rule a new user name breaks, or null. */
export function usernameIssue(value: unknown, pointer = '/username'): Issue | null {
  if (value === undefined || value === '') return { code: 'required', pointer }
  if (typeof value !== 'string') return { code: 'invalid_type', pointer }
  return USERNAME.test(value) ? null : { code: 'invalid_username', pointer }
}

/**
 * The rule a new password breaks, or null. No rule about its composition (NIST SP 800-63B-4, 3.1.1.2).
 * `min` is in code points.
 */
export function passwordIssue(value: unknown, min: number = PASSWORD_LENGTH.min): Issue | null {
  const pointer = '/password'
  if (value === undefined || value === '') return { code: 'required', pointer }
  if (typeof value !== 'string') return { code: 'invalid_type', pointer }
  if (!value.isWellFormed()) return { code: 'invalid_value', pointer }
  const length = codePoints(value)
  if (length < min) return { code: 'password_weak', pointer, params: { min } }
  return length > PASSWORD_LENGTH.max ? { code: 'value_too_long', pointer, params: { max: PASSWORD_LENGTH.max } } : null
}
