// Which client asks for tokens, and whether it is who it says.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { JsonObject } from '../contract/json.ts'
import { type Auth0Context, clientOf } from './auth0-context.ts'
import { oauthError } from './auth0-errors.ts'
import { textOf } from './auth0-requests.ts'
import type { Client } from './auth0-settings.ts'

/** The client of a token request, by its body or by HTTP Basic (RFC 6749, 2.3.1), or the refusal. */
export function authenticated(request: Request, body: JsonObject, context: Auth0Context): Client | Response {
  const basic = basicOf(request)
  const id = basic?.id ?? textOf(body.client_id)
  const secret = basic?.secret ?? textOf(body.client_secret)
  if (basic && body.client_secret !== undefined) {
    return oauthError(400, 'invalid_request', 'Authenticate in one way only.')
  }
  const client = clientOf(id, context)
  if (client && (client.clientSecret === null || (secret !== null && same(secret, client.clientSecret)))) return client
  const headers: HeadersInit = basic ? { 'www-authenticate': 'Basic realm="oauth"' } : {}
  return oauthError(401, 'invalid_client', 'Unauthorized', headers)
}

function basicOf(request: Request): { readonly id: string; readonly secret: string } | null {
  const [, encoded] = /^Basic +([\w+/=]+)$/i.exec(request.headers.get('authorization') ?? '') ?? []
  if (encoded === undefined) return null
  const [, id, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString()) ?? []
  if (id === undefined || secret === undefined) return null
  return { id: unescaped(id), secret: unescaped(secret) }
}

/** Both halves are form-encoded before they are joined. */
function unescaped(text: string): string {
  return new URLSearchParams(`value=${text.replaceAll('&', '%26')}`).get('value') ?? ''
}

/** Hashes have one length, and comparing them says nothing about how much of a secret was right. */
function same(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}
