// Where a page goes after a log-in: an address of its own site, and nothing else whatever is written.

/**
 * The address as a browser reads it. Throws TypeError, naming `path`, for anything but http(s) of the page's own origin;
 * `page` is the page's address, null where there is no page.
 */
export function redirectAddress(given: unknown, path: string, page: string | null): string {
  // Browsers take a backslash for a slash, and read over tabs and line breaks: nobody has to guess what is meant.
  const base = page ?? 'http://localhost'
  if (typeof given === 'string' && !/[\\\s\p{Cc}]/u.test(given) && URL.canParse(given, base)) {
    const { href, origin, protocol, username, password } = new URL(given, base)
    const isOwn = origin === new URL(base).origin && !username && !password
    if (isOwn && /^https?:$/.test(protocol)) return href
  }
  throw new TypeError(
    `${path}: must be an http(s) address of the page's own origin, without a user name; write redirectTo: '/welcome'`,
  )
}
