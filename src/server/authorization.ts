// The token in a request's Authorization header (RFC 6750, 2.1).

/** The token; '' where the request says `Bearer` and no token that can be one follows; null where it does not say it. */
export function bearerOf(request: Request): string | null {
  const header = request.headers.get('authorization') ?? ''
  if (!/^bearer(\s|$)/i.test(header)) return null
  const [, token = ''] = /^bearer +([\w-]{43})$/i.exec(header) ?? []
  return token
}
