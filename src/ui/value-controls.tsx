// Controls that show their value as more than text: a slider and the address of a picture.
import { fieldAttributes } from './control.tsx'
import { Labelled } from './control-frame.tsx'
import type { MoreControlProps } from './more-controls.tsx'
import { part } from './part.ts'

export function RangeControl(props: MoreControlProps) {
  const { control, field, id, texts } = props
  const text = String(control.value.value ?? '')
  const min = Number(field.min ?? 0)
  const max = Number(field.max ?? 100)
  return (
    <Labelled {...props}>
      <span class={part('range-box')}>
        <input
          {...fieldAttributes(props)}
          type="range"
          class={part('range')}
          min={min}
          max={max}
          step={field.step ?? 1}
          disabled={control.readOnly.value}
          aria-valuetext={text === '' ? texts.notSet : text}
          value={text === '' ? min : text}
        />
        <output class={part('range-value')} for={id}>
          {text === '' ? texts.notSet : text}
        </output>
      </span>
    </Labelled>
  )
}

/** The address of an image; a preview only from the origins the site names, so that no address loads anything by itself. */
export function PictureControl(props: MoreControlProps) {
  const { control, field, texts } = props
  const text = String(control.value.value ?? '').trim()
  const shown = URL.canParse(text) && field.origins.includes(new URL(text).origin)
  return (
    <Labelled {...props}>
      <span class={part('picture-box')}>
        {shown ? (
          <img class={part('picture')} src={text} alt={texts.preview(field.label)} referrerpolicy="no-referrer" />
        ) : null}
        <input
          {...fieldAttributes(props)}
          type="url"
          class={part('input')}
          readOnly={control.readOnly.value}
          value={String(control.value.value ?? '')}
        />
      </span>
    </Labelled>
  )
}
