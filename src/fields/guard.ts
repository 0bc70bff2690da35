// The server's check of a patch: the same rules the forms hold to, over what is stored and what is asked together.
import { asIssues, type Issue, type Issues, pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { jsonBytes, MAX_METADATA_BYTES } from '../contract/limits.ts'
import { own } from './codec.ts'
import { holds } from './condition.ts'
import type { DefinitionPolicy, Fields } from './field.ts'
import { amended } from './guard-amend.ts'
import { leafFindings } from './guard-findings.ts'
import { leavesOf } from './guard-leaves.ts'
import { unknownIn } from './guard-unknown.ts'
import { mergeMetadata } from './merge.ts'
import { metadataIssues, sizeIssue } from './metadata.ts'
import type { Finding } from './own-checks.ts'
import { secretIn } from './secrets.ts'
import { conditionReader, heldValue, pointerOf, type Stored, same } from './stored.ts'

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
  const { patch: asked, root = {}, stored, storedRoot = {}, actor = 'self' } = input
  const policy: DefinitionPolicy = actor === 'self' ? fields.policy : { ...fields.policy, denyList: [] }
  const structural = asked === undefined ? [] : metadataIssues(asked, policy, stored ?? {})
  const patch = isJsonObject(asked) ? asked : null
  if (structural.length > 0 || (asked !== undefined && !patch))
    return { findings: structural, accepted: { patch, root } }

  const clears = stored !== null && patch !== null && Object.keys(patch).length === 0
  const before: Stored = { user_metadata: stored ?? {}, root: storedRoot }
  const after: Stored = {
    user_metadata: clears ? {} : mergeMetadata(stored ?? {}, patch ?? {}),
    root: mergeMetadata(storedRoot, root),
  }
  const screens = stored === null ? (['signUp'] as const) : (['profile', 'ensure'] as const)
  const leaves = leavesOf(fields.fields, { before, after, screens })
  const request = { creation: stored === null, actor, secrets: fields.policy.secrets }
  const { metadata, ...accepted } = amended(leaves, { patch, root }, after, input.now ?? Date.now())
  return {
    findings: [
      ...leaves.flatMap((leaf) => leafFindings(leaf, leaves, request)),
      ...unknownFindings(fields, { patch: patch ?? {}, root }, before, input.unknownKeys ?? 'refuse'),
      ...crossIssues(fields, before, after, stored === null),
      grownIssue(metadata, before.user_metadata, input.maxBytes ?? MAX_METADATA_BYTES),
    ],
    accepted,
  }
}

/** What no field describes: refused, or held to the rules that hold for any value. */
function unknownFindings(
  { fields, policy }: Fields,
  asked: { readonly patch: JsonObject; readonly root: JsonObject },
  before: Stored,
  unknownKeys: 'refuse' | 'allow',
): readonly Finding[] {
  const found = unknownIn(fields, asked.patch, before.user_metadata).map(({ code, pointer, value }): Finding => {
    if (code === 'invalid_type' || unknownKeys === 'refuse') return { code, pointer }
    return policy.secrets === 'refuse' ? secretIn(value, pointer) : null
  })
  if (unknownKeys === 'allow') return found
  const attributes = Object.entries(asked.root)
    .filter(([name, value]) => value !== null && !same(value, own(before.root ?? {}, name)))
    .filter(([name]) => !fields.some((field) => field.storage === 'root' && field.name === name))
  return [...found, ...attributes.map(([name]): Issue => ({ code: 'unknown_field', pointer: pointerTo(name) }))]
}

/** The size rule, for a patch that adds: one that makes metadata of an older limit smaller is right. */
function grownIssue(metadata: JsonObject, before: JsonObject, maxBytes: number): Issue | null {
  const issue = sizeIssue(metadata, maxBytes)
  return issue && jsonBytes(metadata) > jsonBytes(before) ? issue : null
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
