// What is said of failures once there are some: the words for a code, and the list with a link to each place.
import type { Messages } from '../i18n/messages.ts'
import type { Control } from '../state/control.ts'
import type { SummaryItem } from '../state/form.ts'
import { errorText } from './error-texts.ts'
import { FetchedConflict } from './fetched-conflict.tsx'
import { part } from './part.ts'

export { messageOf } from '../i18n/messages.ts'

export interface FailuresProps {
  readonly messages: Messages
  readonly idOf: (control: Control) => string
  readonly labelOf: (control: Control) => string
  readonly onFollow: (control: Control) => void
}

/** A label before the words about it; one that ends as a sentence does needs no colon. */
function nameIn(label: string): string {
  return /[?!.:…]$/.test(label) ? label : `${label}:`
}

/** Whether focus can go there: not to a hidden control, and not to one that is switched off. */
function isReachable({ visible, readOnly, conflict }: Control): boolean {
  return visible.value && !(conflict.value && readOnly.value)
}

/** Part of the summary, not a component: it is drawn whenever that is. */
export function failureList(items: readonly SummaryItem[], { messages, idOf, labelOf, onFollow }: FailuresProps) {
  return (
    <ul class={part('summary-list')}>
      {items.map(({ control, issue }) => {
        const text = errorText(messages, issue, control && 'label' in control.source ? control.source.messages : {})
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
  )
}
