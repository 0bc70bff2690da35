// Tokens are in the requests that need them and nowhere else: in no address, no error and no result, whatever goes wrong.
import { afterEach, expect, test, vi } from 'vitest'
import { memory } from '../../src/backends/memory.ts'
import type { Fault, MemoryCall } from '../../src/backends/memory-faults.ts'
import { rest } from '../../src/backends/rest-whole.ts'
import { type Client, createClient } from '../../src/client/client.ts'
import { createTokenBrowser } from './token-browser.ts'

const email = 'ana@example.org'
const password = 'correct horse'

/** Everything that can be reached from a value, hidden or not, as texts. */
function deepTexts(value: unknown, seen = new Set<unknown>()): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  const found: string[] = []
  for (let level: object | null = value; level && level !== Object.prototype; level = Object.getPrototypeOf(level)) {
    for (const key of Reflect.ownKeys(level)) {
      found.push(String(key))
      const { get, value: held } = Object.getOwnPropertyDescriptor(level, key) ?? {}
      found.push(...deepTexts(get ? Reflect.get(level, key, value) : held, seen))
    }
  }
  return found
}

const calls: Readonly<Record<MemoryCall, (client: Client) => Promise<unknown>>> = {
  signUp: (client) => client.signUp({ email: 'bea@example.org', password }),
  logIn: (client) => client.logIn({ identifier: email, password }),
  refresh: (client) => client.getToken(),
  getSession: (client) => client.getSession(),
  getProfile: (client) => client.getProfile(),
  patchProfile: (client) => client.updateMetadata({ company: 'Acme' }),
  logOut: (client) => client.logOut(),
}

const faults: readonly Fault[] = [
  { kind: 'offline' },
  { kind: 'droppedAfterCommit' },
  { kind: 'cutBody' },
  { kind: 'html200' },
  { kind: 'html502' },
  { kind: 'redirect' },
  { kind: 'empty200' },
  { kind: 'rateLimited', retryAfter: 30 },
]

const printed = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) => vi.spyOn(console, name))
afterEach(() => {
  for (const method of printed) method.mockClear()
})

/** A page with a session, what it sent, and every token that it has seen. */
async function open() {
  const browser = createTokenBrowser()
  const environment = { now: () => browser.now, startTimer: () => () => {} }
  const backend = memory({ imitate: 'bearer', accounts: [{ email, password }], environment })
  const addresses: string[] = []
  const tokens = new Set<string>()
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    addresses.push(String(input))
    for (const text of [new Headers(init.headers).get('authorization'), init.body, JSON.stringify([...browser.shared])])
      for (const [token] of String(text).matchAll(/memory-(access|refresh)-\d+/g)) tokens.add(token)
    return backend.fetch(input, init)
  }
  // Each timer of a call that is tried again is over at once.
  const startTimer = (callback: () => void, milliseconds: number) => {
    if (milliseconds < 10_000) queueMicrotask(callback)
    return () => {}
  }
  const client = createClient({
    backend: rest('/account', { session: 'bearer' }),
    environment: browser.tab({ fetch, startTimer }),
    tokenStorage: 'browser',
  })
  const { pending, ...answer } = await client.logIn({ identifier: email, password })
  return { browser, backend, client, addresses, tokens, answer }
}

test.each<MemoryCall>(['signUp', 'logIn', 'refresh', 'getSession', 'getProfile', 'patchProfile', 'logOut'])(
  '%s',
  async (name) => {
    for (const fault of faults) {
      const { browser, backend, client, addresses, tokens, answer } = await open()
      const outcomes: unknown[] = [answer]
      if (name === 'refresh') browser.now += 20 * 60_000
      backend.fail(fault, { call: name, times: 9 })
      const call = calls[name]
      outcomes.push(await call(client).catch((reason: unknown) => reason))
      backend.heal()
      backend.endSessions(email)
      outcomes.push(await client.getProfile().catch((reason: unknown) => reason))
      expect(outcomes.filter((outcome) => outcome instanceof Error).length).toBeGreaterThan(0)
      expect(tokens.size).toBeGreaterThan(0)
      const texts = [...addresses, ...outcomes.flatMap((outcome) => deepTexts(outcome))].join('\n')
      for (const token of [...tokens, password]) expect(texts).not.toContain(token)
      for (const method of printed) expect(method).not.toHaveBeenCalled()
    }
  },
)

test('a server that repeats what it was sent is not repeated', async () => {
  const browser = createTokenBrowser()
  const session = {
    access_token: 'memory-access',
    token_type: 'Bearer',
    expires_in: 60,
    refresh_token: 'memory-refresh',
  }
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    if (String(input).endsWith('/login')) return Response.json({ user: { id: '1', email }, session })
    const said = `${new Headers(init.headers).get('authorization')} ${String(init.body)}`
    const problem = { type: said, title: said, detail: said, code: said, errors: [{ pointer: '/name', code: said }] }
    return Response.json(problem, { status: 400, statusText: 'memory-access' })
  }
  const client = createClient({ backend: rest('/account', { session: 'bearer' }), environment: browser.tab({ fetch }) })
  await client.logIn({ identifier: email, password })
  const errors: unknown[] = [await client.updateMetadata({ company: 'Acme' }).catch((reason: unknown) => reason)]
  browser.now += 60_000
  errors.push(await client.getToken().catch((reason: unknown) => reason))
  for (const error of errors) expect(error).toBeInstanceOf(Error)
  expect(errors.flatMap((error) => deepTexts(error)).join('\n')).not.toMatch(/memory-(access|refresh)/)
})
