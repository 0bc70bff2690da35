// Who uses the doors of the tests: a page without a secret, a server with one, a machine, and Lock.
import type { Auth0Client } from 'latchkey/server'

export const ISSUER = 'https://login.example.org/'
export const PAGE = 'https://shop.example.org'
export const CONNECTION = 'Username-Password-Authentication'
export const REALM = 'http://auth0.com/oauth/grant-type/password-realm'
export const SECRET = 'machine-secret-0123456789-abcdefgh'

export const SHOP: Auth0Client = {
  clientId: 'shop',
  redirectUris: [`${PAGE}/callback`, `${PAGE}/other?from=login`, 'com.example.shop:/callback'],
  logoutUris: [`${PAGE}/bye`],
  origins: [PAGE],
  grants: ['authorization_code', 'refresh_token', 'password'],
}
export const SITE: Auth0Client = {
  clientId: 'site',
  clientSecret: 'site-secret-0123456789-abcdefghijk',
  redirectUris: ['https://site.example.org/callback'],
}
export const MACHINE: Auth0Client = {
  clientId: 'machine',
  clientSecret: SECRET,
  grants: ['client_credentials'],
  scopes: ['read:users', 'update:users', 'create:users', 'delete:users'],
}
export const LOCK: Auth0Client = {
  clientId: 'lock',
  redirectUris: [`${PAGE}/lock`],
  origins: [PAGE],
  grants: ['implicit'],
  crossOrigin: true,
}
export const CLIENTS = [SHOP, SITE, MACHINE, LOCK]
