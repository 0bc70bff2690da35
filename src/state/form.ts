// The state of one screen's form: its controls, one submit at a time, and every failure at the place it belongs to.
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import { asIssues, type Issue, type Issues } from '../contract/codes.ts'
import { fieldOf, isLatchkeyError, type LatchkeyError } from '../contract/errors.ts'
import type { Control } from './control.ts'

export type FormStatus = 'idle' | 'submitting' | 'saved' | 'unchanged'

/** A failure in the summary: of a control, or of the whole form (`control` is null). */
export interface SummaryItem {
  readonly control: Control | null
  readonly issue: Issue
}

/** Where focus belongs after a failed submit; a new object each time, so that asking twice moves it twice. */
export interface FocusRequest {
  readonly control: Control | null
}

export interface Form {
  readonly controls: readonly Control[]
  readonly status: ReadonlySignal<FormStatus>
  /** Every failure of the last submit that still holds, in order; empty before one failed. */
  readonly summary: ReadonlySignal<readonly SummaryItem[]>
  readonly focus: ReadonlySignal<FocusRequest | null>
  /** Runs the rules, then the action; a second call while one runs does nothing. */
  submit(): Promise<void>
  /** Shows a failure that did not come from a submit. */
  refuse(error: LatchkeyError): void
  /** Takes back what was said about the last submit, once the person types again. */
  edited(): void
  /** Takes back every failure, when the screen is left. */
  settle(): void
}

export interface FormOptions {
  readonly controls: readonly Control[]
  /** Sends the values; answers with the status to show, or rejects with the error to show. */
  readonly action: () => Promise<'saved' | 'unchanged' | 'idle'>
  /** Told of every refusal that came from the action. */
  readonly onError: (error: LatchkeyError) => void
}

export function createForm({ controls, action, onError }: FormOptions): Form {
  const status = signal<FormStatus>('idle')
  const failed = signal(false)
  const whole = signal<readonly Issue[]>([])
  const focus = signal<FocusRequest | null>(null)
  const summary = computed(() =>
    failed.value
      ? [
          ...whole.value.map((issue): SummaryItem => ({ control: null, issue })),
          ...controls.flatMap((control): SummaryItem[] =>
            control.issue.value ? [{ control, issue: control.issue.value }] : [],
          ),
        ]
      : [],
  )

  const isSubmitting = (): boolean => status.value === 'submitting'

  function show(issues: readonly Issue[]): void {
    batch(() => {
      const rest: Issue[] = []
      for (const issue of issues) {
        const control = controlOf(controls, issue)
        if (!control) rest.push(issue)
        else control.issue.value ??= issue
      }
      whole.value = rest
      failed.value = true
      focus.value = { control: rest.length > 0 ? null : (controls.find((control) => control.issue.value) ?? null) }
    })
  }

  return {
    controls,
    status,
    summary,
    focus,
    async submit() {
      if (isSubmitting()) return
      batch(() => {
        for (const control of controls) control.issue.value = null
        whole.value = []
        failed.value = false
        status.value = 'submitting'
      })
      try {
        const checked = await Promise.all(controls.map((control) => control.check()))
        const broken = asIssues(checked.filter((issue) => issue !== null))
        if (broken) show(broken)
        else status.value = await action()
      } catch (error) {
        if (!isLatchkeyError(error)) throw error
        show(issuesOf(error))
        onError(error)
      } finally {
        if (isSubmitting()) status.value = 'idle'
      }
    },
    refuse: (error) => show(issuesOf(error)),
    edited() {
      if (status.value !== 'submitting') status.value = 'idle'
    },
    settle() {
      batch(() => {
        failed.value = false
        whole.value = []
        if (status.value !== 'submitting') status.value = 'idle'
        for (const control of controls) control.issue.value = null
      })
    },
  }
}

function issuesOf(error: LatchkeyError): Issues {
  if (error.issues) return error.issues
  return [{ code: error.code, pointer: error.code === 'invalid_credentials' ? '/password' : '' }]
}

/** The control an issue belongs to; an issue of a field that is not in the form belongs to none, never to another one. */
function controlOf(controls: readonly Control[], issue: Issue): Control | undefined {
  const field = fieldOf(issue.pointer)
  return controls.find((control) => control.name === field)
}
