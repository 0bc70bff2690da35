// Tabs of one browser, in every order that their calls can take: one renewal at a time, no token used that is spent, none left behind.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type MemoryBackend, memory } from '../../src/backends/memory.ts'
import type { Fault } from '../../src/backends/memory-faults.ts'
import { type Client, createClient } from '../../src/client/client.ts'
import type { Backend, CallContext } from '../../src/contract/backend.ts'
import { isLatchkeyError } from '../../src/contract/errors.ts'
import { RUNS, SOAK_TIMEOUT } from '../soak.ts'
import { createTokenBrowser } from './token-browser.ts'
import { createTokenWatch, type TokenWatch } from './token-watch.ts'

const password = 'correct horse'
const people = ['ana@example.org', 'bea@example.org'] as const

type Step =
  | { readonly does: 'getProfile' | 'getSession' | 'getToken' | 'save' | 'logOut' }
  | { readonly does: 'logIn'; readonly email: string; readonly remember: boolean }
  /** Seconds pass. */
  | { readonly does: 'wait'; readonly seconds: number }
  /** The server ends every session of a person. */
  | { readonly does: 'end'; readonly email: string }
  /** This tab's next renewal fails. */
  | { readonly does: 'fail'; readonly fault: Fault }

const email = fc.constantFrom(...people)

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom<Step>(
      ...(['getProfile', 'getSession', 'getToken', 'save'] as const).map((does) => ({ does })),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ does: 'logOut' }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(email, fc.boolean())
      .map(([person, remember]): Step => ({ does: 'logIn', email: person, remember })),
  },
  { weight: 3, arbitrary: fc.constantFrom(40, 61, 100).map((seconds): Step => ({ does: 'wait', seconds })) },
  { weight: 1, arbitrary: email.map((person): Step => ({ does: 'end', email: person })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<Fault>({ kind: 'offline' }, { kind: 'droppedAfterCommit' }, { kind: 'html502' })
      .map((fault): Step => ({ does: 'fail', fault })),
  },
)

/** A tab's backend, whose requests leave and whose answers come when the scheduler says so. */
function scheduled(backend: MemoryBackend, scheduler: fc.Scheduler, watch: TokenWatch): Backend {
  async function inTime<Result>(send: () => Promise<Result>): Promise<Result> {
    await scheduler.schedule(Promise.resolve())
    return scheduler.schedule(send())
  }
  const carried = <Result>({ token }: CallContext, send: () => Promise<Result>, write: string | null = null) =>
    inTime(() => {
      watch.sent(token, write)
      return send()
    })
  return {
    ...backend,
    logIn: (credentials, context) =>
      inTime(async () => {
        const answer = await backend.logIn(credentials, context)
        watch.begun(answer.tokens)
        return answer
      }),
    async refresh(refreshToken, context) {
      const { refresh } = backend
      if (!refresh) throw new TypeError('this backend renews nothing')
      return watch.renewed(refreshToken, () => inTime(() => refresh(refreshToken, context)))
    },
    getSession: (context) => carried(context, () => backend.getSession(context)),
    getProfile: (context) => carried(context, () => backend.getProfile(context)),
    logOut: (context) => carried(context, () => backend.logOut(context)),
    patchProfile: (patch, context) =>
      carried(context, () => backend.patchProfile(patch, context), JSON.stringify(patch.user_metadata)),
  }
}

/** Makes the call of a step; what it is refused with has to be one of our errors. */
async function settled(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!isLatchkeyError(error)) throw error
  }
}

let saves = 0

function call(client: Client, one: Step): Promise<unknown> {
  switch (one.does) {
    case 'logIn':
      return client.logIn({ identifier: one.email, password, remember: one.remember })
    case 'save':
      saves += 1
      return client.updateMetadata({ latest: saves })
    case 'wait':
    case 'end':
    case 'fail':
      return Promise.resolve()
    default:
      return client[one.does]()
  }
}

test(
  'whatever the tabs of a browser do, in whichever order it happens',
  async () => {
    const steps = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), steps, async (scheduler, lists) => {
        const watch = createTokenWatch()
        const browser = createTokenBrowser(watch.written)
        const accounts = people.map((person) => ({ email: person, password }))
        const environment = { now: () => browser.now, startTimer: () => () => {} }
        const server = memory({ imitate: 'bearer', accounts, accessTokenLifetime: 60, environment })
        const tabs = lists.map((list) => {
          const backend = server.browser()
          const client = createClient({
            backend: scheduled(backend, scheduler, watch),
            environment: browser.tab(),
            tokenStorage: 'browser',
          })
          return { list, backend, client }
        })
        const begin = tabs[0]?.client.logIn({ identifier: people[0], password })
        await scheduler.waitFor(Promise.resolve(begin))

        const work = tabs.map(async ({ list, backend, client }) => {
          for (const one of list) {
            if (one.does === 'wait') browser.now += one.seconds * 1000
            if (one.does === 'end') server.endSessions(one.email)
            if (one.does === 'fail') backend.fail(one.fault, { call: 'refresh' })
            await settled(call(client, one))
          }
        })
        await scheduler.waitFor(Promise.all(work))
        // A save that was sent again was sent for the same person.
        for (const sessions of watch.writes.values()) {
          expect(sessions.length).toBeLessThanOrEqual(2)
          expect(new Set(sessions).size).toBe(1)
        }

        // Once nothing is in the way, whoever has tokens of a session that goes on is signed in.
        for (const { backend } of tabs) backend.heal()
        for (const { client } of tabs) {
          const session = await scheduler.waitFor(client.getSession())
          if (session) expect((await scheduler.waitFor(client.getProfile())).user.email).toBe(session.user.email)
        }
        for (const { client } of tabs) await scheduler.waitFor(client.logOut())
        for (const { client } of tabs) expect(await scheduler.waitFor(client.getSession())).toBe(null)
        expect(watch.countIn(browser.everything())).toBe(0)
      }),
      RUNS,
    )
  },
  SOAK_TIMEOUT,
)
