// Who may call from a browser: CSRF defence and CORS from one exact list of origins.

export interface Origins {
  /** The public origin of the server. */
  readonly own: string
  /** True for the server's own origin and each one on the list; false for none, `null` and any other. */
  allows(origin: string | null): boolean
}

/** Throws TypeError with path and fix for an entry that is not exactly an origin. */
export function createOrigins(own: string, allowedOrigins: readonly string[]): Origins {
  if (!Array.isArray(allowedOrigins))
    throw new TypeError('allowedOrigins: must be a list; write ["https://example.com"]')
  const list = [
    checked('origin', own),
    ...allowedOrigins.map((entry, index) => checked(`allowedOrigins[${index}]`, entry)),
  ]
  return { own, allows: (origin) => origin !== null && list.includes(origin) }
}

function checked(path: string, entry: string): string {
  const parsed = parse(entry)
  const fail = (rule: string): never => {
    throw new TypeError(`${path} ${JSON.stringify(entry)}: ${rule}; write "https://example.com"`)
  }
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.origin !== entry) fail('must be an origin without a path')
  // URL takes a wildcard for a host, which no page's origin would ever equal.
  if (entry.includes('*')) fail('origins are compared exactly, a wildcard matches nothing')
  return entry
}

function parse(entry: string): URL | null {
  try {
    return new URL(entry)
  } catch {
    return null
  }
}

/** CORS answer headers for an allowed origin; the caller leaves them out for any other. */
export function corsHeaders(origin: string): Readonly<Record<string, string>> {
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'ETag, Retry-After',
  }
}

export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
  'access-control-allow-headers': 'content-type, authorization, if-match, if-none-match, idempotency-key, auth0-client',
  'access-control-max-age': '600',
}
