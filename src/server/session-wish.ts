// What session a sign-up or log-in asks for: how it is carried, and whether it outlives the browser.
import type { Issue } from '../contract/issues.ts'
import type { JsonObject } from '../contract/json.ts'

/** Carried by a cookie, by a token that the page holds, or not begun at all. */
export type SessionKind = 'cookie' | 'bearer' | 'none'

export interface SessionWish {
  readonly kind: SessionKind
  /** False ends the session with the browser. */
  readonly remember: boolean
}

/** The keys of a body that say it. */
export const WISH_KEYS: readonly string[] = ['session', 'remember']

/** What is wrong with the wish in a body where only some kinds are on offer. */
export function wishIssues({ session, remember }: JsonObject, kinds: readonly SessionKind[]): readonly Issue[] {
  const isKind = session === undefined || kinds.some((kind) => kind === session)
  const code = typeof session === 'string' ? 'invalid_value' : 'invalid_type'
  return [
    ...(isKind ? [] : [{ code, pointer: '/session' } as const]),
    ...(remember === undefined || typeof remember === 'boolean'
      ? []
      : [{ code: 'invalid_type', pointer: '/remember' } as const]),
  ]
}

export function wishOf({ session, remember }: JsonObject): SessionWish {
  return { kind: session === 'bearer' || session === 'none' ? session : 'cookie', remember: remember !== false }
}
