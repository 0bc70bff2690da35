// What the calls take from the outside world, in one object, so that a test or a server can hand in its own.
import { sharedStorage, type TextStorage, tabStorage } from './text-storage.ts'

export interface ClientEnvironment {
  readonly fetch: typeof globalThis.fetch
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Calls back after a number of milliseconds; the answer cancels it. */
  readonly startTimer: (callback: () => void, milliseconds: number) => () => void
  /** Address of the page, or null where there is none: read for fields that say `prefillFrom`, and around a log-in by redirect. */
  readonly location: () => string | null
  /** Puts another address of the site in place of the page's, without leaving it. */
  readonly replaceAddress: (address: string) => void
  /** A word that nobody can guess and nobody has had before. */
  readonly randomId: () => string
  /** Keeps texts for this tab, over a reload. */
  readonly storage: TextStorage
  /** Keeps texts for every tab of this origin, over the end of the browser. */
  readonly sharedStorage: TextStorage
  /**
   * Runs one task of a name at a time, over all tabs of this origin.
   * @default Web Locks, where the page may use them
   */
  readonly lock?: <Result>(name: string, task: () => Promise<Result>) => Promise<Result>
}

/** The environment of a browser or of Node; reads the globals when called, not when loaded. */
export function clientEnvironment(): ClientEnvironment {
  return {
    fetch: (input, init) => globalThis.fetch(input, init),
    now: () => Date.now(),
    startTimer(callback, milliseconds) {
      const timer = setTimeout(callback, milliseconds)
      return () => clearTimeout(timer)
    },
    location: () => globalThis.location?.href ?? null,
    replaceAddress: (address) => globalThis.history.replaceState(globalThis.history.state, '', address),
    // Not `randomUUID`, which plain http pages do not have (W3C Web Cryptography).
    randomId: () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join('-'),
    storage: tabStorage(),
    sharedStorage: sharedStorage(),
  }
}
