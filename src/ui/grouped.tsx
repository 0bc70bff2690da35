// What stands around several elements under one name, and the button that takes a value back.
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { emptyValue } from '../fields/codec.ts'
import { Caption, type ControlProps, Failure, Hint, stateOf } from './control-frame.tsx'
import type { MoreControlProps } from './more-controls.tsx'
import { part } from './part.ts'

export interface GroupedProps extends ControlProps {
  readonly role: 'group' | 'radiogroup'
  /** Whether it is a heading over fields with labels of their own, which say themselves whether they are optional. */
  readonly heading?: boolean
  readonly children: ComponentChildren
}

export function Grouped({ role, heading = false, children, ...props }: GroupedProps) {
  const { id, bare, control } = props
  const { 'aria-invalid': invalid, 'aria-required': required, ...described } = stateOf(props)
  return (
    <fieldset
      role={role === 'group' ? undefined : role}
      class={part('field')}
      aria-labelledby={`${id}-label`}
      {...described}
      {...(role === 'radiogroup' && {
        'aria-invalid': invalid,
        'aria-required': required,
        'aria-readonly': control.readOnly.value || undefined,
      })}
    >
      {bare ? null : (
        <p id={`${id}-label`} class={part(heading ? 'group-title' : 'label')}>
          <Caption {...props} marks={!heading} />
        </p>
      )}
      <Hint {...props} />
      {children}
      <Failure {...props} />
    </fieldset>
  )
}

/** For elements that cannot be emptied by themselves; focus goes to the control, as the button leaves. */
export function Clear({ control, field, id, texts }: MoreControlProps) {
  const button = useRef<HTMLButtonElement>(null)
  const value = control.value.value
  if (value === '' || value === null || control.required.value || control.readOnly.value) return null
  return (
    <button
      ref={button}
      type="button"
      class={part('clear')}
      aria-describedby={`${id}-label`}
      onClick={() => {
        button.current?.ownerDocument.getElementById(id)?.focus()
        control.input(emptyValue(field))
      }}
    >
      {texts.clear}
    </button>
  )
}
