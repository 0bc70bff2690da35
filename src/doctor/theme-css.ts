// Reads the tokens a style sheet sets, with the dark ones beside the light ones.
import { DEFAULT_TOKENS } from './default-tokens.ts'
import { type Theme, valueIn } from './tokens.ts'

/** Blocks whose declarations are for the dark scheme only: a media query, an attribute or a class. */
const DARK = /prefers-color-scheme:\s*dark|=\s*["']?dark\b|\.dark\b/i

/** The last value of each `--latchkey-…` in a style sheet; one that differs in a dark block becomes `light-dark()`. */
export function themeFromCss(css: string): Theme {
  const light = new Map<string, string>()
  const dark = new Map<string, string>()
  const open: string[] = []
  const plain = css.replace(/\/\*.*?\*\//gs, ' ')
  for (const [, statement = '', end] of plain.matchAll(/([^{};]*)([{};]|$)/g)) {
    if (end === '{') {
      open.push(statement)
      continue
    }
    const declaration = /^\s*(--latchkey-[\w-]+)\s*:\s*(.*?)\s*(?:!important\s*)?$/is.exec(statement)
    const [, name = '', value = ''] = declaration ?? []
    if (declaration) (open.some((block) => DARK.test(block)) ? dark : light).set(name, value)
    if (end === '}') open.pop()
  }
  return Object.fromEntries([...new Set([...light.keys(), ...dark.keys()])].map((name) => [name, both(name)]))

  function both(name: string): string {
    const day = light.get(name) ?? DEFAULT_TOKENS[name] ?? ''
    const night = dark.get(name)
    return night === undefined ? day : `light-dark(${valueIn(day, {}, 'light')}, ${valueIn(night, {}, 'dark')})`
  }
}
