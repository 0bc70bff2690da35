// One control with its label, hint and error as three linked nodes.
import { useSignal } from '@preact/signals'
import type { SelectField } from '../fields/definition.ts'
import { type Messages, messageOf } from '../i18n/messages.ts'
import type { Control } from '../state/control.ts'
import type { FormStatus } from '../state/form.ts'
import { part } from './part.ts'

export interface ControlProps {
  readonly control: Control
  readonly id: string
  readonly messages: Messages
  readonly status: FormStatus
  readonly last: boolean
}

type Editable = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** Everything about a control that follows from its source, whichever kind it is. */
function settingsOf({ source }: Control, messages: Messages) {
  if ('kind' in source) {
    const isNew = source.autocomplete === 'new-password'
    return {
      type: source.kind,
      label: source.kind === 'email' ? messages.email : messages.password,
      hint: isNew ? messages.passwordHint : null,
      required: true,
      autocomplete: source.autocomplete,
    }
  }
  return source
}

/** Labelled control of any type; redraws when its own value or issue changes, and only then. */
export function ControlView({ control, id, messages, status, last }: ControlProps) {
  const settings = settingsOf(control, messages)
  const issue = control.issue.value
  const described = [settings.hint === null ? '' : `${id}-hint`, issue ? `${id}-error` : ''].filter(Boolean).join(' ')
  const attributes = {
    id,
    name: control.name,
    'aria-invalid': issue ? ('true' as const) : undefined,
    'aria-describedby': described || undefined,
    'aria-required': settings.required ? ('true' as const) : undefined,
    autocomplete: settings.autocomplete ?? undefined,
    enterkeyhint: last ? ('go' as const) : ('next' as const),
    onInput: (event: { readonly currentTarget: Editable }) => control.input(heldBy(event.currentTarget)),
    onChange: (event: { readonly currentTarget: Editable }) => control.input(heldBy(event.currentTarget)),
    onBlur: (event: { readonly relatedTarget: EventTarget | null }) => {
      // A message that appears between press and release moves the button away from under the pointer.
      if (!(event.relatedTarget instanceof HTMLButtonElement)) control.leave()
    },
  }
  const label = (
    <label id={`${id}-label`} class={part(settings.type === 'checkbox' ? 'check-label' : 'label')} for={id}>
      {settings.label}
      {settings.required || settings.type === 'checkbox' ? null : (
        <span class={part('optional')}> ({messages.optional})</span>
      )}
    </label>
  )
  const hint =
    settings.hint === null ? null : (
      <p id={`${id}-hint`} class={part('hint')}>
        {settings.hint}
      </p>
    )
  const error = issue ? (
    <p id={`${id}-error`} class={part('error')}>
      {messageOf(messages, issue)}
    </p>
  ) : null
  const text = String(control.value.value)
  if (settings.type === 'checkbox') {
    return (
      <div class={part('field')}>
        <div class={part('check')}>
          <input {...attributes} type="checkbox" class={part('checkbox')} checked={control.value.value === true} />
          {label}
        </div>
        {hint}
        {error}
      </div>
    )
  }
  return (
    <div class={part('field')}>
      {label}
      {hint}
      {settings.type === 'select' && 'options' in settings ? (
        <span class={part('select-box')}>
          <select {...attributes} class={part('select')} value={text}>
            <Options field={settings} value={text} messages={messages} />
          </select>
        </span>
      ) : settings.type === 'textarea' ? (
        <textarea {...attributes} class={part('textarea')} rows={3} value={text} />
      ) : settings.type === 'password' ? (
        <Password attributes={attributes} text={text} messages={messages} busy={status === 'submitting'} />
      ) : settings.type === 'email' ? (
        <input
          {...attributes}
          type="email"
          class={part('input')}
          autocapitalize="none"
          spellcheck={false}
          inputmode="email"
          value={text}
        />
      ) : (
        <input {...attributes} type="text" class={part('input')} value={text} />
      )}
      {error}
    </div>
  )
}

/** What an element holds; also what a password manager put there. */
export function heldBy(element: Editable): string | boolean {
  return element instanceof HTMLInputElement && element.type === 'checkbox' ? element.checked : element.value
}

/** The choices; a stored value that is none of them is offered too, so that an unchanged save keeps it. */
function Options({ field, value, messages }: { field: SelectField; value: string; messages: Messages }) {
  const known = value === '' || field.options.some((option) => option.value === value)
  return (
    <>
      <option value="">{messages.choose}</option>
      {field.options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
      {known ? null : <option value={value}>{value}</option>}
    </>
  )
}

interface PasswordProps {
  readonly attributes: object & { readonly id: string }
  readonly text: string
  readonly messages: Messages
  readonly busy: boolean
}

function Password({ attributes, text, messages, busy }: PasswordProps) {
  const shown = useSignal(false)
  if (busy && shown.value) shown.value = false
  const settings = {
    ...attributes,
    class: `${part('input')} latchkey-password-input`,
    autocapitalize: 'none',
    spellcheck: false,
    value: text,
  } as const
  return (
    <span class={part('password')}>
      {/* Both are the same element to Preact: only its type changes, so what was filled, focus and composition stay. */}
      {shown.value ? <input {...settings} type="text" /> : <input {...settings} type="password" />}
      <button
        type="button"
        class={part('toggle')}
        aria-pressed={shown.value}
        aria-controls={attributes.id}
        aria-describedby={`${attributes.id}-label`}
        onClick={() => {
          shown.value = !shown.value
        }}
      >
        {messages.showPassword}
      </button>
    </span>
  )
}
