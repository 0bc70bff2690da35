// What keeps a plan from being sent: the rules for names, values and sizes, and what this backend cannot do.
import type { Capabilities } from '../contract/capabilities.ts'
import type { Code } from '../contract/codes.ts'
import { LatchkeyError } from '../contract/errors.ts'
import { asIssues, type Issue, pointerTo } from '../contract/issues.ts'
import { jsonBytes } from '../contract/limits.ts'
import { type NamePolicy, ROOT_ATTRIBUTES } from '../contract/names.ts'
import { own } from '../fields/codec.ts'
import { attributeIssues, metadataIssues, sizeIssue } from '../fields/metadata.ts'
import type { Change } from '../fields/three-way.ts'
import type { Wish } from './wish.ts'

/** Notes what cannot be done, at a place inside `user_metadata`, and what to do instead. */
export type Refuse = (code: Code, path: readonly string[], fix: string) => void

/** What a site's developer can do where a backend is not able. */
export const FIXES = {
  unset: 'this backend cannot remove a key; set another value',
  empty: 'this backend cannot be left without a key; keep one',
  null: 'null is no value here; unset the place instead',
  column: 'this backend has no column of this name and would drop the value; add it there, and to its `columns`',
  attribute: 'this backend does not let a person change this attribute; make the field read-only',
} as const

export interface Refusals {
  readonly refuse: Refuse
  readonly take: (issues: readonly Issue[], fix: string) => void
  /** Throws LatchkeyError with everything that was refused. */
  readonly check: () => void
}

export function createRefusals(): Refusals {
  const found: Issue[] = []
  let first = ''
  const take = (issues: readonly Issue[], fix: string) => {
    if (found.length === 0) first = fix
    found.push(...issues)
  }
  return {
    take,
    refuse: (code, path, fix) => take([{ code, pointer: pointerTo('user_metadata', ...path) }], fix),
    check() {
      const issues = asIssues(found)
      if (issues)
        throw new LatchkeyError(issues[0].code, `${issues[0].pointer}: ${first}; nothing was sent`, { issues })
    },
  }
}

/** Notes every rule that the wished values break, and what this backend has no place for. */
export function refusePlan(
  attributes: readonly Change[],
  wish: Wish | null,
  { capabilities, policy }: { readonly capabilities: Capabilities; readonly policy: NamePolicy },
  { take, refuse }: Refusals,
): void {
  const broken = 'breaks a rule'
  const root = Object.fromEntries(attributes.map(({ path, value }) => [path[0] ?? '', value ?? null] as const))
  take(attributeIssues(root), broken)
  const fixed = ROOT_ATTRIBUTES.filter(
    (name) => Object.hasOwn(root, name) && !capabilities.rootAttributes.includes(name),
  )
  take(
    fixed.map((name): Issue => ({ code: 'read_only', pointer: pointerTo(name) })),
    FIXES.attribute,
  )
  if (!wish) return
  const { changes, stored, wished } = wish
  const named = changes.map(({ path: [key = ''] }) => [key, own(wished, key) ?? null] as const)
  take(metadataIssues(Object.fromEntries(named), policy, stored ?? {}), broken)
  for (const [key, value] of named) {
    if (value !== null && capabilities.columns?.includes(key) === false) refuse('unknown_field', [key], FIXES.column)
  }
  for (const { path, value } of changes)
    if (path.length === 1 && value === null) refuse('unsupported', path, FIXES.null)
  const size = sizeIssue(wished, capabilities.maxMetadataBytes)
  // What makes metadata of an older limit smaller is right.
  if (size && !(stored && jsonBytes(wished) <= jsonBytes(stored))) take([size], broken)
}
