// Parts of the user interface that are fetched when the first form needs them; one state for the whole page.
import { type ReadonlySignal, signal } from '@preact/signals'

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
