// The rules for a password that somebody chooses.
import type { Issue } from '../contract/issues.ts'
import { passwordIssue } from '../fields/credentials.ts'
import type { AccountContext } from './account-context.ts'

/** What the person has told of themselves. */
export interface Chooser {
  readonly email: string
}

/** The rule a new password breaks, or null. `pointer` is where it is in the body. */
export function newPasswordIssue(
  password: unknown,
  _person: Chooser,
  { passwordMinLength }: Pick<AccountContext, 'passwordMinLength'>,
): Issue | null {
  return passwordIssue(password, passwordMinLength)
}
