// The rules for a password that somebody chooses: long enough, not one that everybody tries first, and not made of what others know of them.
import type { Issue } from '../contract/issues.ts'
import { passwordIssue } from '../fields/credentials.ts'
import type { AccountContext } from './account-context.ts'
import { COMMON_PASSWORDS } from './common-passwords.ts'
import type { RootAttributes } from './root-attributes.ts'

const common: ReadonlySet<string> = new Set(COMMON_PASSWORDS.split('\n'))

/** What a person has told of themselves. */
export interface Chooser {
  readonly email: string
  readonly username: string | null
  readonly attributes: RootAttributes
}

/** What a password has to have beside somebody's data: so many letters, or so many letters and digits, more than a date has. */
const OWN_LETTERS = 4
const OWN_CHARACTERS = 9

/** The rule a new password breaks, or null. */
export function newPasswordIssue(
  password: unknown,
  person: Chooser | null,
  { passwordMinLength, siteWords }: Pick<AccountContext, 'passwordMinLength' | 'siteWords'>,
): Issue | null {
  const issue = passwordIssue(password, passwordMinLength)
  if (issue || typeof password !== 'string') return issue
  const typed = password.toLowerCase()
  if (common.has(typed)) return weak('not_common')
  return isMadeOf(typed, [...siteWords, ...(person ? wordsOf(person) : [])]) ? weak('no_personal_data') : null
}

function weak(rule: 'not_common' | 'no_personal_data'): Issue {
  return { code: 'password_weak', pointer: '/password', params: { rule }, rules: [{ code: rule, verified: false }] }
}

/** The words of an address of the web: without `www` and what everything ends with. */
export function wordsOfSite(origin: string, siteName: string | null): readonly string[] {
  const labels = new URL(origin).hostname.split('.')
  const own = labels.length > 1 ? labels.slice(0, -1) : labels
  return longEnough([...own.filter((label) => label !== 'www'), ...(siteName?.split(/\s+/) ?? [])])
}

function wordsOf({ email, username, attributes }: Chooser): readonly string[] {
  const [local = '', domain = ''] = email.split('@')
  const { name, given_name, family_name, nickname, phone_number } = attributes
  const names = [name, given_name, family_name, nickname, username].flatMap((text) => text?.split(/\s+/) ?? [])
  const parts = [...local.split(/[._+-]/), ...domain.split('.').slice(0, -1)]
  return longEnough([email, local, ...parts, ...names, phone_number?.replace(/\D/g, '') ?? ''])
}

/** In lower case, the longest first. Two letters are in half of all words. */
function longEnough(words: readonly string[]): readonly string[] {
  const known = words.map((word) => word.toLowerCase()).filter((word) => word.length > 2)
  return known.sort((one, other) => other.length - one.length)
}

/** Whether little is left of a password without the words: digits and signs around them are what everybody tries next. */
function isMadeOf(typed: string, words: readonly string[]): boolean {
  let rest = typed
  for (const word of words) rest = rest.replaceAll(word, ' ')
  const letters = rest.match(/[\p{L}\p{M}\p{So}]/gu)?.length ?? 0
  const digits = rest.match(/\p{N}/gu)?.length ?? 0
  return rest !== typed && letters < OWN_LETTERS && letters + digits < OWN_CHARACTERS
}
