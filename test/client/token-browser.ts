// One browser of a person, for tests of sessions by token: tabs that share a storage and a clock, and what is kept where.
import type { ClientEnvironment } from '../../src/client/client-environment.ts'
import { clientEnvironment } from '../../src/client/client-environment.ts'
import type { TextStorage } from '../../src/client/text-storage.ts'

export interface TokenBrowser {
  /** Milliseconds since the epoch; a test moves it. */
  now: number
  /** What every tab can read. */
  readonly shared: ReadonlyMap<string, string>
  /** What each tab keeps for itself, by the order of opening. */
  readonly tabs: readonly ReadonlyMap<string, string>[]
  /** Opens a tab, whose timers are never over unless told otherwise. */
  tab(changes?: Partial<ClientEnvironment>): ClientEnvironment
  /** Everything that is kept anywhere, as one text. */
  everything(): string
  /** Puts a text where every tab can read it, as another program of the page would. */
  plant(key: string, text: string): void
}

/** `onWrite` hears of every text that is kept or, with null, taken away, and whether all tabs see it. */
export function createTokenBrowser(onWrite: (text: string | null, isShared: boolean) => void = () => {}): TokenBrowser {
  const shared = new Map<string, string>()
  const tabs: Map<string, string>[] = []

  const storageIn = (kept: Map<string, string>): TextStorage => ({
    read: (key) => kept.get(key) ?? null,
    write(key, text) {
      onWrite(text, kept === shared)
      if (text === null) kept.delete(key)
      else kept.set(key, text)
    },
  })

  const browser: TokenBrowser = {
    now: Date.UTC(2026, 0, 1),
    shared,
    tabs,
    tab(changes = {}) {
      const own = new Map<string, string>()
      tabs.push(own)
      return {
        ...clientEnvironment(),
        now: () => browser.now,
        startTimer: () => () => {},
        storage: storageIn(own),
        sharedStorage: storageIn(shared),
        ...changes,
      }
    },
    everything: () => JSON.stringify([shared, ...tabs].map((kept) => [...kept])),
    plant: (key, text) => void shared.set(key, text),
  }
  return browser
}

/** The code that a call is refused with, or null for one that is answered. */
export async function codeOf(call: Promise<unknown>): Promise<string | null> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof Error && 'code' in error ? String(error.code) : error === null ? null : String(error)
}
