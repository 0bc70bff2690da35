// Finds where a text stops to be JSON: the message of JSON.parse names no line, and on some versions no place at all.

export interface JsonError {
  readonly line: number
  readonly column: number
  /** What stands there and what should. */
  readonly problem: string
  readonly fix: string
}

/** A token, or a single character that starts none. White space in front of it is skipped (RFC 8259, section 2). */
const TOKEN =
  /[ \t\n\r]*(?:(?<mark>[{}[\]:,])|(?<value>"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w))|(?<wrong>.|$))/suy

type Wanted = 'a value' | 'a value or "]"' | 'a key' | 'a key or "}"' | '":"' | '"," or "]"' | '"," or "}"' | 'the end'

/** The first place that is not JSON, or null when all of it is. */
export function jsonError(text: string): JsonError | null {
  const open: ('{' | '[')[] = []
  let wanted: Wanted = 'a value'
  TOKEN.lastIndex = 0
  for (;;) {
    const { mark, value, wrong } = TOKEN.exec(text)?.groups ?? {}
    const start = TOKEN.lastIndex - (mark ?? value ?? wrong ?? '').length
    if (wrong === '' && wanted === 'the end') return null
    const next: Wanted | null = mark === undefined ? afterValue(value, wanted, open) : afterMark(mark, wanted, open)
    if (next === null) return errorAt(text, start, mark ?? value ?? wrong ?? '', wanted)
    wanted = next
  }
}

function afterValue(value: string | undefined, wanted: Wanted, open: readonly string[]): Wanted | null {
  if (value === undefined) return null
  if (wanted === 'a key' || wanted === 'a key or "}"') return value.startsWith('"') ? '":"' : null
  return wanted === 'a value' || wanted === 'a value or "]"' ? ended(open) : null
}

function afterMark(mark: string, wanted: Wanted, open: ('{' | '[')[]): Wanted | null {
  const takesValue = wanted === 'a value' || wanted === 'a value or "]"'
  switch (mark) {
    case '{':
    case '[':
      if (!takesValue) return null
      open.push(mark)
      return mark === '{' ? 'a key or "}"' : 'a value or "]"'
    case '}':
      if (wanted !== 'a key or "}"' && wanted !== '"," or "}"') return null
      open.pop()
      return ended(open)
    case ']':
      if (wanted !== 'a value or "]"' && wanted !== '"," or "]"') return null
      open.pop()
      return ended(open)
    case ',':
      return wanted === '"," or "}"' ? 'a key' : wanted === '"," or "]"' ? 'a value' : null
    default:
      return wanted === '":"' ? 'a value' : null
  }
}

function ended(open: readonly string[]): Wanted {
  const inner = open.at(-1)
  return inner === undefined ? 'the end' : inner === '{' ? '"," or "}"' : '"," or "]"'
}

function errorAt(text: string, start: number, token: string, wanted: Wanted): JsonError {
  const before = text.slice(0, start).split(/\r\n|\n|\r/)
  const isClosing = token === '}' || token === ']'
  return {
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
    problem: `${token === '' ? 'the file ends' : `there is ${JSON.stringify(token.slice(0, 20))}`} where ${wanted} should be`,
    fix: fixFor(text.slice(start), token, wanted, isClosing),
  }
}

function fixFor(rest: string, token: string, wanted: Wanted, isClosing: boolean): string {
  if (rest.startsWith('//') || rest.startsWith('/*')) return 'take the comment out; JSON has none'
  if (token === "'") return 'write texts in double quotes'
  if (isClosing && (wanted === 'a value' || wanted === 'a key')) return 'take out the comma before it'
  if (wanted.startsWith('a key')) return 'write the key in double quotes'
  if (wanted.startsWith('","')) return token === '' ? `close it with ${wanted.slice(-3)}` : 'put a comma before it'
  if (token === '"') return 'close the text with a double quote, and write line breaks as \\n'
  return wanted === 'the end' ? 'leave one value in the file' : `write ${wanted} there`
}
