// The list of everything that kept a form from being sent, with a link to each place.
import type { ReadonlySignal } from '@preact/signals'
import type { Ref } from 'preact'
import type { Messages } from '../i18n/messages.ts'
import type { Control } from '../state/control.ts'
import type { SummaryItem } from '../state/form.ts'
import { errorText } from './error-texts.ts'
import { FetchedConflict } from './fetched-conflict.tsx'
import { part } from './part.ts'

export interface SummaryProps {
  readonly items: ReadonlySignal<readonly SummaryItem[]>
  readonly messages: Messages
  readonly idOf: (control: Control) => string
  readonly labelOf: (control: Control) => string
  readonly onFollow: (control: Control) => void
  readonly elementRef: Ref<HTMLDivElement>
}

/** A label before the words about it; one that ends as a sentence does needs no colon. */
function nameIn(label: string): string {
  return /[?!.:…]$/.test(label) ? label : `${label}:`
}

/** Whether focus can go there: not to a hidden control, and not to one that is switched off. */
function isReachable({ visible, readOnly, conflict }: Control): boolean {
  return visible.value && !(conflict.value && readOnly.value)
}

/** An alert that is in the page before its text, so that screen readers announce it (ARIA practices, alert). */
export function Summary({ messages, idOf, labelOf, onFollow, elementRef, ...props }: SummaryProps) {
  const items = props.items.value
  return (
    <div role="alert" tabIndex={-1} ref={elementRef} class={items.length > 0 ? part('summary') : 'latchkey-part'}>
      {items.length > 0 ? (
        <>
          <p class={part('summary-title')}>{messages.summaryTitle}</p>
          <ul class={part('summary-list')}>
            {items.map(({ control, issue }) => {
              const text = errorText(
                messages,
                issue,
                control && 'label' in control.source ? control.source.messages : {},
              )
              const said = control ? (
                <>
                  {nameIn(labelOf(control))}{' '}
                  <FetchedConflict control={control} messages={messages}>
                    {text}
                  </FetchedConflict>
                </>
              ) : (
                text
              )
              return (
                <li key={control?.name ?? issue.pointer} class={part('summary-item')}>
                  {control && isReachable(control) ? (
                    <a
                      class={part('summary-link')}
                      href={`#${idOf(control)}`}
                      onClick={(event) => {
                        event.preventDefault()
                        onFollow(control)
                      }}
                    >
                      {said}
                    </a>
                  ) : (
                    said
                  )}
                </li>
              )
            })}
          </ul>
        </>
      ) : null}
    </div>
  )
}
