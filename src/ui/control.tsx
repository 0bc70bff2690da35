// One control: the kinds that most forms need are here, the others are fetched on first use.
import { h } from 'preact'
import type { Field, FieldType, Option } from '../fields/field.ts'
import { inputHints } from '../fields/input-hints.ts'
import { Caption, type ControlProps, Failure, Hint, Labelled } from './control-frame.tsx'
import { attributesOf, INCOMPLETE, isOneElement, textOf } from './element-value.ts'
import { FetchedControl } from './fetched-control.tsx'
import { part } from './part.ts'
import { Retry } from './retry.tsx'
import { Secret } from './secret.tsx'

const DATES: { readonly [Type in FieldType]?: 'date' | 'time' | 'datetime-local' | 'month' } = {
  date: 'date',
  time: 'time',
  datetime: 'datetime-local',
  month: 'month',
}

/** Labelled control of any type; redraws when its own state changes, and only then. */
export function ControlView(props: ControlProps) {
  const { control } = props
  if (!control.visible.value) return null
  const { source } = control
  // Of the screen's own controls only a box to tick comes with the fields.
  if ('kind' in source) return <Check {...props} isSwitch={false} />
  if (source.type === 'checkbox' || source.type === 'switch')
    return <Check {...props} isSwitch={source.type === 'switch'} />
  if (!isOneElement(control)) return <FetchedControl {...props} field={source} />
  return (
    <Labelled {...props}>
      {source.type === 'select' ? (
        <Select {...props} />
      ) : source.type === 'textarea' ? (
        <textarea
          {...fieldAttributes(props)}
          class={part('textarea')}
          rows={3}
          readOnly={control.readOnly.value}
          value={textOf(control)}
        />
      ) : source.sensitive ? (
        <Secret {...props} type="text" hints={inputHints(source)} />
      ) : (
        <Input {...props} type={typeOf(source)} />
      )}
    </Labelled>
  )
}

/** What every single element of a field has. */
export function fieldAttributes(props: ControlProps) {
  const { source } = props.control
  return attributesOf(props, 'label' in source ? inputHints(source) : NO_HINTS)
}

const NO_HINTS = { autocomplete: undefined, inputmode: undefined, autocapitalize: undefined, spellcheck: undefined }

function typeOf({ type }: Field): string {
  // A number input drops what it cannot read; a text with a keypad keeps it, so that it can be corrected.
  if (type === 'number') return 'text'
  return DATES[type] ?? type
}

function Input({ type, ...props }: ControlProps & { readonly type: string }) {
  const { source, readOnly } = props.control
  const text = textOf(props.control)
  const limits =
    'kind' in source || !(source.type in DATES) ? {} : { min: source.min ?? undefined, max: source.max ?? undefined }
  const settings = {
    ...fieldAttributes(props),
    ...limits,
    class: part('input'),
    readOnly: readOnly.value,
  }
  // Undefined leaves the element alone, with the half of a date that stands in it.
  return h('input', { ...settings, type, value: text === INCOMPLETE ? undefined : text })
}

function Check({ isSwitch, ...props }: ControlProps & { readonly isSwitch: boolean }) {
  const { control, id } = props
  return (
    <div class={`${part('field')} latchkey-rows`}>
      {/* In a box of its own: a row that is shared has no least height in every browser. */}
      <div class={part('control')}>
        <div class={part('check')}>
          <input
            {...fieldAttributes(props)}
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
          <div class={part('check-more')}>
            <Hint {...props} />
            <Failure {...props} />
          </div>
        </div>
      </div>
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
  const { 'aria-describedby': described, ...attributes } = fieldAttributes(props)
  const describedBy = [described, chosen?.description ? `${id}-description` : ''].filter(Boolean).join(' ')
  return (
    <>
      <span class={`${part('select-box')}${control.readOnly.value ? ' latchkey-fixed' : ''}`}>
        <select
          {...attributes}
          aria-describedby={describedBy || undefined}
          aria-busy={status === 'loading' || undefined}
          class={`${part('select')}${value === '' ? ' latchkey-off' : ''}`}
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
        <p id={`${id}-description`} class={part('note')}>
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
      <p class={part('failed-text')}>{messages.choicesFailed}</p>
      <Retry id={id} messages={messages} onClick={control.retry} />
    </div>
  )
}
