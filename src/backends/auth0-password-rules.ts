// The password policy of an Auth0 connection, as it stands in a refusal, brought into our words.
import type { PasswordRule, PasswordRuleCode } from '../contract/issues.ts'
import { isJsonObject } from '../contract/json.ts'

/** Auth0's words for its rules; the order of `format` is that of the numbers here. */
const RULES: Readonly<Record<string, { readonly code: PasswordRuleCode; readonly numbers: readonly string[] }>> = {
  lengthAtLeast: { code: 'length_at_least', numbers: ['min'] },
  containsAtLeast: { code: 'contains_at_least', numbers: ['min', 'of'] },
  shouldContain: { code: 'should_contain', numbers: [] },
  identicalChars: { code: 'identical_characters', numbers: ['max'] },
  lowerCase: { code: 'lower_case', numbers: [] },
  upperCase: { code: 'upper_case', numbers: [] },
  numbers: { code: 'numbers', numbers: [] },
  specialCharacters: { code: 'special_characters', numbers: [] },
}

/** What else a password can be refused for; Auth0 says it with the name of the error. */
const NAMES: Readonly<Record<string, PasswordRuleCode>> = {
  PasswordDictionaryError: 'not_common',
  PasswordNoUserInfoError: 'no_personal_data',
  PasswordHistoryError: 'not_reused',
}

/** The rules that a refusal tells of, in its order; a rule made of others comes before them. None where it tells of none. */
export function passwordRules(name: string, description: unknown): readonly PasswordRule[] {
  const code = NAMES[name]
  if (code) return [{ code, verified: false }]
  return isJsonObject(description) ? rulesIn(description.rules) : []
}

function rulesIn(list: unknown): readonly PasswordRule[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((entry): readonly PasswordRule[] => {
    if (!isJsonObject(entry)) return []
    const { code, numbers } = known(entry.code)
    const inner = rulesIn(entry.items)
    // It is met when all of its own are: they say everything.
    if (code === 'should_contain' && inner.length > 0) return inner
    const params = numbersIn(entry.format, numbers)
    return [{ code, verified: entry.verified === true, ...(params && { params }) }, ...inner]
  })
}

function known(word: unknown): { readonly code: PasswordRuleCode; readonly numbers: readonly string[] } {
  const rule = typeof word === 'string' && Object.hasOwn(RULES, word) ? RULES[word] : undefined
  return rule ?? { code: 'other', numbers: [] }
}

/** Numbers only: a text in a refusal may be the password, or a part of it. */
function numbersIn(format: unknown, names: readonly string[]): Readonly<Record<string, number>> | null {
  const given: readonly unknown[] = Array.isArray(format) ? format : []
  const numbers = names.flatMap((name, index): [string, number][] => {
    const number = given[index]
    return typeof number === 'number' ? [[name, number]] : []
  })
  return numbers.length > 0 ? Object.fromEntries(numbers) : null
}
