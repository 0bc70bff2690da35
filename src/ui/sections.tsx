// The site's fields in a form: under their headings, in columns, and how far the person is in a form of several steps.
import { styles } from 'virtual:latchkey-styles/fields'
import { useComputed } from '@preact/signals'
import type { Ref } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Messages } from '../i18n/messages.ts'
import type { Control } from '../state/control.ts'
import { type FixedField, isFixed } from '../state/fixed-fields.ts'
import type { Step } from '../state/form.ts'
import { ControlView } from './control.tsx'
import type { ControlProps } from './control-frame.tsx'
import { perLanguage } from './fetched.ts'
import { part } from './part.ts'

export { styles }

export interface SectionsProps {
  readonly all: readonly Control[]
  /** Whether nothing stands before them in the form. */
  readonly leading: boolean
  readonly prefix: string
  readonly propsOf: (control: Control) => ControlProps
}

/** Controls under their headings, each section where its first control stands. */
export function Sections({ all, leading, prefix, propsOf }: SectionsProps) {
  const sectionOf = ({ source }: Control) => ('label' in source ? source.section : null)
  const sections = [...new Set(all.map(sectionOf))]
  return (
    <>
      {sections.map((section, index) => {
        const here = all.filter((control) => sectionOf(control) === section)
        if (section === null) return <Columns key="" all={here} propsOf={propsOf} />
        return (
          <Section
            key={section}
            title={section}
            leading={leading && index === 0}
            id={`${prefix}-${index}`}
            all={here}
            propsOf={propsOf}
          />
        )
      })}
    </>
  )
}

interface SectionProps extends Omit<SectionsProps, 'prefix'> {
  readonly title: string
  readonly id: string
}

function Section({ title, leading, id, all, propsOf }: SectionProps) {
  const shown = useComputed(() => all.some(({ visible }) => visible.value))
  if (!shown.value) return null
  return (
    <fieldset aria-labelledby={id} class={`${part('section')}${leading ? ' latchkey-leading' : ''}`}>
      <h3 id={id} class={part('section-title')}>
        {title}
      </h3>
      <Columns all={all} propsOf={propsOf} />
    </fieldset>
  )
}

/** Controls one below the other, halves beside each other where there is room. */
export function Columns({ all, propsOf }: Pick<SectionsProps, 'all' | 'propsOf'>) {
  return (
    <div class={part('columns')}>
      {all.map((control) => (
        <Column key={control.name} {...propsOf(control)} />
      ))}
    </div>
  )
}

function Column(props: ControlProps) {
  const { source, visible } = props.control
  if (!visible.value) return null
  return (
    <div class={part('label' in source && source.width === 'half' ? 'half' : 'full')}>
      {isFixed(source) ? <Fixed {...props} field={source} /> : <ControlView {...props} />}
    </div>
  )
}

const textsOf = perLanguage((messages) => messages.notices())

/** What nobody can change here says so, where a hint stands. */
function Fixed({ field, ...props }: ControlProps & { readonly field: FixedField }) {
  const texts = textsOf(props.messages)
  useEffect(texts.fetch, [texts])
  const reason = texts.part.value?.fixed
  const hint = [field.hint, reason].filter(Boolean).join(' ') || null
  return <ControlView {...props} control={{ ...props.control, source: { ...field, hint } }} />
}

export interface ProgressProps {
  readonly steps: readonly Step[]
  readonly step: number
  readonly messages: Messages
  readonly elementRef: Ref<HTMLParagraphElement>
}

/** Which of how many steps this is; nothing for a form of one. */
export function Progress({ steps, step, messages, elementRef }: ProgressProps) {
  if (steps.length < 2) return null
  const title = steps[step]?.title
  const position = messages.stepOf(step + 1, steps.length)
  return (
    <div class={part('progress')}>
      <p ref={elementRef} tabIndex={-1} class={part('progress-text')}>
        {position}
        {title ? <span class={part('progress-title')}> {title}</span> : null}
      </p>
      <progress class={part('progress-bar')} aria-label={position} max={steps.length} value={step + 1} />
    </div>
  )
}
