// Splits a broken rule into the problem and its fix, and finds a better fix where the word that was meant is near.
import { CODES } from '../contract/codes.ts'
import { FIELD_TYPES } from '../fields/field.ts'
import { settingsOf } from '../fields/settings.ts'
import type { Refusal } from './place.ts'
import { isStandIn } from './stand-in.ts'
import { closest } from './suggest.ts'

export interface Advice {
  readonly problem: string
  readonly fix: string
}

/** Rules whose second half explains instead of mending. */
const BETTER: Readonly<Record<string, string>> = {
  'every name can be used once': 'choose another name',
  'every value can be used once': 'remove one of them, or give it another value',
  'no value could be right': 'lower the one or raise the other',
  'a condition cannot go in a circle': 'take visibleWhen off one of them',
  'it is the name of the control for everyone (WCAG 4.1.2)': 'write what the person is asked for',
}

/** Fixes of rules that end without one. */
const FIXES: readonly (readonly [rule: RegExp, fix: (key: string) => string])[] = [
  [/^must be true or false/, (key) => `write ${key}: true`],
  [/^must be a whole number/, (key) => `write ${key}: 1`],
  [/^must be (a number|above 0)/, (key) => `write ${key}: 1`],
  [/^must be a text$/, (key) => `write ${key}: '…'`],
  [/^must be one of (?<first>[^,]+)/, (key) => `write one of them, or leave ${key} out`],
  [/^must be written like/, () => 'write it like that'],
  [/^is no value of/, (key) => `give ${key} a value of the type, or leave it out`],
]

/** The problem and the fix in a refusal's rule. */
export function adviceOn({ keys, given, rule }: Refusal): Advice {
  const key = String(keys.at(-1) ?? '')
  const split = rule.indexOf('; ')
  const problem = split < 0 ? rule : rule.slice(0, split)
  const written = split < 0 ? null : rule.slice(split + 2)
  return { problem, fix: wordAdvice(rule, given, key) ?? plainFix(rule, written, key) }
}

function plainFix(rule: string, written: string | null, key: string): string {
  if (written !== null) return Object.hasOwn(BETTER, written) ? (BETTER[written] ?? written) : written
  return FIXES.find(([broken]) => broken.test(rule))?.[1](key) ?? 'correct it, or leave it out'
}

/** A rule that lists the words there are, and a word that is none of them. */
function wordAdvice(rule: string, given: unknown, key: string): string | null {
  if (rule.startsWith('is no code;')) {
    const code = closest(key, CODES)
    return code === null ? null : `did you mean ${JSON.stringify(code)}?`
  }
  const list = /(?:use one of|must be one of) (.+?)(?:, or .*)?$/.exec(rule)?.[1]
  if (list === undefined) return null
  const words = list.split(', ').filter((word) => !isStandIn(word))
  const word = typeof given === 'string' ? given : given === undefined ? key : ''
  const meant = closest(word, words)
  if (meant !== null) return `did you mean ${JSON.stringify(meant)}?`
  if (rule.includes('has no such setting')) {
    const types = FIELD_TYPES.filter((type) => settingsOf(type).includes(key))
    return types.length > 0 ? `leave it out, or use a type that has it: ${types.join(', ')}` : 'leave it out'
  }
  return words.length === 0 ? 'leave it out' : `use one of ${words.join(', ')}`
}
