// Refusals in the shapes that Auth0's clients expect, which differ from one family of endpoints to the next.

const NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
}

/** Of `/oauth/token`, `/userinfo`, `/co/authenticate` and `/authorize` (RFC 6749, 5.2). */
export function oauthError(status: number, error: string, description: string, headers: HeadersInit = {}): Response {
  return Response.json({ error, error_description: description }, { status, headers })
}

/** Of every endpoint, in the words of Auth0's rate limits. */
export function tooManyRequests(seconds: number): Response {
  const description =
    'Too many requests. Check the X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset headers.'
  return oauthError(429, 'too_many_requests', description, { 'retry-after': String(seconds) })
}

/** Of the Management API. */
export function managementError(
  status: number,
  message: string,
  errorCode: string | null,
  headers: HeadersInit = {},
): Response {
  const body = { statusCode: status, error: NAMES[status] ?? 'Error', message, ...(errorCode && { errorCode }) }
  return Response.json(body, { status, headers })
}

/** Of `/dbconnections`, for what the person can mend. */
export function connectionError(code: string, description: string): Response {
  return Response.json({ name: 'BadRequestError', code, description, statusCode: 400 }, { status: 400 })
}

/** Of `/dbconnections`, for a request that is malformed: the sentence is the code. */
export function connectionFault(sentence: string): Response {
  return Response.json({ error: sentence }, { status: 400 })
}
