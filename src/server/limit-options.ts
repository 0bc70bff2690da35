// The limits a site can set, their defaults, and the check of both.
import type { Allowance } from './rate-counter.ts'

/** Limits by name; each is refused with `rate_limited` and `Retry-After`, and is over when its time is. */
export interface LimitOptions {
  /**
   * Wrong passwords for one account from one address; where no address is known, from everywhere.
   * @default { attempts: 10, seconds: 900 }
   */
  readonly logInPerAccount?: Allowance | false
  /**
   * Wrong passwords for one account from all addresses that nobody has logged in to it from yet.
   * @default { attempts: 100, seconds: 3600 }
   */
  readonly logInEverywhere?: Allowance | false
  /**
   * Wrong passwords from one address, whatever the account.
   * @default { attempts: 100, seconds: 900 }
   */
  readonly logInPerAddress?: Allowance | false
  /**
   * Sign-ups with one e-mail address, from one address.
   * @default { attempts: 20, seconds: 3600 }
   */
  readonly signUpPerAccount?: Allowance | false
  /**
   * Sign-ups from one address.
   * @default { attempts: 100, seconds: 3600 }
   */
  readonly signUpPerAddress?: Allowance | false
  /**
   * Requests that send a mail to one e-mail address, from one address.
   * @default { attempts: 5, seconds: 3600 }
   */
  readonly mailPerAccount?: Allowance | false
  /**
   * Requests that send a mail to one e-mail address, from all addresses: nobody's mailbox is flooded. The links in the
   * mails that were sent stay good meanwhile.
   * @default { attempts: 20, seconds: 3600 }
   */
  readonly mailEverywhere?: Allowance | false
  /**
   * Requests that send a mail, from one address.
   * @default { attempts: 50, seconds: 3600 }
   */
  readonly mailPerAddress?: Allowance | false
  /**
   * Tokens from one address that are not good: of a session, or of a mail.
   * @default { attempts: 100, seconds: 900 }
   */
  readonly tokenPerAddress?: Allowance | false
}

export type LimitName = keyof LimitOptions

/** As OWASP's Authentication Cheat Sheet asks: slow enough against guessing, and over before a person gives up. */
const DEFAULTS: readonly (readonly [LimitName, Allowance])[] = [
  ['logInPerAccount', { attempts: 10, seconds: 900 }],
  ['logInEverywhere', { attempts: 100, seconds: 3600 }],
  ['logInPerAddress', { attempts: 100, seconds: 900 }],
  ['signUpPerAccount', { attempts: 20, seconds: 3600 }],
  ['signUpPerAddress', { attempts: 100, seconds: 3600 }],
  ['mailPerAccount', { attempts: 5, seconds: 3600 }],
  ['mailEverywhere', { attempts: 20, seconds: 3600 }],
  ['mailPerAddress', { attempts: 50, seconds: 3600 }],
  ['tokenPerAddress', { attempts: 100, seconds: 900 }],
]

/** The address a request came from, as the site's own server or proxy knows it; null where it is not known. */
export type ClientAddress = (request: Request) => string | null | undefined

export interface LimitsSetting {
  readonly rules: readonly (readonly [LimitName, Allowance])[]
  readonly clientAddress: ClientAddress
}

/** The limits that are on, or a TypeError with path and fix. */
export function checkedLimits(
  limits: LimitOptions | false = {},
  clientAddress: ClientAddress = () => null,
): LimitsSetting {
  if (typeof clientAddress !== 'function')
    throw new TypeError('clientAddress : must be a function; write (request) => request.headers.get("x-real-ip")')
  if (limits === false) return { rules: [], clientAddress }
  for (const name of Object.keys(limits)) {
    if (DEFAULTS.some(([known]) => known === name)) continue
    throw new TypeError(`limits.${name} : must be one of ${DEFAULTS.map(([known]) => known).join(', ')}`)
  }
  const rules = DEFAULTS.flatMap(([name, usual]): [LimitName, Allowance][] => {
    const allowance = limits[name] ?? usual
    return allowance === false ? [] : [[name, checked(name, allowance)]]
  })
  return { rules, clientAddress }
}

function checked(name: LimitName, allowance: Allowance): Allowance {
  const numbers = [allowance?.attempts, allowance?.seconds]
  if (numbers.every((value) => Number.isSafeInteger(value) && value > 0)) return allowance
  throw new TypeError(`limits.${name} : must be false, or whole numbers; write { attempts: 10, seconds: 900 }`)
}
