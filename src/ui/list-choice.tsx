// One choice in the list of a combobox.
import type { Option } from '../fields/field.ts'
import { part } from './part.ts'

export interface ListChoiceProps {
  readonly id: string
  readonly option: Option
  readonly isActive: boolean
  readonly isChosen: boolean
  readonly choose: (option: Option) => void
}

export function ListChoice({ id, option, isActive, isChosen, choose }: ListChoiceProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the focus and the keys (ARIA practices).
    <div
      id={id}
      role="option"
      tabIndex={-1}
      class={`${part('listbox-option')}${isActive ? ' latchkey-active' : ''}`}
      aria-selected={isChosen}
      aria-disabled={option.disabled || undefined}
      // The input keeps the focus: else the list would close before the click arrives.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => choose(option)}
    >
      {option.label}
      {option.description === null ? null : <span class={part('choice-description')}>{option.description}</span>}
    </div>
  )
}
