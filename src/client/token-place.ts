// Where the tokens of one backend are kept: in memory, or by the site's choice where they outlive the page.
import * as z from 'zod/mini'
import type { Backend } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import type { Environment } from './environment.ts'
import { memoryStorage, type TextStorage } from './text-storage.ts'

/** Until the page is left, until the tab is closed, or for every tab of the browser. */
export type TokenStorage = 'memory' | 'tab' | 'browser'

const heldSchema = z.object({
  /** The same through every renewal, so that nothing is done in the name of who came later. */
  session: z.string(),
  /** False where the session should not outlive the tab. */
  remember: z.boolean(),
  // What the Authorization header can carry (RFC 6750, 2.1); a browser's error would quote anything else.
  accessToken: z.string().check(z.regex(/^[\x21-\x7e]+$/)),
  refreshToken: z.nullable(z.string()),
  expiresAt: z.nullable(z.number()),
})

/** Tokens with the session they belong to. */
export type Held = Readonly<z.infer<typeof heldSchema>>

export interface TokenPlace {
  read(): Held | null
  /** Puts tokens in place of whatever is there; null leaves nothing anywhere. */
  write(held: Held | null): void
}

/** The tokens of a backend, believed once they are such; otherwise throws LatchkeyError `bad_response`, without a word of them. */
export function tokensFrom(given: Held): Held {
  const { success, data } = heldSchema.safeParse(given)
  if (success) return data
  throw new LatchkeyError('bad_response', 'the backend gave tokens that cannot be sent', { retryable: false })
}

/** `backend` is known by its name and its address, as one page can have several. */
export function createTokenPlace(
  backend: Pick<Backend, 'id' | 'address'>,
  environment: Environment,
  tokenStorage: TokenStorage,
): TokenPlace {
  const places: Readonly<Record<TokenStorage, readonly TextStorage[]>> = {
    memory: [memoryStorage()],
    tab: [environment.storage],
    browser: [environment.sharedStorage, environment.storage],
  }
  const here = places[tokenStorage]
  const key = `latchkey tokens ${backend.id} ${wholeAddress(backend.address('logIn'), environment.location())}`

  return {
    read() {
      for (const place of here) {
        const text = place.read(key)
        if (text === null) continue
        const { success, data } = heldSchema.safeParse(parsed(text))
        if (success) return data
        place.write(key, null)
      }
      return null
    },
    write(held) {
      const chosen = held?.remember ? here[0] : here.at(-1)
      for (const place of here) place.write(key, place === chosen && held ? JSON.stringify(held) : null)
    },
  }
}

/** A page's storage is in anyone's reach. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A path means another server on another page. */
function wholeAddress(address: string, page: string | null): string {
  return URL.canParse(address, page ?? undefined) ? new URL(address, page ?? undefined).href : address
}
