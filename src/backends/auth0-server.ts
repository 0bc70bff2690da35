// What the calls to one Auth0 tenant know: where it is, what is asked of it, and whose tokens these are.
import type * as z from 'zod/mini'
import { type Answer, type Request, request } from '../client/request.ts'
import type { CallContext, Tokens } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import { asIssues } from '../contract/issues.ts'
import type { Profile } from '../contract/profile.ts'
import { missingScope, NEEDED_SCOPES } from './auth0-errors.ts'
import type { TokenAnswer } from './auth0-shapes.ts'

export interface Auth0Server {
  /** `https://` and the domain, without a slash behind it. */
  readonly base: string
  readonly clientId: string
  readonly connection: string
  /** The identifier of the Management API, which is its address as well. */
  readonly audience: string
  readonly scope: string
  /** Where the log-in page sends the browser back to; null for the page that sent it there. */
  readonly redirectUri: string | null
  /** Whether no form can log in; null where there is no log-in page to go to. */
  readonly redirectOnly: boolean | null
  readonly memory: Auth0Memory
}

/** What is remembered while the page stands; nothing of it is kept anywhere else. */
export interface Auth0Memory {
  /** By access and by refresh token. */
  readonly grants: Map<string, Grant>
  /** By the key of the attempt: the account a sign-up made, or null while nobody knows whether it did. */
  readonly signUps: Map<string, Profile | null>
}

export interface Grant {
  /** Whose it is; null until somebody asks. */
  readonly id: string | null
  /** What was granted, by single scopes. */
  readonly scopes: readonly string[]
}

/** Tokens of a session that a page keeps are few; older ones are of no use. */
const MAX_KNOWN = 20

export function createAuth0Memory(): Auth0Memory {
  return { grants: new Map(), signUps: new Map() }
}

/** Keeps an entry, and lets go of the oldest one. */
export function remember<Known>(known: Map<string, Known>, key: string, value: Known): void {
  known.delete(key)
  known.set(key, value)
  const [oldest] = known.keys()
  if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest)
}

/** One call: no cookie goes along, and no header that the tenant would not allow to a page. */
export function ask<Data>(
  context: CallContext,
  call: Omit<Request, 'credentials'>,
  schema: z.ZodMiniType<Data>,
): Promise<Answer<Data>> {
  return request({ ...context, idempotencyKey: null }, { ...call, credentials: 'omit' }, schema)
}

/** What a token answer gave, with what is known of it kept for the calls that follow. */
export function tokensOf(
  { scope, memory }: Auth0Server,
  answer: TokenAnswer,
  context: CallContext,
  known: { readonly id: string | null; readonly refreshToken?: string },
): Tokens {
  // One that is to be used in another way must not be used (RFC 6749, 7.1).
  if (!/^bearer$/i.test(answer.token_type))
    throw new LatchkeyError('bad_response', 'Auth0 gave tokens of another type than "Bearer"', { retryable: false })
  const { access_token, expires_in } = answer
  const refreshToken = answer.refresh_token ?? known.refreshToken ?? null
  // Where it is not said, it is what was asked for (RFC 6749, 5.1).
  const grant: Grant = { id: known.id, scopes: (answer.scope ?? scope).split(' ').filter(Boolean) }
  remember(memory.grants, access_token, grant)
  if (refreshToken !== null) remember(memory.grants, refreshToken, grant)
  return {
    accessToken: access_token,
    refreshToken,
    expiresAt: expires_in === undefined ? null : context.now() + expires_in * 1000,
  }
}

/** Throws LatchkeyError `insufficient_scope`, naming what is missing, where that is known before anything is sent. */
export function checkScope({ memory }: Auth0Server, { token }: CallContext, call: keyof typeof NEEDED_SCOPES): void {
  const grant = memory.grants.get(token ?? '')
  if (!grant || NEEDED_SCOPES[call].some((scope) => grant.scopes.includes(scope))) return
  const { code, issues = [], fix } = missingScope(NEEDED_SCOPES[call][0])
  throw new LatchkeyError(code, `${fix}; nothing was sent`, { issues: asIssues(issues) })
}
