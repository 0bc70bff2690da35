// Tokens of sessions: random where a session begins, derived where they follow each other, and kept in the database as hashes only.
import { createHash, createHmac, randomBytes } from 'node:crypto'

/** 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256 in hexadecimal: enough for a token, as nobody can guess one. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** A session's first refresh token: 144 bits that all its refresh tokens begin with, and 256 of its own. */
export function newRefreshToken(): string {
  return randomBytes(18).toString('base64url') + newToken()
}

/** What all refresh tokens of one session begin with, or null for what is no such token. */
export function familyOf(refreshToken: string): string | null {
  return /^[\w-]{67}$/.test(refreshToken) ? refreshToken.slice(0, 24) : null
}

/**
 * The refresh token after this one. Whoever asks twice gets the same; the salt alone, which is what the database has,
 * leads nowhere, and neither does the token without the salt.
 */
export function successorOf(refreshToken: string, salt: string): string {
  return refreshToken.slice(0, 24) + createHmac('sha256', refreshToken).update(salt).digest('base64url')
}
