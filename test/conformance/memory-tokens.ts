// The memory server's sessions that a token carries: refresh tokens in rotation, each rule with its switch.
import { randomUUID } from 'node:crypto'
import type { JsonObject } from '../../src/contract/json.ts'
import type { Rules } from './memory-rules.ts'
import type { Account, Family } from './memory-store.ts'

/** A new session; answers with its tokens. */
export function begin({ id }: Account, { store }: Rules): JsonObject {
  const good = randomUUID()
  const family = { account: id, good, next: null, refreshTokens: new Set([good]), accessTokens: new Map() }
  store.families.push(family)
  return handOut(family, good)
}

function handOut({ refreshTokens, accessTokens }: Family, refresh_token: string): JsonObject {
  const access_token = randomUUID()
  refreshTokens.add(refresh_token)
  accessTokens.set(access_token, refresh_token)
  return { access_token, token_type: 'Bearer', expires_in: 900, refresh_token }
}

export function byAccessToken(token: string, { store }: Rules): Account | undefined {
  const family = store.families.find(({ accessTokens }) => accessTokens.has(token))
  if (!family) return undefined
  arrived(family, family.accessTokens.get(token))
  return store.accounts.find(({ id }) => id === family.account)
}

/** Ends the session of an access token. */
export function end(token: string, { has, store }: Rules): void {
  const family = store.families.find(({ accessTokens }) => accessTokens.has(token))
  if (has('a log-out leaves the refresh token')) family?.accessTokens.clear()
  else store.families = store.families.filter((one) => one !== family)
}

/** The next tokens, or null when the session is over. */
export function next(refreshToken: string, { has, store }: Rules): JsonObject | null {
  const family = store.families.find(({ refreshTokens }) => refreshTokens.has(refreshToken))
  if (!family) return null
  if (has('the refresh token stays')) return handOut(family, refreshToken)
  arrived(family, refreshToken)
  if (refreshToken !== family.good && !has('used refresh tokens stay good')) {
    if (!has('a copied refresh token ends nothing')) store.families = store.families.filter((one) => one !== family)
    return null
  }
  family.next ??= randomUUID()
  const tokens = handOut(family, family.next)
  if (has('a lost answer logs out')) arrived(family, family.next)
  return tokens
}

function arrived(family: Family, refreshToken: string | undefined): void {
  if (refreshToken === undefined || refreshToken !== family.next) return
  family.good = refreshToken
  family.next = null
}
