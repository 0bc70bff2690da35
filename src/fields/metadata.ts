// The rules that hold for any metadata, whatever the definition: names, text, depth and size.
import { type Issue, pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { jsonBytes, MAX_DEPTH } from '../contract/limits.ts'
import { type NamePolicy, nestedNameCode, PROTOTYPE_NAMES, ROOT_ATTRIBUTES, rootNameCode } from '../contract/names.ts'

/**
 * Every rule that a patch for `user_metadata` breaks. A root key set to null is not held to the name rules,
 * so that a key stored under an older rule can always be removed; the prototype's names are never allowed.
 * What is `stored` already and travels along unchanged is right.
 */
export function metadataIssues(patch: unknown, policy: NamePolicy = {}, stored: JsonObject = {}): readonly Issue[] {
  if (!isJsonObject(patch)) return [{ code: 'invalid_type', pointer: pointerTo('user_metadata') }]
  return Object.entries(patch).flatMap(([name, value]) => {
    const path = ['user_metadata', name]
    const code = rootNameCode(name, policy)
    const removable = value === null && !PROTOTYPE_NAMES.includes(name) && code !== 'denied_field_name'
    const found: Issue[] = code && !removable ? [{ code, pointer: pointerTo(...path) }] : []
    return [...found, ...valueIssues(value, path, 1, keptIn(stored, name))]
  })
}

/** Every rule that root attributes break: only the standard ones, and only texts; null removes. */
export function attributeIssues(root: object): readonly Issue[] {
  return Object.entries(root).flatMap(([name, value]): readonly Issue[] => {
    const pointer = pointerTo(name)
    if (!ROOT_ATTRIBUTES.some((known) => known === name)) return [{ code: 'unknown_field', pointer }]
    if (value === null) return []
    if (typeof value !== 'string') return [{ code: 'invalid_type', pointer }]
    return isStorable(value) ? [] : [{ code: 'invalid_value', pointer }]
  })
}

/** The size rule for metadata as it would be stored, or null. */
export function sizeIssue(metadata: object, max: number): Issue | null {
  const bytes = jsonBytes(metadata)
  return bytes <= max
    ? null
    : { code: 'metadata_too_large', pointer: pointerTo('user_metadata'), params: { bytes, max } }
}

/** Well-formed Unicode without NUL: databases disagree about anything else. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

/** What is stored under a name, never what an object inherits. */
function keptIn(stored: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(stored) && Object.hasOwn(stored, name) ? stored[name] : undefined
}

function isNested(stored: JsonValue | undefined): boolean {
  return isJsonObject(stored) || Array.isArray(stored)
}

function valueIssues(
  value: unknown,
  path: readonly string[],
  depth: number,
  stored: JsonValue | undefined,
): readonly Issue[] {
  const at = (code: Issue['code'], params?: Issue['params']): readonly Issue[] => [
    { code, pointer: pointerTo(...path), ...(params && { params }) },
  ]
  if (typeof value === 'string') return value === stored || isStorable(value) ? [] : at('invalid_value')
  if (typeof value === 'number') return Number.isFinite(value) ? [] : at('invalid_value')
  if (typeof value === 'boolean' || value === null) return []
  if (typeof value !== 'object') return at('invalid_type')
  if (depth >= MAX_DEPTH && !isNested(stored)) return at('value_too_deep', { max: MAX_DEPTH })
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      valueIssues(item, [...path, String(index)], depth + 1, Array.isArray(stored) ? stored[index] : undefined),
    )
  return Object.entries(value).flatMap(([name, item]) => {
    const before = keptIn(stored, name)
    const code = before === undefined || PROTOTYPE_NAMES.includes(name) ? nestedNameCode(name) : null
    const inner = [...path, name]
    const found: Issue[] = code ? [{ code, pointer: pointerTo(...inner) }] : []
    return [...found, ...valueIssues(item, inner, depth + 1, before)]
  })
}
