// The idempotency key of a write: the same when a person tries the same again, so that it is carried out once.
import { isLatchkeyError } from '../contract/errors.ts'
import { sha256 } from '../fields/text-hash.ts'

export interface Attempts {
  /** Makes a write with its key; `request` is everything that makes it the same write. */
  make<Result>(request: unknown, send: (key: string) => Promise<Result>): Promise<Result>
}

interface Attempt {
  readonly key: string
  /** Hash of the request, which itself may hold a password. It hangs on the key, so that equal passwords have unequal hashes. */
  readonly print: string
}

/** Remembers the writes whose outcome nobody knows yet. */
export function createAttempts(randomId: () => string): Attempts {
  const open = new Set<Attempt>()
  return {
    async make(request, send) {
      const text = JSON.stringify(request)
      const printOf = (key: string) => sha256(`${key} ${text}`)
      const fresh = randomId()
      const earlier = [...open].find(({ key, print }) => print === printOf(key))
      const attempt = earlier ?? { key: fresh, print: printOf(fresh) }
      open.add(attempt)
      try {
        const result = await send(attempt.key)
        open.delete(attempt)
        return result
      } catch (error) {
        if (!isOutcomeOpen(error)) open.delete(attempt)
        throw error
      }
    },
  }
}

/** Whether a failure leaves it open what became of a write; a refusal is an outcome. */
export function isOutcomeOpen(error: unknown): boolean {
  if (!isLatchkeyError(error)) return false
  const { status, code } = error
  const isRefusal = status !== null && status >= 400 && status < 500
  return !isRefusal || code === 'rate_limited' || code === 'request_in_progress'
}
