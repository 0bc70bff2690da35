// Cases about sign-up as such: one account for one address, no weak password, nothing of a password in any answer.
import type { Person } from './accounts.ts'
import type { ConformanceCase } from './case.ts'
import { lent } from './hooks.ts'
import type { Probe } from './probe.ts'
import { userOf } from './visitor.ts'

/** How many sign up at once in case 3. */
const RACERS = 20

export const signUpCases: readonly ConformanceCase[] = [
  {
    number: 1,
    title: 'Sign-up makes the account with its metadata, and says nothing of the password',
    tag: 'wire',
    async run(probe) {
      const { facts, hooks } = probe
      const account = probe.account(probe.sample(facts.open ? probe.keys(1) : []))
      const { password, user_metadata } = account
      const metadata = facts.open ? { metadata: user_metadata } : { metadataWith: user_metadata }
      const answer = await probe.signUp(account)
      probe.check(answer, facts.verifies ? { status: 202 } : { status: 201, ...metadata })
      withoutPassword(probe, answer.request, 'the answer', answer.text, password)
      const person = await probe.person(user_metadata)
      probe.check(await person.visitor.me(), { status: 200, ...metadata })
      const { logs } = hooks
      if (!logs) return probe.skip('no password in the logs', 'give the hook logs')
      withoutPassword(probe, answer.request, 'the logs', await lent('logs', logs), password)
    },
  },
  {
    number: 2,
    title: 'An address or user name that is taken, in other letters, makes no second account',
    tag: 'wire',
    async run(probe) {
      const ada = await probe.person()
      const again = { ...probe.account(), email: ada.email.toUpperCase() }
      const answer = await probe.signUp(again)
      probe.check(answer, probe.facts.verifies ? { status: 202 } : { status: 409, code: 'user_exists' })
      // Where the address has to be verified, a sign-up may wait beside the account, as it would without one.
      const status = probe.facts.verifies ? [401, 403] : 401
      probe.check(await probe.visitor().logIn(ada.email, again.password), { status })
      probe.check(await probe.visitor().logIn(ada.email, ada.password), { status: 200, id: ada.id })
      await takenName(probe, ada)
      const discreet = await probe.variant('enumerationProtection')
      if (!discreet) return probe.skip('the same with protection against enumeration', 'give the hook variant')
      await tellsNothing(discreet)
    },
  },
  {
    number: 3,
    title: `${RACERS} identical sign-ups at once make one account`,
    tag: 'wire',
    async run(probe) {
      const account = probe.account()
      const racers = Array.from({ length: RACERS }, () => probe.signUp(account, { provokesLimit: true }))
      const answers = await Promise.all(racers)
      const made = answers.filter(({ status }) => status === 201)
      const ids = new Set(made.map((answer) => JSON.stringify(userOf(answer)?.id)))
      const statuses = [...new Set(answers.map(({ status }) => status))].sort()
      const limit = probe.facts.verifies ? 0 : 1
      probe.hold({
        request: `${answers[0]?.request ?? ''}, ${RACERS} times at once`,
        expected: `${limit} account${limit === 1 ? '' : 's'} in the answers, and no 5xx`,
        got: `${ids.size} account${ids.size === 1 ? '' : 's'}, statuses ${statuses.join(', ')}`,
        passed: ids.size === limit && statuses.every((status) => status < 500),
      })
      if (probe.facts.verifies) return
      const [first] = made
      const id = first && userOf(first)?.id
      probe.check(await probe.visitor().logIn(account.email, account.password), { status: 200, ...(id && { id }) })
    },
  },
  {
    number: 4,
    title: 'A weak password is refused, and makes no account',
    tag: 'wire',
    async run(probe) {
      const account = probe.account()
      const weak = { status: 422, code: 'password_weak', pointer: '/password' } as const
      probe.check(await probe.signUp({ ...account, password: 'abc1234' }), weak)
      probe.check(await probe.signUp(account), { status: probe.created })
    },
  },
]

function withoutPassword(probe: Probe, request: string, where: string, text: string, password: string): void {
  const passed = !text.includes(password)
  probe.hold({ request, expected: `no password in ${where}`, got: passed ? 'none' : `a password in ${where}`, passed })
}

async function takenName(probe: Probe, { username }: Person): Promise<void> {
  if (username === null) return probe.skip('a user name that is taken', 'sign-up asks for none')
  const answer = await probe.signUp({ ...probe.account(), username: username.toUpperCase() })
  probe.check(answer, { status: 409, code: 'username_taken', pointer: '/username' })
}

/** With protection on, a new and a taken address get one and the same answer. */
async function tellsNothing(probe: Probe): Promise<void> {
  const account = probe.account()
  const fresh = await probe.signUp(account)
  const taken = await probe.signUp({ ...probe.account(), email: account.email.toUpperCase() })
  probe.check(fresh, { status: 202 })
  probe.hold({
    request: taken.request,
    expected: `the answer a new address gets: ${fresh.status} ${fresh.text}`,
    got: `${taken.status} ${taken.text}`,
    passed: taken.status === fresh.status && taken.text === fresh.text,
  })
}
