// The memory server's rules for metadata: names, values and the limits of sign-up, each with its switch.
import type { Issue } from '../../src/contract/issues.ts'
import { pointerTo } from '../../src/contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/contract/json.ts'
import { nestedNameProblem, rootNameProblem } from '../../src/contract/names.ts'
import type { Fault } from './faults.ts'
import type { MemoryStore } from './memory-store.ts'

export interface Rules {
  readonly has: (fault: Fault) => boolean
  readonly reservedNames: boolean
  readonly usernames: boolean
  readonly signUpValues: 'json' | 'strings'
  /** The only keys it takes; `*` behind a name takes any object there. */
  readonly knownKeys?: readonly string[]
  readonly store: MemoryStore
}

/** What the body asks of `user_metadata`, or what is wrong with it. */
export function metadataIssues(given: JsonValue | undefined, rules: Rules): readonly Issue[] {
  if (given === undefined) return []
  const isObject = isJsonObject(given) || (rules.has('lists are objects') && Array.isArray(given))
  if (!isObject) return [{ code: 'invalid_type', pointer: '/user_metadata' }]
  return Object.entries(given).flatMap(([name, value]) => {
    const at = ['user_metadata', name]
    const problem = rootNameProblem(name, { reservedNames: reserved(rules) })
    const issue = problem && !excused(name, rules) ? [{ code: problem.code, pointer: pointerOf(at, rules) }] : []
    return [...issue, ...valueIssues(value, at, rules)]
  })
}

function reserved({ has, reservedNames }: Rules): boolean {
  return has('reserved names are taken') ? false : reservedNames || has('reserved names cannot be switched off')
}

function excused(name: string, { has }: Rules): boolean {
  if (name === 'constructor') return has('constructor is taken')
  if (name === '__proto__') return has('__proto__ is merged into every object')
  return has('dots and dollars are taken') && /[.$]/.test(name)
}

function pointerOf(at: readonly string[], { has }: Rules): string {
  return has('pointers are not escaped') ? `/${at.join('/')}` : pointerTo(...at)
}

function valueIssues(value: JsonValue, at: readonly string[], rules: Rules): readonly Issue[] {
  if (typeof value === 'string') {
    if (value.includes('\0')) {
      if (rules.has('NUL is an error of the server')) throw new Error('unsupported Unicode escape sequence')
      return [{ code: 'invalid_value', pointer: pointerOf(at, rules) }]
    }
    if (value.isWellFormed() || rules.has('half a surrogate pair is taken')) return []
    return [{ code: 'invalid_value', pointer: pointerOf(at, rules) }]
  }
  if (!isJsonObject(value)) return []
  return Object.entries(value).flatMap(([name, inner]) => {
    const below = [...at, name]
    const problem = rules.has('names inside values are not looked at') ? null : nestedNameProblem(name)
    const issue = problem ? [{ code: problem.code, pointer: pointerOf(below, rules) }] : []
    return [...issue, ...valueIssues(inner, below, rules)]
  })
}

/** A refusal with a code that only servers with limits at sign-up know. */
export interface SignUpIssue {
  readonly code: string
  readonly pointer: string
}

/** Auth0's limits of sign-up, where values are texts. */
export function signUpIssues(metadata: JsonObject, rules: Rules): readonly SignUpIssue[] {
  const { has } = rules
  const fields = Object.keys(metadata).length
  const tooMany = { code: 'too_many_fields', pointer: '/user_metadata' }
  if (has('nine fields are the most') && fields > 9) return [tooMany]
  if (rules.signUpValues === 'json') return []
  if (fields > 10 && !has('eleven fields are taken')) return [tooMany]
  return Object.entries(metadata).flatMap(([name, value]) => {
    const pointer = pointerTo('user_metadata', name)
    if (typeof value !== 'string') return has('sign-up takes any type') ? [] : [{ code: 'invalid_type', pointer }]
    return [...value].length > 500 && !has('long texts are taken') ? [{ code: 'value_too_long', pointer }] : []
  })
}

/** The metadata after a patch. */
export function merged(stored: JsonObject, patch: JsonObject, { has }: Rules): JsonObject {
  if (Object.keys(patch).length === 0) return has('{} does nothing') ? stored : {}
  const after = new Map(has('an update replaces everything') ? [] : Object.entries(stored))
  for (const [name, value] of Object.entries(patch)) {
    const before = after.get(name)
    if (value === null && !has('null is stored')) after.delete(name)
    else if (has('nested values are merged') && isJsonObject(before) && isJsonObject(value))
      after.set(name, { ...before, ...value })
    else after.set(name, has('nested null is dropped') ? withoutNull(value) : value)
  }
  return Object.fromEntries(after)
}

function withoutNull(value: JsonValue): JsonValue {
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null))
}

/** What a merge that follows `__proto__` would do to every object, done to the answers only. */
export function inherit(metadata: unknown, { has, store }: Rules): void {
  if (!has('__proto__ is merged into every object') || !isJsonObject(metadata)) return
  const inherited = Object.getOwnPropertyDescriptor(metadata, '__proto__')?.value
  if (isJsonObject(inherited)) store.inherited = inherited
}

/** Keys that a server with a definition does not take; what stands behind a name with `*` may be an object. */
export function unknownKeys(given: unknown, { knownKeys }: Rules) {
  if (!knownKeys || !isJsonObject(given)) return []
  return Object.entries(given)
    .filter(([key, value]) => {
      if (value === null) return false
      return !knownKeys.includes(isJsonObject(value) ? `${key}*` : key) && !knownKeys.includes(`${key}*`)
    })
    .map(([key]) => ({ code: 'unknown_field', pointer: `/user_metadata/${key}` }) as const)
}
