// Case about pages of other origins: what they may not do, and what a page that is let in may read.
import { PATHS } from '../contract/paths.ts'
import type { Person } from './accounts.ts'
import type { ConformanceCase } from './case.ts'
import type { Probe } from './probe.ts'

/** An origin that no server lets in (RFC 2606, 2). */
const FOREIGN = 'https://foreign.invalid'

const NOT_READABLE = { headers: { 'access-control-allow-origin': 'absent' } } as const

export const originCases: readonly ConformanceCase[] = [
  {
    number: 29,
    title: 'A page of a foreign origin changes and reads nothing; one that is let in reads the version',
    tag: 'wire',
    async run(probe) {
      const ada = await probe.person()
      const [name = ''] = probe.keys(1)
      const change = probe.sample([name])
      if (probe.facts.session === 'cookie') {
        const foreign = await ada.visitor.patch(change, { origin: FOREIGN })
        probe.check(foreign, { status: 403, ...NOT_READABLE })
        probe.check(await ada.visitor.patch(change, { origin: undefined }), { status: 403 })
        probe.check(await ada.visitor.me(), { status: 200, metadata: ada.metadata })
        probe.check(await ada.visitor.me({ origin: FOREIGN }), { status: 200, ...NOT_READABLE })
        probe.skip('a token from a foreign origin', 'sessions are carried by a cookie')
      } else {
        probe.check(await ada.visitor.patch(change, { origin: FOREIGN }), { status: 200, ...NOT_READABLE })
        probe.skip('a cookie from a foreign origin', 'sessions are carried by a token')
      }
      await preflight(probe, ada)
    },
  },
]

/** A browser asks before a page sends these headers, and shows a page only the answer's headers that are exposed. */
async function preflight(probe: Probe, { visitor }: Person): Promise<void> {
  const asks = {
    'access-control-request-method': 'PATCH',
    'access-control-request-headers': 'auth0-client,content-type,if-match',
  }
  const refused = await probe.visitor().send('OPTIONS', PATHS.profile, { headers: { ...asks, origin: FOREIGN } })
  probe.check(refused, { status: [200, 204, 403, 404, 405], ...NOT_READABLE })
  const read = await visitor.me()
  if (!probe.crossOrigin && !read.headers.has('access-control-allow-origin'))
    return probe.skip('a page of another origin that is let in', 'say --origin with one the server lets in')
  const answer = await probe.visitor().send('OPTIONS', PATHS.profile, { headers: asks })
  probe.check(answer, {
    status: 204,
    headers: {
      'access-control-allow-origin': [probe.origin],
      'access-control-allow-headers': ['if-match', 'auth0-client', 'content-type'],
      'access-control-allow-methods': ['PATCH'],
    },
  })
  probe.check(read, {
    status: 200,
    headers: {
      'access-control-allow-origin': [probe.origin],
      'access-control-expose-headers': ['ETag', 'Retry-After'],
      vary: ['Origin'],
    },
  })
}
