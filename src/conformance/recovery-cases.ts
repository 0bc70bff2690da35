// Cases about what must survive and what must not: a forgotten password, a used token, a save before a crash.
import { OPTIONAL_PATHS } from '../contract/paths.ts'
import { type ConformanceCase, NotRun } from './case.ts'
import { lent } from './hooks.ts'
import type { Probe } from './probe.ts'

export const recoveryCases: readonly ConformanceCase[] = [
  {
    number: 21,
    title: 'An update that changes nothing sends no request',
    tag: 'client',
    run: () => Promise.reject(new NotRun('it is about the client that sends; a server cannot show it')),
  },
  {
    number: 30,
    title: 'A forgotten password tells nobody who has an account, a token works once, a save outlives a crash',
    tag: 'wire',
    async run(probe) {
      await forgotten(probe)
      await crash(probe)
    },
  },
]

async function forgotten(probe: Probe): Promise<void> {
  const ada = await probe.person()
  const forgot = (email: string) => probe.visitor().send('POST', OPTIONAL_PATHS.forgotPassword, { body: { email } })
  const known = await forgot(ada.email)
  if (known.status === 404 || known.status === 405)
    return probe.skip('a forgotten password', `the server has no ${OPTIONAL_PATHS.forgotPassword}`)
  const unknown = await forgot(probe.account().email)
  probe.check(known, { status: 202 })
  probe.hold({
    request: unknown.request,
    expected: `the answer a known address gets: ${known.status} ${known.text}`,
    got: `${unknown.status} ${unknown.text}`,
    passed: unknown.status === known.status && unknown.text === known.text,
  })
  const { mailToken } = probe.hooks
  if (!mailToken) return probe.skip('the token of the mail', 'give the hook mailToken')
  const token = await lent('mailToken', () => mailToken({ email: ada.email, purpose: 'reset' }))
  const { password } = probe.account()
  const reset = (next: string) =>
    probe.visitor().send('POST', OPTIONAL_PATHS.resetPassword, { body: { token, password: next } })
  const hidden = { request: `POST ${OPTIONAL_PATHS.resetPassword}` }
  probe.check({ ...(await reset(password)), ...hidden }, { status: 204 })
  probe.check({ ...(await reset(probe.account().password)), ...hidden }, { status: 'refused' })
  probe.check(await ada.visitor.me({}, ' with a session from before the reset'), { status: 401 })
  probe.check(await probe.visitor().logIn(ada.email, ada.password), { status: 401 })
  probe.check(await probe.visitor().logIn(ada.email, password), { status: 200, id: ada.id })
}

async function crash(probe: Probe): Promise<void> {
  const { restart } = probe.hooks
  if (!restart) return probe.skip('a save before a crash', 'give the hook restart')
  const [name = ''] = probe.keys(1)
  const ada = await probe.person()
  probe.check(await ada.visitor.patch(probe.sample([name])), { status: 200 })
  await lent('restart', restart)
  const metadata = { ...ada.metadata, ...probe.sample([name]) }
  probe.check(await probe.visitor().logIn(ada.email, ada.password), { status: 200, metadata })
}
