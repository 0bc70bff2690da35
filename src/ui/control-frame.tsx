// What every control has around it: label, hint and error as three linked nodes, and what assistive technology is told.
import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import type { Messages } from '../i18n/messages.ts'
import type { Control } from '../state/control.ts'
import type { CustomControls } from './custom-controls.ts'
import { errorText } from './error-texts.ts'
import { FetchedConflict } from './fetched-conflict.tsx'
import { part } from './part.ts'

export interface ControlProps {
  readonly control: Control
  readonly id: string
  readonly messages: Messages
  readonly submitting: ReadonlySignal<boolean>
  readonly last: boolean
  readonly controls: CustomControls
  /** True where its label stands elsewhere, as for an item of a list. */
  readonly bare?: boolean
}

/** Label, hint and whether a value is optional, whichever kind of control it is. */
export function captionOf({ source }: Control, messages: Messages) {
  if ('label' in source) return { label: source.label, hint: source.hint, messages: source.messages }
  return {
    label: messages[source.kind === 'email' ? 'email' : source.name === '$remember' ? 'remember' : source.name],
    hint: source.autocomplete === 'new-password' ? messages.passwordHint : null,
    messages: {},
  }
}

/** The attributes that link a control to its parts and say its state. */
export function stateOf({ control, id, messages }: ControlProps) {
  const issue = control.issue.value
  const { hint } = captionOf(control, messages)
  const described = [hint === null ? '' : `${id}-hint`, issue ? `${id}-error` : ''].filter(Boolean).join(' ')
  return {
    'aria-invalid': issue ? ('true' as const) : undefined,
    'aria-describedby': described || undefined,
    'aria-required': control.required.value ? ('true' as const) : undefined,
  }
}

/** The name of a control for everyone; `optional` is said where a value may be left out. */
export function Caption({ control, id, messages, marks = true }: ControlProps & { readonly marks?: boolean }) {
  const { label } = captionOf(control, messages)
  return (
    <>
      {label}
      {control.required.value || control.readOnly.value || !marks ? null : (
        <span id={`${id}-optional`} class={part('optional')}>
          {' '}
          ({messages.optional})
        </span>
      )}
    </>
  )
}

export function Hint({ control, id, messages }: ControlProps) {
  const { hint } = captionOf(control, messages)
  return hint === null ? null : (
    <p id={`${id}-hint`} class={part('hint')}>
      {hint}
    </p>
  )
}

export function Failure({ control, id, messages }: ControlProps) {
  const issue = control.issue.value
  return (
    <FetchedConflict control={control} id={id} messages={messages}>
      {issue ? (
        <div id={`${id}-error`} class={part('error')}>
          {errorText(messages, issue, captionOf(control, messages).messages)}
        </div>
      ) : control.checking.value ? (
        <p role="status" class={part('note')}>
          {messages.checking}
        </p>
      ) : null}
    </FetchedConflict>
  )
}

/** A control with one element: its label leads to it. In rows, so that controls beside each other are level. */
export function Labelled(props: ControlProps & { readonly children: ComponentChildren }) {
  const { id, bare, children } = props
  return (
    <div class={`${part('field')} latchkey-rows`}>
      {bare ? null : (
        <label id={`${id}-label`} class={part('label')} for={id}>
          <Caption {...props} />
        </label>
      )}
      <Hint {...props} />
      <div class={part('control')}>{children}</div>
      <Failure {...props} />
    </div>
  )
}
