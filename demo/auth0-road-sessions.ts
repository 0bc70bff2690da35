// The site's own sessions for people of an Auth0 tenant: a password is tried there, and who it was is kept in a signed cookie.
import { createRemoteJWKSet, jwtVerify, SignJWT } from 'jose'
import { LatchkeyError } from 'latchkey/management'

export interface RoadSessionsOptions {
  readonly domain: string
  /** A confidential application of the tenant that has the Password grant. */
  readonly clientId: string
  readonly clientSecret: string
  readonly connection: string
  /** At least 32 bytes that only this site's servers know. */
  readonly cookieSecret: string
  /** Whether the site is reached over https: its cookie then never leaves it. */
  readonly secure: boolean
}

export interface RoadSessions {
  /** The id of whoever a request is from, as far as the cookie is our own; null for nobody. */
  personOf(request: Request): Promise<string | null>
  /** The id of the account that this password opens, or null. */
  logIn(identifier: string, password: string): Promise<string | null>
  /** The cookie of a new session. */
  begin(id: string): Promise<string>
  /** The cookie that ends a session. */
  end(): string
}

const HOURS = 8

export function createRoadSessions(options: RoadSessionsOptions): RoadSessions {
  const { domain, clientId, clientSecret, connection, secure } = options
  const key = new TextEncoder().encode(options.cookieSecret)
  const keys = createRemoteJWKSet(new URL(`https://${domain}/.well-known/jwks.json`))
  const name = secure ? '__Host-site' : 'site'
  const cookie = (value: string, maxAge: number) =>
    `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure ? '; Secure' : ''}`

  return {
    async personOf(request) {
      const cookies = request.headers.get('cookie')?.split('; ') ?? []
      const token = cookies.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1)
      const verified =
        token === undefined ? null : await jwtVerify(token, key, { audience: 'session' }).catch(() => null)
      return verified?.payload.sub ?? null
    },
    async logIn(username, password) {
      const grant = {
        grant_type: 'http://auth0.com/oauth/grant-type/password-realm',
        realm: connection,
        scope: 'openid',
      }
      const answer = await fetch(`https://${domain}/oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...grant, client_id: clientId, client_secret: clientSecret, username, password }),
      })
      const { status } = answer
      if (status === 403) return null
      if (!answer.ok) {
        const code = status === 429 ? 'rate_limited' : 'server_error'
        throw new LatchkeyError(code, `the tenant answered a log-in with ${status}`, { status })
      }
      const { id_token } = await answer.json()
      const rules = { issuer: `https://${domain}/`, audience: clientId, algorithms: ['RS256'] }
      const { payload } = await jwtVerify(String(id_token), keys, rules)
      return payload.sub ?? null
    },
    async begin(id) {
      const token = new SignJWT().setProtectedHeader({ alg: 'HS256' }).setSubject(id).setAudience('session')
      return cookie(await token.setIssuedAt().setExpirationTime(`${HOURS}h`).sign(key), HOURS * 3600)
    },
    end: () => cookie('', 0),
  }
}
