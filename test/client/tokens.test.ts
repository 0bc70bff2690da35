// Sessions by token: renewed once for all who wait, never twice for one call, and forgotten when they are over.
import { expect, test } from 'vitest'
import { type MemoryBackend, memory } from '../../src/backends/memory.ts'
import type { Fault } from '../../src/backends/memory-faults.ts'
import { rest } from '../../src/backends/rest-whole.ts'
import { type Client, type ClientOptions, createClient } from '../../src/client/client.ts'
import type { CallContext } from '../../src/contract/backend.ts'
import { LatchkeyError } from '../../src/contract/errors.ts'
import { codeOf, createTokenBrowser } from './token-browser.ts'

const email = 'ana@example.org'
const password = 'correct horse'
const accounts = [
  { email, password },
  { email: 'bea@example.org', password },
]

const MINUTE = 60_000

/** A browser in which somebody is signed in, and a client for each of its tabs. */
async function open({ tabs = 1, ...options }: Partial<ClientOptions> & { readonly tabs?: number } = {}) {
  const browser = createTokenBrowser()
  const environment = { now: () => browser.now, startTimer: () => () => {} }
  const account = memory({ imitate: 'bearer', accounts, environment, accessTokenLifetime: 900 })
  const backends: MemoryBackend[] = []
  const clients: Client[] = []
  for (let tab = 0; tab < tabs; tab += 1) {
    const backend = account.browser()
    backends.push(backend)
    clients.push(createClient({ tokenStorage: 'browser', ...options, backend, environment: browser.tab() }))
  }
  const [client] = clients
  const [backend] = backends
  if (!client || !backend) throw new TypeError('a browser has a tab')
  await client.logIn({ identifier: email, password })
  const refreshes = () => backends.flatMap(({ requests }) => requests.filter(({ call }) => call === 'refresh')).length
  return { browser, backend, client, clients, account, refreshes }
}

test.each([
  ['about to end', 14 * MINUTE + 31_000],
  ['over', 20 * MINUTE],
])('five tabs with a token that is %s renew it once', async (_when, passed) => {
  const { browser, clients, refreshes } = await open({ tabs: 5 })
  browser.now += passed
  const answers = await Promise.all(clients.flatMap((client) => [client.getProfile(), client.getProfile()]))
  expect(answers.map(({ user }) => user.email)).toEqual(Array.from({ length: 10 }, () => email))
  expect(refreshes()).toBe(1)
})

test('a token is good until half a minute before its end', async () => {
  const { browser, client, refreshes } = await open()
  const first = await client.getToken()
  browser.now += 15 * MINUTE - 30_000
  expect([await client.getToken(), refreshes()]).toEqual([first, 0])
  browser.now += 1
  const second = await client.getToken()
  expect(second).not.toBe(first)
  expect([await client.getToken(), refreshes()]).toEqual([second, 1])
})

/** A server whose clock is ahead, so that it refuses what the page holds for good. */
async function openAhead(tabs = 1) {
  const opened = await open({ tabs })
  const clock = opened.browser.now
  const late = opened.clients.map(() => ({ ...opened.browser.tab(), now: () => clock }))
  const clients = late.map((environment, tab) => {
    const backend = opened.account.browser()
    return { backend, client: createClient({ backend, environment, tokenStorage: 'browser', timeout: 1000 + tab }) }
  })
  opened.browser.now += 20 * MINUTE
  const refreshes = () =>
    clients.flatMap(({ backend }) => backend.requests.filter(({ call }) => call === 'refresh')).length
  return {
    ...opened,
    clients: clients.map(({ client }) => client),
    backends: clients.map(({ backend }) => backend),
    refreshes,
  }
}

test('a token that is refused before its time is renewed once for all, and each call is made once more', async () => {
  const { clients, backends, refreshes } = await openAhead(5)
  const sessions = await Promise.all(clients.flatMap((client) => [client.getSession(), client.getSession()]))
  expect(sessions.map((session) => session?.user.email)).toEqual(Array.from({ length: 10 }, () => email))
  expect(refreshes()).toBe(1)
  const asked = backends.flatMap(({ requests }) => requests.filter(({ call }) => call === 'getSession'))
  expect(asked.length).toBeLessThanOrEqual(20)
})

test('a save with a token that is over is carried out once, under one key', async () => {
  const { account, browser } = await open()
  const keys: (string | null)[] = []
  const clock = browser.now
  const environment = {
    ...browser.tab(),
    now: () => clock,
    fetch: (input: RequestInfo | URL, init: RequestInit = {}) => {
      if (init.method === 'PATCH') keys.push(new Headers(init.headers).get('idempotency-key'))
      return account.fetch(input, init)
    },
  }
  const client = createClient({ backend: rest('/account', { session: 'bearer' }), environment })
  await client.logIn({ identifier: email, password })
  browser.now += 20 * MINUTE
  await client.updateMetadata({ company: 'Acme' })
  expect(keys).toHaveLength(2)
  expect(keys[0]).toMatch(/./)
  expect(new Set(keys).size).toBe(1)
  expect(account.account(email)).toMatchObject({ user_metadata: { company: 'Acme' }, version: 2 })
})

const passing: readonly (readonly [Fault, code: string])[] = [
  [{ kind: 'offline' }, 'network'],
  [{ kind: 'droppedAfterCommit' }, 'network'],
  [{ kind: 'cutBody' }, 'network'],
  [{ kind: 'html502' }, 'server_error'],
  [{ kind: 'unavailable', retryAfter: 3 }, 'server_error'],
  [{ kind: 'rateLimited', retryAfter: 3 }, 'rate_limited'],
  [{ kind: 'html200' }, 'bad_response'],
]

test.each(passing)('a renewal that fails with %j says so, and the session goes on', async (fault, code) => {
  const { browser, backend, client, refreshes } = await open()
  browser.now += 20 * MINUTE
  backend.fail(fault, { call: 'refresh' })
  expect(await codeOf(client.updateMetadata({ company: 'Acme' }))).toBe(code)
  expect([refreshes(), backend.account(email)?.user_metadata]).toEqual([1, {}])
  await client.updateMetadata({ company: 'Acme' })
  expect([refreshes(), backend.account(email)?.user_metadata]).toEqual([2, { company: 'Acme' }])
})

test('a renewal that nobody answers is given up with the call, and the session goes on', async () => {
  const { account, browser } = await open()
  const timers: (() => void)[] = []
  const startTimer = (callback: () => void) => {
    timers.push(callback)
    return () => void timers.splice(timers.indexOf(callback), 1)
  }
  const backend = account.browser()
  const client = createClient({ backend, environment: browser.tab({ startTimer }), tokenStorage: 'browser' })
  browser.now += 20 * MINUTE
  backend.fail({ kind: 'hang' }, { call: 'refresh' })
  const lost = codeOf(client.getProfile())
  await expect.poll(() => timers.length).toBe(2)
  for (const timer of [...timers]) timer()
  expect(await lost).toBe('timeout')
  expect((await client.getProfile()).user.email).toBe(email)
})

test('a session that has ended elsewhere is forgotten: nothing is asked twice, and nothing is left', async () => {
  const { browser, account, client, clients, refreshes } = await open({ tabs: 2 })
  account.endSessions(email)
  expect(await codeOf(client.getProfile())).toBe('unauthenticated')
  expect([browser.everything(), refreshes()]).toEqual(['[[],[],[]]', 1])
  for (const one of clients) {
    expect(await one.getSession()).toBe(null)
    expect(await codeOf(one.getToken())).toBe('unauthenticated')
    expect(await codeOf(one.updateMetadata({ company: 'Acme' }))).toBe('unauthenticated')
  }
  expect(refreshes()).toBe(1)
})

test('a visitor is asked about nowhere, and has no token', async () => {
  const backend = memory({ imitate: 'bearer' })
  const client = createClient({ backend })
  expect(await client.getSession()).toBe(null)
  expect(await codeOf(client.getToken())).toBe('unauthenticated')
  await client.logOut()
  expect(backend.requests).toEqual([])
  expect(await codeOf(createClient({ backend: memory() }).getToken())).toBe('unsupported')
})

test('a call that is given up while it waits leaves its renewal to the others', async () => {
  const { browser, client, refreshes } = await open()
  browser.now += 20 * MINUTE
  const controller = new AbortController()
  const given = codeOf(client.getProfile({ signal: controller.signal }))
  const other = client.getProfile()
  controller.abort()
  expect(await given).toBe('aborted')
  expect((await other).user.email).toBe(email)
  expect(refreshes()).toBe(1)
})

/** A backend whose renewals wait for the test. */
function heldBack(backend: MemoryBackend) {
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  let isAsked = false
  const refresh = async (token: string, context: CallContext) => {
    isAsked = true
    if (!backend.refresh) throw new TypeError('this backend renews nothing')
    try {
      return await backend.refresh(token, context)
    } finally {
      await gate
    }
  }
  return { backend: { ...backend, refresh }, isAsked: () => isAsked, release: () => release() }
}

test('whoever signs in during a renewal has the last word, and nothing is done in their name', async () => {
  const { browser, account, clients } = await open({ tabs: 2 })
  const { backend, isAsked, release } = heldBack(account.browser())
  const waiting = createClient({ backend, environment: browser.tab(), tokenStorage: 'browser' })
  browser.now += 20 * MINUTE
  const saving = codeOf(waiting.updateMetadata({ company: 'Acme' }))
  await expect.poll(isAsked).toBe(true)
  await clients[1]?.logIn({ identifier: 'bea@example.org', password })
  const before = browser.everything()
  release()
  expect(await saving).toBe('unauthenticated')
  expect(browser.everything()).toBe(before)
  expect((await waiting.getProfile()).user.email).toBe('bea@example.org')
  expect([account.account(email)?.user_metadata, account.account('bea@example.org')?.user_metadata]).toEqual([{}, {}])
})

test('a renewal that is refused forgets nobody who signed in meanwhile', async () => {
  const { browser, account, clients } = await open({ tabs: 2 })
  const { backend, isAsked, release } = heldBack(account.browser())
  const waiting = createClient({ backend, environment: browser.tab(), tokenStorage: 'browser' })
  account.endSessions(email)
  const asking = codeOf(waiting.getProfile())
  await expect.poll(isAsked).toBe(true)
  await clients[1]?.logIn({ identifier: 'bea@example.org', password })
  release()
  expect(await asking).toBe('unauthenticated')
  expect((await waiting.getSession())?.user.email).toBe('bea@example.org')
})

test.each([
  ['good', 0, 2],
  ['over', 20 * MINUTE, 1],
])(
  'a server that refuses even new tokens is asked no more than that: the first one %s',
  async (_which, passed, asked) => {
    const { browser, account } = await open()
    const backend = account.browser()
    let calls = 0
    const getProfile = () => {
      calls += 1
      return Promise.reject(new LatchkeyError('unauthenticated', 'GET /account/me answered 401', { status: 401 }))
    }
    const client = createClient({
      backend: { ...backend, getProfile },
      environment: browser.tab(),
      tokenStorage: 'browser',
    })
    browser.now += passed
    expect(await codeOf(client.getProfile())).toBe('unauthenticated')
    expect([calls, backend.requests.map(({ call }) => call)]).toEqual([asked, ['refresh']])
  },
)

test('a log-out during a renewal has the last word', async () => {
  const { browser, account, clients } = await open({ tabs: 2 })
  const { backend, isAsked, release } = heldBack(account.browser())
  const waiting = createClient({ backend, environment: browser.tab(), tokenStorage: 'browser' })
  browser.now += 20 * MINUTE
  const asking = waiting.getSession()
  await expect.poll(isAsked).toBe(true)
  const ending = clients[1]?.logOut()
  await expect.poll(() => browser.shared.size).toBe(0)
  release()
  await ending
  expect(await asking).toBe(null)
  expect(browser.everything()).not.toContain('memory-')
})

test.each([
  ['that is good', 0],
  ['that is over', 20 * MINUTE],
])('a log-out with a token %s ends the session on the server', async (_which, passed) => {
  const { browser, account, client } = await open()
  const copy = createTokenBrowser()
  for (const [key, text] of browser.shared) copy.plant(key, text)
  browser.now += passed
  copy.now = browser.now
  await client.logOut()
  expect(browser.everything()).toBe('[[],[]]')
  const thief = createClient({ backend: account.browser(), environment: copy.tab(), tokenStorage: 'browser' })
  expect(await codeOf(thief.getProfile())).toBe('unauthenticated')
})

test('a log-out that reaches nobody says so, and the tokens are forgotten all the same', async () => {
  const { browser, backend, client } = await open()
  backend.fail({ kind: 'offline' }, { call: 'logOut' })
  expect(await codeOf(client.logOut())).toBe('network')
  expect(browser.everything()).toBe('[[],[]]')
  expect(await client.getSession()).toBe(null)
})

test('tokens that a page has from its start are taken where none are kept', async () => {
  const backend = memory({ imitate: 'bearer', accounts, signedIn: email })
  const browser = createTokenBrowser()
  const client = () => createClient({ backend, environment: browser.tab(), tokenStorage: 'browser' })
  const first = await client().getToken()
  expect(await client().getToken()).toBe(first)
  await client().logOut()
  expect(await client().getSession()).toBe(null)
})
