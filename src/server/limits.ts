// How often one address and one account may try: throttled for a while, and never shut out for good by somebody else.
import { createHmac } from 'node:crypto'
import type { AccountDatabase } from './database.ts'
import type { LimitName, LimitsSetting } from './limit-options.ts'
import { networkOf } from './network.ts'
import { problem } from './problems.ts'
import { createRateCounter, type RateCounter } from './rate-counter.ts'

/** What is limited; `mail` is whatever sends one to an address that somebody typed in. */
export type Attempted = 'logIn' | 'signUp' | 'mail' | 'token'

export interface Attempt {
  /** The answer to one attempt too many, or null. */
  readonly refusal: Response | null
  /** Takes the attempt back: the person was who they said they are. */
  succeeded(): Promise<void>
}

export interface Limits {
  /** Counts an attempt. `account` is what was typed, or what it stands for; null where no account was named. */
  attempt(what: Attempted, request: Request, account: string | null): Promise<Attempt>
  /** Forgets the wrong log-ins of an account, whose person has just shown who they are. */
  clear(account: string, request: Request): Promise<void>
}

/** How long an address stays known where somebody has logged in from it: longer than a holiday. */
const KNOWN = { attempts: 1, seconds: 60 * 60 * 24 * 60 }

const ALLOWED: Attempt = { refusal: null, succeeded: async () => {} }

/** The counts are kept under keyed hashes: the table tells neither addresses nor accounts. */
export function createLimits(
  database: AccountDatabase,
  secret: Buffer,
  { rules, clientAddress }: LimitsSetting,
  now: () => number,
): Limits {
  const hash = (...parts: readonly string[]) =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['limit', ...parts]))
      .digest('base64url')
  const counters = new Map<LimitName, RateCounter>()
  for (const [name, allowance] of rules) counters.set(name, createRateCounter(database, name, allowance, now))
  const known = createRateCounter(database, 'known', KNOWN, now)
  if (counters.size === 0) return { attempt: async () => ALLOWED, clear: async () => {} }

  /** The counts an attempt goes into, the narrowest first: what that one refuses does not count against everyone. */
  async function countsOf(
    what: Attempted,
    address: string | null,
    account: string | null,
  ): Promise<[LimitName, string][]> {
    const byAddress: [LimitName, string][] = address === null ? [] : [[`${what}PerAddress`, hash(address)]]
    if (account === null || what === 'token') return byAddress
    if (address === null) return [[`${what}PerAccount`, hash(account)]]
    if (what === 'signUp') return [['signUpPerAccount', hash(account, address)], ...byAddress]
    if (what === 'mail')
      return [['mailPerAccount', hash(account, address)], ...byAddress, ['mailEverywhere', hash(account)]]
    const isKnown = await known.isNoted(hash(account, address))
    return [
      ['logInPerAccount', hash(account, address)],
      ...byAddress,
      ...(isKnown ? [] : [['logInEverywhere', hash(account)] satisfies [LimitName, string]]),
    ]
  }

  return {
    async attempt(what, request, typed) {
      const address = networkOf(clientAddress(request))
      const account = typed === null ? null : accountKeyOf(typed)
      const counts = await countsOf(what, address, account)
      for (const [name, key] of counts) {
        const wait = (await counters.get(name)?.count(key)) ?? null
        if (wait !== null) return { refusal: tooMany(wait), succeeded: async () => {} }
      }
      return {
        refusal: null,
        async succeeded() {
          for (const [name, key] of counts) {
            if (name === 'logInPerAccount') await counters.get(name)?.forget(key)
            else await counters.get(name)?.takeBack(key)
          }
          if (what === 'logIn' && address !== null && account !== null) await known.note(hash(account, address))
        },
      }
    },
    async clear(typed, request) {
      const address = networkOf(clientAddress(request))
      const account = accountKeyOf(typed)
      const own = address === null ? hash(account) : hash(account, address)
      await counters.get('logInPerAccount')?.forget(own)
      await counters.get('logInEverywhere')?.forget(hash(account))
    },
  }
}

/** One count for every way to write the same mailbox: case, spaces, compatibility forms, and what follows a plus. */
function accountKeyOf(typed: string): string {
  return typed
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/\+[^@]*@/, '@')
}

function tooMany(seconds: number): Response {
  const detail = `Too many attempts; try again in ${seconds} seconds.`
  return problem('rate_limited', detail, null, { 'retry-after': String(seconds) })
}
