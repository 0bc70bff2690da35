// Everything the library takes from the outside world, in one object, so that a test or a server can hand in its own.

export interface Environment {
  readonly fetch: typeof globalThis.fetch
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Calls back after a number of milliseconds; the answer cancels it. */
  readonly startTimer: (callback: () => void, milliseconds: number) => () => void
  /** Address of the page, or null where there is none: read only for fields that say `prefillFrom`. */
  readonly location: () => string | null
  /** A word that nobody can guess and nobody has had before. */
  readonly randomId: () => string
  /** Keeps texts for this tab, over a reload. */
  readonly storage: TabStorage
}

export interface TabStorage {
  read(key: string): string | null
  /** Keeps a text; null takes it away. */
  write(key: string, text: string | null): void
}

/** The environment of a browser or of Node; reads the globals when called, not when loaded. */
export function systemEnvironment(): Environment {
  return {
    fetch: (input, init) => globalThis.fetch(input, init),
    now: () => Date.now(),
    startTimer(callback, milliseconds) {
      const timer = setTimeout(callback, milliseconds)
      return () => clearTimeout(timer)
    },
    location: () => globalThis.location?.href ?? null,
    // Not `randomUUID`, which plain http pages do not have (W3C Web Cryptography).
    randomId: () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(36)).join('-'),
    storage: tabStorage(),
  }
}

/** What a page's own storage takes; a page that has none, or may not use it, keeps it until it is left. */
function tabStorage(): TabStorage {
  const kept = new Map<string, string>()
  const storage = (): Storage | undefined => {
    try {
      return globalThis.sessionStorage
    } catch {
      return undefined
    }
  }
  return {
    read: (key) => kept.get(key) ?? storage()?.getItem(key) ?? null,
    write(key, text) {
      kept.delete(key)
      storage()?.removeItem(key)
      if (text === null) return
      try {
        storage()?.setItem(key, text)
      } catch {
        // It is full.
      }
      if (storage()?.getItem(key) !== text) kept.set(key, text)
    },
  }
}
