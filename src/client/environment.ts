// Everything the library takes from the outside world, in one object, so that a test or a server can hand in its own.

export interface Environment {
  readonly fetch: typeof globalThis.fetch
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Calls back after a number of milliseconds; the answer cancels it. */
  readonly startTimer: (callback: () => void, milliseconds: number) => () => void
  /** Address of the page, or null where there is none: read only for fields that say `prefillFrom`. */
  readonly location: () => string | null
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
  }
}
