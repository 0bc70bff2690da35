// The code that the log-in page sends to a client, and the tokens for it.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { JsonObject } from '../contract/json.ts'
import type { Auth0Context } from './auth0-context.ts'
import { oauthError } from './auth0-errors.ts'
import { issued } from './auth0-issue.ts'
import { textOf } from './auth0-requests.ts'
import type { Client } from './auth0-settings.ts'

/** The exchange of a code (RFC 6749, 4.1.3) with its proof (RFC 7636, 4.6). */
export async function fromCode(body: JsonObject, client: Client, context: Auth0Context): Promise<Response> {
  const code = textOf(body.code)
  if (code === null) return oauthError(400, 'invalid_request', 'Missing required parameter: code')
  const invalid = (description: string) => oauthError(403, 'invalid_grant', description)
  const grant = await context.grants.take('code', code, client.clientId)
  if (!grant) return invalid('Invalid authorization code')
  const { user, loginId, details } = grant
  if (body.redirect_uri !== details.redirect_uri) {
    return invalid('The redirect URI is wrong. It must be the one that the code was asked for with.')
  }
  const [challenge, verifier] = [textOf(details.code_challenge), textOf(body.code_verifier)]
  const isProven = challenge === null ? verifier === null : verifier !== null && isProof(verifier, challenge)
  if (!isProven) return invalid('Failed to verify code verifier')
  const scopes = String(details.scope).split(' ')
  const [audience, nonce] = [textOf(details.audience), textOf(details.nonce)]
  const extra = { auth_time: Number(details.auth_time), ...(nonce !== null && { nonce }) }
  const login = { loginId, expiresAt: null }
  const answer = await issued({ user, client, audience, scopes, extra, ...login }, context)
  return answer ?? invalid('Invalid authorization code')
}

function isProof(verifier: string, challenge: string): boolean {
  const made = createHash('sha256').update(verifier).digest()
  const asked = Buffer.from(challenge, 'base64url')
  return made.length === asked.length && timingSafeEqual(made, asked)
}
