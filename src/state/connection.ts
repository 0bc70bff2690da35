// What keeps a form from being sent for a while: a browser without a connection, and a server that asked to wait.
import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { type Environment, systemEnvironment } from '../client/environment.ts'

export interface Connection {
  /** `back` once it was lost and is there again. */
  readonly status: ReadonlySignal<'online' | 'offline' | 'back'>
  /** Seconds until the next try makes sense, 0 from then on; null where nobody has to wait. */
  readonly wait: ReadonlySignal<number | null>
  dispose(): void
}

/** Follows the browser's connection, and counts down whenever `retryAfter` has another number of seconds. */
export function createConnection(
  retryAfter: ReadonlySignal<number | null>,
  environment: Environment = systemEnvironment(),
): Connection {
  const { now, startTimer, online, whenOnlineChanges } = environment
  const status = signal<'online' | 'offline' | 'back'>(online() ? 'online' : 'offline')
  const wait = signal<number | null>(null)
  const stopListening = whenOnlineChanges(() => {
    status.value = online() ? 'back' : 'offline'
  })
  const stopCounting = effect(() => {
    const seconds = retryAfter.value
    if (seconds === null) {
      wait.value = null
      return
    }
    // By the clock: timers of a page in the background come late.
    const end = now() + seconds * 1000
    let cancel = () => {}
    const tick = () => {
      const left = Math.max(0, Math.ceil((end - now()) / 1000))
      wait.value = left
      if (left > 0) cancel = startTimer(tick, 1000)
    }
    tick()
    return () => cancel()
  })
  return {
    status,
    wait,
    dispose() {
      stopListening()
      stopCounting()
    },
  }
}
