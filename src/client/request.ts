// The one function that talks to a server: whatever comes back, or does not, ends as an answer or a LatchkeyError.
import * as z from 'zod/mini'
import type { CallContext } from '../contract/backend.ts'
import { type Code, isCode } from '../contract/codes.ts'
import { LatchkeyError } from '../contract/errors.ts'
import { asIssues, type Issue } from '../contract/issues.ts'
import { problemSchema } from '../contract/wire.ts'
import { retryAfterOf } from './retry-after.ts'

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly body?: unknown
  /** Entity tag the write is tied to (RFC 9110, 13.1.1). */
  readonly ifMatch?: string | null
  /**
   * Whether cookies go along and are taken.
   * @default 'include'
   */
  readonly credentials?: 'include' | 'omit'
  /** What a status means for this call, when the body does not say it in our words. */
  readonly meanings?: Readonly<Record<number, Code>>
  /** Headers beside those of every request, by name. */
  readonly headers?: Readonly<Record<string, string>>
  /** Understands a refusal of another family's words; null for one that it does not know. */
  readonly explain?: (refusal: Refused) => Explanation | null
  /**
   * What a success is read as.
   * @default 'json'
   */
  readonly reply?: 'json' | 'text'
}

/** A refusal as it came: its body is JSON where it can be read as such, else the text. */
export interface Refused {
  readonly status: number
  readonly body: unknown
}

/** What a refusal means, in our words; nothing of its text, which may repeat what was sent. */
export interface Explanation {
  readonly code: Code
  readonly issues?: readonly Issue[]
  /** What the site's developer can do about it. */
  readonly fix?: string
  /** Seconds the server asks to wait in words, where a page may not read its headers. */
  readonly retryAfter?: number | null
}

export interface Answer<Data> {
  readonly data: Data
  /** Entity tag of the answer, or null. */
  readonly version: string | null
}

/** What an error status means for most calls. */
const CODE_OF_STATUS: Readonly<Record<number, Code>> = {
  400: 'invalid_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'version_conflict',
  412: 'version_conflict',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  422: 'invalid_request',
  429: 'rate_limited',
}

/**
 * Sends one request and takes the answer only if it passes the schema.
 * Rejects with `network`, `timeout`, `aborted`, `bad_response`, or the code the server gave.
 * A redirect is never followed: it would carry a password to a place nobody named.
 */
export async function request<Data>(
  context: CallContext,
  call: Request,
  schema: z.ZodMiniType<Data>,
): Promise<Answer<Data>> {
  const { method, url, body, ifMatch = null, credentials = 'include', reply = 'json' } = call
  const where = `${method} ${url.replace(/[?#].*$/, '')}`
  const headers = new Headers({ accept: 'application/json', ...call.headers })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (ifMatch !== null) headers.set('if-match', ifMatch)
  if (context.token !== null) headers.set('authorization', `Bearer ${context.token}`)
  if (context.idempotencyKey !== null) headers.set('idempotency-key', context.idempotencyKey)
  const init: RequestInit = { method, headers, credentials, cache: 'no-store', redirect: 'manual' }
  let response: Response
  let text: string
  try {
    response = await context.fetch(url, {
      ...init,
      signal: context.signal,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    text = await response.text()
  } catch {
    throw lost(context.signal, where)
  }
  const { status } = response
  if (response.redirected || response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    const what = 'was redirected; the address must answer itself'
    throw new LatchkeyError('bad_response', `${where} ${what}`, { status, retryable: false })
  }
  const parsed = reply === 'text' && response.ok ? text : parseJson(text)
  if (!response.ok) throw refusal(response, text, parsed, call, where, context.now())
  const result = schema.safeParse(text === '' ? null : parsed)
  if (!result.success) {
    const at = result.error.issues[0]?.path.join('.') ?? ''
    const shape = parsed === undefined ? 'something that is not JSON' : `JSON of another shape${at && ` at "${at}"`}`
    const what = text === '' ? 'nothing' : shape
    // A page in between, such as a hotel's log-in, can be gone the next time; what answers nothing will do so again.
    const retryable = text !== ''
    throw new LatchkeyError('bad_response', `${where} answered ${status} with ${what}`, { status, retryable })
  }
  return { data: result.data, version: response.headers.get('etag') }
}

/** An answer whose content is of no interest; a page is none, as it comes from somebody else. */
export const noContentSchema = z.custom<unknown>((content) => content !== undefined)

function lost(signal: AbortSignal, where: string): LatchkeyError {
  if (!signal.aborted) return new LatchkeyError('network', `${where} got no answer`)
  return signal.reason instanceof LatchkeyError
    ? signal.reason
    : new LatchkeyError('aborted', `${where} was aborted by the caller`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refusal(
  response: Response,
  text: string,
  body: unknown,
  { meanings = {}, explain }: Request,
  where: string,
  now: number,
): LatchkeyError {
  const { status } = response
  const retryAfter = retryAfterOf(response, now)
  const known = explain?.({ status, body: body === undefined ? text : body }) ?? null
  if (known) {
    const { code, issues = [], fix } = known
    const message = `${where} answered ${status}${fix === undefined ? '' : `; ${fix}`}`
    const wait = retryAfter ?? known.retryAfter ?? null
    return new LatchkeyError(code, message, { issues: asIssues(issues), status, retryAfter: wait })
  }
  const problem = problemSchema.safeParse(body)
  const fallback = status >= 500 ? 'server_error' : (meanings[status] ?? CODE_OF_STATUS[status] ?? 'bad_response')
  const code = problem.success && isCode(problem.data.code) ? problem.data.code : fallback
  const listed = problem.success ? (problem.data.errors ?? []) : []
  const issues = listed.map(
    (error): Issue => ({
      code: isCode(error.code) ? error.code : 'invalid_value',
      pointer: error.pointer,
      ...(error.params && { params: error.params }),
    }),
  )
  // Where another family's word is not known, its status is all that can be said.
  const unknown: readonly Issue[] = explain ? [{ code, pointer: '', params: { status } }] : []
  return new LatchkeyError(code, `${where} answered ${status}`, {
    issues: asIssues(issues.length > 0 ? issues : unknown),
    status,
    retryAfter,
  })
}
