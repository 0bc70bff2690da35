// A save of the form: over a profile that somebody else changed meanwhile it is done again, but for what both changed.
import type { Client } from '../client/client.ts'
import { type Conflict, isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
import type { Intents } from '../contract/intents.ts'
import { asIssues, keysOf } from '../contract/issues.ts'
import type { JsonObject, JsonValue } from '../contract/json.ts'
import type { VersionedProfile } from '../contract/profile.ts'
import { heldValue, same, storedIn } from '../fields/stored.ts'
import type { Leaf, News } from './conflicts.ts'
import { type Control, shownIn } from './control.ts'
import type { SessionState } from './session.ts'

export interface SaveContext {
  readonly client: Client
  readonly session: SessionState<JsonObject>
  /** Aborts when the widget is taken off the page. */
  readonly aborted: AbortSignal
}

/**
 * Answers with the profile as it is then, or null where there was nothing to send. Rejects with `version_conflict`
 * where a person has to decide: its issues are at their controls, and all the rest is saved.
 */
export type FieldSave = (context: SaveContext) => Promise<VersionedProfile | null>

export interface FieldSaveOptions {
  readonly controls: readonly Control[]
  readonly leaves: readonly Leaf[]
  readonly intents: () => Intents
}

export interface SavedFields {
  readonly save: FieldSave
  /** What a profile that comes in now is to a control. */
  readonly newsFor: (leaf: Leaf) => News
}

/** How often one save is brought to a newer profile here, beside what the client does by itself. */
const TRIES = 3

export function createFieldSave({ controls, leaves, intents }: FieldSaveOptions): SavedFields {
  /** What the save met whose profile comes in now; null for a profile that no save of this form brought. */
  let met: readonly Conflict[] | null = null

  function take(profile: VersionedProfile, conflicts: readonly Conflict[], { session }: SaveContext): void {
    met = conflicts
    session.take(profile)
    met = null
    for (const { pointer, theirs } of conflicts) {
      const [, name = ''] = keysOf(pointer)
      if (theirs !== undefined) contestEarlierName(name, theirs)
    }
  }

  /** A change under a name that a field had before is about that field, whose own value is under its new name by now. */
  function contestEarlierName(name: string, theirs: JsonValue): void {
    for (const leaf of leaves) {
      const { source } = leaf.control
      if ('label' in source && source.renamedFrom.includes(name))
        leaf.contest(heldValue(source, { user_metadata: { [name]: theirs } }))
    }
  }

  async function isBroken(): Promise<boolean> {
    const open = leaves.filter((leaf) => leaf.isOpen()).map(({ control }) => control)
    const asked = controls.flatMap(shownIn).filter((control) => !open.includes(control))
    const issues = await Promise.all(asked.map((control) => control.check()))
    return issues.some((issue) => issue !== null)
  }

  async function save(context: SaveContext): Promise<VersionedProfile | null> {
    const { client, session, aborted } = context
    let refusal: LatchkeyError | null = null
    let latest: VersionedProfile | null = null
    let isDone = false
    for (const leaf of leaves) leaf.settle()
    for (let tries = 0; tries < TRIES && !isDone; tries += 1) {
      for (const leaf of leaves) leaf.send()
      const wanted = intents()
      isDone = refusal !== null && wanted.length === 0
      // What was typed since the form was checked is not sent along unseen.
      if (isDone || (refusal && (await isBroken()))) break
      const { value: base } = session.session
      if (base.status !== 'signedIn') throw new LatchkeyError('unauthenticated', 'nobody is signed in')
      try {
        const saved = await client.save(wanted, { signal: aborted, base })
        if (saved) take(saved, [], context)
        latest = saved ?? latest
        isDone = true
      } catch (error) {
        if (!isLatchkeyError(error) || !(error.issues || error.code === 'version_conflict')) throw error
        refusal = error
        const newer = await client.getProfile({ signal: aborted }).catch(() => null)
        if (!newer) break
        latest = newer
        if (error.code === 'version_conflict') take(newer, error.conflicts, context)
        // A value can be refused for what somebody else made of another one; else it is just wrong.
        else if (isSameProfile(newer, base)) break
        else session.take(newer)
      }
    }
    const open = leaves.filter((leaf) => leaf.isOpen()).map(({ control }) => control)
    const canDecide = open.some(({ visible, readOnly }) => visible.value && !readOnly.value)
    const issues = asIssues(open.map((control) => ({ code: 'version_conflict', pointer: control.pointer() })))
    if (issues && (canDecide || refusal?.code === 'version_conflict'))
      throw new LatchkeyError('version_conflict', 'somebody else changed it meanwhile', { issues })
    if (refusal && !isDone) throw refusal
    return latest
  }

  return {
    save,
    newsFor({ control }) {
      if (!met) return 'unasked'
      const own = control.pointer()
      return met.some(({ pointer }) => leadsTo(pointer, own) || leadsTo(own, pointer)) ? 'contested' : 'saved'
    },
  }
}

/** Whether two profiles are the same, as far as fields can reach them. */
function isSameProfile({ user: one }: VersionedProfile, { user: other }: VersionedProfile): boolean {
  const [first, second] = [storedIn(one), storedIn(other)]
  return same(first.user_metadata, second.user_metadata) && same(first.root, second.root)
}

/** Whether a pointer is on the way to another, or the same. */
function leadsTo(pointer: string, other: string): boolean {
  return pointer === other || other.startsWith(`${pointer}/`)
}
