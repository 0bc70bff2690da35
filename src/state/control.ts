// The state of one control: its value, its failed rule, when the rule is spoken of, and what other values make of it.

import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { onDemand } from '../client/on-demand.ts'
import { isLatchkeyError } from '../contract/errors.ts'
import type { Issue } from '../contract/issues.ts'
import { isEmpty } from '../contract/json.ts'
import type { Field, FieldValue, Option } from '../fields/field.ts'
import type { ControlConflict } from './conflicts.ts'
import type { StandardControl } from './screens.ts'

/** The choices of a control, or how far the site's own function is with them. */
export interface Choices {
  readonly status: 'ready' | 'loading' | 'failed'
  /** Null where there are none to choose from, or the type has codes of its own. */
  readonly options: readonly Option[] | null
  /** The search that they are the answer to, where there is one. */
  readonly search?: string
}

export interface Control {
  /** Unique in its form; inside a group or a list `address.city`. */
  readonly name: string
  readonly source: StandardControl | Field
  /** What it is called where it does not stand in its place, such as `Person 2, Full name`; null for a control of the screen's own. */
  readonly title: () => string | null
  /** Where its value is in a request, as a JSON pointer. */
  readonly pointer: () => string
  /** What it holds; of a group or a list the parts hold their own. */
  readonly value: Signal<FieldValue>
  readonly issue: Signal<Issue | null>
  /** What is asked, or was decided, where somebody else changed it meanwhile; null for nothing. */
  readonly conflict: ReadonlySignal<ControlConflict | null>
  /** True while a check of the site's own is under way. */
  readonly checking: ReadonlySignal<boolean>
  readonly visible: ReadonlySignal<boolean>
  readonly required: ReadonlySignal<boolean>
  readonly readOnly: ReadonlySignal<boolean>
  readonly choices: ReadonlySignal<Choices>
  /** The controls of a group, or the items of a list. */
  readonly parts: ReadonlySignal<readonly Control[]>
  /** Its whole value, parts included. */
  held(): FieldValue
  /** Takes a whole value, parts included, without a word about rules. */
  fill(held: FieldValue): void
  /** The rule its value breaks now, said or not. */
  check(): Promise<Issue | null>
  /** Takes what was typed; an issue that was shown is checked again. */
  input(value: FieldValue): void
  /** The control was left: content that breaks a rule is spoken of, emptiness not yet. */
  leave(): void
  /** Puts the items of a list in another order, or takes one away or adds one; nothing for other controls. */
  arrange(items: readonly Control[]): void
  /** A new item for a list. */
  makeItem(held: FieldValue): Control | null
  /** Types into the search of a control with choices of the site's function. */
  search(text: string): void
  /** Asks the site's function for choices again. */
  retry(): void
}

export const always: ReadonlySignal<boolean> = signal(true)
export const never: ReadonlySignal<boolean> = signal(false)
export const noConflict: ReadonlySignal<ControlConflict | null> = signal(null)
export const noParts: ReadonlySignal<readonly Control[]> = signal([])
export const noChoices: ReadonlySignal<Choices> = signal({ status: 'ready', options: null })

/** Milliseconds without a key press after which a check of the site's own is asked again. */
const PAUSE = 300

export interface CheckOptions {
  /** The rule a value breaks; the signal aborts when another check has begun. */
  readonly check: (signal: AbortSignal) => Promise<Issue | null>
  /** Resolves after a number of milliseconds; given where the check asks the site's own code. */
  readonly pause: ((milliseconds: number) => Promise<void>) | null
  /** Resolves once nothing on the page is pressed. */
  readonly pressEnded: () => Promise<void>
}

/** When a check is asked, and which of several answers counts: the latest. */
export function createCheck(value: ReadonlySignal<FieldValue>, { check, pause, pressEnded }: CheckOptions) {
  const issue = signal<Issue | null>(null)
  const checking = signal(false)
  let running = new AbortController()

  async function ask(): Promise<Issue | null> {
    running.abort()
    running = new AbortController()
    const { signal: current } = running
    checking.value = pause !== null
    try {
      return await check(current)
    } finally {
      if (!current.aborted) checking.value = false
    }
  }

  async function say(milliseconds: number): Promise<void> {
    running.abort()
    const waiting = new AbortController()
    running = waiting
    if (pause && milliseconds > 0) await pause(milliseconds)
    // A message that appears between press and release moves what is pressed away from under the pointer.
    await pressEnded()
    if (waiting.signal.aborted) return
    const answer = ask()
    const { signal: current } = running
    const found = await answer
    await pressEnded()
    // The same failure again is no change, so nothing is drawn for it.
    if (!current.aborted && JSON.stringify(found) !== JSON.stringify(issue.value)) issue.value = found
  }

  /** While nobody has asked to send anything, a part of the rules that cannot be fetched is no news; a submit will say so. */
  function mention(milliseconds: number): void {
    say(milliseconds).catch((error: unknown) => {
      if (!isLatchkeyError(error)) throw error
    })
  }

  return {
    issue,
    checking,
    check: ask,
    typed() {
      if (issue.value) return mention(PAUSE)
      running.abort()
      checking.value = false
    },
    /** What the value is held to has changed: a failure that is shown is looked at again. */
    changed() {
      if (issue.value) mention(0)
    },
    leave() {
      if (!issue.value && !isEmpty(value.value) && value.value !== false) mention(0)
    },
  }
}

/** A control of the screen's own; `value` can be shared, so that an e-mail address follows from screen to screen. */
export function standardControl(
  source: StandardControl,
  value: Signal<FieldValue>,
  pressEnded: () => Promise<void>,
): Control {
  const rules = createCheck(value, { check: () => standardIssue(source, value.value), pause: null, pressEnded })
  return {
    name: source.name,
    source,
    title: () => null,
    pointer: () => `/${source.name}`,
    value,
    issue: rules.issue,
    conflict: noConflict,
    checking: rules.checking,
    visible: always,
    required: source.kind === 'checkbox' ? never : always,
    readOnly: never,
    choices: noChoices,
    parts: noParts,
    held: () => value.value,
    fill(held) {
      value.value = held
    },
    check: rules.check,
    input(typed) {
      value.value = typed
      rules.typed()
    },
    leave: rules.leave,
    arrange() {},
    makeItem: () => null,
    search() {},
    retry() {},
  }
}

async function standardIssue({ name, kind, autocomplete }: StandardControl, value: FieldValue): Promise<Issue | null> {
  const { emailIssue, passwordIssue, usernameIssue } = await onDemand(() => import('../fields/credentials.ts'))
  if (autocomplete === 'new-password') return passwordIssue(value)
  const pointer = `/${name}`
  if (kind === 'email') return emailIssue(String(value).trim(), pointer)
  if (name === 'username') return usernameIssue(String(value).trim())
  return value === '' ? { code: 'required', pointer } : null
}

/** The control itself and every control inside it. */
export function everyIn(control: Control): readonly Control[] {
  return [control, ...control.parts.value.flatMap(everyIn)]
}

/** Those of them that are shown; what is in a hidden one is hidden itself. */
export function shownIn(control: Control): readonly Control[] {
  return everyIn(control).filter(({ visible }) => visible.value)
}
