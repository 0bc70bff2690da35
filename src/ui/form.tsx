// The form of one screen: its controls, its summary, its submit button, and where focus goes when it fails.
import { useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Messages } from '../i18n/messages.ts'
import type { Control } from '../state/control.ts'
import type { ScreenName } from '../state/screens.ts'
import type { Widget } from '../state/widget.ts'
import { ControlView, heldBy } from './control.tsx'
import { part } from './part.ts'
import { Summary } from './summary.tsx'

export interface FormProps {
  readonly widget: Widget
  readonly screen: ScreenName
  readonly messages: Messages
  /** Start of every id, unique on the page. */
  readonly prefix: string
}

export function FormView({ widget, screen, messages, prefix }: FormProps) {
  const form = widget.form(screen)
  const root = useRef<HTMLFormElement>(null)
  const summary = useRef<HTMLDivElement>(null)
  const idOf = (control: Control) => `${prefix}-${screen}-${control.name}`
  const elementOf = (control: Control) => root.current?.ownerDocument.getElementById(idOf(control)) ?? null
  const labelOf = ({ source }: Control) => {
    if ('label' in source) return source.label
    return source.kind === 'email' ? messages.email : messages.password
  }

  useSignalEffect(() => {
    const request = form.focus.value
    if (!request) return
    const target = request.control ? elementOf(request.control) : summary.current
    target?.focus()
  })

  const status = form.status.value
  return (
    <form
      ref={root}
      class={part('form')}
      method="post"
      action={widget.address(screen)}
      noValidate
      aria-busy={status === 'submitting'}
      onInput={form.edited}
      onSubmit={(event) => {
        event.preventDefault()
        // A password manager may have filled a control without an event.
        for (const control of form.controls) {
          const element = elementOf(control)
          if (isEditable(element)) control.value.value = heldBy(element)
        }
        void form.submit()
      }}
    >
      <Summary
        items={form.summary.value}
        messages={messages}
        idOf={idOf}
        labelOf={labelOf}
        onFollow={(control) => elementOf(control)?.focus()}
        elementRef={summary}
      />
      {form.controls.map((control, index) => (
        <ControlView
          key={control.name}
          control={control}
          id={idOf(control)}
          messages={messages}
          status={status}
          last={index === form.controls.length - 1}
        />
      ))}
      <div class={part('actions')}>
        <button type="submit" class={part('submit')} aria-disabled={status === 'submitting'}>
          {status === 'submitting' ? messages.submitting : messages.screens[screen].submit}
        </button>
      </div>
      <p role="status" class={part('status')}>
        {status === 'saved' || status === 'unchanged' ? messages[status] : null}
      </p>
    </form>
  )
}

function isEditable(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  )
}
