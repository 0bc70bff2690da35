// Checks what the Auth0-compatible door is opened with, and fills in what was left out.
import { MIN_TOKEN_LENGTH, TOKEN } from '../contract/management.ts'
import {
  type Auth0Api,
  type Auth0Client,
  type Auth0FacadeOptions,
  type Auth0Grant,
  GRANTS,
  MANAGEMENT_SCOPES,
  type ManagementScope,
} from './auth0-options.ts'
import { PASSWORD_POLICIES, type PasswordPolicy } from './auth0-password-policy.ts'
import { whole } from './options.ts'
import { createOrigins } from './origins.ts'

export interface Auth0Settings {
  readonly issuer: string
  readonly secure: boolean
  readonly clients: readonly Client[]
  readonly connection: string
  readonly userExists: 'user_exists' | 'invalid_signup'
  readonly passwordPolicy: PasswordPolicy
  readonly apis: readonly Auth0Api[]
  readonly accessTokenLifetime: number
  readonly refreshTokenLifetime: number
  readonly refreshTokenLeeway: number
  readonly sessionLifetime: number
}

export interface Client {
  readonly clientId: string
  readonly clientSecret: string | null
  readonly redirectUris: readonly string[]
  readonly logoutUris: readonly string[]
  readonly origins: readonly string[]
  readonly grants: readonly Auth0Grant[]
  readonly scopes: readonly ManagementScope[]
  readonly crossOrigin: boolean
}

/** Throws TypeError with path and fix for a wrong option; a secret is never repeated. */
export function settingsOf(options: Auth0FacadeOptions): Auth0Settings {
  const { issuer, connection = 'Username-Password-Authentication', userExists = 'invalid_signup' } = options
  const { passwordPolicy = 'low', apis = [], refreshTokenLeeway = 0 } = options
  const secure = checkedIssuer(issuer)
  if (typeof connection !== 'string' || connection === '') throw wrong('connection', connection, 'must be a name')
  oneOf('userExists', userExists, ['user_exists', 'invalid_signup'])
  oneOf('passwordPolicy', passwordPolicy, PASSWORD_POLICIES)
  apis.forEach(({ audience, scopes }, index) => {
    if (typeof audience !== 'string' || audience === '' || audience.startsWith(issuer)) {
      throw wrong(`apis[${index}].audience`, audience, 'must be the name of an API of your own')
    }
    if (!Array.isArray(scopes)) throw wrong(`apis[${index}].scopes`, scopes, 'must be a list such as ["read:orders"]')
  })
  return {
    issuer,
    secure,
    clients: checkedClients(options.clients),
    connection,
    userExists,
    passwordPolicy,
    apis,
    accessTokenLifetime: whole('accessTokenLifetime', options.accessTokenLifetime ?? 7200, 'seconds'),
    refreshTokenLifetime: whole('refreshTokenLifetime', options.refreshTokenLifetime ?? 2_592_000, 'seconds'),
    refreshTokenLeeway: refreshTokenLeeway === 0 ? 0 : whole('refreshTokenLeeway', refreshTokenLeeway, 'seconds'),
    sessionLifetime: whole('sessionLifetime', options.sessionLifetime ?? 259_200, 'seconds'),
  }
}

/** Whether the issuer is https. */
function checkedIssuer(issuer: string): boolean {
  const address = typeof issuer === 'string' && URL.canParse(issuer) ? new URL(issuer) : null
  const isLocal = address !== null && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(address.hostname)
  const isRight = address?.protocol === 'https:' || (address?.protocol === 'http:' && isLocal)
  if (address && isRight && `${address.origin}/` === issuer) return address.protocol === 'https:'
  throw wrong(
    'issuer',
    issuer,
    'must be an https address with a slash at its end and no path; write "https://login.example.com/"',
  )
}

function checkedClients(clients: readonly Auth0Client[]): readonly Client[] {
  if (!Array.isArray(clients) || clients.length === 0) {
    throw new TypeError('clients : must be a list of at least one client; write [{ clientId: "shop", … }]')
  }
  return clients.map((client: Auth0Client, index) => {
    const path = `clients[${index}]`
    const { clientId, clientSecret = null, redirectUris = [], logoutUris = [], origins = [], scopes = [] } = client
    const { grants = ['authorization_code', 'refresh_token'], crossOrigin = false } = client
    // It stands in addresses: /client/{id}.js.
    if (typeof clientId !== 'string' || !/^[\w-]{1,64}$/.test(clientId)) {
      throw wrong(`${path}.clientId`, clientId, 'must be 1 to 64 letters, digits, "_" or "-"')
    }
    if (clients.findIndex((other) => other.clientId === clientId) < index) {
      throw wrong(`${path}.clientId`, clientId, 'stands there twice; give each client an id of its own')
    }
    if (clientSecret !== null && !(clientSecret.length >= MIN_TOKEN_LENGTH && TOKEN.test(clientSecret))) {
      throw new TypeError(
        `${path}.clientSecret : must have at least ${MIN_TOKEN_LENGTH} visible ASCII characters; make one with "openssl rand -base64 32"`,
      )
    }
    checkEach(`${path}.redirectUris`, redirectUris, checkAddress)
    checkEach(`${path}.logoutUris`, logoutUris, checkAddress)
    checkEach(`${path}.origins`, origins, checkOrigin)
    checkEach(`${path}.grants`, grants, (place, grant) => oneOf(place, grant, GRANTS))
    checkEach(`${path}.scopes`, scopes, (place, scope) => oneOf(place, scope, MANAGEMENT_SCOPES))
    if (grants.includes('client_credentials') && (clientSecret === null || scopes.length === 0)) {
      throw new TypeError(
        `${path}.grants : client_credentials needs a clientSecret and scopes; write scopes: ["read:users"]`,
      )
    }
    return { clientId, clientSecret, redirectUris, logoutUris, origins, grants, scopes, crossOrigin }
  })
}

function checkEach(path: string, list: readonly string[], check: (path: string, entry: string) => void): void {
  if (!Array.isArray(list)) throw wrong(path, list, 'must be a list')
  for (const [place, entry] of list.entries()) check(`${path}[${place}]`, entry)
}

/** An address a browser is sent to: of the web, or of an app with a scheme of its own such as `com.example.app`. */
function checkAddress(path: string, uri: string): void {
  const fix = 'write it in full, such as "https://example.com/callback"'
  const address = typeof uri === 'string' && URL.canParse(uri) ? new URL(uri) : null
  if (!address) throw wrong(path, uri, `must be an absolute address; ${fix}`)
  if (uri.includes('*')) throw wrong(path, uri, `is compared exactly, a wildcard matches nothing; ${fix}`)
  if (uri.includes('#')) throw wrong(path, uri, `must not have a fragment (RFC 6749, 3.1.2); ${fix}`)
  if (!/^(https?:\/\/|[a-z][a-z\d+-]*\.[a-z\d+.-]+:)/.test(uri)) {
    throw wrong(path, uri, `must be https, http, or a scheme with a dot such as com.example.app; ${fix}`)
  }
}

function checkOrigin(path: string, origin: string): void {
  try {
    createOrigins(origin, [])
  } catch {
    throw wrong(path, origin, 'must be exactly an origin; write "https://example.com"')
  }
}

function oneOf(path: string, value: unknown, words: readonly string[]): void {
  if (!words.some((word) => word === value)) throw wrong(path, value, `must be one of ${words.join(', ')}`)
}

function wrong(path: string, value: unknown, rule: string): TypeError {
  return new TypeError(`${path} ${JSON.stringify(value) ?? 'missing'}: ${rule}`)
}
