// What is wrong with one field after a patch, by the rules that the patch breaks and that were not broken before.
import { type Issue, keysOf } from '../contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { staticOptions } from './choices.ts'
import { own, typedValue } from './codec.ts'
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
  const { creation, actor } = request
  const issues = (raw: JsonValue | undefined, required: boolean, read: ReadValue) =>
    storedIssues(field, raw, pointer, contextOf(leaf, required, read, request))
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
function contextOf({ field, before, closed }: Leaf, required: boolean, read: ReadValue, request: Request): RuleContext {
  const old = typedValue(field, before)
  const stored = Array.isArray(old) ? old.filter(isJsonObject) : []
  const context = contextIn({ read, request, closed, owner: null, stored, locked: false })
  return { ...context, isRequired: (asked) => (asked === field ? required : context.isRequired(asked)) }
}

/** The inside of a value. */
interface Inside {
  readonly read: ReadValue
  readonly request: Request
  readonly closed: Leaf['closed']
  /** The group whose fields these are; null for a list. */
  readonly owner: Field | null
  /** What is stored in its place: of an item any item, for they move about; null where nobody can tell. */
  readonly stored: readonly JsonObject[] | null
  readonly locked: boolean
}

function contextIn(inside: Inside): RuleContext {
  const { read, request, closed, owner, stored, locked } = inside
  const isLocked = ({ readOnlyWhen }: Field) => locked || (readOnlyWhen !== null && holds(readOnlyWhen, read))
  return {
    isRequired: (asked) =>
      !isLocked(asked) && (asked.required || (asked.requiredWhen !== null && holds(asked.requiredWhen, read))),
    isVisible: ({ visibleWhen }) => holds(visibleWhen, read),
    lockOf: (asked, raw) => {
      if (request.actor === 'management' || !stored || !(isLocked(asked) || closed(asked))) return 'open'
      return raw === undefined || stored.some((old) => same(own(old, asked.name), raw)) ? 'kept' : 'changed'
    },
    optionsOf: (asked) => staticOptions(asked, (condition) => holds(condition, read)),
    inside: (group, value) =>
      contextIn({
        ...inside,
        read: conditionReader(group.fields, (child) => heldValue(child, { user_metadata: value }), read),
        owner: group,
        stored: owner === null ? stored : storedIn(owner, group, stored),
        locked: isLocked(group),
      }),
    secrets: request.secrets,
  }
}

/** What is stored for a group in a group; an item of a list in an item has no place of its own. */
function storedIn(owner: Field, group: Field, stored: Inside['stored']): Inside['stored'] {
  if (!owner.fields.includes(group)) return null
  return stored?.map((old) => own(old, group.name)).filter(isJsonObject) ?? null
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
