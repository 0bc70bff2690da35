// Between one element of the page and its control: what the element is told, and what it holds.
import type { FieldValue } from '../fields/field.ts'
import type { InputHints } from '../fields/input-hints.ts'
import type { Control } from '../state/control.ts'
import { type ControlProps, stateOf } from './control-frame.tsx'

export type Editable = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** What a date's element holds while what is typed is no whole date: not empty, and never valid. */
export const INCOMPLETE = '?'

const ONE_ELEMENT: readonly string[] = [
  ...['text', 'textarea', 'email', 'tel', 'url', 'number', 'date', 'time', 'datetime', 'month'],
  ...['select', 'checkbox', 'switch'],
]

/** Whether a control's value stands in one element of the page, where a password manager may have changed it. */
export function isOneElement({ source }: Control): boolean {
  return 'kind' in source || (ONE_ELEMENT.includes(source.type) && !source.searchable)
}

export function isEditable(element: Element | null): element is Editable {
  return (
    element instanceof HTMLInputElement ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  )
}

/** What an element holds; also what a password manager put there. */
export function heldBy(element: Editable): FieldValue {
  if (!(element instanceof HTMLInputElement)) return element.value
  if (element.type === 'checkbox') return element.checked
  return element.validity?.badInput && element.value === '' ? INCOMPLETE : element.value
}

export function textOf(control: Control): string {
  return String(control.value.value ?? '')
}

/** What every single element has: identity, state, what browsers are told, and the way back of what is typed. */
export function attributesOf(props: ControlProps, hints: InputHints) {
  const { control, id, last } = props
  const { source } = control
  const take = (event: { readonly currentTarget: Editable }) => control.input(heldBy(event.currentTarget))
  return {
    id,
    name: control.name,
    ...stateOf(props),
    ...hints,
    enterkeyhint: ('label' in source ? source.enterkeyhint : null) ?? (last ? ('go' as const) : ('next' as const)),
    onInput: take,
    onChange: take,
    onBlur: (event: { readonly currentTarget: Editable }) => {
      // A date that was left half typed says so nowhere else.
      const held = heldBy(event.currentTarget)
      if (held === INCOMPLETE) control.input(held)
      // A message that appears between press and release moves the button away from under the pointer.
      if (!event.currentTarget.ownerDocument.querySelector('button:active')) control.leave()
    },
  }
}
