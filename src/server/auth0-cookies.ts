// The cookies of the Auth0-compatible door: who is logged in at it, which browser a form or a ticket was made for.

export interface Auth0Cookie {
  of(request: Request): string | null
  /** `lifetime` is in seconds. */
  set(value: string, lifetime: number): string
  readonly clear: string
}

export interface Auth0Cookies {
  /** The browser's log-in, which also goes along when a page asks in a frame, as far as the browser lets it. */
  readonly session: Auth0Cookie
  /** Binds the form of the log-in page to its browser. */
  readonly form: Auth0Cookie
  /** Binds a ticket of `/co/authenticate` to the browser that got it. */
  readonly ticket: Auth0Cookie
}

export function createCookies(secure: boolean): Auth0Cookies {
  return {
    session: cookie('auth0_session', secure, secure ? 'None' : 'Lax'),
    form: cookie('auth0_form', secure, 'Lax'),
    ticket: cookie('auth0_ticket', secure, secure ? 'None' : 'Lax'),
  }
}

function cookie(plain: string, secure: boolean, sameSite: 'Lax' | 'None'): Auth0Cookie {
  const name = secure ? `__Host-${plain}` : plain
  const attributes = `Path=/; HttpOnly; SameSite=${sameSite}${secure ? '; Secure' : ''}`
  return {
    of(request) {
      for (const pair of (request.headers.get('cookie') ?? '').split(';')) {
        const [key, value] = pair.trim().split('=', 2)
        if (key === name && value && /^[\w.-]{1,100}$/.test(value)) return value
      }
      return null
    },
    set: (value, lifetime) => `${name}=${value}; Max-Age=${lifetime}; ${attributes}`,
    clear: `${name}=; Max-Age=0; ${attributes}`,
  }
}
