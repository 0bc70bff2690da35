// What a save would do, without a request: for developers, tests and pages that ask before they save.
import type { Backend } from '../contract/backend.ts'
import { isLatchkeyError } from '../contract/errors.ts'
import { type Issue, pointerTo } from '../contract/issues.ts'
import type { JsonObject } from '../contract/json.ts'
import { jsonBytes } from '../contract/limits.ts'
import type { NamePolicy } from '../contract/names.ts'
import type { VersionedProfile } from '../contract/profile.ts'
import { same, valueAt } from '../fields/stored.ts'
import { checkPlan, compile, needsStored } from './compile.ts'
import { documentOf, METADATA, type Plan, wishesOver } from './plan.ts'
import { wishOf } from './wish.ts'

export interface PreviewRequest {
  /** The contract's method; a backend of another family has its own for the same. */
  readonly method: 'GET' | 'PATCH'
  /** What is sent; null where there is no body, or it depends on what is read before. */
  readonly body: JsonObject | null
}

export interface Preview {
  /** JSON pointers of the places that get a value. */
  readonly set: readonly string[]
  /** JSON pointers of the places that lose theirs; `/user_metadata` where everything goes and nobody knows what. */
  readonly removed: readonly string[]
  /** What keeps it from being sent, by code and place; then there are no requests. */
  readonly refused: readonly Issue[]
  /** Bytes of `user_metadata` after the save, or null where it depends on what is stored. */
  readonly bytes: number | null
  /** In order, when nobody else saves meanwhile. */
  readonly requests: readonly PreviewRequest[]
}

export function previewOf(
  given: Plan,
  { capabilities }: Pick<Backend, 'capabilities'>,
  policy: NamePolicy,
  base: VersionedProfile | null,
): Preview {
  const stored = base && documentOf(base.user)
  const wishes = wishesOver(given, ...(stored ? [stored] : []))
  const open = wishes.filter(({ path, value }) => !stored || !same(valueAt(stored, path), value))
  const plan: Plan = given.clears ? given : { clears: false, changes: open }
  const places = (isSet: boolean) =>
    open.filter(({ value }) => (value !== undefined) === isSet).map(({ path }) => pointerTo(...path))
  const wish = wishOf(plan, capabilities, stored)
  const isKnown = wish !== null && (stored !== null || plan.clears)
  return {
    set: places(true),
    removed: [...places(false), ...(plan.clears && !stored ? [pointerTo(METADATA)] : [])],
    bytes: isKnown ? jsonBytes(wish.wished) : null,
    ...outcome(),
  }

  function outcome(): Pick<Preview, 'refused' | 'requests'> {
    const reads = base ? base.version === null : needsStored(plan, capabilities)
    const read: readonly PreviewRequest[] = reads ? [{ method: 'GET', body: null }] : []
    const options = { capabilities, policy, stored }
    try {
      if (reads && !base) checkPlan(plan, options)
      const changes = reads && !base ? null : compile(plan, options)
      if (!changes && base) return { refused: [], requests: [] }
      const body = changes && {
        ...changes.root,
        ...(changes.user_metadata && { user_metadata: changes.user_metadata }),
      }
      const after = capabilities.versions ? [] : read
      return { refused: [], requests: [...read, { method: 'PATCH', body }, ...after] }
    } catch (error) {
      if (!isLatchkeyError(error)) throw error
      return { refused: error.issues ?? [], requests: [] }
    }
  }
}
