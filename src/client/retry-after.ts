// How long a server asks to wait, in whichever of the headers it says so.

/** Seconds until the next try makes sense, or null where the server does not say. */
export function retryAfterOf({ status, headers }: Response, now: number): number | null {
  // The server's own clock, where it tells: a computer's may be off by an hour.
  const serverNow = dateOf(headers.get('date')) ?? now
  const asked = secondsOf(headers.get('retry-after') ?? headers.get('x-retry-after'), serverNow)
  if (asked !== null || (status !== 429 && status !== 503)) return asked
  // RateLimit: "default";r=0;t=30 (draft-ietf-httpapi-ratelimit-headers), or limit=10, remaining=0, reset=30 before that.
  const limit = numberIn(headers.get('ratelimit'), /(?:^|[;,\s])(?:t|reset)\s*=\s*(\d+)/)
  // The moment when it starts anew (Auth0, GitHub), in seconds since 1970.
  const reset = numberIn(headers.get('x-ratelimit-reset'), /^(\d+)$/)
  // RateLimit-Policy: "default";q=10;w=60: after a whole window, it has started anew for certain.
  const window = numberIn(headers.get('ratelimit-policy'), /(?:^|[;,\s])w\s*=\s*(\d+)/)
  return limit ?? (reset === null ? window : secondsUntil(reset * 1000, serverNow))
}

/** `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3). */
function secondsOf(header: string | null, now: number): number | null {
  const seconds = numberIn(header, /^(\d+)$/)
  const date = dateOf(header)
  return seconds ?? (date === null ? null : secondsUntil(date, now))
}

function secondsUntil(time: number, now: number): number {
  return Math.max(0, Math.ceil((time - now) / 1000))
}

function dateOf(header: string | null): number | null {
  const time = Date.parse(header ?? '')
  return Number.isNaN(time) ? null : time
}

function numberIn(header: string | null, pattern: RegExp): number | null {
  const digits = pattern.exec(header?.trim() ?? '')?.[1]
  return digits === undefined ? null : Number(digits)
}
