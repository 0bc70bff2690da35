// Prints values as TypeScript: literals in the style of this house, functions by their own source.

const WIDTH = 120

/** The text of a function, or null where it has none that could be written down. */
export type PrintFunction = (value: object) => string | null

/** Prints one value that starts in a column of a line with an indent; null where it cannot be written down. */
export function literal(value: unknown, indent: number, column: number, printFunction: PrintFunction): string | null {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null)
    return Object.is(value, -0) ? '-0' : String(value)
  if (typeof value === 'function') return printFunction(value)
  if (Array.isArray(value)) return listText(value, indent, column, printFunction)
  return isPlain(value) ? objectText(value, indent, column, printFunction) : null
}

function listText(list: readonly unknown[], indent: number, column: number, printFunction: PrintFunction): string {
  const items = (at: number, from: number) => list.map((item) => literal(item, at, from, printFunction) ?? 'undefined')
  const flat = `[${items(indent, 0).join(', ')}]`
  // Formatters put every entry of a list of objects on a line of its own.
  const objects = list.length > 1 && list.every((item) => isPlain(item) && Object.keys(item).length > 1)
  if (!objects && fits(flat, column)) return flat
  return broken(
    '[',
    items(indent + 2, indent + 2).map((item) => `${item},`),
    ']',
    indent,
  )
}

function objectText(object: object, indent: number, column: number, printFunction: PrintFunction): string {
  const entries: readonly [string, unknown][] = Object.entries(object).filter(([, value]) => value !== undefined)
  const flat = entries.map(([key, value]) => {
    const text = literal(value, indent, 0, printFunction)
    return text === null ? null : `${keyText(key)}: ${text}`
  })
  const whole = flat.length === 0 ? '{}' : `{ ${flat.join(', ')} }`
  if (!flat.includes(null) && fits(whole, column)) return whole
  const lines = entries.map(([key, value]) => {
    const start = `${keyText(key)}: `
    const text = literal(value, indent + 2, indent + 2 + start.length, printFunction)
    if (text !== null) return `${start}${text},`
    return comment(`${key}: it has no source text that could be written down; write it here.`, indent + 2)
  })
  return broken('{', lines, '}', indent)
}

function fits(text: string, column: number): boolean {
  return !text.includes('\n') && column + text.length + 1 <= WIDTH
}

function broken(open: string, lines: readonly string[], close: string, indent: number): string {
  const inner = ' '.repeat(indent + 2)
  return [open, ...lines.map((line) => inner + line), ' '.repeat(indent) + close].join('\n')
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || '~standard' in value) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function keyText(key: string): string {
  // Written as a plain key it would set the object's prototype.
  if (key === '__proto__') return "['__proto__']"
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : quoted(key)
}

/** What a literal cannot hold as it is: its own quote, line ends, controls, directions and broken pairs. */
const ESCAPED = /[\\\p{Cc}\p{Zl}\p{Zp}\p{Cf}\p{Cs}]/gu
const SHORT = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function quoted(text: string): string {
  const quote = text.split("'").length > text.split('"').length ? '"' : "'"
  const escaped = text.replace(ESCAPED, (character) => SHORT.get(character) ?? unicode(character))
  return quote + escaped.replaceAll(quote, `\\${quote}`) + quote
}

function unicode(character: string): string {
  const code = character.codePointAt(0) ?? 0
  // An emoji of several is joined by U+200D and is clearer as it is.
  if (code === 0x200d) return character
  const digits = code.toString(16)
  return code > 0xffff ? `\\u{${digits}}` : `\\u${digits.padStart(4, '0')}`
}

/** Lines of `//` that hold a text, whatever is in it; the first one without its indent. */
export function comment(text: string, indent: number): string {
  // Marks of direction could make a comment look like code.
  const words = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').split(' ')
  const lines = ['//']
  for (const word of words) {
    const line = lines.at(-1) ?? ''
    if (line !== '//' && indent + line.length + 1 + word.length > WIDTH) lines.push(`// ${word}`)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines.join(`\n${' '.repeat(indent)}`)
}
