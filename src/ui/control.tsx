// One control: the kinds that most forms need are here, the others are fetched on first use.
import { useSignal } from '@preact/signals'
import { h } from 'preact'
import type { Field, FieldType, FieldValue, Option } from '../fields/field.ts'
import { inputHints } from '../fields/input-hints.ts'
import type { Control } from '../state/control.ts'
import { Caption, type ControlProps, Failure, Hint, Labelled, stateOf } from './control-frame.tsx'
import { FetchedControl } from './fetched-control.tsx'
import { part } from './part.ts'

type Editable = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** What a date's element holds while what is typed is no whole date: not empty, and never valid. */
const INCOMPLETE = '?'

const DATES: { readonly [Type in FieldType]?: 'date' | 'time' | 'datetime-local' | 'month' } = {
  date: 'date',
  time: 'time',
  datetime: 'datetime-local',
  month: 'month',
}

const ONE_ELEMENT: readonly string[] = [
  ...['text', 'textarea', 'email', 'tel', 'url', 'number', 'date', 'time', 'datetime', 'month', 'color'],
  ...['select', 'checkbox', 'switch'],
]

/** Whether a control's value stands in one element of the page, where a password manager may have changed it. */
export function isOneElement({ source }: Control): boolean {
  return 'kind' in source || (ONE_ELEMENT.includes(source.type) && !source.searchable)
}

/** What an element holds; also what a password manager put there. */
export function heldBy(element: Editable): FieldValue {
  if (!(element instanceof HTMLInputElement)) return element.value
  if (element.type === 'checkbox') return element.checked
  return element.validity?.badInput && element.value === '' ? INCOMPLETE : element.value
}

/** Labelled control of any type; redraws when its own state changes, and only then. */
export function ControlView(props: ControlProps) {
  const { control } = props
  if (!control.visible.value) return null
  const { source } = control
  if ('kind' in source)
    return (
      <Labelled {...props}>
        {source.kind === 'password' ? <Secret {...props} type="password" /> : <Input {...props} type="email" />}
      </Labelled>
    )
  if (source.type === 'checkbox' || source.type === 'switch')
    return <Check {...props} isSwitch={source.type === 'switch'} />
  if (!isOneElement(control)) return <FetchedControl {...props} field={source} />
  return (
    <Labelled {...props}>
      {source.type === 'select' ? (
        <Select {...props} />
      ) : source.type === 'textarea' ? (
        <textarea
          {...attributesOf(props)}
          class={part('textarea')}
          rows={3}
          readOnly={control.readOnly.value}
          value={textOf(control)}
        />
      ) : source.sensitive ? (
        <Secret {...props} type="text" />
      ) : (
        <Input {...props} type={typeOf(source)} />
      )}
    </Labelled>
  )
}

function typeOf({ type }: Field): string {
  // A number input drops what it cannot read; a text with a keypad keeps it, so that it can be corrected.
  if (type === 'number') return 'text'
  return DATES[type] ?? type
}

function textOf(control: Control): string {
  return String(control.value.value ?? '')
}

/** What every single element has: identity, state, what browsers are told, and the way back of what is typed. */
export function attributesOf(props: ControlProps) {
  const { control, id, last } = props
  const { source } = control
  const take = (event: { readonly currentTarget: Editable }) => control.input(heldBy(event.currentTarget))
  const hints =
    'kind' in source
      ? {
          autocomplete: source.autocomplete,
          autocapitalize: 'none' as const,
          inputmode: source.kind === 'email' ? ('email' as const) : undefined,
          spellcheck: false as const,
        }
      : inputHints(source)
  return {
    id,
    name: control.name,
    ...stateOf(props),
    ...hints,
    enterkeyhint: ('label' in source ? source.enterkeyhint : null) ?? (last ? ('go' as const) : ('next' as const)),
    onInput: take,
    onChange: take,
    onBlur: (event: { readonly currentTarget: Editable; readonly relatedTarget: EventTarget | null }) => {
      // A date that was left half typed says so nowhere else.
      const held = heldBy(event.currentTarget)
      if (held === INCOMPLETE) control.input(held)
      // A message that appears between press and release moves the button away from under the pointer.
      if (!(event.relatedTarget instanceof HTMLButtonElement)) control.leave()
    },
  }
}

function Input({ type, ...props }: ControlProps & { readonly type: string }) {
  const { source, readOnly } = props.control
  const text = textOf(props.control)
  const limits =
    'kind' in source || !(source.type in DATES) ? {} : { min: source.min ?? undefined, max: source.max ?? undefined }
  const settings = {
    ...attributesOf(props),
    ...limits,
    class: part(type === 'color' ? 'color' : 'input'),
    readOnly: readOnly.value,
  }
  // Undefined leaves the element alone, with the half of a date that stands in it.
  return h('input', {
    ...settings,
    type,
    disabled: type === 'color' && readOnly.value,
    value: text === INCOMPLETE ? undefined : text,
  })
}

function Check({ isSwitch, ...props }: ControlProps & { readonly isSwitch: boolean }) {
  const { control, id } = props
  return (
    <div class={part('field')}>
      <div class={part('check')}>
        <input
          {...attributesOf(props)}
          type="checkbox"
          role={isSwitch ? 'switch' : undefined}
          class={part(isSwitch ? 'switch' : 'checkbox')}
          aria-readonly={control.readOnly.value || undefined}
          disabled={control.readOnly.value}
          checked={control.value.value === true}
        />
        <label id={`${id}-label`} class={part('check-label')} for={id}>
          <Caption {...props} marks={false} />
        </label>
      </div>
      <Hint {...props} />
      <Failure {...props} />
    </div>
  )
}

/** The choices there are; a stored value that is none of them is offered too, so that an unchanged save keeps it. */
function Select(props: ControlProps) {
  const { control, id, messages } = props
  const { status, options } = control.choices.value
  const value = textOf(control)
  const chosen = options?.find((option) => option.value === value)
  if (status === 'failed') return <TryAgain control={control} id={id} messages={messages} />
  const { 'aria-describedby': described, ...attributes } = attributesOf(props)
  const describedBy = [described, chosen?.description ? `${id}-description` : ''].filter(Boolean).join(' ')
  return (
    <>
      <span class={part('select-box')}>
        <select
          {...attributes}
          aria-describedby={describedBy || undefined}
          aria-busy={status === 'loading' || undefined}
          class={part('select')}
          disabled={control.readOnly.value}
          value={value}
        >
          <option value="">{status === 'loading' ? messages.loading : messages.choose}</option>
          {optionGroups(options ?? []).map(([group, list]) =>
            group === null ? (
              <Options key="" options={list} />
            ) : (
              <optgroup key={group} label={group}>
                <Options options={list} />
              </optgroup>
            ),
          )}
          {value === '' || chosen ? null : <option value={value}>{value}</option>}
        </select>
      </span>
      {chosen?.description ? (
        <p id={`${id}-description`} class={part('hint')}>
          {chosen.description}
        </p>
      ) : null}
    </>
  )
}

function Options({ options }: { readonly options: readonly Option[] }) {
  return (
    <>
      {options.map(({ value, label, disabled }) => (
        <option key={value} value={value} disabled={disabled}>
          {label}
        </option>
      ))}
    </>
  )
}

/** Choices under their headings, in the order the headings come first. */
export function optionGroups(options: readonly Option[]): readonly (readonly [string | null, readonly Option[]])[] {
  const groups = new Map<string | null, Option[]>()
  for (const option of options) {
    const list = groups.get(option.group)
    if (list) list.push(option)
    else groups.set(option.group, [option])
  }
  return [...groups]
}

/** What stands in place of choices that could not be loaded; the rest of the form goes on. */
export function TryAgain({ control, id, messages }: Pick<ControlProps, 'control' | 'id' | 'messages'>) {
  return (
    <div role="alert" class={part('failed')}>
      <p class={part('hint')}>{messages.choicesFailed}</p>
      <button
        id={id}
        type="button"
        class={part('secondary')}
        aria-describedby={`${id}-label`}
        onClick={() => control.retry()}
      >
        {messages.tryAgain}
      </button>
    </div>
  )
}

/** A value that is masked until it is shown: a password, or a text the site calls sensitive. */
function Secret({ type, ...props }: ControlProps & { readonly type: 'password' | 'text' }) {
  const { control, id, messages, status } = props
  const shown = useSignal(false)
  if (status === 'submitting' && shown.value) shown.value = false
  const masked = type === 'text' && !shown.value ? ' latchkey-masked' : ''
  const settings = {
    ...attributesOf(props),
    class: `${part('input')} latchkey-password-input${masked}`,
    autocapitalize: 'none',
    spellcheck: false,
    readOnly: control.readOnly.value,
    value: textOf(control),
  } as const
  return (
    <span class={part('password')}>
      {/* The same element to Preact: only its type changes, so what was filled, focus and composition stay. */}
      {h('input', { ...settings, type: shown.value ? 'text' : type })}
      <button
        type="button"
        class={part('toggle')}
        aria-pressed={shown.value}
        aria-controls={id}
        aria-describedby={`${id}-label`}
        onClick={() => {
          shown.value = !shown.value
        }}
      >
        {messages.showPassword}
      </button>
    </span>
  )
}
