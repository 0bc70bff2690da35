// What is said of failures once there are some: the words for a code, and the list with a link to each place.
import type { ComponentChildren } from 'preact'
import { type ErrorMessages, type Messages, messageOf } from '../i18n/messages.ts'
import type { Control } from '../state/control.ts'
import type { SummaryItem } from '../state/form.ts'
import { failuresOf, type Said, unknownText } from './error-texts.ts'
import { FetchedConflict } from './fetched-conflict.tsx'
import { part } from './part.ts'

export interface FailuresProps {
  readonly messages: Messages
  readonly idOf: (control: Control) => string
  readonly labelOf: (control: Control) => string
  readonly onFollow: (control: Control) => void
}

/** The text for an issue; below it the rules for passwords, in words, as a sign or a colour alone would not reach everybody. */
export function said(texts: ErrorMessages, issue: Said, own?: Readonly<Record<string, string>>): ComponentChildren {
  const text = messageOf(texts, issue, own)
  if (!issue.rules) return text
  return (
    <>
      {text}
      <ul class={part('summary-list')}>
        {issue.rules.map(({ code, verified, params = {} }, index) => {
          const rule = texts.passwordRules[code]
          const named = typeof rule === 'function' ? rule(params) : rule
          return (
            <li key={index} class={part('summary-item')}>
              {verified ? texts.met(named) : texts.unmet(named)}
            </li>
          )
        })}
      </ul>
    </>
  )
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
  const known = failuresOf(messages)
  return (
    <ul class={part('summary-list')}>
      {items.map(({ control, issue }) => {
        const own = control && 'label' in control.source ? control.source.messages : {}
        const text = known ? messageOf(known.texts, issue, own) : unknownText(messages)
        const line = control ? (
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
                {line}
              </a>
            ) : (
              line
            )}
          </li>
        )
      })}
    </ul>
  )
}
