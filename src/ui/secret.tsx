// A value that is masked until it is shown: a password, or a text the site calls sensitive.
import { useSignal } from '@preact/signals'
import { h } from 'preact'
import type { InputHints } from '../fields/input-hints.ts'
import type { ControlProps } from './control-frame.tsx'
import { attributesOf, textOf } from './element-value.ts'
import { part } from './part.ts'

export interface SecretProps extends ControlProps {
  readonly type: 'password' | 'text'
  readonly hints: InputHints
}

export function Secret({ type, hints, ...props }: SecretProps) {
  const { control, id, messages, submitting } = props
  const shown = useSignal(false)
  if (submitting.value && shown.value) shown.value = false
  const masked = type === 'text' && !shown.value ? ' latchkey-masked' : ''
  const settings = {
    ...attributesOf(props, { ...hints, autocapitalize: 'none', spellcheck: false }),
    class: `${part('input')} latchkey-password-input${masked}`,
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
