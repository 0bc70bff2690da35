// The server's check of a patch: the same rules the forms hold to, over what is stored and what is asked together.
import { asIssues, type Issue, type Issues, pointerTo } from '../contract/codes.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { MAX_METADATA_BYTES } from '../contract/limits.ts'
import { staticOptions } from './choices.ts'
import { typedValue } from './codec.ts'
import { holds } from './condition.ts'
import type { DefinitionPolicy, Fields } from './field.ts'
import { type Leaf, leavesOf } from './guard-leaves.ts'
import { unknownIssues } from './guard-unknown.ts'
import { mergeMetadata } from './merge.ts'
import { metadataIssues, sizeIssue } from './metadata.ts'
import { type Finding, ownFindings } from './own-checks.ts'
import { secretIn, valueIssues } from './rules.ts'
import { conditionReader, heldValue, pointerOf, type Stored, valueAt, withValue } from './stored.ts'

export interface GuardInput {
  /** What the request asks for `user_metadata`: a root key's new value, null to delete it, `{}` to clear everything. Undefined: nothing. */
  readonly patch?: unknown
  /**
   * The standard attributes the request asks for at the root; null removes.
   * @default none
   */
  readonly root?: JsonObject
  /** What is stored now; null on creation. */
  readonly stored: JsonObject | null
  /**
   * The stored root attributes.
   * @default none
   */
  readonly storedRoot?: JsonObject
  /**
   * Who asks: the person about themselves, who is held to `access` and the deny list, or the site's own management.
   * @default 'self'
   */
  readonly actor?: 'self' | 'management'
  /**
   * The server's clock, in milliseconds since the epoch: the time of a consent.
   * @default Date.now()
   */
  readonly now?: number
  /**
   * Whether keys that the definition does not describe are refused.
   * @default 'refuse'
   */
  readonly unknownKeys?: 'refuse' | 'allow'
  /**
   * Largest `user_metadata` after the patch, in bytes of its JSON.
   * @default 10240
   */
  readonly maxBytes?: number
}

export type GuardResult =
  | {
      readonly ok: true
      /** What to store: the patch with the time of a consent, and without what became hidden; null where none was asked for. */
      readonly patch: JsonObject | null
      readonly root: JsonObject
    }
  | { readonly ok: false; readonly issues: Issues }

/**
 * Says whether a patch may be stored, by names, deny list, values, size, conditions and the rules of each field.
 * All or nothing: with one issue nothing of the patch may be stored. Neighbours that the patch does not change do not block.
 * Throws TypeError where a check of the site's own answers later; then use `guardAsync`.
 *
 * @example
 * const result = guard(fields, { patch: body.user_metadata, stored: user.user_metadata })
 * if (!result.ok) return problem(422, result.issues)
 */
export function guard(fields: Fields, input: GuardInput): GuardResult {
  const { findings, accepted } = examine(fields, input)
  const issues = findings.map((finding) => {
    if (finding instanceof Promise) {
      finding.catch(() => null)
      throw new TypeError('guard(): a check of a field answers with a promise; use await guardAsync(fields, input)')
    }
    return finding
  })
  return resultOf(issues, accepted)
}

/** `guard` for definitions with checks that take their time. */
export async function guardAsync(fields: Fields, input: GuardInput): Promise<GuardResult> {
  const { findings, accepted } = examine(fields, input)
  return resultOf(await Promise.all(findings), accepted)
}

function resultOf(findings: readonly (Issue | null)[], accepted: Accepted): GuardResult {
  const issues = asIssues(findings.filter((issue) => issue !== null))
  return issues ? { ok: false, issues } : { ok: true, ...accepted }
}

interface Accepted {
  readonly patch: JsonObject | null
  readonly root: JsonObject
}

function examine(
  fields: Fields,
  input: GuardInput,
): { readonly findings: readonly Finding[]; readonly accepted: Accepted } {
  const { patch: asked, root = {}, stored, storedRoot = {}, actor = 'self', unknownKeys = 'refuse' } = input
  const policy: DefinitionPolicy = actor === 'self' ? fields.policy : { ...fields.policy, denyList: [] }
  const structural = asked === undefined ? [] : metadataIssues(asked, policy)
  const patch = isJsonObject(asked) ? asked : null
  const nothing = { patch, root }
  if (structural.length > 0 || (asked !== undefined && !patch)) return { findings: structural, accepted: nothing }

  const clears = stored !== null && patch !== null && Object.keys(patch).length === 0
  const before: Stored = { user_metadata: stored ?? {}, root: storedRoot }
  const after: Stored = {
    user_metadata: clears ? {} : mergeMetadata(stored ?? {}, patch ?? {}),
    root: mergeMetadata(storedRoot, root),
  }
  const screens = stored === null ? (['signUp'] as const) : (['profile', 'ensure'] as const)
  const leaves = leavesOf(fields.fields, { before, after, screens })
  const findings = leaves.flatMap((leaf) => leafFindings(leaf, leaves, fields, input))
  const amended = amend(leaves, patch, after, input.now ?? Date.now())
  const unknown = unknownIssues(fields, { patch: patch ?? {}, root, stored: stored ?? {} })
  return {
    findings: [
      ...findings,
      ...(unknownKeys === 'refuse' ? unknown : []),
      ...secretIssues(fields, patch ?? {}, before.user_metadata),
      ...crossIssues(fields, before, after, stored === null),
      sizeIssue(amended.metadata, input.maxBytes ?? MAX_METADATA_BYTES),
    ],
    accepted: { patch: amended.patch, root },
  }
}

/** What is wrong with one field; nothing where the patch leaves it as it was. */
function leafFindings(leaf: Leaf, leaves: readonly Leaf[], fields: Fields, input: GuardInput): readonly Finding[] {
  const { field, pointer, after, read } = leaf
  const creation = input.stored === null
  if (isSame(leaf)) {
    const asked = creation ? leaf.onSignUp : !leaf.wasRequired
    return leaf.required && after === undefined && asked ? [{ code: 'required', pointer }] : []
  }
  const denied = field.type !== 'hidden' && leaf.readOnly && (input.actor ?? 'self') === 'self'
  if (denied) return [{ code: 'read_only', pointer }]
  if (!leaf.visible && after !== undefined) return [{ code: 'hidden_field', pointer }]
  if (field.stored === 'text' && after !== undefined && typeof after !== 'string')
    return [{ code: 'invalid_type', pointer }]
  const value = typedValue(field, after)
  const issues = valueIssues(field, value, pointer, {
    isRequired: (asked) => (asked === field ? leaf.required : asked.required),
    optionsOf: (asked) => staticOptions(asked, (condition) => holds(condition, read)),
    secrets: fields.policy.secrets,
  })
  if (issues.length > 0) return issues
  return ownFindings(field, value, pointer, { values: valuesOf(leaves), signal: new AbortController().signal })
}

/** Unchanged as far as the field goes: the time of a consent is not the person's to say. */
function isSame({ field, before, after }: Leaf): boolean {
  if (field.type !== 'consent' || !isJsonObject(before) || !isJsonObject(after)) return equal(before, after)
  return equal({ ...before, at: '' }, { ...after, at: '' })
}

function valuesOf(leaves: readonly Leaf[]): JsonObject {
  return Object.fromEntries(
    leaves.flatMap(({ field, after, path }): readonly [string, JsonValue][] =>
      after === undefined ? [] : [[path.length > field.path.length ? path.join('.') : field.name, after]],
    ),
  )
}

/** The patch with the server's time in every new consent, and without the values that became hidden. */
function amend(
  leaves: readonly Leaf[],
  patch: JsonObject | null,
  after: Stored,
  now: number,
): { readonly patch: JsonObject | null; readonly metadata: JsonObject } {
  let metadata = after.user_metadata
  const touched = new Set<string>()
  const put = (path: readonly string[], value: JsonValue | undefined) => {
    metadata = withValue(metadata, path, value)
    touched.add(path[0] ?? '')
  }
  for (const leaf of leaves) {
    const { field, path, before, after: value } = leaf
    if (field.storage === 'root' || value === undefined || valueAt(metadata, path) === undefined) continue
    if (field.type === 'consent' && isJsonObject(value) && !equal(before, value))
      put(path, isSame(leaf) ? before : { ...value, at: new Date(now).toISOString() })
    if (!leaf.visible && field.onHide === 'clear' && isSame(leaf)) put(path, undefined)
  }
  const changes = [...touched].map((key) => [key, metadata[key] ?? null] as const)
  const amended = touched.size === 0 ? patch : { ...patch, ...Object.fromEntries(changes) }
  return { patch: amended, metadata }
}

/** Card numbers and keys in what no field describes; the fields look after their own. */
function secretIssues({ fields, policy }: Fields, patch: JsonObject, stored: JsonObject): readonly (Issue | null)[] {
  if (policy.secrets === 'allow') return []
  return Object.entries(patch)
    .filter(([key, value]) => !fields.some(({ path }) => path[0] === key) && !equal(stored[key], value))
    .map(([key, value]) => secretIn(value, pointerTo('user_metadata', key)))
}

/** The rules over several fields that the patch breaks, and that were not broken before. */
function crossIssues({ fields, policy }: Fields, before: Stored, after: Stored, creation: boolean): readonly Issue[] {
  const broken = (stored: Stored) => {
    const read = conditionReader(fields, (field) => heldValue(field, stored))
    return policy.rules.filter(({ refuseWhen }) => holds(refuseWhen, read))
  }
  const earlier = creation ? [] : broken(before)
  return broken(after)
    .filter((rule) => !earlier.includes(rule))
    .map(({ field, message }) => {
      const found = fields.find(({ name }) => name === field)
      return { code: 'refused', pointer: found ? pointerOf(found) : '', text: message }
    })
}

function equal(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
