// The form of one screen: its steps and sections, its summary, its buttons, and where focus goes when it fails.
import { useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { Messages } from '../i18n/messages.ts'
import { type Control, shownIn } from '../state/control.ts'
import type { Form } from '../state/form.ts'
import type { ScreenName } from '../state/screens.ts'
import type { Widget } from '../state/widget.ts'
import { ControlView, heldBy, isOneElement } from './control.tsx'
import { type ControlProps, captionOf } from './control-frame.tsx'
import type { CustomControls } from './custom-controls.ts'
import { part } from './part.ts'
import { Summary } from './summary.tsx'

export interface FormProps {
  readonly widget: Widget
  readonly screen: ScreenName
  readonly messages: Messages
  readonly controls: CustomControls
  /** Start of every id, unique on the page. */
  readonly prefix: string
}

export function FormView({ widget, screen, messages, controls, prefix }: FormProps) {
  const form = widget.form(screen)
  const root = useRef<HTMLFormElement>(null)
  const summary = useRef<HTMLDivElement>(null)
  const stepTitle = useRef<HTMLParagraphElement>(null)
  const idOf = (control: Control) => `${prefix}-${screen}-${control.name}`
  const elementOf = (control: Control) => root.current?.ownerDocument.getElementById(idOf(control)) ?? null

  useSignalEffect(() => {
    const request = form.focus.value
    if (!request) return
    const { control, place } = request
    // The step that holds the target is drawn first.
    queueMicrotask(() => {
      const target = control ? elementOf(control) : place === 'step' ? stepTitle.current : summary.current
      target?.focus()
    })
  })

  const status = form.status.value
  const steps = form.steps.value
  const step = steps[form.step.value] ?? steps[0]
  const isLast = form.step.value >= steps.length - 1
  const lastControl = form.controls.at(-1)
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
        for (const control of form.controls.flatMap(shownIn)) {
          const element = isOneElement(control) ? elementOf(control) : null
          if (isEditable(element) && !control.readOnly.value) control.value.value = heldBy(element)
        }
        void form.submit()
      }}
    >
      <Summary
        items={form.summary.value}
        messages={messages}
        idOf={idOf}
        labelOf={(control) => captionOf(control, messages).label}
        onFollow={form.follow}
        elementRef={summary}
      />
      {steps.length > 1 ? (
        <div class={part('progress')}>
          <p ref={stepTitle} tabIndex={-1} class={part('progress-text')}>
            {messages.stepOf(form.step.value + 1, steps.length)}
            {step?.title ? <span class={part('progress-title')}> {step.title}</span> : null}
          </p>
          <progress
            class={part('progress-bar')}
            aria-label={messages.stepOf(form.step.value + 1, steps.length)}
            max={steps.length}
            value={form.step.value + 1}
          />
        </div>
      ) : null}
      <Sections
        all={step?.controls ?? []}
        prefix={`${prefix}-${screen}-section`}
        propsOf={(control) => ({
          control,
          id: idOf(control),
          messages,
          status,
          controls,
          last: control === lastControl,
        })}
      />
      <Actions form={form} submit={isLast ? messages.screens[screen].submit : messages.next} messages={messages} />
    </form>
  )
}

interface ActionsProps {
  readonly form: Form
  readonly submit: string
  readonly messages: Messages
}

function Actions({ form, submit, messages }: ActionsProps) {
  const status = form.status.value
  return (
    <>
      <div class={part('actions')}>
        {form.step.value > 0 ? (
          <button type="button" class={part('secondary')} onClick={form.back}>
            {messages.back}
          </button>
        ) : null}
        <button type="submit" class={part('submit')} aria-disabled={status === 'submitting'}>
          {status === 'submitting' ? messages.submitting : submit}
        </button>
      </div>
      <p role="status" class={part('status')}>
        {status === 'saved' || status === 'unchanged' ? messages[status] : null}
      </p>
    </>
  )
}

interface SectionsProps {
  readonly all: readonly Control[]
  readonly prefix: string
  readonly propsOf: (control: Control) => ControlProps
}

/** Controls under their headings, each section where its first control stands. */
function Sections({ all, prefix, propsOf }: SectionsProps) {
  const sectionOf = ({ source }: Control) => ('label' in source ? source.section : null)
  const sections = [...new Set(all.map(sectionOf))]
  return (
    <>
      {sections.map((section, index) => {
        const here = all.filter((control) => sectionOf(control) === section)
        if (section === null) return <Columns key="" all={here} propsOf={propsOf} />
        return <Section key={section} title={section} id={`${prefix}-${index}`} all={here} propsOf={propsOf} />
      })}
    </>
  )
}

function Section({
  title,
  id,
  all,
  propsOf,
}: Omit<SectionsProps, 'prefix'> & { readonly title: string; readonly id: string }) {
  if (!all.some(({ visible }) => visible.value)) return null
  return (
    <fieldset aria-labelledby={id} class={part('section')}>
      <h3 id={id} class={part('section-title')}>
        {title}
      </h3>
      <Columns all={all} propsOf={propsOf} />
    </fieldset>
  )
}

function Columns({ all, propsOf }: Omit<SectionsProps, 'prefix'>) {
  return (
    <div class={part('columns')}>
      {all.map((control) => (
        <Column key={control.name} {...propsOf(control)} />
      ))}
    </div>
  )
}

function Column(props: ControlProps) {
  const { source, visible } = props.control
  if (!visible.value) return null
  return (
    <div class={part('label' in source && source.width === 'half' ? 'half' : 'full')}>
      <ControlView {...props} />
    </div>
  )
}

function isEditable(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  )
}
