// What a patch would store that no field describes.
import { type Issue, pointerTo } from '../contract/codes.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { own } from './codec.ts'
import type { Field, Fields } from './field.ts'

/** The keys a definition knows, down to where a value is a field's own business; null is that end. */
interface Known {
  readonly [key: string]: Known | null
}

/** An issue for every key that is new or changed and belongs to no field; null, which removes, is always allowed. */
export function unknownIssues(
  { fields }: Fields,
  { patch, root, stored }: { readonly patch: JsonObject; readonly root: JsonObject; readonly stored: JsonObject },
): readonly Issue[] {
  const known = fields.reduce<Known>(
    (tree, field) =>
      field.storage === 'root'
        ? tree
        : field.renamedFrom.reduce(
            (whole, name) => added(whole, [name], null),
            added(tree, field.path, insideOf(field)),
          ),
    {},
  )
  const attributes = Object.keys(root)
    .filter((name) => root[name] !== null && !fields.some((field) => field.storage === 'root' && field.name === name))
    .map((name): Issue => ({ code: 'unknown_field', pointer: pointerTo(name) }))
  return [...attributes, ...unknownIn(patch, stored, known, pointerTo('user_metadata'))]
}

function insideOf(field: Field): Known | null {
  if (field.type !== 'group') return null
  return field.fields.reduce<Known>((tree, child) => added(tree, [child.name], insideOf(child)), {})
}

function added(tree: Known, path: readonly string[], end: Known | null): Known {
  const [key = '', ...rest] = path
  const inner = Object.hasOwn(tree, key) ? tree[key] : {}
  return { ...tree, [key]: rest.length === 0 ? end : added(inner ?? {}, rest, end) }
}

function unknownIn(object: JsonObject, stored: JsonObject, known: Known, pointer: string): readonly Issue[] {
  return Object.entries(object).flatMap(([key, value]) => {
    const at = pointer + pointerTo(key)
    const before = own(stored, key)
    if (value === null || JSON.stringify(value) === JSON.stringify(before)) return []
    if (!Object.hasOwn(known, key)) return [{ code: 'unknown_field', pointer: at } satisfies Issue]
    return nested(value, before, known[key] ?? null, at)
  })
}

function nested(
  value: JsonValue,
  before: JsonValue | undefined,
  known: Known | null,
  pointer: string,
): readonly Issue[] {
  if (known === null) return []
  // A plain value where fields are stored below would take them away.
  if (!isJsonObject(value)) return [{ code: 'invalid_type', pointer }]
  return unknownIn(value, isJsonObject(before) ? before : {}, known, pointer)
}
