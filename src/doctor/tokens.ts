// The values of tokens: what a site sets, what the style sheet says otherwise, and which half is for which scheme.
import { DEFAULT_TOKENS } from './default-tokens.ts'

/** Tokens by name, such as `{ '--latchkey-accent': 'light-dark(#0c6b58, #7fd6c0)' }`; absent ones have their defaults. */
export type Theme = Readonly<Record<string, string>>

export type Scheme = 'light' | 'dark'

/** Deepest chain of `var()` and `light-dark()` that is followed: one that leads to itself has no end. */
const MAX_DEPTH = 8

/** What a token says in a scheme, set by the theme or by default. */
export function tokenValue(name: string, theme: Theme, scheme: Scheme, depth = 0): string {
  const text = Object.hasOwn(theme, name) ? theme[name] : DEFAULT_TOKENS[name]
  return valueIn(text?.trim() ?? '', theme, scheme, depth)
}

/** A value in a scheme: its half of `light-dark()`, and what a `var()` leads to. */
export function valueIn(text: string, theme: Theme, scheme: Scheme, depth = 0): string {
  const call = /^(light-dark|var)\((.*)\)$/is.exec(text)
  if (!call || depth > MAX_DEPTH) return text
  const [first = '', ...rest] = splitAtCommas(call[2] ?? '')
  if (call[1]?.toLowerCase() === 'light-dark')
    return valueIn(scheme === 'light' ? first : (rest[0] ?? ''), theme, scheme, depth + 1)
  const isSet = Object.hasOwn(theme, first) || Object.hasOwn(DEFAULT_TOKENS, first)
  return isSet ? tokenValue(first, theme, scheme, depth + 1) : valueIn(rest.join(', '), theme, scheme, depth + 1)
}

function splitAtCommas(text: string): readonly string[] {
  const parts = ['']
  let depth = 0
  for (const letter of text) {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (letter === ',' && depth === 0) parts.push('')
    else parts.push((parts.pop() ?? '') + letter)
  }
  return parts.map((part) => part.trim())
}
