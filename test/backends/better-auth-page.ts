// Pages of a site whose accounts a better-auth server keeps, and the people who come to them.
import { betterAuth } from '../../src/backends/better-auth.ts'
import type { BetterAuthOptions } from '../../src/backends/better-auth-options.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import { type BetterAuthServer, COLUMNS } from './better-auth-server.ts'
import { browserAt, contextOf } from './cookie-browser.ts'

export const password = 'correct horse'
let people = 0

/** Somebody nobody has heard of yet. */
export function someone() {
  people += 1
  return { email: `ana${people}@example.org`, password }
}

export function pageAt({ origin }: BetterAuthServer, options: BetterAuthOptions = {}) {
  const browser = browserAt(origin)
  const backend = betterAuth('/api/auth', { columns: COLUMNS, ...options })
  const client = createClient({ backend, environment: { ...systemEnvironment(), fetch: browser.fetch } })
  return { browser, backend, client, context: contextOf(browser) }
}

/** What the row of an account has. */
export const stored = ({ rows }: BetterAuthServer, email: string) =>
  rows('SELECT company, seats, newsletter, born, tags, address FROM user WHERE email = ?', email)
