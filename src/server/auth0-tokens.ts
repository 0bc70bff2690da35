// The tokens of the Auth0-compatible door, signed with RS256: for APIs, and for the client about the person.
import { createHash } from 'node:crypto'
import type { JWTPayload } from 'jose'
import type { JsonObject } from '../contract/json.ts'
import type { Jose, SigningKey } from './auth0-keys.ts'
import type { Auth0Settings } from './auth0-settings.ts'

/** Seconds until an ID token ends (Auth0's own default). */
const ID_TOKEN_LIFETIME = 36_000

/** What an access token says. */
export interface Access {
  readonly subject: string
  readonly clientId: string
  readonly scopes: readonly string[]
  /** Whether it is a client's own, without a person. */
  readonly isMachine: boolean
}

export interface Tokens {
  /** `audience` null: good for `/userinfo` alone. */
  accessToken(access: Access, audience: string | null): Promise<string>
  idToken(claims: JsonObject, clientId: string): Promise<string>
  /** What a request's access token for an audience says, or null for none that is good. */
  accessOf(request: Request, audience: string): Promise<Access | null>
  /** The client that an ID token of ours was given to, also after its end, or null. */
  clientOf(idToken: string): Promise<string | null>
  /** The `at_hash` of an access token (OpenID Connect Core 1.0, 3.2.2.9). */
  hashOf(accessToken: string): string
}

export function createTokens(
  { issuer, accessTokenLifetime, clients }: Auth0Settings,
  { id, key, published }: SigningKey,
  jose: Jose,
  now: () => number,
): Tokens {
  const keys = jose.createLocalJWKSet(published)
  const userInfo = `${issuer}userinfo`

  function signed(claims: JWTPayload, lifetime: number): Promise<string> {
    const time = Math.floor(now() / 1000)
    return new jose.SignJWT({ ...claims, iss: issuer, iat: time, exp: time + lifetime })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: id })
      .sign(key)
  }

  return {
    accessToken({ subject, clientId, scopes, isMachine }, audience) {
      const both = audience !== null && scopes.includes('openid')
      const aud = both ? [audience, userInfo] : (audience ?? userInfo)
      const claims = { sub: subject, aud, azp: clientId, scope: scopes.join(' ') }
      return signed({ ...claims, ...(isMachine && { gty: 'client-credentials' }) }, accessTokenLifetime)
    },

    idToken: (claims, clientId) => signed({ ...claims, aud: clientId }, ID_TOKEN_LIFETIME),

    async accessOf(request, audience) {
      const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? []
      if (token === undefined) return null
      try {
        const currentDate = new Date(now())
        const { payload } = await jose.jwtVerify(token, keys, { issuer, audience, algorithms: ['RS256'], currentDate })
        const { sub, azp, scope, gty } = payload
        // A client that was taken off the list does nothing any more, whatever it holds.
        if (!clients.some(({ clientId }) => clientId === azp)) return null
        if (sub === undefined || typeof azp !== 'string' || typeof scope !== 'string') return null
        return { subject: sub, clientId: azp, scopes: scope.split(' '), isMachine: gty === 'client-credentials' }
      } catch (error) {
        if (error instanceof jose.errors.JOSEError) return null
        throw error
      }
    },

    async clientOf(idToken) {
      try {
        const { payload } = await jose.compactVerify(idToken, keys, { algorithms: ['RS256'] })
        const { aud } = JSON.parse(new TextDecoder().decode(payload))
        return typeof aud === 'string' ? aud : null
      } catch (error) {
        if (error instanceof jose.errors.JOSEError) return null
        throw error
      }
    },

    hashOf: (accessToken) => createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
  }
}
