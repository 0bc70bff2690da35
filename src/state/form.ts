// The state of one screen's form: its controls, one submit at a time, and every failure at the place it belongs to.
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { isLatchkeyError, type LatchkeyError } from '../contract/errors.ts'
import { asIssues, type Issue, type Issues } from '../contract/issues.ts'
import { type Control, everyIn, shownIn } from './control.ts'
import type { FieldPart } from './field-part.ts'

export type FormStatus = 'idle' | 'submitting' | 'saved' | 'unchanged'

/** A failure in the summary: of a control, or of the whole form (`control` is null). */
export interface SummaryItem {
  readonly control: Control | null
  readonly issue: Issue
}

/** Where focus belongs after a submit: a control, the summary, or the title of the next step. A new object each time. */
export interface FocusRequest {
  readonly control: Control | null
  readonly place: 'control' | 'summary' | 'step'
}

/** A part of a form that is filled in by itself, one after the other. */
export interface Step {
  /** Null for the first, which has the title of the screen. */
  readonly title: string | null
  readonly controls: readonly Control[]
}

export interface Form {
  /** Every control, the screen's own first. */
  readonly controls: ReadonlySignal<readonly Control[]>
  /** The site's fields, which are fetched. */
  readonly part: FieldPart
  /** At least one; those whose controls are all hidden are left out. */
  readonly steps: ReadonlySignal<readonly Step[]>
  /** Index of the step that stands on screen. */
  readonly step: ReadonlySignal<number>
  readonly status: ReadonlySignal<FormStatus>
  /** Every failure of the last submit that still holds, in order; empty before one failed. */
  readonly summary: ReadonlySignal<readonly SummaryItem[]>
  readonly focus: ReadonlySignal<FocusRequest | null>
  /** Seconds the backend asked to wait before the next try; null when it did not. */
  readonly retryAfter: ReadonlySignal<number | null>
  /** Runs the rules of the step, then goes to the next, or from the last does the action; a second call while one runs does nothing. */
  submit(): Promise<void>
  /** Goes to the step before; nothing is lost. */
  back(): void
  /** Brings the step of a control on screen and focus to it. */
  follow(control: Control): void
  /** Shows a failure that did not come from a submit. */
  refuse(error: LatchkeyError): void
  /** Takes back what was said about the last submit, once the person types again. */
  edited(): void
  /** Takes back every failure, when the screen is left. */
  settle(): void
}

export interface FormOptions {
  /** The controls of the screen's own. */
  readonly standard: readonly Control[]
  readonly part: FieldPart
  /** Sends the values; answers with the status to show, or rejects with the error to show. */
  readonly action: () => Promise<'saved' | 'unchanged' | 'idle'>
  /** Told of every refusal that came from the action. */
  readonly onError: (error: LatchkeyError) => void
}

export function createForm({ standard, part, action, onError }: FormOptions): Form {
  const all = computed((): readonly [Step, ...Step[]] => {
    const [first, ...rest] = part.form.value?.steps ?? []
    return [{ title: null, controls: [...standard, ...(first?.controls ?? [])] }, ...rest]
  })
  const controls = computed(() => all.value.flatMap((step) => step.controls))
  let before: readonly Step[] = []
  const shownSteps = computed(() => {
    const now = all.value.filter((step, index) => index === 0 || step.controls.some(({ visible }) => visible.value))
    // The same list while its steps are the same, so that the form is not drawn for a control of another step.
    if (now.length !== before.length || now.some((step, index) => step !== before[index])) before = now
    return before
  })
  const step = signal(0)
  const status: Signal<FormStatus> = signal('idle')
  const failed = signal(false)
  const whole = signal<readonly Issue[]>([])
  const focus = signal<FocusRequest | null>(null)
  const retryAfter = signal<number | null>(null)
  const summary = computed(() => {
    if (!failed.value) return []
    const atControls = controls.value.flatMap(everyIn).flatMap((control): SummaryItem[] => {
      const { value: issue } = control.issue
      return issue && isSaid(control, issue) ? [{ control, issue }] : []
    })
    return [...whole.value.map((issue): SummaryItem => ({ control: null, issue })), ...atControls]
  })

  const isSubmitting = (): boolean => status.value === 'submitting'
  const stepOf = (control: Control) =>
    shownSteps.value.findIndex((candidate) => candidate.controls.flatMap(shownIn).includes(control))

  function show(issues: readonly Issue[]): void {
    batch(() => {
      const rest: Issue[] = []
      const all = controls.value.flatMap(everyIn)
      for (const issue of issues) {
        const control = controlOf(all, issue)
        if (!control) rest.push(issue)
        else control.issue.value ??= issue
      }
      whole.value = rest
      failed.value = true
      const first = rest.length > 0 ? undefined : all.find(isOpenTo)
      if (first) follow(first)
      else focus.value = { control: null, place: 'summary' }
    })
  }

  function refuse(error: LatchkeyError): void {
    batch(() => {
      retryAfter.value = error.retryAfter
      show(issuesOf(error))
    })
  }

  function follow(control: Control): void {
    const index = stepOf(control)
    if (index >= 0) step.value = index
    focus.value = { control, place: 'control' }
  }

  function goTo(index: number): void {
    batch(() => {
      failed.value = false
      step.value = index
      focus.value = { control: null, place: 'step' }
    })
  }

  function settle(): void {
    batch(() => {
      failed.value = false
      retryAfter.value = null
      whole.value = []
      for (const control of controls.value.flatMap(everyIn)) control.issue.value = null
    })
  }

  return {
    controls,
    part,
    steps: shownSteps,
    step,
    status,
    summary,
    focus,
    retryAfter,
    async submit() {
      if (isSubmitting()) return
      batch(() => {
        settle()
        status.value = 'submitting'
      })
      try {
        // Nothing is sent before the site's fields are there to be asked.
        await part.load()
        const last = step.value >= shownSteps.value.length - 1
        // Values of an earlier step can have made one of this step wrong, and the other way round.
        const asked = last ? controls.value : (shownSteps.value[step.value]?.controls ?? [])
        const checked = await Promise.all(asked.flatMap(shownIn).map((control) => control.check()))
        const broken = asIssues(checked.filter((issue) => issue !== null))
        if (broken) show(broken)
        else if (last) status.value = await action()
        else goTo(step.value + 1)
      } catch (error) {
        if (!isLatchkeyError(error)) throw error
        refuse(error)
        onError(error)
      } finally {
        if (isSubmitting()) status.value = 'idle'
      }
    },
    back: () => goTo(Math.max(0, step.value - 1)),
    follow,
    refuse,
    edited() {
      if (status.value !== 'submitting') status.value = 'idle'
    },
    settle() {
      settle()
      if (status.value !== 'submitting') status.value = 'idle'
    },
  }
}

function issuesOf(error: LatchkeyError): Issues {
  if (error.issues) return error.issues
  return [{ code: error.code, pointer: error.code === 'invalid_credentials' ? '/password' : '' }]
}

/** A hidden control has nothing to say, but that somebody else changed what was to be removed. */
function isSaid({ visible }: Control, { code }: Issue): boolean {
  return visible.value || code === 'version_conflict'
}

/** Whether the person can mend what is wrong at a control. */
function isOpenTo({ issue, visible, readOnly }: Control): boolean {
  return issue.value !== null && visible.value && !readOnly.value
}

/** The innermost control an issue belongs to; an issue of a field that is not in the form belongs to none, never to another one. */
function controlOf(controls: readonly Control[], issue: Issue): Control | undefined {
  const fitting = controls.filter((control) => {
    const pointer = control.pointer()
    return isSaid(control, issue) && (issue.pointer === pointer || issue.pointer.startsWith(`${pointer}/`))
  })
  return fitting.sort((one, other) => other.pointer().length - one.pointer().length)[0]
}
