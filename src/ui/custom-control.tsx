// A control of the site's own: it draws into an element of ours and is told of every change.
import { useEffect, useRef } from 'preact/hooks'
import { Labelled, stateOf } from './control-frame.tsx'
import type { CustomControlHandle, CustomControlState } from './custom-controls.ts'
import type { MoreControlProps } from './more-controls.tsx'

export function CustomControlView(props: MoreControlProps) {
  const { control, field, id, messages, controls } = props
  const host = useRef<HTMLDivElement>(null)
  const handle = useRef<CustomControlHandle | null>(null)
  const described = stateOf(props)
  const state: CustomControlState = {
    value: control.value.value,
    required: control.required.value,
    readOnly: control.readOnly.value,
    invalid: control.issue.value !== null,
    describedBy: described['aria-describedby'],
  }
  const draw = field.control === null ? undefined : controls[field.control]
  useEffect(() => {
    if (!host.current || !draw) return
    const made = draw(host.current, {
      id,
      labelId: `${id}-label`,
      label: field.label,
      language: messages.language,
      state,
      change: control.input,
      leave: control.leave,
    })
    handle.current = made ?? null
    return () => {
      handle.current?.destroy?.()
      handle.current = null
    }
  }, [draw])
  const { value, required, readOnly, invalid, describedBy } = state
  useEffect(() => {
    handle.current?.update?.({ value, required, readOnly, invalid, describedBy })
  }, [value, required, readOnly, invalid, describedBy])
  return (
    <Labelled {...props}>
      <div ref={host} />
    </Labelled>
  )
}
