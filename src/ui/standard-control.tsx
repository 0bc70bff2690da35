// The controls of the screens themselves: the e-mail address, the user name and the password.
import { h } from 'preact'
import type { InputHints } from '../fields/input-hints.ts'
import type { StandardControl } from '../state/screens.ts'
import { type ControlProps, Labelled } from './control-frame.tsx'
import { attributesOf, textOf } from './element-value.ts'
import { part } from './part.ts'
import { Secret } from './secret.tsx'

export function StandardControlView({ source, ...props }: ControlProps & { readonly source: StandardControl }) {
  const { kind, autocomplete } = source
  const hints: InputHints = {
    autocomplete,
    inputmode: kind === 'email' ? 'email' : undefined,
    autocapitalize: 'none',
    spellcheck: false,
  }
  return (
    <Labelled {...props}>
      {kind === 'password' ? (
        <Secret {...props} type="password" hints={hints} />
      ) : (
        h('input', { ...attributesOf(props, hints), class: part('input'), type: kind, value: textOf(props.control) })
      )}
    </Labelled>
  )
}
