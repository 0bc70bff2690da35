// Hashes passwords exactly as typed, a few at a time, so that a flood of log-ins cannot take the whole machine.
import { hash, verify } from '@node-rs/argon2'

/** Argon2id as the OWASP Password Storage Cheat Sheet sets it: 19 MiB, two passes, one lane. The library's default is Argon2id. */
const SETTINGS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/**
 * A hash that no password has, at the cost of any other: what an unknown account is compared with, and what an account
 * without a password has.
 */
export const NO_PASSWORD = `$argon2id$v=19$m=${SETTINGS.memoryCost},t=${SETTINGS.timeCost},p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Hashes at once, and how many may wait; beyond that the caller is told to come back. */
const CONCURRENT = 2
const WAITING = 256

export class BusyError extends Error {
  override readonly name = 'BusyError'
}

export interface Passwords {
  hash(password: string): Promise<string>
  /** False for a wrong password. For an unknown account pass null: it costs the same. */
  verify(stored: string | null, password: string): Promise<boolean>
}

/** Rejects with BusyError when too many are waiting. */
export function createPasswords(): Passwords {
  const waiting: (() => void)[] = []
  let running = 0

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (running >= CONCURRENT) {
      if (waiting.length >= WAITING) throw new BusyError('too many passwords are waiting to be checked')
      // The one that ends hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }

  return {
    hash: (password) => inTurn(() => hash(password, SETTINGS)),
    async verify(stored, password) {
      const isRight = await inTurn(() => verify(stored ?? NO_PASSWORD, password))
      return isRight && stored !== null && stored !== NO_PASSWORD
    },
  }
}
