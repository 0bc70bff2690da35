// A browser at the Auth0-compatible door: it keeps cookies, reads the log-in page and sends its form.
import { type Door, proofKey, type Reply } from './door.ts'
import { ISSUER, PAGE } from './door-clients.ts'

export interface Browser {
  /** The cookies as a browser sends them. */
  readonly cookies: Map<string, string>
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>
  /** Asks for a code, or for what `more` says. */
  authorize(more?: Readonly<Record<string, string | undefined>>): Promise<Reply>
  /** Fills in the form of a log-in page and sends it. */
  send(
    page: Reply,
    values: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply>
}

export const { verifier: VERIFIER, challenge: CHALLENGE } = proofKey()

export const ASKED = {
  client_id: 'shop',
  redirect_uri: `${PAGE}/callback`,
  response_type: 'code',
  scope: 'openid email offline_access',
  state: 'a state & more',
  nonce: 'a nonce',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
} as const

export function authorizePath(more: Readonly<Record<string, string | undefined>> = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...ASKED, ...more })) if (value !== undefined) query.set(name, value)
  return `/authorize?${query}`
}

export function browserAt(door: Door): Browser {
  const cookies = new Map<string, string>()
  async function carried(method: string, path: string, headers: object, body?: URLSearchParams): Promise<Reply> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await door.send(method, path, { headers: { cookie, ...headers }, ...(body && { body }) })
    for (const line of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return reply
  }
  return {
    cookies,
    get: (path, headers = {}) => carried('GET', path, headers),
    authorize: (more) => carried('GET', authorizePath(more), {}),
    send(page, values, headers = {}) {
      const body = new URLSearchParams({ ...hiddenIn(page), ...values })
      return carried('POST', '/u/login', { origin: ISSUER.slice(0, -1), ...headers }, body)
    },
  }
}

/** The hidden values of a page's form. */
export function hiddenIn({ text }: Reply): Record<string, string> {
  const inputs = text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, unescaped(value)]))
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

/** The address a reply sends the browser to, which has to be one. */
export function locationOf({ headers }: Reply): URL {
  return new URL(headers.get('location') ?? 'none:')
}

export function codeIn(reply: Reply): string {
  return locationOf(reply).searchParams.get('code') ?? ''
}
