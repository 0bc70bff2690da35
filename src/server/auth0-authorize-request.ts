// What a browser asks of /authorize, checked: who asks, where the answer may go, and what can be given at all.
import type { Auth0Context } from './auth0-context.ts'
import { clientOf } from './auth0-context.ts'
import { messagePage } from './auth0-pages.ts'
import { grantedScopes, isAudience } from './auth0-scopes.ts'
import type { Client } from './auth0-settings.ts'

export type ResponseMode = 'query' | 'fragment' | 'web_message'

/** Where an answer goes, and with what it is found again there. */
export interface Destination {
  readonly redirectUri: string
  readonly responseMode: ResponseMode
  readonly state: string | null
}

export interface AuthorizeRequest extends Destination {
  readonly client: Client
  /** `code`, or what the page gets at once. */
  readonly responseTypes: readonly ('code' | 'token' | 'id_token')[]
  readonly scopes: readonly string[]
  readonly audience: string | null
  readonly nonce: string | null
  readonly codeChallenge: string | null
  readonly prompt: 'none' | 'login' | null
  /** Seconds since the last log-in, at most. */
  readonly maxAge: number | null
  readonly loginHint: string
  readonly loginTicket: string | null
}

/** What is wrong with a request whose destination is right. */
export interface Refusal extends Destination {
  readonly error: string
  readonly description: string
}

const RESPONSE_TYPES = ['code', 'token', 'id_token', 'token id_token', 'id_token token'] as const

/** Whose account it is can be said anew by logging in; clients are the site's own and need no consent. */
const PROMPTS: readonly string[] = ['none', 'login', 'consent', 'select_account']

/**
 * The request, what its sender has to be told, or a page for the person: nothing is sent to an address that is not on the
 * client's list (RFC 9700, 4.1.1).
 */
export function authorizeRequest(query: URLSearchParams, context: Auth0Context): AuthorizeRequest | Refusal | Response {
  const twice = [...query.keys()].find((name, place, names) => names.indexOf(name) < place)
  if (twice !== undefined) return wrongPage(`The parameter ${twice} was sent twice.`)
  const text = (name: string) => query.get(name) || null
  const client = clientOf(text('client_id'), context)
  if (!client) return wrongPage(`Unknown client: ${text('client_id') ?? 'none'}`)
  const destination = destinationOf(query, client)
  if (destination instanceof Response) return destination

  const refused = (error: string, description: string): Refusal => ({ ...destination, error, description })
  const type = RESPONSE_TYPES.find((known) => known === text('response_type'))
  if (!type) return refused('unsupported_response_type', `Unsupported response type: ${text('response_type')}`)
  const responseTypes =
    type === 'code' ? (['code'] as const) : type.split(' ').filter((word) => word === 'token' || word === 'id_token')
  if (!client.grants.includes(type === 'code' ? 'authorization_code' : 'implicit')) {
    return refused('unauthorized_client', `Response type '${type}' not allowed for the client.`)
  }
  const [nonce, codeChallenge] = [text('nonce'), text('code_challenge')]
  if (responseTypes.some((word) => word === 'id_token') && nonce === null) {
    return refused('invalid_request', 'Missing required parameter: nonce')
  }
  const challengeFault = type === 'code' ? challengeRefusal(codeChallenge, text('code_challenge_method'), client) : null
  if (challengeFault) return refused('invalid_request', challengeFault)
  const audience = text('audience')
  if (!isAudience(audience, context.settings)) return refused('access_denied', `Service not found: ${audience}`)
  const prompts = text('prompt')?.split(' ') ?? []
  const isNone = prompts.includes('none')
  if (!prompts.every((word) => PROMPTS.includes(word)) || (isNone && prompts.length > 1)) {
    return refused('invalid_request', `Unsupported prompt: ${prompts.join(' ')}`)
  }
  const age = text('max_age')
  if (age !== null && !/^\d{1,9}$/.test(age)) return refused('invalid_request', 'max_age must be a number of seconds')
  return {
    ...destination,
    client,
    responseTypes,
    scopes: grantedScopes(text('scope'), audience, client, context.settings),
    audience,
    nonce,
    codeChallenge,
    prompt: isNone ? 'none' : prompts.some((word) => word !== 'consent') ? 'login' : null,
    maxAge: age === null ? null : Number(age),
    loginHint: text('login_hint') ?? '',
    loginTicket: text('login_ticket'),
  }
}

function destinationOf(query: URLSearchParams, client: Client): Destination | Response {
  const redirectUri = query.get('redirect_uri') ?? ''
  const mode = query.get('response_mode') || (query.get('response_type') === 'code' ? 'query' : 'fragment')
  const state = query.get('state')
  if (mode === 'web_message') {
    // A message reaches pages of one origin and no address; the client's pages are on a list of their own.
    const isPage = client.origins.some((origin) => redirectUri === origin || redirectUri.startsWith(`${origin}/`))
    return isPage ? { redirectUri, responseMode: mode, state } : mismatchPage(redirectUri, 'origins')
  }
  if (!client.redirectUris.includes(redirectUri)) return mismatchPage(redirectUri, 'redirectUris')
  if (mode === 'fragment') return { redirectUri, responseMode: mode, state }
  // Tokens in a query would stand in logs.
  if (mode === 'query' && query.get('response_type') === 'code') return { redirectUri, responseMode: mode, state }
  return wrongPage(`Unsupported response mode: ${mode}`)
}

/** A client without a secret has nothing else to prove that the code is its own (RFC 9700, 2.1.1). */
function challengeRefusal(challenge: string | null, method: string | null, client: Client): string | null {
  if (challenge === null) return client.clientSecret === null ? 'Missing required parameter: code_challenge' : null
  if (method !== 'S256') return 'code_challenge_method must be S256'
  return /^[\w-]{43}$/.test(challenge) ? null : 'code_challenge must be a SHA-256 in base64url'
}

function mismatchPage(redirectUri: string, list: string): Response {
  return wrongPage(`Callback URL mismatch. ${redirectUri.slice(0, 300)} is not one of the client's ${list}.`, 403)
}

export function wrongPage(text: string, status: 400 | 403 = 400): Response {
  return messagePage(status, 'This did not work', text)
}
