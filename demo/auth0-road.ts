// The road to an Auth0 tenant that Auth0 recommends: the widget speaks to the site's own server, and that one to the tenant.
import { type Fields, guardAsync, type Issues, type JsonObject } from 'latchkey/fields'
import { isLatchkeyError, type ManagedUser, type Management, type UserChanges } from 'latchkey/management'
import type { RoadSessions } from './auth0-road-sessions.ts'

export interface RoadOptions {
  /** The site's own origin: others may not write. */
  readonly origin: string
  /** `createAuth0Management({ domain, clientId, clientSecret })`: its secret and its token stay on this server. */
  readonly management: Management
  /** The field definition that the pages have, too. */
  readonly fields: Fields
  /** Who a request is from, and who may log in. */
  readonly sessions: RoadSessions
}

/** What of a profile a page is told: nothing of `app_metadata`, which is the site's. */
const SHOWN = [
  'id',
  'email',
  'email_verified',
  'name',
  'given_name',
  'family_name',
  'picture',
  'user_metadata',
] as const

/** The root attributes that a person may change here; which of them a form asks for, the fields say. */
const OWN_ATTRIBUTES: readonly string[] = ['name', 'given_name', 'family_name', 'picture']

/** Answers the account contract below `/account`, so that the pages say `rest('/account')` and nothing of Auth0. */
export function createAuth0Road({ origin, management, fields, sessions }: RoadOptions) {
  /** Signs somebody up: what was typed is held to the fields before anything reaches the tenant. */
  async function signUp({ email, password, user_metadata, ...rest }: JsonObject): Promise<Response> {
    const root = attributesIn(rest)
    const checked = await guardAsync(fields, { patch: user_metadata ?? {}, root, stored: null })
    if (!checked.ok) return invalid(checked.issues)
    const account = { email: String(email), password: String(password), ...checked.root }
    const { user } = await management.createUser({ ...account, user_metadata: checked.patch ?? {} })
    return signedIn(user, 201)
  }

  async function logIn({ identifier, password }: JsonObject): Promise<Response> {
    const id = await sessions.logIn(String(identifier), String(password))
    return id === null ? problem(401, 'invalid_credentials') : signedIn((await management.getUser(id)).user)
  }

  /** Only the person's own account: its id comes from their verified session, never from the request. */
  async function save(id: string, { user_metadata, ...rest }: JsonObject): Promise<Response> {
    const { user } = await management.getUser(id)
    const asked = {
      patch: user_metadata,
      root: attributesIn(rest),
      stored: user.user_metadata,
      storedRoot: attributesIn(user),
    }
    const checked = await guardAsync(fields, asked)
    if (!checked.ok) return invalid(checked.issues)
    // An empty object clears everything; it is never made of one that merely lost its entries.
    const clears = user_metadata !== undefined && Object.keys(Object(user_metadata)).length === 0
    const cleared = clears ? (await management.clearMetadata(id)).user : user
    const changes: UserChanges = { ...checked.root, user_metadata: checked.patch ?? {} }
    const changed = await management.updateUser(id, changes)
    return profile(changed?.user ?? cleared)
  }

  async function signedIn(user: ManagedUser, status = 200): Promise<Response> {
    return profile(user, status, { 'set-cookie': await sessions.begin(user.id) })
  }

  async function answer(request: Request): Promise<Response> {
    const call = `${request.method} ${new URL(request.url).pathname.replace(/^\/account/, '')}`
    const id = await sessions.personOf(request)
    if (call === 'GET /session')
      return id === null ? json({ user: null }) : profile((await management.getUser(id)).user)
    if (call === 'GET /me') return id === null ? signedOut() : profile((await management.getUser(id)).user)
    if (!['POST /signup', 'POST /login', 'POST /logout', 'PATCH /me'].includes(call)) return problem(404, 'not_found')
    // The cookie goes along with whatever page sends the request: only the site's own may (OWASP, CSRF).
    if (request.headers.get('origin') !== origin) return problem(403, 'forbidden')
    const body = await bodyOf(request)
    if (!body) return problem(415, 'unsupported_media_type')
    if (call === 'POST /signup') return signUp(body)
    if (call === 'POST /login') return logIn(body)
    if (call === 'PATCH /me') return id === null ? signedOut() : save(id, body)
    return new Response(null, { status: 204, headers: { 'set-cookie': sessions.end() } })
  }

  return async (request: Request): Promise<Response> => {
    try {
      return await answer(request)
    } catch (error) {
      if (isLatchkeyError(error)) return refused(error)
      throw error
    }
  }
}

/** What the tenant refused, in the contract's words; its own stay here. */
function refused({
  code,
  issues,
  retryAfter,
}: {
  code: string
  issues: Issues | null
  retryAfter: number | null
}): Response {
  const headers: HeadersInit = retryAfter === null ? {} : { 'retry-after': String(retryAfter) }
  if (code === 'rate_limited') return problem(429, code, null, headers)
  if (code === 'user_exists') return problem(409, code, issues)
  if (code === 'not_found') return signedOut()
  if (code === 'password_weak' || code === 'invalid_email') return problem(422, code, issues)
  process.stderr.write(`Auth0: ${code}\n`)
  return problem(502, 'server_error')
}

async function bodyOf(request: Request): Promise<JsonObject | null> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) return null
  const body: unknown = await request.json().catch(() => null)
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.fromEntries(Object.entries(body))
    : null
}

function attributesIn(values: object): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([name]) => OWN_ATTRIBUTES.includes(name)))
}

function profile(user: ManagedUser, status = 200, headers: HeadersInit = {}): Response {
  return json({ user: Object.fromEntries(SHOWN.map((name) => [name, user[name]])) }, status, headers)
}

const signedOut = () => problem(401, 'unauthenticated', null, { 'www-authenticate': 'Cookie' })

const invalid = (issues: Issues) => problem(422, issues[0].code, issues)

function problem(status: number, code: string, issues: Issues | null = null, headers: HeadersInit = {}): Response {
  return json({ status, code, ...(issues && { errors: issues }) }, status, headers)
}

function json(body: object, status = 200, headers: HeadersInit = {}): Response {
  return Response.json(body, {
    status,
    headers: { 'cache-control': 'private, no-store', ...Object.fromEntries(new Headers(headers)) },
  })
}
