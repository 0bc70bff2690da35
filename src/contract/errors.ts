// The one error that public calls reject with.
import type { Code } from './codes.ts'
import { type Issues, keysOf } from './issues.ts'
import type { JsonValue } from './json.ts'

/** A place that somebody else changed while it was edited; undefined is nothing there. */
export interface Conflict {
  /** JSON pointer from the root of the profile, such as `/user_metadata/address/city`. */
  readonly pointer: string
  /** What was there when the edit began. */
  readonly base: JsonValue | undefined
  /** What was to be saved. */
  readonly mine: JsonValue | undefined
  /** What is there now. */
  readonly theirs: JsonValue | undefined
}

export interface LatchkeyErrorInit {
  readonly issues?: Issues | null
  readonly conflicts?: readonly Conflict[]
  readonly status?: number | null
  readonly retryAfter?: number | null
  readonly retryable?: boolean
}

/** Codes after which the same call, made again by the person, can succeed. */
const RETRYABLE: readonly Code[] = [
  'network',
  'timeout',
  'request_in_progress',
  'rate_limited',
  'server_error',
  'bad_response',
]

/**
 * What every public call rejects with. It is built from codes and positions only, so no credential and no text of a
 * reply can end up in it; `conflicts` alone has values, of the profile and what was to be saved in it.
 *
 * @example
 * try {
 *   await client.updateMetadata({ company: 'Acme' })
 * } catch (error) {
 *   if (isLatchkeyError(error) && error.code === 'unauthenticated') latchkey.show('login')
 * }
 */
export class LatchkeyError extends Error {
  override readonly name = 'LatchkeyError'
  /** The stable word for what went wrong. */
  readonly code: Code
  /** Every failed rule with its position, or null when the failure is not about a value. */
  readonly issues: Issues | null
  /** With `version_conflict`: every place that somebody else changed meanwhile, with both values. Nothing was saved there. */
  readonly conflicts: readonly Conflict[]
  /** HTTP status of the answer, or null when there was none. */
  readonly status: number | null
  /** Seconds the backend asked to wait before the next try, or null. */
  readonly retryAfter: number | null
  /** True when the same call can succeed if the person tries it again. */
  readonly retryable: boolean

  constructor(code: Code, message: string, init: LatchkeyErrorInit = {}) {
    super(`${code}: ${message}`)
    const { issues = null, conflicts = [], status = null, retryAfter = null } = init
    this.code = code
    this.issues = issues
    this.conflicts = conflicts
    this.status = status
    this.retryAfter = retryAfter
    this.retryable = init.retryable ?? RETRYABLE.includes(code)
  }

  /** Name of the field the first issue belongs to (`company`, `email`), or null. */
  get field(): string | null {
    return this.issues ? fieldOf(this.issues[0].pointer) : null
  }
}

/** Name of the field a pointer leads to: `/user_metadata/company/0` is `company`, `/email` is `email`, `/user_metadata` none. */
export function fieldOf(pointer: string): string | null {
  const [first, second] = keysOf(pointer)
  return (first === 'user_metadata' ? second : first) ?? null
}

/** True for a `LatchkeyError`, also one thrown by another copy of the library on the same page. */
export function isLatchkeyError(error: unknown): error is LatchkeyError {
  return error instanceof Error && error.name === 'LatchkeyError'
}
