// What the Auth0-compatible door says about itself: to OpenID Connect clients, and to Lock.
import { type Auth0Context, clientOf } from './auth0-context.ts'
import { managementError } from './auth0-errors.ts'
import { shortestOf } from './auth0-password-policy.ts'
import { OPENID_SCOPES } from './auth0-scopes.ts'

/** GET /.well-known/openid-configuration (OpenID Connect Discovery 1.0, 3) */
export function configuration({ settings: { issuer } }: Auth0Context): Response {
  return Response.json({
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth/token`,
    userinfo_endpoint: `${issuer}userinfo`,
    jwks_uri: `${issuer}.well-known/jwks.json`,
    revocation_endpoint: `${issuer}oauth/revoke`,
    end_session_endpoint: `${issuer}oidc/logout`,
    scopes_supported: OPENID_SCOPES,
    response_types_supported: ['code', 'token', 'id_token', 'token id_token'],
    response_modes_supported: ['query', 'fragment', 'web_message'],
    grant_types_supported: [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'password',
      'http://auth0.com/oauth/grant-type/password-realm',
      'implicit',
    ],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    code_challenge_methods_supported: ['S256'],
    claims_supported: [
      ...['aud', 'auth_time', 'email', 'email_verified', 'exp', 'family_name', 'given_name', 'iat', 'iss', 'name'],
      ...['nickname', 'phone_number', 'picture', 'sub', 'updated_at'],
    ],
  })
}

/** GET /.well-known/jwks.json */
export function publishedKeys({ key }: Auth0Context): Response {
  return Response.json(key.published, { headers: { 'cache-control': 'public, max-age=300' } })
}

/** Of a user name, in characters. */
const USERNAME_LENGTH = { min: 2, max: 30 } as const

/** GET /client/{id}.js: what Lock draws its form from. */
export function lockSettings(file: string, context: Auth0Context): Response {
  const client = clientOf(file.replace(/\.js$/, ''), context)
  if (!client || !file.endsWith('.js')) return managementError(404, 'There is no such client.', null)
  const { accounts, settings } = context
  const connection = {
    name: settings.connection,
    passwordPolicy: settings.passwordPolicy,
    password_complexity_options: { min_length: shortestOf(settings.passwordPolicy, accounts.passwordMinLength) },
    showSignup: true,
    showForgot: true,
    requires_username: accounts.usernames,
    validation: { username: USERNAME_LENGTH },
  }
  const described = {
    id: client.clientId,
    tenant: new URL(settings.issuer).hostname,
    subscription: 'enterprise',
    allowed: client.origins,
    callback: client.redirectUris[0] ?? '',
    strategies: [{ name: 'auth0', connections: [connection] }],
  }
  // In a script no line separator may stand unescaped before ES2019, which Lock's own browsers are older than.
  const json = JSON.stringify(described).replace(/[\u2028\u2029<]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return new Response(`Auth0.setClient(${json});`, {
    headers: {
      'content-type': 'application/javascript; charset=utf-8',
      'cross-origin-resource-policy': 'cross-origin',
    },
  })
}

/** GET /user/ssodata: Lock on the door's own pages asks who is logged in; there is no such page. */
export function ssoData(): Response {
  return Response.json({ sso: false })
}
