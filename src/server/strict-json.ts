// Reads a request body as strict JSON: what JSON.parse would quietly change is refused instead.

/** Deepest nesting of a request body; user_metadata itself is held to less. */
const MAX_BODY_DEPTH = 32

export type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly detail: string }

/** Parses bytes as UTF-8 JSON (RFC 8259) without duplicate keys, which JSON.parse would drop all but one of. */
export function parseStrictJson(bytes: ArrayBuffer): Parsed {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return { ok: false, detail: 'The body is not UTF-8.' }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, detail: 'The body is not JSON.' }
  }
  const problem = structureProblem(text)
  return problem === null ? { ok: true, value } : { ok: false, detail: problem }
}

/**
 * Walks the tokens of valid JSON without recursion. It runs after JSON.parse, which does not recurse either:
 * in valid JSON every string is closed, so that no text makes the expression scan the same stretch twice.
 */
function structureProblem(text: string): string | null {
  const open: (Set<string> | null)[] = []
  let pending: string | null = null
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs)) {
    if (token === '{' || token === '[') {
      if (open.length >= MAX_BODY_DEPTH) return `The body is nested more than ${MAX_BODY_DEPTH} levels deep.`
      open.push(token === '{' ? new Set() : null)
    } else if (token === '}' || token === ']') open.pop()
    else if (token === ':') {
      const keys = open.at(-1)
      if (keys && pending !== null) {
        // Two spellings of one key, such as "a" and "\u0061", are the same key.
        const key = String(JSON.parse(pending))
        if (keys.has(key)) return `The key ${JSON.stringify(key)} stands twice in one object.`
        keys.add(key)
      }
    }
    pending = token.startsWith('"') ? token : null
  }
  return null
}
