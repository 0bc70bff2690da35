// Cases about log-in and sessions: who gets in, what a refusal tells, and when a session ends.
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { PATHS } from '../contract/paths.ts'
import { same } from '../fields/stored.ts'
import { type ConformanceCase, NotRun } from './case.ts'
import { lent } from './hooks.ts'
import type { Probe } from './probe.ts'
import { checkTokens } from './token-checks.ts'
import type { Answer, SessionHeaders } from './visitor.ts'

/** Wrong log-ins in case 14; the last one has to be one too many. */
const GUESSES = 11

const LOGGED_OUT = { status: 401, headers: { 'www-authenticate': 'present' } } as const

export const sessionCases: readonly ConformanceCase[] = [
  {
    number: 13,
    title: 'Log-in lets the right password in; a wrong one and an unknown address get the same refusal',
    tag: 'wire',
    async run(probe) {
      const ada = await probe.person()
      const stranger = probe.account()
      probe.check(await probe.visitor().logIn(ada.email, ada.password), { status: 200, id: ada.id })
      if (ada.username !== null)
        probe.check(await probe.visitor().logIn(ada.username, ada.password), { status: 200, id: ada.id })
      const wrong = await probe.visitor().logIn(ada.email, stranger.password)
      const unknown = await probe.visitor().logIn(stranger.email, stranger.password)
      probe.check(wrong, { status: 401, code: 'invalid_credentials' })
      probe.hold({
        request: unknown.request,
        expected: `the answer a wrong password gets: ${wrong.status} ${wrong.text}`,
        got: `${unknown.status} ${unknown.text}`,
        passed: unknown.status === wrong.status && sameBody(unknown, wrong),
      })
      if (stranger.username !== undefined) {
        const nobody = await probe.visitor().logIn(stranger.username, stranger.password)
        probe.check(nobody, { status: 401, code: 'invalid_credentials' })
      }
      probe.skip('both refusals take the same time', 'a network has its own times; measure on the server')
    },
  },
  {
    number: 14,
    title: `${GUESSES} wrong log-ins in a minute meet a limit, which the person elsewhere does not`,
    tag: 'operator',
    async run(probe) {
      const elsewhere = probe.hooks.fetchFromElsewhere
      if (!elsewhere && !probe.asked)
        throw new NotRun(
          'no limit was looked for: one that is there shuts the address of the run out for a while; name it with --only 14, best with the hook fetchFromElsewhere',
        )
      const ada = await probe.person()
      let last: Answer | null = null
      for (let guess = 0; guess < GUESSES; guess += 1) {
        last = await probe.visitor().logIn(ada.email, probe.account().password, { provokesLimit: true })
      }
      if (last) probe.check(last, { status: 429, headers: { 'retry-after': 'present' } })
      if (!elsewhere) return probe.skip('the person gets in from elsewhere', 'give the hook fetchFromElsewhere')
      const inside = await probe.visitor(elsewhere).logIn(ada.email, ada.password, { provokesLimit: true })
      probe.check(inside, { status: 200, id: ada.id })
    },
  },
  {
    number: 15,
    title: 'A profile without a session, with a made-up one or with one that has ended is refused',
    tag: 'wire',
    async run(probe) {
      const ada = await probe.person()
      probe.check(await probe.visitor().me({}, ' without a session'), LOGGED_OUT)
      const session = ada.visitor.session()
      if (!session) return
      probe.check(await probe.visitor().me(madeUp(session), ' with a made-up session'), LOGGED_OUT)
      await ada.visitor.send('POST', PATHS.logOut, { body: {} })
      probe.check(await probe.visitor().me(session, ' with a session that was ended'), LOGGED_OUT)
      await ranOut(probe)
      await checkTokens(probe, ada)
    },
  },
  {
    number: 25,
    title: "Nobody changes another person's profile",
    tag: 'wire',
    async run(probe) {
      const [name = ''] = probe.keys(1)
      const ada = await probe.person()
      const eve = await probe.person()
      const { profilePath } = probe.hooks
      const user_metadata = probe.sample([name])
      const byBody = await eve.visitor.send('PATCH', PATHS.profile, { body: { id: ada.id, user_metadata } })
      probe.check(byBody, { status: 'refused' })
      const id = encodeURIComponent(String(ada.id))
      for (const path of [`${PATHS.profile}?id=${id}`, `${PATHS.profile}/${id}`, `/users/${id}`])
        await eve.visitor.send('PATCH', path, { body: { user_metadata } })
      probe.check(await ada.visitor.me(), { status: 200, metadata: ada.metadata })
      if (!profilePath) return probe.skip('the path of an account', 'give the hook profilePath where there is one')
      const path = await lent('profilePath', () => profilePath(String(ada.id)))
      const byPath = await eve.visitor.send('PATCH', path, { body: { user_metadata } })
      probe.check(byPath, { status: 403, code: 'forbidden' })
      probe.check(await ada.visitor.me(), { status: 200, metadata: ada.metadata })
    },
  },
]

async function ranOut(probe: Probe): Promise<void> {
  const { expireSessions } = probe.hooks
  if (!expireSessions) return probe.skip('a session that ran out', 'give the hook expireSessions')
  const grace = await probe.person()
  await lent('expireSessions', expireSessions)
  probe.check(await grace.visitor.me({}, ' with a session that ran out'), LOGGED_OUT)
}

/** Problem details may name the request they are about; nothing else may differ. */
function sameBody(one: Answer, other: Answer): boolean {
  if (!isJsonObject(one.json) || !isJsonObject(other.json)) return one.text === other.text
  return same(withoutInstance(one.json), withoutInstance(other.json))
}

function withoutInstance({ instance: _instance, ...rest }: JsonObject): JsonObject {
  return rest
}

/** A session of the same form that nobody was given. */
function madeUp(session: SessionHeaders): SessionHeaders {
  if (session.authorization !== undefined) return { authorization: 'Bearer made-up' }
  return { cookie: session.cookie.replace(/=[^;]*/g, ({ length }) => `=${'A'.repeat(length - 1)}`) }
}
