// The form of one screen: its steps and sections, its summary, its buttons, and where focus goes when it fails.
import { useComputed, useSignalEffect } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Messages } from '../i18n/messages.ts'
import { type Control, shownIn } from '../state/control.ts'
import type { Form } from '../state/form.ts'
import type { ScreenName } from '../state/screens.ts'
import type { Widget } from '../state/widget.ts'
import { type ControlProps, captionOf } from './control-frame.tsx'
import type { CustomControls } from './custom-controls.ts'
import { heldBy, isEditable, isOneElement } from './element-value.ts'
import { fetchErrorTexts } from './error-texts.ts'
import { createFetched, perLanguage } from './fetched.ts'
import { part } from './part.ts'
import { StandardControlView } from './standard-control.tsx'
import { adoptStyles } from './styles.ts'
import { Summary } from './summary.tsx'

export interface FormProps {
  readonly widget: Widget
  readonly screen: ScreenName
  /** True while it waits out of sight, with everything that stands in its elements. */
  readonly hidden: boolean
  readonly messages: Messages
  readonly controls: CustomControls
  /** Start of every id, unique on the page. */
  readonly prefix: string
}

export function FormView({ widget, screen, hidden, messages, controls, prefix }: FormProps) {
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

  // What changes while a person types is read where it is shown: whatever is read here draws the whole form.
  const submitting = useComputed(() => form.status.value === 'submitting')
  const steps = form.steps.value
  const step = form.step.value
  const lastControl = form.controls.value.at(-1)
  const propsOf = (control: Control): ControlProps => ({
    control,
    id: idOf(control),
    messages,
    submitting,
    controls,
    last: control === lastControl,
  })
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a key that presses one of its buttons is a click, too.
    <form
      ref={root}
      hidden={hidden}
      class={part('form')}
      method="post"
      action={widget.address(screen)}
      noValidate
      aria-busy={submitting}
      onFocusIn={() => {
        fetchErrorTexts(messages)
        connection.fetch()
        connectionTexts(messages).fetch()
      }}
      onInput={form.edited}
      onClick={form.edited}
      onSubmit={(event) => {
        event.preventDefault()
        // A password manager may have filled a control without an event.
        for (const control of form.controls.value.flatMap(shownIn)) {
          const element = isOneElement(control) ? elementOf(control) : null
          if (isEditable(element) && !control.readOnly.value) control.value.value = heldBy(element)
        }
        void form.submit()
      }}
    >
      <Summary
        items={form.summary}
        messages={messages}
        idOf={idOf}
        labelOf={(control) => control.title() ?? captionOf(control, messages).label}
        onFollow={form.follow}
        elementRef={summary}
      />
      {sections.part.value ? (
        <sections.part.value.Progress steps={steps} step={step} messages={messages} elementRef={stepTitle} />
      ) : null}
      {(steps[step]?.controls ?? []).map((control) =>
        'kind' in control.source && control.source.kind !== 'checkbox' ? (
          <StandardControlView key={control.name} {...propsOf(control)} source={control.source} />
        ) : null,
      )}
      <FieldsView form={form} messages={messages} prefix={`${prefix}-${screen}-section`} propsOf={propsOf} />
      <ConnectionView form={form} widget={widget} messages={messages} />
      <Actions
        form={form}
        submit={step < steps.length - 1 ? messages.next : messages.screens[screen].submit}
        messages={messages}
      />
    </form>
  )
}

const connection = createFetched(() => import('./connection.tsx'))
const connectionTexts = perLanguage(({ connection: fetch }) => fetch())

/** What is said while the form cannot be sent; fetched when a person begins to fill it in, as it cannot be without a connection. */
function ConnectionView({ form, widget, messages }: Pick<FormProps, 'widget' | 'messages'> & { readonly form: Form }) {
  const loaded = connection.part.value
  const texts = connectionTexts(messages).part.value
  if (!loaded || !texts) return null
  return <loaded.ConnectionNotice retryAfter={form.retryAfter} environment={widget.environment} texts={texts} />
}

const sections = createFetched(() => import('./sections.tsx'))

interface FieldsProps {
  readonly form: Form
  readonly messages: Messages
  readonly prefix: string
  readonly propsOf: (control: Control) => ControlProps
}

/** The site's fields and boxes to tick, or their places until they are fetched; the rest can be filled in meanwhile. */
function FieldsView({ form, messages, prefix, propsOf }: FieldsProps) {
  const { part: fields, steps, step } = form
  const loaded = sections.part.value
  const here = steps.value[step.value]?.controls ?? []
  const own = here.filter(({ source }) => 'label' in source || source.kind === 'checkbox')
  const isReady = fields.status.value === 'ready'
  const isEmpty = isReady && own.length === 0
  const fetch = () => {
    if (isEmpty) return
    sections.fetch()
    // Its failure stands here, in the place of the fields.
    fields.load().catch(() => {})
  }
  useEffect(fetch, [fields])
  // Before the browser draws, and taken back at once when the form leaves the page.
  useLayoutEffect(() => (loaded ? adoptStyles(document, loaded.styles) : undefined), [loaded])
  if (isEmpty) return null
  if (loaded && isReady)
    return <loaded.Sections all={own} leading={own.length === here.length} prefix={prefix} propsOf={propsOf} />
  if (sections.failed.value || fields.status.value === 'failed')
    return (
      <div role="alert" class={part('field')}>
        <p class={part('hint')}>{messages.partFailed}</p>
        <button type="button" class={part('secondary')} onClick={fetch}>
          {messages.tryAgain}
        </button>
      </div>
    )
  return (
    <div class={part('field')}>
      <p role="status" class={part('visually-hidden')}>
        {messages.loading}
      </p>
      {Array.from({ length: (isReady ? 0 : fields.count) + own.length }, (_, index) => (
        <span key={index} class={part('skeleton')} />
      ))}
    </div>
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
