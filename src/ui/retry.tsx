// The button in the place of something that could not be fetched.
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Messages } from '../i18n/messages.ts'
import { part } from './part.ts'

export interface RetryProps {
  /** Also the id of what comes in its place. */
  readonly id: string
  readonly messages: Messages
  readonly onClick: () => void
}

export function Retry({ id, messages, onClick }: RetryProps) {
  const button = useRef<HTMLButtonElement>(null)
  useLayoutEffect(() => {
    const element = button.current
    return () => {
      // It leaves once it has worked; focus goes to what it brought, and never to the page's body (WCAG 2.4.3).
      if (element?.ownerDocument.activeElement !== element) return
      queueMicrotask(() => element?.ownerDocument.getElementById(id)?.focus())
    }
  }, [id])
  return (
    <button
      ref={button}
      id={id}
      type="button"
      class={part('secondary')}
      // Said here: the label leads to this id, and would be the name else.
      aria-label={messages.tryAgain}
      aria-describedby={`${id}-label`}
      onClick={onClick}
    >
      {messages.tryAgain}
    </button>
  )
}
