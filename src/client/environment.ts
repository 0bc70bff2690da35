// Everything the library takes from the outside world, in one object, so that a test or a server can hand in its own.
import type { JsonValue } from '../contract/json.ts'
import { sharedStorage, type TextStorage, tabStorage } from './text-storage.ts'

export interface Environment {
  readonly fetch: typeof globalThis.fetch
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Calls back after a number of milliseconds; the answer cancels it. */
  readonly startTimer: (callback: () => void, milliseconds: number) => () => void
  /** Address of the page, or null where there is none: read for fields that say `prefillFrom`, and around a log-in by redirect. */
  readonly location: () => string | null
  /** A word that nobody can guess and nobody has had before. */
  readonly randomId: () => string
  /** Keeps texts for this tab, over a reload. */
  readonly storage: TextStorage
  /** Keeps texts for every tab of this origin, over the end of the browser. */
  readonly sharedStorage: TextStorage
  /** Runs one task of a name at a time, over all tabs of this origin. */
  readonly lock: <Result>(name: string, task: () => Promise<Result>) => Promise<Result>
  /** Hears what other tabs of this origin post under a name, and posts to them. */
  readonly openChannel: (name: string, listener: (message: unknown) => void) => Channel
  /** Leaves the page for another address. */
  readonly goTo: (address: string) => void
  /** Puts another address of the site in place of the page's, without leaving it. */
  readonly replaceAddress: (address: string) => void
  /** False when the browser knows that it has no connection. */
  readonly online: () => boolean
  /** Calls back when that changes; the answer ends it. */
  readonly whenOnlineChanges: (listener: () => void) => () => void
  /** Calls back when the page is shown again out of the back-forward cache; the answer ends it. */
  readonly whenReturned: (listener: () => void) => () => void
}

/** A way to the other tabs. */
export interface Channel {
  post(message: JsonValue): void
  close(): void
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
    sharedStorage: sharedStorage(),
    lock: (name, task) => oneAtATime(name, task),
    openChannel(name, listener) {
      // Node has channels, too, and a program's would never end because of it.
      if (!globalThis.addEventListener) return { post() {}, close() {} }
      const channel = new BroadcastChannel(name)
      channel.onmessage = ({ data }) => listener(data)
      return { post: (message) => channel.postMessage(message), close: () => channel.close() }
    },
    goTo: (address) => globalThis.location.assign(address),
    replaceAddress: (address) => globalThis.history.replaceState(globalThis.history.state, '', address),
    online: () => globalThis.navigator?.onLine !== false,
    whenOnlineChanges(listener) {
      const stop = new AbortController()
      for (const name of ['online', 'offline']) globalThis.addEventListener?.(name, listener, { signal: stop.signal })
      return () => stop.abort()
    },
    whenReturned(listener) {
      const stop = new AbortController()
      const heard = (event: PageTransitionEvent) => {
        if (event.persisted) listener()
      }
      globalThis.addEventListener?.('pageshow', heard, { signal: stop.signal })
      return () => stop.abort()
    },
  }
}

/** Web Locks hold over tabs; pages without TLS have none, and there a lock holds in its own page. */
async function oneAtATime<Result>(name: string, task: () => Promise<Result>): Promise<Result> {
  const { locks } = globalThis.navigator ?? {}
  if (locks) {
    let isStarted = false
    const start = () => {
      isStarted = true
      return task()
    }
    try {
      return await locks.request(name, start)
    } catch (error) {
      // A page without an origin of its own, such as a sandboxed frame, may not lock.
      if (isStarted) throw error
    }
  }
  const result = (queues.get(name) ?? Promise.resolve()).then(task)
  const settled = result.then(
    () => {},
    () => {},
  )
  queues.set(name, settled)
  try {
    return await result
  } finally {
    if (queues.get(name) === settled) queues.delete(name)
  }
}

const queues = new Map<string, Promise<void>>()
