// The gateway in front of a GoTrue: it wants the project's key, and says to browsers what pages of other origins may do.

export const KEY = 'sb_publishable_0123456789'

const ALLOWED_HEADERS: readonly string[] = [
  ...['accept', 'authorization', 'content-type', 'x-client-ip', 'x-client-info', 'x-jwt-aud', 'x-use-cookie'],
  ...['x-supabase-api-version', 'apikey'],
]

type Fetch = (request: Request) => Promise<Response>

export function behindGateway(answer: Fetch): Fetch {
  return async (request) => {
    if (request.method === 'OPTIONS') return preflight(request)
    const key = request.headers.get('apikey')
    const response = key === KEY ? await answer(request) : refused(key)
    if (request.headers.has('origin')) {
      // Every origin, which a browser takes for calls without cookies only.
      response.headers.set('access-control-allow-origin', '*')
      response.headers.set('access-control-allow-credentials', 'true')
      response.headers.set('access-control-expose-headers', 'X-Total-Count, Link, X-Supabase-Api-Version')
    }
    return response
  }
}

function refused(key: string | null): Response {
  const [message, hint] =
    key === null
      ? ['No API key found in request', 'No `apikey` request header or url param was found.']
      : ['Invalid API key', 'Double check your Supabase `anon` or `service_role` API key.']
  return Response.json({ message, hint }, { status: 401 })
}

function preflight({ headers }: Request): Response {
  const asked = (headers.get('access-control-request-headers') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
  const method = headers.get('access-control-request-method') ?? ''
  const isAllowed = asked.every((name) => name === '' || ALLOWED_HEADERS.includes(name))
  if (!isAllowed || !['GET', 'POST', 'PUT', 'DELETE'].includes(method)) return new Response(null, { status: 204 })
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': method,
      'access-control-allow-headers': asked.join(', '),
    },
  })
}
