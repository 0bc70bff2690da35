// Log-in on the account system's own page: what is kept in the tab until the browser is back, brought along by backends with such a page.
import * as z from 'zod/mini'
import type { CallContext, LogInRedirect, RedirectPage, RedirectWish, SignInAnswer } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'

/** The two ends of the way, as the account system has them. */
export interface RedirectSteps {
  /** Where to go, and what the way back is checked against: of no use without what only that way brings. */
  start(page: string, wish: RedirectWish): Promise<{ readonly address: string; readonly proof: JsonObject }>
  /** Whether this address is the way back. */
  isReturn(address: string, proof: JsonObject): boolean
  /** Signs in whoever came back, once the address fits the proof. */
  finish(address: string, proof: JsonObject, context: CallContext): Promise<SignInAnswer>
}

/** Milliseconds after which nobody is expected back. */
const HOUR = 60 * 60 * 1000

const recordSchema = z.object({ until: z.number(), content: z.custom<JsonObject>(isJsonObject) })

/** `id` is the account system's: another one on the same page keeps its own. */
export function createRedirect(id: string, steps: RedirectSteps): Pick<LogInRedirect, 'start' | 'finish' | 'kept'> {
  const keys = { proof: `latchkey redirect ${id}`, draft: `latchkey left ${id}` }

  function write({ storage, now }: RedirectPage, key: string, content: JsonObject | null): void {
    storage.write(key, content && JSON.stringify({ until: now() + HOUR, content }))
  }

  function read({ storage, now }: RedirectPage, key: string): JsonObject | null {
    const { success, data } = recordSchema.safeParse(parsed(storage.read(key) ?? ''))
    return success && data.until >= now() ? data.content : null
  }

  return {
    async start(page, { keep = null, ...wish }) {
      const here = page.location()
      if (here === null) throw new LatchkeyError('unsupported', 'startRedirect(): there is no page to come back to')
      const { address, proof } = await steps.start(here, wish)
      write(page, keys.proof, proof)
      write(page, keys.draft, keep)
      return address
    },
    kept(page) {
      const draft = read(page, keys.draft)
      write(page, keys.draft, null)
      return draft
    },
    async finish(page, context) {
      const address = page.location()
      const proof = read(page, keys.proof)
      if (address === null || !proof || !steps.isReturn(address, proof)) return null
      // Both are good for one use: by nobody who comes later, and by nobody whom the address is shown to.
      write(page, keys.proof, null)
      page.replaceAddress(withoutAnswer(address))
      return steps.finish(address, proof, context)
    },
  }
}

/** The page's own address, without what the log-in page has put behind it (RFC 6749, 4.1.2; RFC 9207). */
function withoutAnswer(address: string): string {
  const url = new URL(address)
  for (const name of ['code', 'state', 'iss', 'error', 'error_description']) url.searchParams.delete(name)
  return url.href
}

/** A page's storage is in anyone's reach. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
