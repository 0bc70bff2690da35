// The seam every server family is adapted to: named calls that answer in our shapes or reject with LatchkeyError.
import type { Capabilities } from './capabilities.ts'
import type { LatchkeyError } from './errors.ts'
import type { JsonObject } from './json.ts'
import type { RootAttribute } from './names.ts'
import type { VersionedProfile } from './profile.ts'

/** What a backend needs from the outside for one call; handed in, so nothing below the client touches a global. */
export interface CallContext {
  readonly fetch: typeof globalThis.fetch
  /** Aborts when the caller aborts and when the time limit passes. */
  readonly signal: AbortSignal
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** The access token of whoever is signed in, where this backend's sessions are tokens; null for nobody. */
  readonly token: string | null
  /** With a log-out only: what else to end, where the session is a token; null where there is none. */
  readonly refreshToken?: string | null
  /** One word for this write, the same when a person tries the same again; null for a call that changes nothing. */
  readonly idempotencyKey: string | null
}

/** Standard attributes beside the metadata. */
export type RootAttributes = { readonly [Name in RootAttribute]?: string }

export interface SignUpInput extends RootAttributes {
  readonly email: string
  readonly password: string
  /** Where the backend has them (`capabilities.usernames`). */
  readonly username?: string
  readonly user_metadata?: JsonObject
  /**
   * False makes the account and no session.
   * @default true
   */
  readonly logIn?: boolean
  /**
   * False ends the session with the browser.
   * @default what the backend does without being told
   */
  readonly remember?: boolean
}

export interface Credentials {
  /** What the person logs in with: an e-mail address, or a user name where the backend has them. */
  readonly identifier: string
  readonly password: string
  /**
   * False ends the session with the browser.
   * @default what the backend does without being told
   */
  readonly remember?: boolean
}

/** What a page holds to prove who is signed in, where a backend's sessions are tokens. */
export interface Tokens {
  readonly accessToken: string
  /** Gets the next access token; null where the backend gave none. */
  readonly refreshToken: string | null
  /** Milliseconds since the epoch; null where the backend did not say. */
  readonly expiresAt: number | null
}

/** The answer to a sign-up or log-in. */
export interface SignInAnswer extends VersionedProfile {
  /** Null where a cookie is the proof, or nobody is signed in. */
  readonly tokens: Tokens | null
  /** True where nobody is signed in before the e-mail address is verified; the profile is what was asked for, not what is stored. */
  readonly needsVerification?: boolean
  /** True where the account was made, and whoever it belongs to has to log in on the account system's own page. */
  readonly needsRedirect?: boolean
  /** Why nobody is signed in although the account was made; what its sign-up could not carry waits for the first log-in. */
  readonly refused?: LatchkeyError
}

/** Log-in on a page of the account system's own, which sends the browser back (OAuth 2.0 with PKCE, RFC 7636). */
export interface LogInRedirect {
  /** True where no form of the site's own can log in; false where it is for what such a form cannot ask. */
  readonly only: boolean
  /** Keeps in the tab what the way back is checked against, and answers with the address to go to. */
  start(page: RedirectPage, wish: RedirectWish, context: CallContext): Promise<string>
  /**
   * Signs in whoever came back to this page, and takes what the log-in page has put behind its address away; null where
   * nobody came back. `unauthenticated` when it does not fit what was kept.
   */
  finish(page: RedirectPage, context: CallContext): Promise<SignInAnswer | null>
  /** What was to be found again, for an hour and once; also where nobody logged in. */
  kept(page: RedirectPage): JsonObject | null
  /** Where to go after a log-out, so that those pages forget the person as well; they send the browser on to `returnTo`. */
  logOutAddress(returnTo: string): string
}

export interface RedirectWish {
  /** Who is about to log in, as far as is known: filled in on the other page. */
  readonly identifier?: string
  /** What is to be found again when the browser is back; no credential. */
  readonly keep?: JsonObject
}

/** The page that is left and come back to, and its tab. */
export interface RedirectPage extends Keeping {
  /** Its address, or null where there is none. */
  readonly location: () => string | null
  /** Puts another address in place of the page's, without leaving it. */
  readonly replaceAddress: (address: string) => void
}

/** What changes in a profile, compiled from intents for this backend's capabilities; a part that is absent is left alone. */
export interface ProfileChanges {
  /** Sent as it is: what it does is what the backend declares. Empty only where nothing is meant to be left. */
  readonly user_metadata?: JsonObject
  /** A standard attribute's new value, or null to remove it. */
  readonly root?: JsonObject
}

export interface ProfilePatch extends ProfileChanges {
  /** The version the edit is based on; the backend refuses with `version_conflict` when it is no longer the latest. Null is not asked. */
  readonly version: string | null
}

/** Calls that a form can post to, for the form's real address. */
export type FormCall = 'signUp' | 'logIn' | 'profile'

/** What a sign-up cannot carry, kept for this person's first log-in. */
export interface SignUpOverflow {
  /** Parts metadata into what a sign-up carries and what has to follow. */
  split(metadata: JsonObject): { readonly carried: JsonObject; readonly following: JsonObject }
  /** Keeps what has to follow for the person with this e-mail address; nothing forgets what was kept. */
  keep(email: string, following: JsonObject): void
  /** What was kept for this person, and is not too old. */
  kept(email: string): JsonObject
}

/** A place for texts that outlives the page, and a clock. */
export interface Keeping {
  readonly storage: {
    readonly read: (key: string) => string | null
    readonly write: (key: string, text: string | null) => void
  }
  readonly now: () => number
}

export interface Backend {
  /** Given by a backend whose sign-up takes less than a profile holds. */
  readonly overflow?: (keeping: Keeping) => SignUpOverflow
  /** Name of the account system, the same on every visit: what is kept for a first log-in is kept under it. */
  readonly id: string
  readonly capabilities: Capabilities
  /** Address of a call, for the `action` of its form: where a post lands if the script breaks. */
  address(call: FormCall): string
  signUp(input: SignUpInput, context: CallContext): Promise<SignInAnswer>
  logIn(credentials: Credentials, context: CallContext): Promise<SignInAnswer>
  /** Given by a backend with log-in pages of its own. */
  readonly redirect?: LogInRedirect
  /** Exchanges a refresh token; `unauthenticated` when the session is over. Given by a backend whose tokens end. */
  readonly refresh?: (refreshToken: string, context: CallContext) => Promise<Tokens>
  /** Tokens that a page has from its start, such as those a redirect brought; taken where none are kept. */
  readonly initialTokens?: () => Tokens | null
  logOut(context: CallContext): Promise<void>
  /** The signed-in person's profile, or null for a visitor who is signed out. */
  getSession(context: CallContext): Promise<VersionedProfile | null>
  getProfile(context: CallContext): Promise<VersionedProfile>
  /** Sends the changes; answers with the profile as it is stored now. */
  patchProfile(patch: ProfilePatch, context: CallContext): Promise<VersionedProfile>
}
