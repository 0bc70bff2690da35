// The cookie that carries a session's token: HttpOnly, SameSite, and over TLS bound to the host.

export interface SessionCookie {
  readonly name: string
  /** `Set-Cookie` that hands a token out, kept by the browser for the session's lifetime or only until it is closed. */
  set(token: string, remember: boolean): string
  /** `Set-Cookie` that takes it back. */
  readonly clear: string
}

/**
 * `lifetime` is in seconds. The `__Host-` prefix forbids other hosts to set it (RFC 6265bis, 4.1.3.2), and takes no path
 * but the whole site: so that two servers on one origin do not end each other's sessions, the name says which one it is.
 */
export function createSessionCookie(secure: boolean, lifetime: number, basePath = '/account'): SessionCookie {
  const server = basePath === '/account' ? '' : basePath.replace(/\W/g, '_')
  const name = `${secure ? '__Host-' : ''}latchkey_session${server}`
  const attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  return {
    name,
    set: (token, remember) => `${name}=${token}; ${remember ? `Max-Age=${lifetime}; ` : ''}${attributes}`,
    clear: `${name}=; Max-Age=0; ${attributes}`,
  }
}

/** The value of a cookie that looks like one of our tokens, or null. */
export function cookieOf(request: Request, name: string): string | null {
  for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value && /^[\w-]{43}$/.test(value)) return value
  }
  return null
}
