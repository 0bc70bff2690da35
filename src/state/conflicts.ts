// Where two people changed the same: what becomes of a control when a newer profile comes in, and what the person decides.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { Issue } from '../contract/issues.ts'
import type { Field, FieldValue } from '../fields/field.ts'
import { isSameAnswer, storedForm } from '../fields/stored.ts'
import type { Control } from './control.ts'

/** A change of somebody else that met the person's own at a control. */
export interface ControlConflict {
  /** Nothing is sent for the control while it is `open`; after that it says what the person decided, until the next save. */
  readonly status: 'open' | 'kept' | 'taken'
  /** What the control would hold for what is stored now. */
  readonly theirs: FieldValue
  /** What the person wants there instead; null for nothing. */
  mine(): FieldValue
  /** Decides for what stands in the control. */
  keep(): void
  /** Puts what is stored into the control. */
  take(): void
}

/** What a newer profile is to a control: the answer to its save, a refusal of it, or news that nobody asked for. */
export type News = 'saved' | 'contested' | 'unasked'

/** A control whose value is saved as one: any but a group, whose parts are. */
export interface Leaf {
  readonly control: Control
  /** What it would hold for what is stored. */
  stored(): FieldValue
  /** Whether it waits for the person's decision; until then nothing is sent for it. */
  isOpen(): boolean
  /** Takes back what was said of a decision, and lets what is stored stand where nothing can be decided any more. */
  settle(): void
  /** Notes what is about to be sent for it. */
  send(): void
  /** Takes in what is stored now; `earlier` is what was stored before. What the person changed stays theirs. */
  meet(earlier: FieldValue, news: News): void
  /** Opens a conflict about a value that is stored elsewhere, such as under an earlier name. */
  contest(theirs: FieldValue): void
}

export interface LeafOptions {
  readonly field: Field
  readonly stored: () => FieldValue
  /** What a save sends for it: null to remove it, undefined for nothing. */
  readonly wish: () => FieldValue | undefined
  /** The control, once it is made. */
  readonly control: () => Control
}

export interface Conflicts {
  /** What is said at the control; null before it was said. */
  readonly conflict: ReadonlySignal<ControlConflict | null>
  readonly leaf: Leaf
  /** Something was typed: that is the decision, where the question had been asked. */
  typed(): void
}

export function createConflicts(issue: Signal<Issue | null>, options: LeafOptions): Conflicts {
  const { field, stored, wish } = options
  const state = signal<ControlConflict | null>(null)
  /** What the save that is under way sends for it. */
  let sent: FieldValue | undefined
  /** That, and what earlier saves sent whose outcome nobody knows. */
  let tried: readonly FieldValue[] = []
  const differ = (one: FieldValue, other: FieldValue) =>
    !isSameAnswer(field, storedForm(field, one), storedForm(field, other))
  const isSaid = () => issue.value?.code === 'version_conflict'

  function decide(status: 'kept' | 'taken', theirs: FieldValue): void {
    batch(() => {
      if (status === 'taken') options.control().fill(theirs)
      state.value = { ...open(theirs), status }
      issue.value = null
    })
  }

  function open(theirs: FieldValue): ControlConflict {
    return {
      status: 'open',
      theirs,
      mine() {
        const held = options.control().held()
        return differ(held, theirs) ? held : null
      },
      keep: () => decide('kept', theirs),
      take: () => decide('taken', theirs),
    }
  }

  function follow(now: FieldValue): void {
    const control = options.control()
    // A list that is filled anew loses its items' focus, so the same is left alone.
    if (JSON.stringify(control.held()) !== JSON.stringify(now)) control.fill(now)
  }

  const leaf: Leaf = {
    get control() {
      return options.control()
    },
    stored,
    isOpen() {
      const { value } = state
      if (value?.status !== 'open') return false
      const { visible, held } = options.control()
      return !visible.value || differ(held(), value.theirs)
    },
    settle() {
      const { readOnly, visible } = options.control()
      if (leaf.isOpen()) {
        if (!visible.value || !readOnly.value) return
        follow(state.value?.theirs ?? stored())
      }
      state.value = null
    },
    send() {
      const wished = leaf.isOpen() ? undefined : wish()
      sent = wished !== undefined && differ(stored(), wished) ? wished : undefined
      if (sent !== undefined) tried = [...tried, sent]
    },
    meet(earlier, news) {
      const now = stored()
      const held = options.control().held()
      const isEdited = differ(earlier, held)
      // What came of the person's own save is no change of somebody else.
      const own = news === 'saved' && sent !== undefined ? sent : tried.find((value) => !differ(value, now))
      if (news !== 'unasked') {
        sent = undefined
        tried = []
      }
      if (own !== undefined) {
        state.value = null
        if (own === null ? !isEdited : !differ(held, own)) follow(now)
        return
      }
      const isRemoved = wish() === null
      const mine = isRemoved ? null : held
      const isNews = differ(earlier, now)
      if (isNews && differ(earlier, mine) && differ(mine, now)) {
        if (!isEdited) follow(now)
        state.value = open(now)
        return
      }
      // What stands in it is theirs already, though the person's wish is still to have nothing there.
      const isWaiting = isRemoved && leaf.isOpen() && !isNews
      if (isWaiting || (isEdited && differ(held, now))) return
      state.value = null
      follow(now)
    },
    contest(theirs) {
      if (differ(options.control().held(), theirs)) state.value = open(theirs)
    },
  }

  return {
    conflict: computed(() => {
      const { value } = state
      return (value?.status === 'open' ? isSaid() : issue.value === null) ? value : null
    }),
    leaf,
    typed() {
      if (state.value?.status === 'open' && !isSaid()) return
      if (isSaid()) issue.value = null
      state.value = null
    },
  }
}
