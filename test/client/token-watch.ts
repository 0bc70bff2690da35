// Watches over tokens from outside of the client: which session each belongs to, whether it is spent, and where it is kept.
import { expect } from 'vitest'
import type { Tokens } from '../../src/contract/backend.ts'
import { isJsonObject } from '../../src/contract/json.ts'

export interface TokenWatch {
  /** Tokens that a log-in brought. */
  begun(tokens: Tokens | null): void
  /** What a browser keeps or, with null, takes away. */
  written(text: string | null, isShared: boolean): void
  /** A request with a token; `write` tells one write from another. */
  sent(token: string | null, write: string | null): void
  /** Makes a renewal, if it may be made. */
  renewed(refreshToken: string, renew: () => Promise<Tokens>): Promise<Tokens>
  /** For each write, the session of each time that it was sent. */
  readonly writes: ReadonlyMap<string, readonly string[]>
  /** How many of all tokens there have been are somewhere in a text. */
  countIn(text: string): number
}

export function createTokenWatch(): TokenWatch {
  /** The session of each token, and the tokens that came after it. */
  const known = new Map<string, { readonly session: string; readonly next: string[] }>()
  /** What has been sent, and what has been kept: neither can have been lost. */
  const arrived = new Set<string>()
  const renewing = new Set<string>()
  const writes = new Map<string, string[]>()
  /** The browser's session by the client's own word for it, and those before. */
  let current: string | null = null
  const left = new Set<string>()

  function learn({ accessToken, refreshToken }: Tokens, session: string): readonly string[] {
    const tokens = [accessToken, refreshToken ?? '']
    for (const token of tokens) known.set(token, { session, next: [] })
    return tokens
  }

  return {
    writes,
    countIn: (text) => [...known.keys()].filter((token) => text.includes(token)).length,
    begun(tokens) {
      if (tokens) learn(tokens, tokens.accessToken)
    },
    written(text, isShared) {
      const entry: unknown = text === null ? null : JSON.parse(text)
      const { session = null, accessToken, refreshToken } = isJsonObject(entry) ? entry : {}
      for (const token of [accessToken, refreshToken]) if (token) arrived.add(String(token))
      if (isShared && session !== current) {
        if (current !== null) left.add(current)
        current = session === null ? null : String(session)
      }
      // What was taken away, or gave way to another session, is never kept again.
      expect(left.has(String(session))).toBe(false)
    },
    sent(token, write) {
      if (token === null) return
      arrived.add(token)
      if (write !== null) writes.set(write, [...(writes.get(write) ?? []), known.get(token)?.session ?? ''])
    },
    async renewed(refreshToken, renew) {
      const before = known.get(refreshToken)
      if (!before) throw new TypeError('a token that nobody gave')
      expect(before.next.filter((token) => arrived.has(token))).toEqual([])
      expect([...renewing]).not.toContain(before.session)
      arrived.add(refreshToken)
      renewing.add(before.session)
      try {
        const tokens = await renew()
        before.next.push(...learn(tokens, before.session))
        return tokens
      } finally {
        renewing.delete(before.session)
      }
    },
  }
}
