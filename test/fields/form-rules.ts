// Every rule that values break, found the plain way: field by field, as a form does it, without the guard.
import { pointerTo } from '../../src/contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/contract/json.ts'
import { staticOptions } from '../../src/fields/choices.ts'
import { decode, own, plainValue, typedValue } from '../../src/fields/codec.ts'
import { holds, type ReadValue } from '../../src/fields/condition.ts'
import type { Field, Fields, FieldValue } from '../../src/fields/field.ts'
import { valueIssues } from '../../src/fields/rules.ts'
import { conditionReader, conditionValue, heldValue, pointerOf, valueAt } from '../../src/fields/stored.ts'

/** What a form finds wrong with what its controls hold. */
export function formIssues({ fields, policy }: Fields, held: ReadonlyMap<string, FieldValue>): readonly string[] {
  const heldBy = (field: Field) => held.get(field.name) ?? null
  const read = conditionReader(fields, heldBy)
  const values = fields.flatMap((field) => heldIssues(field, heldBy(field), pointerOf(field), read, false))
  const refused = policy.rules.filter(({ refuseWhen }) => holds(refuseWhen, read))
  return [...values, ...refused.map(() => 'refused')]
}

function heldIssues(
  field: Field,
  held: FieldValue,
  pointer: string,
  read: ReadValue,
  outerLock: boolean,
): readonly string[] {
  const locked = outerLock || isLocked(field, read)
  if (field.type === 'hidden' || !holds(field.visibleWhen, read)) return []
  if (field.type === 'group') {
    const object = isJsonObject(held) ? held : {}
    const inner = innerReader(field.fields, (child) => own(object, child.name) ?? null, read)
    return field.fields.flatMap((child) =>
      heldIssues(child, own(object, child.name) ?? null, pointer + pointerTo(child.name), inner, locked),
    )
  }
  if (locked) return []
  const issues = ownIssues(field, plainValue(field, held), pointer, read).map((code) => `${code} ${pointer}`)
  const { item } = field
  if (!item || !Array.isArray(held)) return issues
  return [
    ...issues,
    ...held.flatMap((entry, index) => heldIssues(item, entry, pointer + pointerTo(String(index)), read, false)),
  ]
}

/**
 * Every rule that a stored profile breaks, of the fields that the person sees and may edit;
 * `everywhere` looks at the values of the others, too.
 */
export function profileIssues(
  { fields }: Fields,
  user_metadata: JsonObject,
  scope: 'editable' | 'everywhere' = 'editable',
): readonly string[] {
  const read = conditionReader(fields, (field) => heldValue(field, { user_metadata }))
  return fields
    .filter(({ storage }) => storage !== 'root')
    .flatMap((field) => storedIssues(field, valueAt(user_metadata, field.path), pointerOf(field), read, true))
    .filter(({ isOpen, code }) => isOpen || (scope === 'everywhere' && code !== 'required'))
    .map(({ code, pointer }) => `${code} ${pointer}`)
}

interface StoredIssue {
  readonly code: string
  readonly pointer: string
  /** Whether the person sees the field and may edit it. */
  readonly isOpen: boolean
}

function storedIssues(
  field: Field,
  raw: JsonValue | undefined,
  pointer: string,
  read: ReadValue,
  outerOpen: boolean,
): readonly StoredIssue[] {
  const isOpen = outerOpen && holds(field.visibleWhen, read) && !isLocked(field, read)
  const wrong = { code: 'invalid_type', pointer, isOpen }
  if (field.type === 'group') {
    if (raw !== undefined && !isJsonObject(raw)) return [wrong]
    const object = raw ?? {}
    const inner = innerReader(field.fields, (child) => decode(child, own(object, child.name)), read)
    return field.fields.flatMap((child) =>
      storedIssues(child, own(object, child.name), pointer + pointerTo(child.name), inner, isOpen),
    )
  }
  if (field.stored === 'text' && raw !== undefined && typeof raw !== 'string') return [wrong]
  const value = typedValue(field, raw)
  const { item } = field
  const inner =
    item && Array.isArray(value)
      ? value.flatMap((entry, index) => storedIssues(item, entry, pointer + pointerTo(String(index)), read, isOpen))
      : []
  const issues = ownIssues(field, value, pointer, read)
  return [...issues.map((code) => ({ code, pointer, isOpen })), ...inner]
}

function isLocked({ readOnlyWhen }: Field, read: ReadValue): boolean {
  return readOnlyWhen !== null && holds(readOnlyWhen, read)
}

/** The rules of one field, without those of what is inside its value. */
function ownIssues(field: Field, value: JsonValue | undefined, pointer: string, read: ReadValue): readonly string[] {
  const required = field.required || (field.requiredWhen !== null && holds(field.requiredWhen, read))
  return valueIssues(field, value, pointer, {
    isRequired: (asked) => asked === field && required,
    optionsOf: (asked) => (asked === field ? staticOptions(field, (condition) => holds(condition, read)) : null),
    secrets: 'allow',
  })
    .filter((issue) => issue.pointer === pointer)
    .map(({ code }) => code)
}

function innerReader(fields: readonly Field[], held: (field: Field) => FieldValue, outer: ReadValue): ReadValue {
  const read: ReadValue = (name) => {
    const field = fields.find((candidate) => candidate.name === name)
    if (!field) return outer(name)
    return holds(field.visibleWhen, read) ? conditionValue(field, held(field)) : undefined
  }
  return read
}
