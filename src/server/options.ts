// What an account server is made with, and the check of it.
import { MIN_TOKEN_LENGTH, TOKEN } from '../contract/management.ts'
import { ROOT_ATTRIBUTES, type RootAttribute } from '../contract/profile.ts'
import type { Fields } from '../fields/field.ts'
import type { ClientAddress, LimitOptions } from './limit-options.ts'
import type { MailOptions } from './mail-options.ts'

export interface AccountServerOptions {
  /**
   * Where the accounts are: a SQLite file, such as `file:data/latchkey.db` (needs the package `libsql`), or a
   * PostgreSQL database, such as `postgres://user:password@host/database` (needs `pg`).
   */
  readonly databaseUrl: string
  /** Public origin of the server, such as `https://example.com`; with https the cookie gets `__Host-` and `Secure`. */
  readonly origin: string
  /**
   * Further origins whose pages may call (CORS and CSRF), compared exactly.
   * @default []
   */
  readonly allowedOrigins?: readonly string[]
  /**
   * Path under which the calls are.
   * @default '/account'
   */
  readonly basePath?: string
  /** The site's fields: every sign-up and update is held to them. Without, metadata is held to names and limits only. */
  readonly fields?: Fields
  /**
   * Whether metadata keys that the definition does not describe are refused. Management may always set them.
   * @default 'refuse' with fields, 'allow' without
   */
  readonly unknownKeys?: 'refuse' | 'allow'
  /**
   * Root attributes that the site does not keep: a person's request that names one is refused with
   * `denied_field_name`, one of management is carried out without it, and a value stored earlier is never returned.
   * @default []
   */
  readonly deniedAttributes?: readonly RootAttribute[]
  /**
   * Opens the management routes to the site's own servers.
   * @default none: the routes are 404
   */
  readonly management?: ManagementOptions
  /**
   * Whether accounts have a user name too, which sign-up then requires and people can log in with: 2 to 30 letters,
   * digits, dots, dashes and underscores, one account for each whatever its case.
   * @default false
   */
  readonly usernames?: boolean
  /**
   * Fewest code points of a new password.
   * @default 8
   */
  readonly passwordMinLength?: number
  /**
   * Seconds until a session ends, at most 315360000 (ten years).
   * @default 604800 (a week)
   */
  readonly sessionLifetime?: number
  /**
   * Seconds until a session ends on the server that was begun with `remember: false`; the browser forgets it when it is
   * closed. At most `sessionLifetime`.
   * @default 86400 (a day), or `sessionLifetime` where that is shorter
   */
  readonly shortSessionLifetime?: number
  /**
   * Whether a log-in may ask for a session that the page carries itself, in tokens: for pages of another site, whose
   * cookies browsers do not send. A cookie stays what a log-in gets that asks for nothing.
   * @default false
   */
  readonly bearer?: boolean
  /**
   * Seconds until an access token ends and the page has to get the next one; never later than its session.
   * @default 900 (a quarter of an hour)
   */
  readonly accessTokenLifetime?: number
  /**
   * Lets the server send mail, which opens the calls for forgotten passwords, verification and a change of address.
   * Needs the package `nodemailer`.
   * @default none: the server sends no mail
   */
  readonly mail?: MailOptions
  /**
   * Whether an address is shown to be the person's own: `required` makes no account before it is, and sign-up answers 202
   * with the same body whether there is one already; `optional` makes the account at once and asks afterwards. Both need
   * `mail`.
   * @default 'none'
   */
  readonly verification?: Verification
  /**
   * Page of the site where a password is changed, as a path or an address at `origin` or one of `allowedOrigins`.
   * Password managers ask for it at `/.well-known/change-password`: hand that path to the server too.
   * @default none: that address is 404
   */
  readonly changePasswordPage?: string
  /**
   * How often somebody may try to log in, to sign up, to have a mail sent or to use a token, for each address and each
   * account; all processes of the database count together. False where something in front of the server sees to it.
   * @default the numbers at each limit
   */
  readonly limits?: LimitOptions | false
  /**
   * The address a request came from, as your own server or proxy knows it, such as
   * `(request) => request.headers.get('x-real-ip')` behind a proxy that sets it; null where it is not known.
   * @default none is known: limits count by account only
   */
  readonly clientAddress?: ClientAddress
  /** @default Date.now */
  readonly now?: () => number
  /**
   * Told once of every error that is the server's own fault; the person gets `server_error` without details.
   * @default one line with the error's name and message on stderr
   */
  readonly onError?: (error: unknown) => void
}

export type Verification = 'none' | 'optional' | 'required'

export interface ManagementOptions {
  /** Each of at least 32 visible ASCII characters and good for everything; a second one lets you replace the first. */
  readonly tokens: readonly string[]
}

/** Throws TypeError with path and fix for a path that the calls cannot be under. */
export function checkBasePath(basePath: string): void {
  if (/^(\/[^/?#]+)+$/.test(basePath)) return
  throw new TypeError(
    `basePath ${JSON.stringify(basePath)}: must be a path without a slash at its end; write "/account"`,
  )
}

/** The number, or a TypeError with path and fix. */
export function whole(option: string, value: number, unit: string): number {
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new TypeError(`${option} ${String(value)}: must be a whole number of ${unit}, 1 or more`)
}

/** True or false, or a TypeError with path and fix. */
export function flag(option: string, value: boolean): boolean {
  if (typeof value === 'boolean') return value
  throw new TypeError(
    `${option} ${JSON.stringify(value)}: must be true or false; write ${option}: true, or leave it out`,
  )
}

/** The word, or a TypeError with path and fix. */
export function checkedVerification(verification: Verification, hasMail: boolean): Verification {
  const path = `verification ${JSON.stringify(verification)}`
  if (!['none', 'optional', 'required'].includes(verification))
    throw new TypeError(`${path}: must be "none", "optional" or "required"`)
  if (verification !== 'none' && !hasMail)
    throw new TypeError(
      `${path}: needs mail to be sent; write mail: { from: "accounts@example.com", siteName: "Example" }`,
    )
  return verification
}

/** Ten years. Whoever writes milliseconds is told, rather than given sessions of centuries. */
const MAX_LIFETIME = 315_360_000

/** How long sessions last, in seconds. */
export type Lifetimes = Required<
  Pick<AccountServerOptions, 'sessionLifetime' | 'shortSessionLifetime' | 'accessTokenLifetime'>
>

/** The lifetimes, or a TypeError with path and fix. */
export function checkedLifetimes(options: AccountServerOptions): Lifetimes {
  const sessionLifetime = seconds('sessionLifetime', options.sessionLifetime ?? 604_800)
  const usual = Math.min(86_400, sessionLifetime)
  const shortSessionLifetime = seconds('shortSessionLifetime', options.shortSessionLifetime ?? usual)
  if (shortSessionLifetime > sessionLifetime) {
    throw new TypeError(
      `shortSessionLifetime ${shortSessionLifetime}: must be at most sessionLifetime, which is ${sessionLifetime}; make it shorter`,
    )
  }
  const accessTokenLifetime = seconds('accessTokenLifetime', options.accessTokenLifetime ?? 900)
  return { sessionLifetime, shortSessionLifetime, accessTokenLifetime }
}

function seconds(option: string, value: number): number {
  if (whole(option, value, 'seconds') <= MAX_LIFETIME) return value
  throw new TypeError(`${option} ${value}: must be at most ${MAX_LIFETIME} seconds; write seconds, not milliseconds`)
}

/** The management tokens, or a TypeError with path and fix that does not repeat one. */
export function checkedTokens(management: ManagementOptions | undefined): readonly string[] {
  if (management === undefined) return []
  return checkedSecrets('management.tokens', management.tokens, 'leave management out to close it')
}

/** Secrets that another server sends, or a TypeError with path and fix that does not repeat one. */
export function checkedSecrets(option: string, secrets: readonly string[], otherwise: string): readonly string[] {
  if (!Array.isArray(secrets) || secrets.length === 0) {
    throw new TypeError(`${option} : must be a list of at least one token; ${otherwise}`)
  }
  secrets.forEach((secret: unknown, index) => {
    if (typeof secret === 'string' && secret.length >= MIN_TOKEN_LENGTH && TOKEN.test(secret)) return
    throw new TypeError(
      `${option}[${index}] : must have at least ${MIN_TOKEN_LENGTH} visible ASCII characters; make one with "openssl rand -base64 32"`,
    )
  })
  return secrets
}

/** The denied attributes, or a TypeError with path and fix for one that is none or that a field asks for. */
export function checkedAttributes(
  denied: readonly RootAttribute[],
  fields: Fields | undefined,
): readonly RootAttribute[] {
  denied.forEach((name, index) => {
    const path = `deniedAttributes[${index}] ${JSON.stringify(name)}`
    if (!ROOT_ATTRIBUTES.includes(name)) {
      throw new TypeError(`${path}: must be one of ${ROOT_ATTRIBUTES.join(', ')}`)
    }
    if (fields?.fields.some((field) => field.storage === 'root' && field.name === name)) {
      throw new TypeError(`${path}: a field asks for it; take the field or the attribute away`)
    }
  })
  return denied
}
