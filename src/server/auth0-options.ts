// What the Auth0-compatible door is opened with, for the site that writes it down.
import type { PasswordPolicy } from './auth0-password-policy.ts'

export interface Auth0FacadeOptions {
  /**
   * Public address of the door with a slash at its end and no path, such as `https://login.example.com/`. Auth0's clients
   * take its host as their `domain` and insist on https; http is taken for a loopback address only.
   */
  readonly issuer: string
  /** The applications that may use it. */
  readonly clients: readonly Auth0Client[]
  /**
   * Name of the one database connection, which clients send as `connection` or `realm`.
   * @default 'Username-Password-Authentication'
   */
  readonly connection?: string
  /**
   * What a sign-up says about an address that has an account: that it has one, or only that it did not work. Both are
   * 400, so that only this word tells the reason.
   * @default 'invalid_signup'
   */
  readonly userExists?: 'user_exists' | 'invalid_signup'
  /**
   * Which of Auth0's password policies new passwords are held to, beside the `passwordMinLength` of the accounts.
   * @default 'low': length only (NIST SP 800-63B-4, 3.1.1.2)
   */
  readonly passwordPolicy?: PasswordPolicy
  /**
   * Further APIs whose access tokens are asked for here, by `audience`. The Management API is always there.
   * @default []
   */
  readonly apis?: readonly Auth0Api[]
  /**
   * Seconds until an access token ends. It cannot be called back before.
   * @default 7200
   */
  readonly accessTokenLifetime?: number
  /**
   * Seconds until a log-in's refresh tokens end, however often they were replaced.
   * @default 2592000 (30 days)
   */
  readonly refreshTokenLifetime?: number
  /**
   * Seconds in which a refresh token that was replaced is still taken, for an answer that was lost. After that its use
   * ends all tokens of its log-in.
   * @default 0
   */
  readonly refreshTokenLeeway?: number
  /**
   * Seconds in which a browser that logged in on the log-in page is not asked again.
   * @default 259200 (3 days)
   */
  readonly sessionLifetime?: number
}

export interface Auth0Client {
  readonly clientId: string
  /**
   * At least 32 visible ASCII characters. A client with a secret has to send it; leave it out for a page or an app,
   * where nothing is secret.
   */
  readonly clientSecret?: string
  /**
   * Addresses that may receive a code, compared exactly.
   * @default []
   */
  readonly redirectUris?: readonly string[]
  /**
   * Addresses that a browser may be sent to after log-out, compared exactly.
   * @default []
   */
  readonly logoutUris?: readonly string[]
  /**
   * Origins whose pages may call, compared exactly.
   * @default []
   */
  readonly origins?: readonly string[]
  /**
   * Ways to get tokens. `password` also stands for the password-realm grant; `implicit` hands tokens to the page's address
   * and is there for Lock and old pages only.
   * @default ['authorization_code', 'refresh_token']
   */
  readonly grants?: readonly Auth0Grant[]
  /**
   * What `client_credentials` may do with the Management API.
   * @default []
   */
  readonly scopes?: readonly ManagementScope[]
  /**
   * Whether its pages may log in with a password of their own form through `/co/authenticate`, as Lock does.
   * @default false
   */
  readonly crossOrigin?: boolean
}

export const GRANTS = ['authorization_code', 'refresh_token', 'password', 'client_credentials', 'implicit'] as const
export type Auth0Grant = (typeof GRANTS)[number]

/** What a machine may do to accounts. */
export const MANAGEMENT_SCOPES = ['read:users', 'update:users', 'create:users', 'delete:users'] as const
export type ManagementScope = (typeof MANAGEMENT_SCOPES)[number]

export interface Auth0Api {
  /** What clients send as `audience`. */
  readonly audience: string
  /** The scopes that a person's token for it may have. */
  readonly scopes: readonly string[]
}
