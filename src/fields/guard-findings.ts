// What is wrong with one field after a patch, by the rules that the patch breaks and that were not broken before.
import { type Issue, keysOf } from '../contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { staticOptions } from './choices.ts'
import { typedValue } from './codec.ts'
import { holds, type ReadValue } from './condition.ts'
import type { Field, Fields } from './field.ts'
import type { Leaf } from './guard-leaves.ts'
import { type Finding, ownFindings } from './own-checks.ts'
import { type RuleContext, storedIssues } from './rules.ts'
import { conditionReader, heldValue, same } from './stored.ts'

export interface Request {
  readonly creation: boolean
  readonly actor: 'self' | 'management'
  readonly secrets: Fields['policy']['secrets']
}

/** What is wrong with one field; nothing where the patch leaves it as right as it was. */
export function leafFindings(leaf: Leaf, leaves: readonly Leaf[], request: Request): readonly Finding[] {
  const { field, pointer, before, after, visible, readOnly } = leaf
  const { creation, actor, secrets } = request
  const issues = (raw: JsonValue | undefined, required: boolean, read: ReadValue) =>
    storedIssues(field, raw, pointer, contextOf(field, required, read, secrets))
  if (isSame(leaf)) {
    // Nobody can mend on a form what it does not show.
    if (!visible || readOnly) return []
    const earlier = creation ? [] : issues(before, leaf.wasRequired, leaf.readBefore)
    return issues(after, leaf.required && leaf.offered, leaf.read).filter((issue) => !isAmong(issue, earlier))
  }
  if (field.type !== 'hidden' && readOnly && actor === 'self') return [{ code: 'read_only', pointer }]
  if (!visible && after !== undefined) return [{ code: 'hidden_field', pointer }]
  const found = inNewItems(issues(after, leaf.required, leaf.read), leaf)
  if (found.length > 0) return found
  const context = { values: valuesOf(leaves), signal: new AbortController().signal }
  return ownFindings(field, typedValue(field, after), pointer, context)
}

/** Unchanged as far as the field goes: the time of a consent is not the person's to say. */
export function isSame({ field, before, after }: Leaf): boolean {
  if (field.type !== 'consent' || !isJsonObject(before) || !isJsonObject(after)) return same(before, after)
  return same({ ...before, at: '' }, { ...after, at: '' })
}

/** What depends on other values, for a field whose need is known and for the ones inside its value. */
function contextOf(field: Field, required: boolean, read: ReadValue, secrets: Request['secrets']): RuleContext {
  const context = contextIn(read, secrets)
  return { ...context, isRequired: (asked) => (asked === field ? required : context.isRequired(asked)) }
}

function contextIn(read: ReadValue, secrets: Request['secrets'], locked = false): RuleContext {
  return {
    isRequired: ({ required, requiredWhen, readOnlyWhen }) =>
      !locked &&
      (required || (requiredWhen !== null && holds(requiredWhen, read))) &&
      !(readOnlyWhen !== null && holds(readOnlyWhen, read)),
    isVisible: ({ visibleWhen }) => holds(visibleWhen, read),
    optionsOf: (asked) => staticOptions(asked, (condition) => holds(condition, read)),
    inside: (group, value) =>
      contextIn(
        conditionReader(group.fields, (child) => heldValue(child, { user_metadata: value }), read),
        secrets,
        locked || (group.readOnlyWhen !== null && holds(group.readOnlyWhen, read)),
      ),
    secrets,
  }
}

function isAmong({ code, pointer }: Issue, issues: readonly Issue[]): boolean {
  return issues.some((other) => other.code === code && other.pointer === pointer)
}

/** Without what is wrong with items that are stored already: adding one does not answer for the others. */
function inNewItems(issues: readonly Issue[], { field, pointer, before, after }: Leaf): readonly Issue[] {
  if (field.type !== 'list') return issues
  const [old, now] = [typedValue(field, before), typedValue(field, after)]
  if (!Array.isArray(old) || !Array.isArray(now)) return issues
  return issues.filter((issue) => {
    const [index] = keysOf(issue.pointer.slice(pointer.length))
    const item = index === undefined ? undefined : now[Number(index)]
    return item === undefined || !old.some((stored) => same(stored, item))
  })
}

function valuesOf(leaves: readonly Leaf[]): JsonObject {
  return Object.fromEntries(
    leaves.flatMap(({ field, after, path }): readonly [string, JsonValue][] =>
      after === undefined ? [] : [[path.length > field.path.length ? path.join('.') : field.name, after]],
    ),
  )
}
