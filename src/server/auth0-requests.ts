// What every request of the Auth0-compatible door passes on its way in and out: its body, and the headers of the answer.
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { MAX_BODY_BYTES } from '../contract/limits.ts'
import type { Auth0Settings } from './auth0-settings.ts'
import { bytesOf } from './requests.ts'
import { parseStrictJson } from './strict-json.ts'

export type Read =
  | { readonly ok: true; readonly body: JsonObject }
  | { readonly ok: false; readonly status: 400 | 413 | 415; readonly detail: string }

/** Reads a request's body, as JSON or as a form sends it; a form's values are texts, each named once (RFC 6749, 3.2). */
export async function bodyOf(request: Request): Promise<Read> {
  const type = request.headers.get('content-type') ?? ''
  const isForm = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)
  if (!isForm && !/^application\/json\s*(;|$)/i.test(type)) {
    return refused(415, 'Send the body as application/json or application/x-www-form-urlencoded.')
  }
  const bytes = await bytesOf(request)
  if (bytes === 'too large') return refused(413, `The body may have at most ${MAX_BODY_BYTES} bytes.`)
  if (bytes === 'cut off') return refused(400, 'The body was cut off.')
  if (isForm) {
    const values = [...new URLSearchParams(new TextDecoder().decode(bytes))]
    const twice = values.find(([name], place) => values.findIndex(([other]) => other === name) < place)
    if (twice) return refused(400, `Duplicate parameter: ${twice[0].slice(0, 100)}`)
    return { ok: true, body: Object.fromEntries(values) }
  }
  const parsed = parseStrictJson(bytes)
  if (!parsed.ok) return refused(400, parsed.detail)
  if (!isJsonObject(parsed.value)) return refused(400, 'The body must be a JSON object.')
  return { ok: true, body: parsed.value }
}

function refused(status: 400 | 413 | 415, detail: string): Read {
  return { ok: false, status, detail }
}

/** A value of a body or query that is a text with content, else null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

/** Whether a page of this origin may read answers. */
export function isOrigin(origin: string | null, { clients }: Auth0Settings): origin is string {
  return origin !== null && clients.some(({ origins }) => origins.includes(origin))
}

const PREFLIGHT: Readonly<Record<string, string>> = {
  'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
  // auth0-js and Lock send Auth0-Client with every call, and X-Request-Language where a page sets one.
  'access-control-allow-headers': 'content-type, authorization, auth0-client, x-request-language, x-requested-with',
  'access-control-max-age': '600',
}

export function preflight(): Response {
  return new Response(null, { status: 204, headers: PREFLIGHT })
}

/** The headers that every answer carries unless it says otherwise, and those that let an allowed page read it. */
export function finish(answer: Response, request: Request, settings: Auth0Settings, now: () => number): Response {
  const headers = new Headers(answer.headers)
  const usual = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-ratelimit-limit': '100',
    'x-ratelimit-remaining': answer.status === 429 ? '0' : '99',
    // In seconds since the epoch; the limits themselves are those of the accounts.
    'x-ratelimit-reset': String(Math.floor(now() / 1000) + Number(headers.get('retry-after') ?? 1)),
  }
  for (const [name, value] of Object.entries(usual)) if (!headers.has(name)) headers.set(name, value)
  headers.append('vary', 'Origin')
  const origin = request.headers.get('origin')
  if (isOrigin(origin, settings)) {
    headers.set('access-control-allow-origin', origin)
    headers.set('access-control-allow-credentials', 'true')
    headers.set(
      'access-control-expose-headers',
      'Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset',
    )
  }
  return new Response(answer.body, { status: answer.status, headers })
}
