// Parts of the user interface that are fetched when the first form needs them; one state for the whole page.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Messages } from '../i18n/messages.ts'

export interface Fetched<Part> {
  readonly part: ReadonlySignal<Part | null>
  readonly failed: ReadonlySignal<boolean>
  /** Fetches it once; again after a failure. */
  fetch(): void
}

export function createFetched<Part>(load: () => Promise<Part>): Fetched<Part> {
  const part = signal<Part | null>(null)
  const failed = signal(false)
  let loading = false
  return {
    part,
    failed,
    fetch() {
      if (loading || part.peek()) return
      loading = true
      failed.value = false
      load()
        .then(
          (loaded) => {
            part.value = loaded
          },
          () => {
            failed.value = true
          },
        )
        .finally(() => {
          loading = false
        })
    },
  }
}

/** The texts of a part, fetched once for each language. */
export function perLanguage<Texts>(
  load: (messages: Messages) => Promise<Texts>,
): (messages: Messages) => Fetched<Texts> {
  const fetched = new WeakMap<Messages, Fetched<Texts>>()
  return (messages) => {
    const known = fetched.get(messages) ?? createFetched(() => load(messages))
    fetched.set(messages, known)
    return known
  }
}
