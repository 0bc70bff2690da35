// What a form says while it cannot be sent: that there is no connection, and how long a server asked to wait.
import type { ReadonlySignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { ConnectionMessages } from '../i18n/messages.ts'
import { createConnection } from '../state/connection.ts'
import type { Widget } from '../state/widget.ts'
import { part } from './part.ts'

export interface ConnectionProps {
  readonly retryAfter: ReadonlySignal<number | null>
  readonly environment: Widget['environment']
  readonly texts: ConnectionMessages
}

export function ConnectionNotice({ retryAfter, environment, texts }: ConnectionProps) {
  const connection = useMemo(() => createConnection(retryAfter, environment), [retryAfter, environment])
  useEffect(() => connection.dispose, [connection])
  const status = connection.status.value
  const wait = connection.wait.value
  return (
    <>
      {wait === null || wait === 0 ? null : (
        // A timer is not read out each second (ARIA, timer); its end is, below.
        <p role="timer" class={part('hint')}>
          {texts.retryIn(wait)}
        </p>
      )}
      <div role="status" class="latchkey-part">
        {status === 'offline' ? (
          <p class={part('notice')}>{texts.offline}</p>
        ) : wait === 0 || status === 'back' ? (
          <p class={part('status')}>{wait === 0 ? texts.retryNow : texts.back}</p>
        ) : null}
      </div>
    </>
  )
}
