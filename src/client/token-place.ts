// Where the tokens of one backend are kept: in memory, or by the site's choice where they outlive the page.
import type { Backend, Tokens } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import { isJsonObject } from '../contract/json.ts'
import type { ClientEnvironment } from './client-environment.ts'
import { memoryStorage, type TextStorage } from './text-storage.ts'

/** Until the page is left, until the tab is closed, or for every tab of the browser. */
export type TokenStorage = 'memory' | 'tab' | 'browser'

/** Tokens with the session they belong to. */
export interface Held extends Tokens {
  /** The same through every renewal, so that nothing is done in the name of who came later. */
  readonly session: string
  /** False where the session should not outlive the tab. */
  readonly remember: boolean
}

export interface TokenPlace {
  read(): Held | null
  /** Puts tokens in place of whatever is there; null leaves nothing. */
  write(held: Held | null): void
}

/** What is kept under one key: tokens, or the word that those of a session are in a tab. */
interface Entry {
  readonly session: string
  readonly held: Held | null
}

/** What the Authorization header can carry (RFC 6750, 2.1): an error of the browser would quote anything else. */
const SENDABLE = /^[\x21-\x7e]+$/

/** Tokens of a backend. Throws LatchkeyError `bad_response`, without a word of them, for some that cannot be sent. */
export function checkedTokens({ session, remember, accessToken, refreshToken, expiresAt }: Held): Held {
  // Nothing else of what a backend says is kept.
  if (SENDABLE.test(accessToken)) return { session, remember, accessToken, refreshToken, expiresAt }
  throw new LatchkeyError('bad_response', 'the backend gave a token that no header can carry', { retryable: false })
}

/**
 * `backend` is known by its name and its address, as one page can have several. A browser has one session: where its
 * tokens are in a tab, the others know, and what a tab still has of an earlier one is nothing.
 */
export function createTokenPlace(
  backend: Pick<Backend, 'id' | 'address'>,
  environment: ClientEnvironment,
  tokenStorage: TokenStorage,
): TokenPlace {
  const key = `latchkey tokens ${backend.id} ${wholeAddress(backend.address('logIn'), environment.location())}`
  const places: Readonly<Record<TokenStorage, TextStorage>> = {
    memory: memoryStorage(),
    tab: environment.storage,
    browser: environment.sharedStorage,
  }
  const place = places[tokenStorage]
  const tab = tokenStorage === 'browser' ? environment.storage : null

  function entryOf(storage: TextStorage): Entry | null {
    const text = storage.read(key)
    const entry = text === null ? null : entryIn(text)
    if (text !== null && !entry) storage.write(key, null)
    return entry
  }

  return {
    read() {
      const entry = entryOf(place)
      if (entry?.held || !tab) return entry?.held ?? null
      const mine = entryOf(tab)
      if (mine && mine.session === entry?.session) return mine.held
      if (mine) tab.write(key, null)
      return null
    },
    write(held) {
      const text = held && JSON.stringify(held)
      const isHere = !tab || held?.remember !== false
      tab?.write(key, isHere ? null : text)
      place.write(key, isHere ? text : JSON.stringify({ session: held.session }))
    },
  }
}

/** A page's storage is in anyone's reach: what is not ours is nothing. */
function entryIn(text: string): Entry | null {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch {
    return null
  }
  if (!isJsonObject(found)) return null
  const { session, remember, accessToken, refreshToken, expiresAt } = found
  if (typeof session !== 'string') return null
  if (accessToken === undefined) return { session, held: null }
  if (typeof remember !== 'boolean' || typeof accessToken !== 'string' || !SENDABLE.test(accessToken)) return null
  if (typeof refreshToken !== 'string' && refreshToken !== null) return null
  if (typeof expiresAt !== 'number' && expiresAt !== null) return null
  return { session, held: { session, remember, accessToken, refreshToken, expiresAt } }
}

/** A path means another server on another page. */
function wholeAddress(address: string, page: string | null): string {
  return URL.canParse(address, page ?? undefined) ? new URL(address, page ?? undefined).href : address
}
