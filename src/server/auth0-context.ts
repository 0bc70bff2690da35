// What every call of the Auth0-compatible door stands on.
import type { AccountContext } from './account-context.ts'
import type { Auth0Cookies } from './auth0-cookies.ts'
import type { Grants } from './auth0-grants.ts'
import type { SigningKey } from './auth0-keys.ts'
import type { Auth0Settings, Client } from './auth0-settings.ts'
import type { Tokens } from './auth0-tokens.ts'
import type { AccountDatabase } from './database.ts'

export interface Auth0Context {
  readonly settings: Auth0Settings
  readonly accounts: AccountContext
  readonly database: AccountDatabase
  readonly key: SigningKey
  readonly tokens: Tokens
  readonly grants: Grants
  readonly cookies: Auth0Cookies
  /** Signs what the log-in page carries from one request to the next. */
  readonly pageSecret: string
}

export function clientOf(id: unknown, { settings }: Pick<Auth0Context, 'settings'>): Client | null {
  return settings.clients.find(({ clientId }) => clientId === id) ?? null
}
