// What every request passes on its way in and out: origin, content type, body, headers.
import { type Issue, pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { MAX_BODY_BYTES } from '../contract/limits.ts'
import { PROTOTYPE_NAMES } from '../contract/names.ts'
import { corsHeaders, type Origins, PREFLIGHT_HEADERS } from './origins.ts'
import { problem } from './problems.ts'
import { parseStrictJson } from './strict-json.ts'

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/** What a page's form sends when its script did not run. */
const FORM_TYPES = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i

/**
 * The refusal of a request that may not come in, or null. Every write needs an allowed Origin and a JSON body:
 * no form of a foreign page can send both (OWASP CSRF Prevention). What carries its own proof, `needsOrigin` false,
 * needs no origin: a browser never adds a token by itself.
 */
export function admit(request: Request, origins: Origins, needsOrigin: boolean): Response | null {
  const origin = request.headers.get('origin')
  if (request.method === 'OPTIONS') {
    const known = origins.allows(origin)
    return new Response(null, { status: 204, headers: known ? PREFLIGHT_HEADERS : {} })
  }
  if (SAFE_METHODS.includes(request.method)) return null
  const type = request.headers.get('content-type') ?? ''
  if (FORM_TYPES.test(type)) return formPage(request)
  if (needsOrigin && !origins.allows(origin)) {
    const named = origin === null ? 'no Origin header' : `the origin ${JSON.stringify(origin.slice(0, 200))}`
    return problem('forbidden', `A write came with ${named}; add the page's origin to allowedOrigins.`)
  }
  return null
}

/** The answer to a write whose body is not JSON, or null. */
export function mediaTypeRefusal(request: Request): Response | null {
  const type = request.headers.get('content-type') ?? ''
  if (/^application\/json\s*(;|$)/i.test(type)) return null
  return problem('unsupported_media_type', 'Send the body as application/json.', null, acceptPatch(request))
}

/** A request's body, read and as it came. */
export interface Body {
  readonly value: JsonObject
  readonly bytes: ArrayBuffer
}

/** Reads a request's body as a JSON object, or answers with the refusal. */
export async function bodyOf(request: Request): Promise<Body | Response> {
  const refusal = mediaTypeRefusal(request)
  if (refusal) return refusal
  const bytes = await bytesOf(request)
  if (bytes === 'too large') {
    return problem('payload_too_large', `The body may have at most ${MAX_BODY_BYTES} bytes.`)
  }
  if (bytes === 'cut off') return problem('invalid_request', 'The body was cut off.')
  const parsed = parseStrictJson(bytes)
  if (!parsed.ok) return problem('invalid_request', parsed.detail)
  if (!isJsonObject(parsed.value)) return problem('invalid_request', 'The body must be a JSON object.')
  return { value: parsed.value, bytes }
}

/** Keys of a body that nobody may send here, privileged ones among them. */
export function unknownKeysOf(body: JsonObject, known: readonly string[]): readonly Issue[] {
  return Object.keys(body)
    .filter((key) => !known.includes(key))
    .map((key) => ({
      code: PROTOTYPE_NAMES.includes(key) ? 'invalid_field_name' : 'unknown_field',
      pointer: pointerTo(key),
    }))
}

/** The issue of a text that has to be there. */
export function textIssue(value: JsonValue | undefined, pointer: string): readonly Issue[] {
  if (value === undefined || value === '') return [{ code: 'required', pointer }]
  if (typeof value !== 'string') return [{ code: 'invalid_type', pointer }]
  return value.isWellFormed() ? [] : [{ code: 'invalid_value', pointer }]
}

/** The same for a text that is looked for in the database: PostgreSQL takes NUL in no text. A password is none. */
export function keyIssue(value: JsonValue | undefined, pointer: string): readonly Issue[] {
  if (typeof value === 'string' && value.includes('\0')) return [{ code: 'invalid_value', pointer }]
  return textIssue(value, pointer)
}

/** The issue of a body that asks for nothing: it has none of the keys. */
export function needsOneOf(body: JsonObject, keys: readonly string[]): readonly Issue[] {
  return keys.some((key) => Object.hasOwn(body, key)) ? [] : [{ code: 'required', pointer: '/user_metadata' }]
}

/** The whole of a request's body, up to the largest that is read. */
export async function bytesOf(request: Request): Promise<ArrayBuffer | 'too large' | 'cut off'> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  try {
    for await (const part of request.body ?? []) {
      size += part.length
      if (size > MAX_BODY_BYTES) return 'too large'
      parts.push(part)
    }
  } catch {
    return 'cut off'
  }
  return new Blob(parts).arrayBuffer()
}

/** Puts the headers on that every answer carries; without origins no page may read it. */
export function finish(answer: Response, request: Request, origins: Origins | null): Response {
  const headers = new Headers(answer.headers)
  headers.set('cache-control', 'private, no-store')
  headers.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  headers.set('referrer-policy', 'no-referrer')
  headers.set('x-content-type-options', 'nosniff')
  headers.set('x-frame-options', 'DENY')
  headers.append('vary', 'Origin')
  const origin = request.headers.get('origin')
  if (origin !== null && origins?.allows(origin))
    for (const [name, value] of Object.entries(corsHeaders(origin))) headers.set(name, value)
  return new Response(answer.body, { status: answer.status, headers })
}

export function methodNotAllowed(request: Request, allow: string): Response {
  const detail = `This address takes ${allow}, not ${request.method}.`
  const refusal = problem('method_not_allowed', detail, null, { allow })
  if (!request.headers.get('accept')?.includes('text/html')) return refusal
  return page(405, 'Nothing to see here', 'This address is for the forms of this site.', { allow })
}

/** What a person reads whose browser sent the form itself because the page's script did not run. Nothing of it was read. */
function formPage(request: Request): Response {
  const text =
    'This form needs the script of its page, which did not run. Nothing was processed or stored. Go back, reload the page and try again.'
  return page(415, 'This did not work', text, acceptPatch(request))
}

/** What a PATCH may be sent as (RFC 5789, 3.1). */
function acceptPatch(request: Request): Readonly<Record<string, string>> {
  return request.method === 'PATCH' ? { 'accept-patch': 'application/json' } : {}
}

function page(status: number, title: string, text: string, headers: Readonly<Record<string, string>>): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${text}</p></html>`
  return new Response(html, { status, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' } })
}
