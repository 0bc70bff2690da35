// Everything the library takes from the outside world, in one object, so that a test or a server can hand in its own.
import type { JsonValue } from '../contract/json.ts'
import { type ClientEnvironment, clientEnvironment } from './client-environment.ts'

/** Beside what the calls need, what a page with forms does. */
export interface Environment extends ClientEnvironment {
  /** Hears what other tabs of this origin post under a name, and posts to them. */
  readonly openChannel: (name: string, listener: (message: unknown) => void) => Channel
  /** Leaves the page for another address. */
  readonly goTo: (address: string) => void
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
    ...clientEnvironment(),
    openChannel(name, listener) {
      // Node has channels, too, and a program's would never end because of it.
      if (!globalThis.addEventListener) return { post() {}, close() {} }
      const channel = new BroadcastChannel(name)
      channel.onmessage = ({ data }) => listener(data)
      return { post: (message) => channel.postMessage(message), close: () => channel.close() }
    },
    goTo: (address) => globalThis.location.assign(address),
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
