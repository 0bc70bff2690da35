// One request to a better-auth server; what it refuses becomes an error in our words that still names its own.
import type * as z from 'zod/mini'
import { request } from '../client/request.ts'
import type { CallContext } from '../contract/backend.ts'
import type { Code } from '../contract/codes.ts'
import { isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
import { asIssues } from '../contract/issues.ts'
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { type Asked, refusalOf } from './better-auth-refusals.ts'

export interface BetterAuthRequest extends Partial<Asked> {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly body?: JsonObject
  /** False leaves cookies out, both ways. */
  readonly cookies: boolean
  readonly meanings?: Readonly<Record<number, Code>>
}

/** Sends a request; rejects as `request` does, with the meaning of better-auth's code where it gave one. */
export async function ask<Data>(
  context: CallContext,
  { method, url, body, cookies, meanings = {}, isLogIn = false, columns = [] }: BetterAuthRequest,
  schema: z.ZodMiniType<Data>,
): Promise<Data> {
  let refused: JsonObject = {}
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const headers = new Headers(init.headers)
    if (context.token !== null) headers.set('authorization', `Bearer ${context.token}`)
    const response = await context.fetch(input, { ...init, headers, credentials: cookies ? 'include' : 'omit' })
    if (response.status >= 400) refused = await objectIn(response.clone())
    return response
  }
  const call = { method, url, meanings: { 409: 'invalid_request', ...meanings }, ...(body && { body }) } as const
  try {
    // A save is not carried out once for a key here: it would only be one more header to be allowed.
    return (await request({ ...context, fetch, idempotencyKey: null }, call, schema)).data
  } catch (error) {
    const { code: vendorCode, message } = refused
    // A word of the server's own, and nothing that could be anybody's value.
    if (!isLatchkeyError(error) || typeof vendorCode !== 'string' || !/^[A-Z][A-Z0-9_]{0,63}$/.test(vendorCode))
      throw error
    const { status, retryAfter } = error
    const meaning = refusalOf(vendorCode, typeof message === 'string' ? message : '', { isLogIn, columns })
    const { code, issues, fix } = meaning ?? { code: error.code, issues: [], fix: null }
    const what = `${method} ${url.replace(/[?#].*$/, '')} answered ${status} ${vendorCode}${fix ? `; ${fix}` : ''}`
    throw new LatchkeyError(code, what, { issues: asIssues(issues), status, retryAfter })
  }
}

async function objectIn(response: Response): Promise<JsonObject> {
  try {
    const body: unknown = JSON.parse(await response.text())
    return isJsonObject(body) ? body : {}
  } catch {
    return {}
  }
}
