// A failed rule: its code and its place, as a JSON pointer into the request.
import type { Code } from './codes.ts'

/** One failed rule: the code, and where it failed. */
export interface Issue {
  readonly code: Code
  /** JSON pointer (RFC 6901) into the request body, such as `/user_metadata/company`; `''` is the whole body. */
  readonly pointer: string
  /** The numbers and words the text for this code needs, such as `{ max: 80 }`. */
  readonly params?: Readonly<Record<string, string | number>>
  /** The site's own words for it, shown as they are; they stay in the page that defined them. */
  readonly text?: string
}

export type Issues = readonly [Issue, ...Issue[]]

/** A list of issues as a value that cannot be empty, or null. */
export function asIssues(list: readonly Issue[]): Issues | null {
  const [first, ...rest] = list
  return first ? [first, ...rest] : null
}

/** Builds a JSON pointer (RFC 6901): `~` becomes `~0` and `/` becomes `~1`. */
export function pointerTo(...keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Takes a JSON pointer (RFC 6901) apart into its keys. */
export function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}
