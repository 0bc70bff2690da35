// A consent: its text, where to read it whole, and a box that is never ticked beforehand.
import { isJsonObject } from '../contract/json.ts'
import { consentAnswer } from '../fields/consent.ts'
import { Caption, Failure, Hint, stateOf } from './control-frame.tsx'
import type { MoreControlProps } from './more-controls.tsx'
import { part } from './part.ts'

export function ConsentControl(props: MoreControlProps) {
  const { control, field, id, messages } = props
  const held = control.value.value
  const { 'aria-describedby': described, ...state } = stateOf(props)
  const describedBy = [field.text === null ? '' : `${id}-text`, described].filter(Boolean).join(' ')
  return (
    <div class={part('field')}>
      {field.text === null ? null : (
        <p id={`${id}-text`} class={part('consent-text')}>
          {field.text}
        </p>
      )}
      <div class={part('check')}>
        <input
          id={id}
          name={control.name}
          type="checkbox"
          class={part('checkbox')}
          {...state}
          aria-describedby={describedBy || undefined}
          disabled={control.readOnly.value}
          checked={isJsonObject(held) && held.granted === true}
          onChange={({ currentTarget }) =>
            control.input(consentAnswer(field, currentTarget.checked, Date.now(), messages.language))
          }
          onBlur={() => control.leave()}
        />
        <label id={`${id}-label`} class={part('check-label')} for={id}>
          <Caption {...props} marks={false} />
        </label>
        <div class={part('check-more')}>
          <Hint {...props} />
          {field.link === null ? null : (
            <a class={part('link')} href={field.link.href} target="_blank" rel="noopener">
              {field.link.label}
            </a>
          )}
          <Failure {...props} />
        </div>
      </div>
    </div>
  )
}
