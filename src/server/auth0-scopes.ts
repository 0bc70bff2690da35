// Which scopes a token gets, of those that were asked for.
import type { Auth0Settings, Client } from './auth0-settings.ts'

/** About oneself, whatever the token is for (OpenID Connect Core 1.0, 5.4). */
export const OPENID_SCOPES = ['openid', 'profile', 'email', 'phone', 'offline_access'] as const

/** What a person may do with their own account in the Management API. */
export const OWN_SCOPES = ['read:current_user', 'update:current_user_metadata', 'create:current_user_metadata'] as const

/** What a client gets that names no scope. */
const USUAL = 'openid profile email'

/** Address of the Management API, which its tokens name. */
export function managementAudience({ issuer }: Pick<Auth0Settings, 'issuer'>): string {
  return `${issuer}api/v2/`
}

/** Whether a token can be for this audience; null is for `/userinfo` alone. */
export function isAudience(audience: string | null, settings: Auth0Settings): boolean {
  if (audience === null || audience === managementAudience(settings)) return true
  return settings.apis.some((api) => api.audience === audience)
}

/** The scopes of a person's token, in the order they were asked for. */
export function grantedScopes(
  asked: string | null,
  audience: string | null,
  client: Client,
  settings: Auth0Settings,
): readonly string[] {
  const own: readonly string[] = audience === managementAudience(settings) ? OWN_SCOPES : []
  const api = settings.apis.find((one) => one.audience === audience)?.scopes ?? []
  const open = OPENID_SCOPES.filter((scope) => scope !== 'offline_access' || client.grants.includes('refresh_token'))
  const allowed = [...open, ...own, ...api]
  return [...new Set((asked ?? USUAL).split(' '))].filter((scope) => allowed.includes(scope))
}
