// The kit against a server that keeps the contract, in every shape it may have, and against broken and unusual ones.
import { expect, test } from 'vitest'
import { CASES } from '../../src/conformance/cases.ts'
import { conformanceReport } from '../../src/conformance/report.ts'
import { type Conformance, type ConformanceOptions, runConformance } from '../../src/conformance/run.ts'
import { FAULTS, isFault } from './faults.ts'
import { createMemoryServer, type MemoryOptions } from './memory-server.ts'

/** A run, with the numbers of the cases that failed, passed and were not run. */
async function outcomes(options: MemoryOptions = {}, changes: Partial<ConformanceOptions> = {}) {
  const server = createMemoryServer({ session: 'both', usernames: true, ...options })
  const { endpoint, fetch, hooks } = server
  const result = await runConformance({ endpoint, fetch, hooks, wait: () => Promise.resolve(), ...changes })
  const numbers = (outcome: string) => result.cases.filter((one) => one.outcome === outcome).map(({ number }) => number)
  return { result, server, failed: numbers('failed'), passed: numbers('passed'), notRun: numbers('not run') }
}

const except = (...left: readonly number[]) =>
  CASES.map(({ number }) => number).filter((number) => !left.includes(number))

test('there are thirty cases, each with a number, and each but the one about the client has a fault to show it', () => {
  expect(CASES.map(({ number }) => number)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
  const shown = new Set<number>(Object.values(FAULTS).flat())
  expect(CASES.filter(({ tag, number }) => tag !== 'client' && !shown.has(number))).toEqual([])
})

test('a server that keeps the contract passes every case but the one about the client', async () => {
  const { result, failed, notRun, passed, server } = await outcomes()
  expect({ failed, notRun, passed }).toEqual({ failed: [], notRun: [21], passed: except(21) })
  expect(result.left).toEqual([])
  expect(server.accounts()).toBe(0)
})

test.each(Object.keys(FAULTS).filter(isFault))('red: %s', async (fault) => {
  const { failed } = await outcomes({ faults: [fault] })
  expect(failed).toEqual([...FAULTS[fault]])
})

const partsOf = (result: Conformance, number: number) =>
  result.cases.find((one) => one.number === number)?.notRun.map((part) => part.split(':', 1)[0])

test('a cookie carries sessions, or a token where a log-in asks for it: both are checked', async () => {
  const { result } = await outcomes()
  expect(result.facts).toMatchObject({ session: 'cookie', noTokens: null })
  expect(partsOf(result, 29)).toEqual([])
  expect(partsOf(result, 15)).toEqual([])
  expect(conformanceReport(result)).toContain('by a cookie, or by a token where a log-in asks for it; ')
  const told = result.cases.flatMap(({ checks }) => checks.map(({ request }) => request))
  const refreshes = told.filter((request) => request.startsWith('POST /account/token'))
  expect(refreshes.length).toBeGreaterThan(4)
  for (const request of refreshes) expect(request).toMatch(/ \{"refresh_token":"\(secret\)"\}$/)
})

test('where the server has no sessions by token, what is about them is not run, and why is said', async () => {
  const { result, failed, notRun } = await outcomes({ session: 'cookie' })
  expect({ failed, notRun }).toEqual({ failed: [], notRun: [21] })
  const reason = 'the server has none: a log-in with "session":"bearer" was answered 422'
  expect(result.facts.noTokens).toBe(reason)
  const said = result.cases.flatMap((one) => one.notRun)
  for (const part of ['a token from a foreign origin', 'a session that a token carries'])
    expect(said).toContain(`${part}: ${reason}`)
  expect(conformanceReport(result)).toContain(`     not run: a token from a foreign origin: ${reason}`)
})

test('a server that begins another session than was asked for has none by token', async () => {
  const server = createMemoryServer()
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const body = typeof init?.body === 'string' ? init.body.replace(',"session":"bearer"', '') : null
    return server.fetch(input, { ...init, body })
  }
  const { result, failed } = await outcomes({ session: 'cookie' }, { fetch, only: [15, 29], hooks: {} })
  expect(failed).toEqual([])
  expect(result.facts.noTokens).toContain('was answered 200 without tokens')
})

test('where sign-up asks for no user name, nothing is said about one', async () => {
  const { result, failed, notRun } = await outcomes({ usernames: false })
  expect({ failed, notRun, usernames: result.facts.usernames }).toEqual({ failed: [], notRun: [21], usernames: false })
  expect(partsOf(result, 2)).toEqual(['a user name that is taken'])
  expect(conformanceReport(result)).not.toContain('accounts have user names')
  expect(conformanceReport((await outcomes()).result)).toContain('; accounts have user names; ')
})

test('sessions may be carried by a token always, and then a foreign origin is no danger', async () => {
  const { result, failed, notRun } = await outcomes({ session: 'bearer' })
  expect({ failed, notRun, session: result.facts.session }).toEqual({ failed: [], notRun: [21], session: 'bearer' })
  expect(partsOf(result, 15)).toEqual(['the next token'])
  expect(partsOf(result, 29)).toEqual(['a cookie from a foreign origin'])
  const reflected = await outcomes({ session: 'bearer', faults: ['every origin is reflected'] })
  expect(reflected.failed).toEqual([29])
})

test('a sign-up that is answered by mail is verified by the hook, and without it what needs a session is not run', async () => {
  const { enumerationProtection: endpoint } = createMemoryServer().variants
  const { failed, notRun } = await outcomes({}, { endpoint })
  expect({ failed, notRun }).toEqual({ failed: [], notRun: [21] })
  const alone = await outcomes({}, { endpoint, hooks: {} })
  expect(alone.failed).toEqual([])
  expect(alone.passed).toEqual([1, 3, 4, 5, 9, 10])
})

test('texts only at sign-up: where the server says so, where the run does, and not otherwise', async () => {
  const { stringSignUp } = createMemoryServer().variants
  const said = await outcomes({}, { endpoint: stringSignUp, hooks: {} })
  expect(said.failed).toEqual([])
  expect(said.passed).toEqual(expect.arrayContaining([5, 6, 7, 8]))
  expect((await outcomes({}, { hooks: {} })).notRun).toEqual(expect.arrayContaining([6, 7, 8]))
  // This server takes any JSON, whatever is said about it.
  expect((await outcomes({}, { hooks: {}, signUpValues: 'strings' })).failed).toEqual([6, 7, 8])
})

test('a server that holds metadata to a definition is asked for the keys it takes', async () => {
  const server = { knownKeys: ['company', 'size', 'address*'] }
  const few = await outcomes(server)
  expect(few.failed).toEqual([])
  expect(few.passed).toEqual([1, 2, 3, 4, 9, 10, 11, 13, 14, 15, 30])
  const named = await outcomes(server, { keys: ['size', 'address', 'no_such_key'], valid: { company: 'Acme' } })
  expect(named.failed).toEqual([])
  expect(named.notRun).toEqual([5, 6, 7, 8, 21])
  expect(named.result.facts.keys.map(({ name }) => name)).toEqual(['size', 'address', 'company'])
  expect(named.result.facts.base).toEqual({})
  const broken = await outcomes({ ...server, faults: ['nested values are merged'] }, { keys: ['address'] })
  expect(broken.failed).toEqual([17])
})

test('only the cases that were named run, also the one that shuts the run out for a while', async () => {
  const { result, passed } = await outcomes({}, { only: [14, 16], hooks: {} })
  expect(result.cases.map(({ number }) => number)).toEqual([14, 16])
  expect(passed).toEqual([14, 16])
  expect((await outcomes({}, { hooks: {} })).notRun).toContain(14)
})

test('cases that need to reach behind the wire say which hook they need', async () => {
  const { result } = await outcomes({}, { hooks: {} })
  const said = result.cases.flatMap(({ notRun }) => notRun).join('\n')
  for (const hook of ['logs', 'variant', 'mailToken', 'restart', 'expireSessions', 'fetchFromElsewhere', 'profilePath'])
    expect(said).toContain(hook)
  expect(result.left.length).toBeGreaterThan(20)
})

test('a hook that fails says nothing about the server', async () => {
  const hooks = { restart: () => Promise.reject(new Error('no such container')) }
  const { result, failed } = await outcomes({}, { hooks, only: [30] })
  expect(failed).toEqual([])
  expect(result.cases[0]?.notRun).toContain('the hook restart failed: no such container')
})

test('a limit is waited out where the server says how long, and otherwise the case is not run', async () => {
  const server = createMemoryServer()
  const answers: (string | null)[] = []
  const limited = (retryAfter: string | null): typeof globalThis.fetch => {
    return async (input, init) => {
      const { pathname } = new URL(String(input))
      if (pathname !== '/account/me' || answers.includes(retryAfter)) return server.fetch(input, init)
      if (retryAfter !== null) answers.push(retryAfter)
      return new Response(null, { status: 429, ...(retryAfter !== null && { headers: { 'retry-after': retryAfter } }) })
    }
  }
  const waits: number[] = []
  const wait = async (seconds: number) => void waits.push(seconds)
  const { endpoint } = server
  const patient = await runConformance({ endpoint, fetch: limited('7'), wait, only: [16] })
  expect(patient.cases.map(({ outcome }) => outcome)).toEqual(['passed'])
  expect(waits).toEqual([7])
  await expect(runConformance({ endpoint, fetch: limited(null), wait, only: [16] })).rejects.toThrow('lift the limit')
})

test('no password, cookie or token is in a report', async () => {
  const faults = ['the profile has the password', 'an update replaces everything', 'there is no ETag'] as const
  for (const session of ['cookie', 'bearer'] as const) {
    const secrets = new Set<string>()
    const server = createMemoryServer({ faults, session })
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const { password } = Object(typeof init?.body === 'string' ? safeJson(init.body) : null)
      if (typeof password === 'string') secrets.add(password)
      const answer = await server.fetch(input, init)
      for (const [, token = ''] of (await answer.clone().text()).matchAll(/"access_token":"([^"]+)"/g))
        secrets.add(token)
      for (const line of answer.headers.getSetCookie()) secrets.add(line.split(/[=;]/)[1] ?? '')
      return answer
    }
    const result = await runConformance({ endpoint: server.endpoint, fetch, hooks: server.hooks })
    const said = JSON.stringify(result) + conformanceReport(result)
    expect(secrets.size).toBeGreaterThan(20)
    expect([...secrets].filter((secret) => secret.length >= 8 && said.includes(secret))).toEqual([])
  }
})

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
