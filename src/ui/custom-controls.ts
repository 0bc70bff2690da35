// The seam for controls of the site's own: a function that draws into an element, whatever it draws with.
import type { JsonValue } from '../contract/json.ts'

/** What a control of the site's own is told; anew with every change. */
export interface CustomControlState {
  /** What is stored or was given to `change` last; null for nothing. */
  readonly value: JsonValue
  readonly required: boolean
  readonly readOnly: boolean
  /** True while a failure is shown; its text is in the node that `describedBy` names. */
  readonly invalid: boolean
  /** Ids of the hint and the error, for `aria-describedby`; undefined for neither. */
  readonly describedBy: string | undefined
}

export interface CustomControlContext {
  /** Id that the element which takes focus should have: the label leads to it. */
  readonly id: string
  /** Id of the label, for `aria-labelledby`. */
  readonly labelId: string
  readonly label: string
  /** BCP 47 tag of the widget's language. */
  readonly language: string
  readonly state: CustomControlState
  /** Tells the form what the person entered; null for nothing. */
  change(value: JsonValue): void
  /** Tells the form that the person left the control. */
  leave(): void
}

export interface CustomControlHandle {
  /** Called with every later state. */
  readonly update?: (state: CustomControlState) => void
  /** Called when the control leaves the page. */
  readonly destroy?: () => void
}

/**
 * Draws a control into an element that the widget's style leaves alone.
 *
 * @example
 * const map: CustomControl = (host, { id, labelId, state, change }) => {
 *   const input = document.createElement('input')
 *   input.id = id
 *   input.setAttribute('aria-labelledby', labelId)
 *   input.value = String(state.value ?? '')
 *   input.addEventListener('input', () => change(input.value || null))
 *   host.append(input)
 *   return { update: ({ readOnly }) => { input.readOnly = readOnly } }
 * }
 */
export type CustomControl = (host: HTMLElement, context: CustomControlContext) => CustomControlHandle | undefined

/** Controls of the site's own by the name that fields call them by. */
export type CustomControls = Readonly<Record<string, CustomControl>>
