// Both values of a place that two people changed, and the choice between them.
import { styles } from 'virtual:latchkey-styles/conflict'
import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { FieldValue } from '../fields/field.ts'
import type { ConflictMessages } from '../i18n/messages.ts'
import type { ControlConflict } from '../state/conflicts.ts'
import { readableValue } from './conflict-values.ts'
import { captionOf } from './control-frame.tsx'
import type { ConflictProps } from './fetched-conflict.tsx'
import { part } from './part.ts'
import { adoptStyles } from './styles.ts'

interface ConflictViewProps extends ConflictProps {
  readonly conflict: ControlConflict
  readonly texts: ConflictMessages
}

export function ConflictView({ id, ...props }: ConflictViewProps) {
  // Before the browser draws, and taken back at once when the last of them leaves the page.
  useLayoutEffect(() => adoptStyles(document, styles), [])
  return id === undefined ? <InSummary {...props} /> : <AtControl {...props} id={id} />
}

/** What happened, and what comes of it where nobody can decide. */
function newsOf({ control, texts }: ConflictViewProps): string {
  if (!control.visible.value) return texts.hidden
  return control.readOnly.value ? texts.fixed : texts.changed
}

/** Of a control that is not on the form the values stand here, and nowhere else. */
function InSummary(props: ConflictViewProps) {
  return (
    <>
      {newsOf(props)}
      {props.control.visible.value ? null : <Values {...props} />}
    </>
  )
}

function AtControl(props: ConflictViewProps & { readonly id: string }) {
  const { control, id, conflict, texts } = props
  const root = useRef<HTMLDivElement>(null)
  const isOpen = conflict.status === 'open'
  return (
    <div ref={root} tabIndex={-1} class={part(isOpen ? 'conflict' : 'conflict-done')}>
      {isOpen ? (
        <>
          <div id={`${id}-error`} class={part('conflict-news')}>
            <p class={part('conflict-title')}>{newsOf(props)}</p>
            <Values {...props} />
          </div>
          {control.readOnly.value ? null : <Buttons {...props} root={root} />}
        </>
      ) : null}
      {/* In the page before its text, so that screen readers announce it. */}
      <p role="status" class={part(isOpen ? 'visually-hidden' : 'conflict-note')}>
        {isOpen ? null : texts[conflict.status]}
      </p>
    </div>
  )
}

function Values({ control, conflict, messages, texts }: ConflictViewProps) {
  if (!('label' in control.source)) return null
  const { source } = control
  const linesOf = (value: FieldValue) =>
    readableValue(source, value, {
      texts,
      language: messages.language,
      options: control.choices.value.options ?? [],
    })
  return (
    <div class={part('conflict-values')}>
      {' '}
      <Value name={texts.mine} lines={linesOf(conflict.mine())} />
      <Value name={texts.theirs} lines={linesOf(conflict.theirs)} />
    </div>
  )
}

function Value({ name, lines }: { readonly name: string; readonly lines: readonly string[] }) {
  return (
    <p class={part('conflict-value')}>
      <span class={part('conflict-name')}>{name}:</span>{' '}
      <span class={part('conflict-text')}>
        {lines.map((line) => (
          <span key={line} class={part('conflict-line')}>
            {line}{' '}
          </span>
        ))}
      </span>
    </p>
  )
}

interface ButtonsProps extends ConflictViewProps {
  readonly id: string
  readonly root: RefObject<HTMLDivElement | null>
}

function Buttons({ control, id, conflict, messages, texts, root }: ButtonsProps) {
  const label = control.title() ?? captionOf(control, messages).label
  const decide = (choose: () => void) => () => {
    const box = root.current
    const target = box?.ownerDocument.getElementById(id)
    // The buttons leave: focus goes to the control, or stays here where that takes none.
    target?.focus()
    if (box && box.ownerDocument.activeElement !== target) box.focus()
    choose()
  }
  return (
    <div class={part('conflict-buttons')}>
      {([texts.keepMine, texts.takeTheirs] as const).map(([text, name], index) => (
        <button
          key={text}
          type="button"
          class={`${part('secondary')} latchkey-conflict-button`}
          aria-label={name(label)}
          onClick={decide(index === 0 ? conflict.keep : conflict.take)}
        >
          {text}
        </button>
      ))}
    </div>
  )
}
