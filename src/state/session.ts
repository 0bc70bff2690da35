// Who is signed in, as one signal, and the calls that change it.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Client } from '../client/client.ts'
import { keysOf } from '../contract/issues.ts'
import type { JsonObject } from '../contract/json.ts'
import type { Profile, VersionedProfile } from '../contract/profile.ts'

/** `unknown` until the backend was asked for the first time. */
export type Session<Metadata extends object = JsonObject> =
  | { readonly status: 'unknown' }
  | { readonly status: 'signedOut' }
  | {
      readonly status: 'signedIn'
      readonly user: Profile<Metadata>
      readonly version: string | null
      /** JSON pointers of what this person gave at sign-up and the backend has not stored yet. */
      readonly pending: readonly string[]
    }

/** The same each time, so that nothing is drawn for it. */
export const NONE: readonly string[] = []

/** A profile as a call answered it; a log-in and a sign-up say what is not stored yet. */
export interface TakenProfile<Metadata extends object> extends VersionedProfile<Metadata> {
  readonly pending?: readonly string[]
}

export interface SessionState<Metadata extends object> {
  readonly session: ReadonlySignal<Session<Metadata>>
  /** Takes a profile the backend answered with, or null for nobody: whoever was signed in has logged out. */
  take(profile: TakenProfile<Metadata> | null): void
  /** Takes it that the session is over without anybody's doing: the person may come back to what they were at. */
  end(): void
  /** True while nobody is signed in because the session ended in such a way. */
  hasEnded(): boolean
  /** Asks the backend who is signed in. */
  load(): Promise<void>
}

export function createSession<Metadata extends object>(
  client: Client<Metadata>,
  aborted: AbortSignal,
): SessionState<Metadata> {
  const session = signal<Session<Metadata>>({ status: 'unknown' })
  let asked = 0
  let hasEnded = false

  /** What is not stored by now, of what was said to be pending. */
  function pendingOf({ user, pending }: TakenProfile<Metadata>): readonly string[] {
    const before = session.peek()
    const known = before.status === 'signedIn' && before.user.id === user.id ? before.pending : NONE
    const left = (pending ?? known).filter((pointer) => !Object.hasOwn(user.user_metadata, keysOf(pointer)[1] ?? ''))
    return left.length > 0 ? left : NONE
  }

  function take(profile: TakenProfile<Metadata> | null): void {
    asked += 1
    hasEnded = false
    session.value = profile
      ? { status: 'signedIn', user: profile.user, version: profile.version, pending: pendingOf(profile) }
      : { status: 'signedOut' }
  }

  function end(): void {
    asked += 1
    const { status } = session.peek()
    if (status === 'signedOut') return
    hasEnded = status === 'signedIn'
    session.value = { status: 'signedOut' }
  }

  return {
    session,
    take,
    end,
    hasEnded: () => hasEnded,
    async load() {
      asked += 1
      const question = asked
      const profile = await client.getSession({ signal: aborted })
      // A log-in or log-out that was answered meanwhile is newer than this answer.
      if (question !== asked) return
      if (profile) take(profile)
      else end()
    },
  }
}
