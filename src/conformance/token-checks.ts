// What case 15 asks of sessions that a token carries: when they end, and how a page gets its next token (RFC 9700, 2.2.2).
import { OPTIONAL_PATHS, PATHS } from '../contract/paths.ts'
import type { Person } from './accounts.ts'
import { lent } from './hooks.ts'
import type { Probe } from './probe.ts'
import { type Answer, type SessionHeaders, tokensIn } from './visitor.ts'

const REFUSED = { status: 401, headers: { 'www-authenticate': 'present' } } as const

export async function checkTokens(probe: Probe, ada: Person): Promise<void> {
  const page = await probe.byToken(ada, 'a session that a token carries')
  const session = page?.session()
  if (!page || !session) return
  probe.check(await probe.visitor().me({ authorization: 'Bearer made-up' }, ' with a made-up token'), REFUSED)
  probe.check(await page.me({}, ' with a token'), { status: 200, id: ada.id })
  const refreshToken = page.refreshToken()
  await page.send('POST', PATHS.logOut, { body: {} })
  probe.check(await probe.visitor().me(session, ' with the token of a session that was ended'), REFUSED)
  if (refreshToken === null) return probe.skip('the next token', 'the server gives no refresh token')
  probe.check(await refresh(probe, refreshToken, ' with the refresh token of a session that was ended'), REFUSED)
  await rotation(probe, ada)
  await copied(probe, ada)
  await expired(probe, ada)
}

/** Each refresh gives a new refresh token; the one before stays good until a token of the answer was used. */
async function rotation(probe: Probe, ada: Person): Promise<void> {
  const first = await begin(probe, ada)
  if (first === null) return
  const lost = await refresh(probe, first, ', and the answer is lost')
  probe.check(lost, { status: 200 })
  const again = await refresh(probe, first, ' once more')
  probe.check(again, { status: 200 })
  const next = tokensIn(again)
  const passed = next !== null && next.refresh !== null && next.refresh !== first
  const expected = 'tokens, and a refresh token that is not the one before'
  probe.hold({ request: again.request, expected, got: passed ? expected : 'no new refresh token', passed })
  if (!next) return
  probe.check(await probe.visitor().me(carried(next.access), ' with the next token'), { status: 200, id: ada.id })
  if (next.refresh !== null) probe.check(await refresh(probe, next.refresh), { status: 200 })
}

/** A refresh token that comes back after its successor was used is known to two: the whole session ends. */
async function copied(probe: Probe, ada: Person): Promise<void> {
  const first = await begin(probe, ada)
  const next = first === null ? null : tokensIn(await refresh(probe, first))
  if (first === null || !next) return
  await probe.visitor().me(carried(next.access))
  probe.check(await refresh(probe, first, ' after the next token was used'), REFUSED)
  const ended = ' with the token of a session whose refresh token came back'
  probe.check(await probe.visitor().me(carried(next.access), ended), REFUSED)
  if (next.refresh !== null) probe.check(await refresh(probe, next.refresh, ended), REFUSED)
}

async function expired(probe: Probe, ada: Person): Promise<void> {
  const { expireSessions } = probe.hooks
  if (!expireSessions) return probe.skip('a token that ran out', 'give the hook expireSessions')
  const page = await probe.byToken(ada, 'a token that ran out')
  const refreshToken = page?.refreshToken() ?? null
  if (!page || refreshToken === null) return
  await lent('expireSessions', expireSessions)
  probe.check(await page.me({}, ' with a token that ran out'), REFUSED)
  probe.check(await refresh(probe, refreshToken, ' of a session that ran out'), REFUSED)
}

/** The refresh token of a new session. */
async function begin(probe: Probe, ada: Person): Promise<string | null> {
  return (await probe.byToken(ada, 'the next token'))?.refreshToken() ?? null
}

function refresh(probe: Probe, refresh_token: string, told = ''): Promise<Answer> {
  return probe.visitor().send('POST', OPTIONAL_PATHS.refresh, { body: { refresh_token }, told })
}

function carried(token: string): SessionHeaders {
  return { authorization: `Bearer ${token}` }
}
