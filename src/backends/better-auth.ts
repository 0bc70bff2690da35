// The backend for better-auth: a column for each field, and a cookie or bearer session.
import { onDemand } from '../client/on-demand.ts'
import type { Backend } from '../contract/backend.ts'
import type { ColumnType } from './better-auth-columns.ts'
import { type BetterAuthOptions, betterAuthSettings } from './better-auth-options.ts'

export interface BetterAuthBackend extends Backend {
  /** What each column takes: a value of another kind is refused with `invalid_type` before anything is sent. */
  readonly columnTypes: Readonly<Record<string, ColumnType>>
}

/**
 * A backend for a better-auth server at its base path. Fields are kept in columns: `options.columns` says which there
 * are, as in the server's `user.additionalFields`.
 * Throws TypeError for a wrong path or option.
 *
 * @example
 * const backend = betterAuth('/api/auth', { columns: { company: 'string', newsletter: 'boolean', address: 'json' } })
 * const latchkey = createLatchkey({ backend, fields })
 */
export function betterAuth(basePath: string, options: BetterAuthOptions = {}): BetterAuthBackend {
  const settings = betterAuthSettings(basePath, options)
  const { base, capabilities } = settings
  const calls = () => onDemand(() => import('./better-auth-calls.ts'))
  return {
    id: 'better-auth',
    capabilities,
    columnTypes: Object.fromEntries(settings.columns),
    address: (call) => base + ADDRESSES[call],
    signUp: async (input, context) => (await calls()).signUp(settings, input, context),
    logIn: async (credentials, context) => (await calls()).logIn(settings, credentials, context),
    logOut: async (context) => (await calls()).logOut(settings, context),
    getSession: async (context) => (await calls()).getSession(settings, context),
    getProfile: async (context) => (await calls()).getProfile(settings, context),
    patchProfile: async (patch, context) => (await calls()).patchProfile(settings, patch, context),
  }
}

const ADDRESSES = { signUp: '/sign-up/email', logIn: '/sign-in/email', profile: '/update-user' } as const
