// Controls that show their value as more than text: a slider, a colour and the address of a picture.
import { fieldAttributes } from './control.tsx'
import { Labelled } from './control-frame.tsx'
import { textOf } from './element-value.ts'
import { Clear } from './grouped.tsx'
import type { MoreControlProps } from './more-controls.tsx'
import { part } from './part.ts'

/** Keys that lead to a slider's first value, where an element that stands there already says nothing of its own. */
const TO_START = /^(Home|PageDown|ArrowLeft|ArrowRight|ArrowDown)$/

export function RangeControl(props: MoreControlProps) {
  const { control, field, texts } = props
  const text = textOf(control)
  const min = Number(field.min ?? 0)
  const { 'aria-required': _, ...attributes } = fieldAttributes(props)
  /** An element of this kind always stands somewhere: what was not chosen yet becomes chosen by touching it. */
  const take = (element: HTMLInputElement) => {
    if (textOf(control) === '' && !control.readOnly.value) control.input(element.value)
  }
  return (
    <Labelled {...props}>
      <span class={part('value-box')}>
        <input
          {...attributes}
          type="range"
          class={`${part('range')}${text === '' ? ' latchkey-unset' : ''}`}
          min={min}
          max={Number(field.max ?? 100)}
          step={field.step ?? 1}
          disabled={control.readOnly.value}
          aria-valuetext={text === '' ? texts.notSet : text}
          value={text === '' ? min : text}
          onClick={(event) => take(event.currentTarget)}
          onKeyUp={(event) => {
            if (TO_START.test(event.key)) take(event.currentTarget)
          }}
        />
        <Value {...props} />
      </span>
    </Labelled>
  )
}

/** A colour nobody looks for: choosing the one that an element shows already would be no change. */
const NO_COLOR = '#7f7f80'

export function ColorControl(props: MoreControlProps) {
  const { control } = props
  const text = textOf(control)
  const { 'aria-required': _, 'aria-invalid': invalid, ...attributes } = fieldAttributes(props)
  return (
    <Labelled {...props}>
      <span class={part('value-box')}>
        <input
          {...attributes}
          type="color"
          class={`${part('color')}${text === '' ? ' latchkey-unset' : ''}${invalid ? ' latchkey-wrong' : ''}`}
          disabled={control.readOnly.value}
          value={text === '' ? NO_COLOR : text}
        />
        <Value {...props} />
      </span>
    </Labelled>
  )
}

/** What an element that always shows something really holds. */
function Value(props: MoreControlProps) {
  const text = textOf(props.control)
  return (
    <>
      <output class={`${part('value')}${text === '' ? ' latchkey-off' : ''}`} for={props.id}>
        {text === '' ? props.texts.notSet : text}
      </output>
      <Clear {...props} />
    </>
  )
}

/** The address of an image; a preview only from the origins the site names, so that no address loads anything by itself. */
export function PictureControl(props: MoreControlProps) {
  const { control, field, texts } = props
  const text = textOf(control)
  const address = text.trim()
  const shown = URL.canParse(address) && field.origins.includes(new URL(address).origin)
  return (
    <Labelled {...props}>
      <span class={part('picture-box')}>
        <input
          {...fieldAttributes(props)}
          type="url"
          class={part('input')}
          readOnly={control.readOnly.value}
          value={text}
        />
        {shown ? (
          <img class={part('picture')} src={address} alt={texts.preview(field.label)} referrerpolicy="no-referrer" />
        ) : null}
      </span>
    </Labelled>
  )
}
