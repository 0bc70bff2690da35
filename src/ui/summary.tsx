// The list of everything that kept a form from being sent, with a link to each place.
import type { ReadonlySignal } from '@preact/signals'
import type { Ref } from 'preact'
import type { SummaryItem } from '../state/form.ts'
import { failuresOf, unknownText } from './error-texts.ts'
import type { FailuresProps } from './failures.tsx'
import { part } from './part.ts'

export interface SummaryProps extends FailuresProps {
  readonly items: ReadonlySignal<readonly SummaryItem[]>
  readonly elementRef: Ref<HTMLDivElement>
}

/** An alert that is in the page before its text, so that screen readers announce it (ARIA practices, alert). */
export function Summary({ elementRef, items: { value: items }, ...rest }: SummaryProps) {
  const { messages } = rest
  return (
    <div role="alert" tabIndex={-1} ref={elementRef} class={items.length > 0 ? part('summary') : 'latchkey-part'}>
      {items.length > 0 ? (
        <>
          <p class={part('summary-title')}>{messages.summaryTitle}</p>
          {failuresOf(messages)?.failureList(items, rest) ?? unknownText(messages)}
        </>
      ) : null}
    </div>
  )
}
