// The backend for an Auth0 tenant that a page talks to by itself, with the person's own token.
import { onDemand } from '../client/on-demand.ts'
import { createOverflow } from '../client/overflow.ts'
import { createRedirect } from '../client/redirect.ts'
import type { Backend, CallContext, FormCall, LogInRedirect } from '../contract/backend.ts'
import { auth0Capabilities } from './auth0-capabilities.ts'
import { type Auth0Server, createAuth0Memory } from './auth0-server.ts'

export interface Auth0Options {
  /** The tenant's domain, such as `example.eu.auth0.com`, or a custom domain of it. */
  readonly domain: string
  /** Client id of a single page application; it has no secret. */
  readonly clientId: string
  /** Name of the database connection, such as `Username-Password-Authentication`. */
  readonly connection: string
  /**
   * How people log in: by the form (the application needs the Password grant), or always on the tenant's own log-in page.
   * By the form they still go there for what it cannot ask, where `redirectUri` is given.
   * @default 'password'
   */
  readonly login?: 'password' | 'redirect'
  /**
   * Address of the page that the tenant's log-in page sends the browser back to; one of the application's callback URLs.
   * @default the page that sent it there, without a query; none where `login` is 'password'
   */
  readonly redirectUri?: string
  /**
   * Identifier of the tenant's Management API: needed beside a custom domain.
   * @default `https://{domain}/api/v2/`
   */
  readonly audience?: string
  /**
   * What the token may do.
   * @default 'openid profile email offline_access read:current_user update:current_user_metadata'
   */
  readonly scope?: string
  /**
   * Whether the connection asks for a user name.
   * @default false
   */
  readonly usernames?: boolean
}

export interface Auth0Backend extends Backend {
  /** Sends a message to set another password, whether or not there is such an account. */
  changePassword(email: string, context: CallContext): Promise<void>
}

const SCOPE = 'openid profile email offline_access read:current_user update:current_user_metadata'

const PATHS: Readonly<Record<FormCall, string>> = {
  signUp: '/dbconnections/signup',
  logIn: '/oauth/token',
  profile: '/api/v2/users',
}

/**
 * A backend for an Auth0 tenant. Auth0 advises against tokens in a page that can change metadata; the main road is
 * `rest` to a server of the site's own. Throws TypeError with path and fix for a wrong option.
 *
 * @example
 * const backend = auth0({ domain: 'example.eu.auth0.com', clientId, connection: 'Username-Password-Authentication' })
 */
export function auth0(options: Auth0Options): Auth0Backend {
  const { domain, clientId, connection, login = 'password', redirectUri, usernames = false } = options
  check(options)
  const base = `https://${domain}`
  const redirects = login === 'redirect' || redirectUri !== undefined
  const server: Auth0Server = {
    ...{ base, clientId, connection, redirectUri: redirectUri ?? null },
    audience: options.audience ?? `${base}/api/v2/`,
    scope: options.scope ?? SCOPE,
    redirectOnly: redirects ? login === 'redirect' : null,
    memory: createAuth0Memory(),
  }
  const calls = () => onDemand(() => import('./auth0-calls.ts'))
  const redirecting = () => onDemand(() => import('./auth0-redirect.ts'))
  const redirect: LogInRedirect = {
    ...createRedirect(`auth0 ${domain}`, {
      start: async (page, wish) => (await redirecting()).start(server, page, wish),
      isReturn: (address, { redirectUri: expected }) => isReturn(address, String(expected)),
      finish: async (address, proof, context) => (await redirecting()).finish(server, address, proof, context),
    }),
    only: login === 'redirect',
    logOutAddress: (returnTo) => `${base}/v2/logout?${new URLSearchParams({ client_id: clientId, returnTo })}`,
  }
  return {
    id: 'auth0',
    capabilities: usernames ? { ...auth0Capabilities, usernames } : auth0Capabilities,
    overflow: (keeping) => createOverflow(`auth0 ${domain}`, auth0Capabilities.signUpValues, keeping),
    ...(redirects && { redirect }),
    address: (call) => base + PATHS[call],
    signUp: async (input, context) =>
      (await onDemand(() => import('./auth0-sign-up.ts'))).signUp(server, input, context),
    logIn: async (credentials, context) => (await calls()).logIn(server, credentials, context),
    refresh: async (refreshToken, context) => (await calls()).refresh(server, refreshToken, context),
    logOut: async (context) => (await calls()).logOut(server, context),
    getSession: async (context) => (await calls()).getSession(server, context),
    getProfile: async (context) => (await calls()).getProfile(server, context),
    patchProfile: async (patch, context) => (await calls()).patchProfile(server, patch, context),
    changePassword: async (email, context) => (await calls()).changePassword(server, email, context),
  }
}

/** Whether an address is the way back: the page, with an answer to a question (RFC 6749, 4.1.2). */
function isReturn(address: string, expected: string): boolean {
  if (!URL.canParse(address) || !URL.canParse(expected)) return false
  const [here, there] = [new URL(address), new URL(expected)]
  if (here.origin !== there.origin || here.pathname !== there.pathname) return false
  return here.searchParams.has('state') && (here.searchParams.has('code') || here.searchParams.has('error'))
}

function check({ domain, clientId, connection, login, redirectUri, audience, scope }: Auth0Options): void {
  const wrong = (name: string, rule: string) => new TypeError(`auth0(): options.${name}: ${rule}`)
  if (typeof domain !== 'string' || !/^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i.test(domain))
    throw wrong('domain', 'must be a domain without "https://"; write "example.eu.auth0.com"')
  for (const [name, value] of Object.entries({ clientId, connection })) {
    if (typeof value !== 'string' || value === '') throw wrong(name, 'is missing; copy it from the Auth0 dashboard')
  }
  if (login !== undefined && login !== 'password' && login !== 'redirect')
    throw wrong('login', 'must be "password" or "redirect"')
  if (redirectUri !== undefined && !/^https?:\/\/[^#]+$/i.test(redirectUri))
    throw wrong('redirectUri', 'must be the whole address of a page; write "https://example.com/account"')
  if (audience !== undefined && !/^https:\/\/[^/?#]+\/api\/v2\/$/i.test(audience))
    throw wrong('audience', 'must be that of the Management API; write "https://example.eu.auth0.com/api/v2/"')
  if (scope !== undefined && !(typeof scope === 'string' && scope.split(' ').includes('openid')))
    throw wrong('scope', 'must contain "openid", which tells whose token it is')
}
