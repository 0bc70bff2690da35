// Finds the place in a definition that the message of a refusal speaks of.
import { isRecord } from '../fields/wrong.ts'

export type Key = string | number

/** What a site wrote: the fields, and the rules over several of them. */
export interface Written {
  readonly fields: unknown
  readonly rules: unknown
}

/** A refusal taken apart: `fields[1].name "a.b": field names cannot contain "."; nest the value or use "_"`. */
export interface Refusal {
  /** Keys from the whole to the place; the last may lead to nothing, where something is missing. */
  readonly keys: readonly Key[]
  readonly path: string
  /** The value after the path, or undefined where the message quotes none. */
  readonly given: unknown
  /** The broken rule, and mostly the fix after a semicolon. */
  readonly rule: string
}

/** Takes a message apart by walking what was written, for keys can have any character; null for what is no refusal. */
export function refusalOf(written: Written, message: string): Refusal | null {
  const keys: Key[] = []
  let node: unknown = written
  let rest = `.${message}`
  for (;;) {
    const step = stepOf(node, rest)
    if (!step) break
    keys.push(step.key)
    node = step.node
    rest = rest.slice(step.length)
  }
  const tail = tailOf(rest)
  if (keys.length === 0 || !tail) return null
  return { keys, path: message.slice(0, message.length - rest.length), ...tail }
}

function stepOf(
  node: unknown,
  rest: string,
): { readonly key: Key; readonly node: unknown; readonly length: number } | null {
  const index = /^\[(\d+)\]/.exec(rest)
  if (index && Array.isArray(node)) {
    const key = Number(index[1])
    return { key, node: node[key], length: index[0].length }
  }
  if (!rest.startsWith('.')) return null
  const [own] = Object.keys(isRecord(node) ? node : {})
    .filter((key) => rest.startsWith(key, 1) && /^(?:[.:[ ]|$)/.test(rest.slice(key.length + 1)))
    .sort((one, other) => other.length - one.length)
  const key = own ?? /^\.([a-z]+)/i.exec(rest)?.[1]
  return key === undefined ? null : { key, node: isRecord(node) ? node[key] : undefined, length: key.length + 1 }
}

/** ` "a: b": rule` has the end of its value where what stands before it is JSON. */
export function tailOf(rest: string): { readonly given: unknown; readonly rule: string } | null {
  if (rest.startsWith(': ')) return { given: undefined, rule: rest.slice(2) }
  if (!rest.startsWith(' ')) return null
  for (let end = rest.indexOf(': '); end >= 0; end = rest.indexOf(': ', end + 1)) {
    try {
      return { given: JSON.parse(rest.slice(1, end)), rule: rest.slice(end + 2) }
    } catch {
      // The colon stands inside of the value; the next one may end it.
    }
  }
  return null
}

/** A copy with one place changed; undefined takes the key away. */
export function changedAt(node: unknown, keys: readonly Key[], change: (value: unknown) => unknown): unknown {
  const [key, ...rest] = keys
  if (key === undefined) return change(node)
  if (Array.isArray(node)) {
    return node.map((entry: unknown, index) => (index === key ? changedAt(entry, rest, change) : entry))
  }
  const record = isRecord(node) ? node : {}
  const name = String(key)
  const value = changedAt(Object.hasOwn(record, name) ? record[name] : undefined, rest, change)
  const entries = Object.entries(Object.hasOwn(record, name) ? record : { ...record, [name]: value })
  return Object.fromEntries(
    entries.flatMap(([other, kept]) => (other !== name ? [[other, kept]] : value === undefined ? [] : [[name, value]])),
  )
}

/** What stands at a place. */
export function valueAt(node: unknown, keys: readonly Key[]): unknown {
  return keys.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)]
    return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }, node)
}
