// Reads an object of options by its known keys, and says which keys it does not know or finds in another spelling.
import { type AddNote, below } from './note.ts'

/** The options that were given, under their right names. What is undefined or null counts as not given, as in Lock. */
export type Given = ReadonlyMap<string, unknown>

/**
 * Lock silently ignored a key in the wrong case; here it counts, unless the right one is given too.
 * `explain` may know more about a key than that Lock has no such option.
 */
export function readGiven(
  options: object,
  known: readonly string[],
  path: string,
  add: AddNote,
  explain: (key: string) => string | null = () => null,
): Given {
  const given = Object.entries(options).filter(([, value]: [string, unknown]) => value !== undefined && value !== null)
  const read = new Map<string, unknown>(given.filter(([key]) => known.includes(key)))
  for (const [key, value] of given) {
    if (known.includes(key)) continue
    const right = known.find((name) => name.toLowerCase() === key.toLowerCase())
    if (right === undefined) {
      const near = nearest(key, known)
      const question = near === null ? '' : ` Did you mean "${near}"?`
      add(
        below(path, key),
        explain(key) ?? `Lock has no such option and ignored it; it is left out here too.${question}`,
      )
    } else if (read.has(right)) {
      add(below(path, key), `Lock ignored it for its spelling, and "${right}" is given as well: that one counts here.`)
    } else {
      add(below(path, key), `Lock ignored it for its spelling; here it counts as "${right}". Did you mean "${right}"?`)
      read.set(right, value)
    }
  }
  return read
}

/** True for what can have keys of its own: an object that is no list. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The known word that is at most a third, and at most three letters, away from a word; null for none. */
export function nearest(word: string, known: readonly string[]): string | null {
  const limit = Math.min(3, Math.floor(word.length / 3))
  const [best] = known
    .map((name) => ({ name, away: distance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ away }) => away <= limit)
    .sort((one, other) => one.away - other.away)
  return best?.name ?? null
}

/** How many letters have to be added, removed or replaced (Levenshtein). */
function distance(word: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [line, letter] of [...word].entries()) {
    const next = [line + 1]
    for (let column = 0; column < other.length; column += 1) {
      const replaced = (row[column] ?? 0) + (other[column] === letter ? 0 : 1)
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row[other.length] ?? 0
}
