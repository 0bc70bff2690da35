// Who is signed in, as one signal, and the calls that change it.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { Client } from '../client/client.ts'
import type { JsonObject } from '../contract/json.ts'
import type { Profile, VersionedProfile } from '../contract/profile.ts'

/** `unknown` until the backend was asked for the first time. */
export type Session<Metadata extends object = JsonObject> =
  | { readonly status: 'unknown' }
  | { readonly status: 'signedOut' }
  | { readonly status: 'signedIn'; readonly user: Profile<Metadata>; readonly version: string | null }

export interface SessionState<Metadata extends object> {
  readonly session: ReadonlySignal<Session<Metadata>>
  /** Takes a profile the backend answered with, or null for nobody. */
  take(profile: VersionedProfile<Metadata> | null): void
  /** Asks the backend who is signed in. */
  load(): Promise<void>
}

export function createSession<Metadata extends object>(
  client: Client<Metadata>,
  aborted: AbortSignal,
): SessionState<Metadata> {
  const session = signal<Session<Metadata>>({ status: 'unknown' })
  let asked = 0
  const take = (profile: VersionedProfile<Metadata> | null) => {
    asked += 1
    session.value = profile
      ? { status: 'signedIn', user: profile.user, version: profile.version }
      : { status: 'signedOut' }
  }
  return {
    session,
    take,
    async load() {
      asked += 1
      const question = asked
      const profile = await client.getSession({ signal: aborted })
      // A log-in or log-out that was answered meanwhile is newer than this answer.
      if (question === asked) take(profile)
    },
  }
}
