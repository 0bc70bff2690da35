// Refusals as RFC 9457 problem details, with our codes and JSON pointers.
import type { Code } from '../contract/codes.ts'
import type { Issues } from '../contract/issues.ts'

interface Problem {
  readonly status: number
  readonly title: string
}

/** The status and title of each code the server answers with. */
const PROBLEMS: Readonly<Partial<Record<Code, Problem>>> = {
  invalid_request: { status: 400, title: 'The request is malformed' },
  email_unverified: { status: 403, title: 'The e-mail address is not verified yet' },
  invalid_credentials: { status: 401, title: 'The identifier or the password is wrong' },
  unauthenticated: { status: 401, title: 'Nobody is signed in' },
  forbidden: { status: 403, title: 'The origin of the request is not allowed' },
  not_found: { status: 404, title: 'There is nothing at this address' },
  method_not_allowed: { status: 405, title: 'This address does not take this method' },
  user_exists: { status: 409, title: 'There is an account with this e-mail address' },
  username_taken: { status: 409, title: 'There is an account with this user name' },
  request_in_progress: { status: 409, title: 'The same request is still running' },
  version_conflict: { status: 412, title: 'The profile has changed since this version' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body must be application/json' },
  rate_limited: { status: 429, title: 'Too many requests' },
  server_error: { status: 500, title: 'The server has a problem' },
}

const INVALID: Problem = { status: 422, title: 'A value breaks a rule' }

/** Builds the answer of a refusal; without issues it is about the request as a whole. */
export function problem(code: Code, detail: string, issues: Issues | null = null, headers: HeadersInit = {}): Response {
  const { status, title } = PROBLEMS[code] ?? INVALID
  // Codes travel, sentences do not: the site's own text of an issue stays here.
  const errors = issues?.map(({ text: _text, ...issue }) => issue)
  const body = { type: 'about:blank', title, status, detail, code, ...(errors && { errors }) }
  const answer = new Headers(headers)
  answer.set('content-type', 'application/problem+json')
  return new Response(JSON.stringify(body), { status, headers: answer })
}

/** The refusal of values: the first issue gives its code. */
export function invalid(issues: Issues): Response {
  const [first] = issues
  return problem(
    first.code,
    `${first.pointer || 'The body'} breaks the rule ${first.code}; nothing was stored.`,
    issues,
  )
}

/** The refusal of a token that was never good, or is no longer: nobody is told which. */
export function badToken(): Response {
  return problem('invalid_value', 'The token is not good, or no longer; ask for a new mail.', [
    { code: 'invalid_value', pointer: '/token' },
  ])
}

/** One answer, whatever of both is wrong. */
export function invalidCredentials(): Response {
  return problem('invalid_credentials', 'The identifier or the password is wrong.')
}

/** The refusal of an account because another has its address or its user name. */
export function taken(code: Code | null): Response {
  if (code === 'username_taken') {
    const errors = [{ code, pointer: '/username' }] as const
    return problem(code, 'There is an account with this user name.', errors)
  }
  const errors = [{ code: 'user_exists', pointer: '/email' }] as const
  return problem('user_exists', 'There is an account with this e-mail address.', errors)
}
