// Case about pages of other origins: what they may not do, and what a page that is let in may read.
import type { JsonObject } from '../contract/json.ts'
import { PATHS } from '../contract/paths.ts'
import type { Person } from './accounts.ts'
import type { ConformanceCase } from './case.ts'
import type { Probe } from './probe.ts'
import { logInForTokens } from './visitor.ts'

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
      const change = probe.sample(probe.keys(1))
      if (probe.facts.session === 'cookie') await foreignCookie(probe, ada, change)
      else probe.skip('a cookie from a foreign origin', 'sessions are carried by a token')
      await foreignToken(probe, ada, change)
      await preflight(probe, ada)
    },
  },
]

async function foreignCookie(probe: Probe, { metadata, visitor }: Person, change: JsonObject): Promise<void> {
  probe.check(await visitor.patch(change, { origin: FOREIGN }), { status: 403, ...NOT_READABLE })
  probe.check(await visitor.patch(change, { origin: undefined }), { status: 403 })
  probe.check(await visitor.me(), { status: 200, metadata })
  probe.check(await visitor.me({ origin: FOREIGN }), { status: 200, ...NOT_READABLE })
}

/** A browser adds no token by itself: who sends one is the person's own page, wherever it is, and no cookie counts beside it. */
async function foreignToken(probe: Probe, ada: Person, change: JsonObject): Promise<void> {
  const page = await probe.byToken(ada, 'a token from a foreign origin')
  const session = page?.session()
  if (!page || !session) return
  if (probe.facts.session === 'cookie') {
    const headers = { authorization: 'Bearer made-up', origin: FOREIGN }
    const made = await ada.visitor.send('PATCH', PATHS.profile, {
      body: { user_metadata: change },
      headers,
      told: ' with a made-up token beside a cookie',
    })
    probe.check(made, { status: 401, ...NOT_READABLE })
    probe.check(await ada.visitor.me(), { status: 200, metadata: ada.metadata })
    const again = await logInForTokens(probe.visitor(), ada.email, ada.password, { ...session, origin: FOREIGN })
    probe.check(again, { status: 403, ...NOT_READABLE })
  }
  probe.check(await page.me({ origin: FOREIGN }, ' with a token'), { status: 200, ...NOT_READABLE })
  probe.check(await page.patch(change, { origin: FOREIGN }), { status: 200, ...NOT_READABLE })
  probe.check(await page.patch(change, { origin: undefined }), { status: 200 })
}

/** A browser asks before a page sends these headers, and shows a page only the answer's headers that are exposed. */
async function preflight(probe: Probe, { visitor }: Person): Promise<void> {
  const asks = {
    'access-control-request-method': 'PATCH',
    'access-control-request-headers': 'auth0-client,authorization,content-type,if-match',
  }
  const refused = await probe.visitor().send('OPTIONS', PATHS.profile, { headers: { ...asks, origin: FOREIGN } })
  probe.check(refused, { status: [200, 204, 403, 404, 405], ...NOT_READABLE })
  const read = await visitor.me()
  if (!probe.crossOrigin && !read.headers.has('access-control-allow-origin'))
    return probe.skip('a page of another origin that is let in', 'say --origin with one the server lets in')
  const answer = await probe.visitor().send('OPTIONS', PATHS.profile, { headers: asks })
  const token = probe.facts.noTokens === null ? ['authorization'] : []
  probe.check(answer, {
    status: 204,
    headers: {
      'access-control-allow-origin': [probe.origin],
      'access-control-allow-headers': ['if-match', 'auth0-client', 'content-type', ...token],
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
