// Who may manage accounts: the site's own servers with a token, and never a page.
import { createHash, timingSafeEqual } from 'node:crypto'
import { problem } from './problems.ts'

/** The refusal of a request that may not manage, or null. */
export type ManagementGate = (request: Request) => Response | null

export function createManagementGate(tokens: readonly string[]): ManagementGate {
  const hashes = tokens.map(hashOf)
  return (request) => {
    // Browsers name the page's origin, or at least how near it is (Fetch Metadata, 2.2); a server says neither. A token
    // in a page is a token in everybody's hands.
    if (request.headers.has('origin') || request.headers.has('sec-fetch-site')) {
      return problem('forbidden', 'Management is for servers; a page is never answered.')
    }
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? []
    if (token !== undefined) {
      // Hashes have one length, and comparing them says nothing about how much of a token was right.
      const given = hashOf(token)
      if (hashes.filter((hash) => timingSafeEqual(hash, given)).length > 0) return null
    }
    return problem('unauthenticated', 'Send a management token as Authorization: Bearer.', null, {
      'www-authenticate': 'Bearer realm="management"',
    })
  }
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
