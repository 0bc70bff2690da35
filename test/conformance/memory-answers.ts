// How the memory server answers: problem details, profiles with their version, sessions, and headers for pages of other origins.
import type { Issue } from '../../src/contract/issues.ts'
import type { JsonObject, JsonValue } from '../../src/contract/json.ts'
import type { Rules, SignUpIssue } from './memory-rules.ts'
import type { Account } from './memory-store.ts'
import { begin, byAccessToken } from './memory-tokens.ts'

export interface Context extends Rules {
  /** `both`: a cookie, and tokens for a log-in that asks for them. */
  readonly session: 'cookie' | 'bearer' | 'both'
  readonly origins: readonly string[]
  /** Whether sign-up says the same for a new and a taken address. */
  readonly discreet: boolean
  /** Where the request comes from. */
  readonly from: string
  /** The account that the path names, where a switch lets it. */
  readonly pathId?: string
}

export function problem(
  code: string,
  status: number,
  errors: readonly (Issue | SignUpIssue)[] = [],
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = JSON.stringify({ type: 'about:blank', title: code, status, code, ...(errors.length > 0 && { errors }) })
  return new Response(body, { status, headers: { ...headers, 'content-type': 'application/problem+json' } })
}

export function refused(issues: readonly (Issue | SignUpIssue)[]): Response {
  return problem(issues[0]?.code ?? 'invalid_request', 422, issues)
}

export function unauthenticated({ has }: Context): Response {
  const headers: Readonly<Record<string, string>> = has('refusals lack WWW-Authenticate')
    ? {}
    : { 'www-authenticate': 'Session' }
  return problem('unauthenticated', 401, [], headers)
}

export function profileAnswer(account: Account, context: Context, status = 200, extra: JsonObject = {}): Response {
  const { id, email, email_verified, user_metadata, version } = account
  const { has, store } = context
  const cleared = has('cleared metadata is left out') && version > 1 && Object.keys(user_metadata).length === 0
  const user = {
    ...store.inherited,
    ...{ id, email, email_verified },
    ...(has('the profile has the password') && { password: account.password }),
    ...(!cleared && { user_metadata }),
  }
  const etag = has('the ETag stays') ? '"v1"' : `"v${version}"`
  const headers = has('there is no ETag') ? {} : { headers: { etag } }
  return Response.json({ ...extra, user }, { status, ...headers })
}

export function etagOf(account: Account, { has }: Context): string {
  return has('the ETag stays') ? '"v1"' : `"v${account.version}"`
}

/** A profile's answer that begins the session the body asks for. */
export function signedIn(
  account: Account,
  context: Context,
  status: number,
  asked: JsonValue | undefined,
  extra: JsonObject = {},
): Response {
  const { has, session, store } = context
  const byToken = session === 'both' && asked === 'bearer'
  const always = session === 'bearer' && {
    session: { access_token: store.startSession(account), token_type: 'Bearer', expires_in: 3600 },
  }
  const given = byToken ? { session: begin(account, context) } : always
  const answer = profileAnswer(account, context, status, { ...extra, ...given })
  if (session === 'cookie' || (session === 'both' && (!byToken || has('a log-in for tokens sets a cookie'))))
    answer.headers.append('set-cookie', `sid=${store.startSession(account)}; Path=/; HttpOnly; SameSite=Lax`)
  return answer
}

/** What carries the session of a request: a token where it has one, else a cookie. */
export function tokenOf(request: Request, context: Omit<Context, 'from'>): string | null {
  const { has, session, store } = context
  const [, token = null] = /^Bearer (.*)$/.exec(request.headers.get('authorization') ?? '') ?? []
  if (session === 'bearer') return token
  const [, cookie = null] = /(?:^|;\s*)sid=([^;]+)/.exec(request.headers.get('cookie') ?? '') ?? []
  if (session === 'cookie' || token === null) return cookie
  const isKnown = store.families.some(({ accessTokens }) => accessTokens.has(token))
  return !isKnown && has('a bad token lets the cookie count') ? cookie : token
}

export function personOf(request: Request, context: Context): Account | undefined {
  const token = tokenOf(request, context)
  if (token === null) return undefined
  const account = context.store.bySession(token) ?? byAccessToken(token, context)
  return account ?? (context.has('any token is a session') ? context.store.accounts[0] : undefined)
}

/** Lets a request in by its origin, answers it, and says which page may read the answer. */
export async function answerOf(
  request: Request,
  context: Omit<Context, 'from'>,
  answer: () => Promise<Response>,
): Promise<Response> {
  const { has, origins, session } = context
  const origin = request.headers.get('origin')
  const known = origin !== null && origins.includes(origin)
  const writes = request.method !== 'GET' && request.method !== 'OPTIONS'
  const excused = origin === null ? has('a missing origin may write') : has('foreign origins may write')
  const blocked = writes && session !== 'bearer' && !known && !excused && !carriesToken(request, context)
  const given = await (blocked
    ? problem('forbidden', 403)
    : request.method === 'OPTIONS'
      ? preflight(context, known)
      : answer().catch(() => problem('server_error', 500)))
  given.headers.set('vary', 'Origin')
  if (origin !== null && (known || has('every origin is reflected'))) {
    given.headers.set('access-control-allow-origin', origin)
    given.headers.set('access-control-allow-credentials', 'true')
    const exposed = has('ETag is not exposed') ? 'Retry-After' : 'ETag, Retry-After'
    given.headers.set('access-control-expose-headers', exposed)
  }
  return given
}

/** A token stands for itself where there is somebody already: a log-in is the page's own all the same. */
function carriesToken(request: Request, { has, session }: Omit<Context, 'from'>): boolean {
  if (session !== 'both' || !request.headers.has('authorization')) return false
  if (has('a token needs an allowed origin')) return false
  return /\/(me|logout)$/.test(request.url) || has('a token lets a foreign page log in')
}

function preflight({ has }: Omit<Context, 'from'>, known: boolean): Response {
  if (!known) return new Response(null, { status: 204 })
  const names = ['content-type', 'auth0-client']
  if (!has('the preflight leaves authorization out')) names.push('authorization')
  if (!has('the preflight leaves if-match out')) names.push('if-match')
  const headers = {
    'access-control-allow-headers': names.join(', '),
    'access-control-allow-methods': 'GET, POST, PATCH',
  }
  return new Response(null, { status: 204, headers })
}
