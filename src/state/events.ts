// The widget's events: what a site can listen to, and the list of who does.
import { reportUncaught } from '../client/uncaught.ts'
import type { LatchkeyError } from '../contract/errors.ts'
import type { JsonObject } from '../contract/json.ts'
import type { Profile } from '../contract/profile.ts'
import type { ScreenName } from './screens.ts'

export interface LatchkeyEvents<Metadata extends object = JsonObject> {
  /** An account was made. `pending` as in `signedIn`. */
  readonly signedUp: SignedUpDetail<Metadata>
  /** A person signed in, by log-in or sign-up, also again after the session had ended. */
  readonly signedIn: SignedInDetail<Metadata>
  /** The person logged out. */
  readonly signedOut: Readonly<Record<never, never>>
  /** A profile was saved. */
  readonly saved: { readonly user: Profile<Metadata> }
  /** A call failed; what the person typed is still there. */
  readonly error: { readonly error: LatchkeyError; readonly screen: ScreenName }
  /** The dialog opened. */
  readonly show: { readonly screen: ScreenName }
  /** The dialog closed. */
  readonly hide: { readonly screen: ScreenName }
}

export interface SignedInDetail<Metadata extends object = JsonObject> {
  readonly user: Profile<Metadata>
  /** JSON pointers of what the person gave at sign-up and the backend has not stored yet. */
  readonly pending: readonly string[]
}

export interface SignedUpDetail<Metadata extends object = JsonObject> extends SignedInDetail<Metadata> {
  /**
   * True where nobody is signed in before the e-mail address is confirmed: whether the account is new is not known, and
   * `user` is what was asked for.
   */
  readonly needsVerification?: boolean
}

export type EventName = keyof LatchkeyEvents

export const EVENT_NAMES: readonly EventName[] = ['signedUp', 'signedIn', 'signedOut', 'saved', 'error', 'show', 'hide']

type Listener<Detail> = (detail: Detail) => void

export interface Events<Metadata extends object> {
  /** Calls the listener on every such event; the answer takes it off again. */
  on<Name extends EventName>(name: Name, listener: Listener<LatchkeyEvents<Metadata>[Name]>): () => void
  emit<Name extends EventName>(name: Name, detail: LatchkeyEvents<Metadata>[Name]): void
  clear(): void
}

export function createEvents<Metadata extends object>(): Events<Metadata> {
  const listeners: { readonly [Name in EventName]: Set<Listener<LatchkeyEvents<Metadata>[Name]>> } = {
    signedUp: new Set(),
    signedIn: new Set(),
    signedOut: new Set(),
    saved: new Set(),
    error: new Set(),
    show: new Set(),
    hide: new Set(),
  }
  return {
    on(name, listener) {
      if (!Object.hasOwn(listeners, name)) {
        throw new TypeError(`on(${JSON.stringify(name)}): no such event; use one of ${EVENT_NAMES.join(', ')}`)
      }
      listeners[name].add(listener)
      return () => {
        listeners[name].delete(listener)
      }
    },
    emit(name, detail) {
      for (const listener of listeners[name]) {
        try {
          listener(detail)
        } catch (error) {
          // A listener of the site must not stop the widget; the page still hears of its mistake.
          reportUncaught(error)
        }
      }
    },
    clear() {
      for (const name of EVENT_NAMES) listeners[name].clear()
    },
  }
}
