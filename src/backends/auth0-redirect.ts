// Log-in on the tenant's own page: authorization code with PKCE (RFC 7636), with state and nonce checked on the way back.
import * as oauth from 'oauth4webapi'
import type { CallContext, RedirectWish, SignInAnswer } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import type { JsonObject } from '../contract/json.ts'
import { askToken, signedIn } from './auth0-calls.ts'
import { codeOfReturn } from './auth0-errors.ts'
import { type Auth0Server, tokensOf } from './auth0-server.ts'

/** Where to go; what has to be kept is of no use without the code that only the way back brings. */
export async function start(server: Auth0Server, page: string, { identifier }: RedirectWish) {
  const { base, clientId, connection, audience, scope, redirectOnly } = server
  const redirectUri = server.redirectUri ?? page.replace(/[?#].*$/, '')
  const [state, nonce, verifier] = [
    oauth.generateRandomState(),
    oauth.generateRandomNonce(),
    oauth.generateRandomCodeVerifier(),
  ]
  const asked = new URLSearchParams({
    ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, scope, audience, connection },
    ...{ state, nonce, code_challenge: await challengeOf(verifier), code_challenge_method: 'S256' },
    ...(identifier !== undefined && identifier !== '' && { login_hint: identifier }),
    // Beside a form nobody logs out of those pages: whoever was there last must not come back as someone else.
    ...(!redirectOnly && { prompt: 'login' }),
  })
  return { address: `${base}/authorize?${asked}`, proof: { state, nonce, verifier, redirectUri } }
}

async function challengeOf(verifier: string): Promise<string> {
  if (!globalThis.crypto?.subtle) {
    const fix = 'serve the page over https, or from localhost'
    throw new LatchkeyError('unsupported', `startRedirect(): a page without TLS cannot log in this way; ${fix}`)
  }
  return oauth.calculatePKCECodeChallenge(verifier)
}

/** Exchanges the code that the address brings, once state, nonce and sender are what was asked for. */
export async function finish(
  server: Auth0Server,
  address: string,
  { state, nonce, verifier, redirectUri }: JsonObject,
  context: CallContext,
): Promise<SignInAnswer> {
  const { base, clientId } = server
  const [tenant, client] = [{ issuer: `${base}/` }, { client_id: clientId }]
  const code = codeIn(tenant, client, address, String(state))
  const answer = await askToken(
    server,
    {
      ...{ grant_type: 'authorization_code', code, code_verifier: String(verifier) },
      redirect_uri: String(redirectUri),
    },
    'logIn',
    context,
  )
  // The answer was read as any other; its ID token is checked as the standard says (OpenID Connect Core, 3.1.3.7).
  const id = await oauth
    .processAuthorizationCodeResponse(tenant, client, Response.json(answer), {
      expectedNonce: String(nonce),
      requireIdToken: true,
    })
    .then((checked) => oauth.getValidatedIdTokenClaims(checked)?.sub ?? null)
    .catch(() => null)
  if (id === null) {
    throw new LatchkeyError('unauthenticated', 'the tokens do not belong to the log-in that was begun; log in again')
  }
  return signedIn(server, tokensOf(server, answer, context, { id }), context)
}

/** The code of an answer to our own question; throws LatchkeyError for any other, and for a refusal. */
function codeIn(tenant: oauth.AuthorizationServer, client: oauth.Client, address: string, state: string): string {
  try {
    return oauth.validateAuthResponse(tenant, client, new URL(address), state).get('code') ?? ''
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) {
      const code = codeOfReturn(error.error, error.error_description ?? '')
      throw new LatchkeyError(code, 'the log-in page sent the browser back without a log-in')
    }
    const fix = 'log in again'
    throw new LatchkeyError('unauthenticated', `the address belongs to no log-in that this tab began; ${fix}`)
  }
}
