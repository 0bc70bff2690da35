// Where tokens are kept: nowhere unless the site says so, under the account system they are of, and never longer than they should be.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { memory } from '../../src/backends/memory.ts'
import { rest } from '../../src/backends/rest-whole.ts'
import { createClient } from '../../src/client/client.ts'
import type { TokenStorage } from '../../src/client/token-place.ts'
import { codeOf, createTokenBrowser, type TokenBrowser } from './token-browser.ts'

const email = 'ana@example.org'
const password = 'correct horse'
const account = { email, password }
const credentials = { identifier: email, password }

const open = () => memory({ imitate: 'bearer', accounts: [account, { email: 'bea@example.org', password }] })

/** Which places have a text: that of all tabs, and those of each tab. */
const places = ({ shared, tabs }: TokenBrowser) => [shared, ...tabs].map((kept) => kept.size)

test.each<readonly [TokenStorage | undefined, readonly number[]]>([
  [undefined, [0, 0]],
  ['memory', [0, 0]],
  ['tab', [0, 1]],
  ['browser', [1, 0]],
])('%s', async (tokenStorage, kept) => {
  const backend = open()
  const written: (string | null)[] = []
  const browser = createTokenBrowser((text) => written.push(text))
  const environment = browser.tab()
  const options = { backend, environment, ...(tokenStorage && { tokenStorage }) }
  const client = createClient(options)
  await client.logIn(credentials)
  const token = await client.getToken()
  expect(places(browser)).toEqual(kept)
  const isKept = kept.includes(1)
  expect(written.some((text) => text?.includes(token))).toBe(isKept)
  if (!isKept) expect(written).toEqual([])

  // The same page, loaded again.
  expect((await createClient(options).getSession())?.user.email).toBe(isKept ? email : undefined)
  await client.logOut()
  expect(places(browser)).toEqual([0, 0])
})

test('a session that is not to be remembered stays in its tab, and the browser has no other', async () => {
  const backend = open()
  const browser = createTokenBrowser()
  const environments = [browser.tab(), browser.tab()]
  const client = (tab: number) => {
    const environment = environments[tab]
    if (!environment) throw new TypeError('there is no such tab')
    return createClient({ backend: backend.browser(), environment, tokenStorage: 'browser' })
  }
  const who = async (tab: number) => (await client(tab).getSession())?.user.email
  await client(1).logIn({ identifier: 'bea@example.org', password })
  await client(0).logIn({ ...credentials, remember: false })
  const token = await client(0).getToken()
  expect([...browser.shared.values()].join()).not.toContain(token)
  expect([await who(0), await who(1)]).toEqual([email, undefined])

  await client(1).logIn({ identifier: 'bea@example.org', password })
  expect([await who(0), await who(1)]).toEqual(['bea@example.org', 'bea@example.org'])
  await client(1).logOut()
  expect([await who(0), await who(1)]).toEqual([undefined, undefined])
  expect(browser.everything()).not.toContain('memory-')
})

test('a renewal leaves a session where it was', async () => {
  const browser = createTokenBrowser()
  const backend = memory({ imitate: 'bearer', accounts: [account], environment: { ...browser.tab() } })
  const environment = browser.tab()
  const client = createClient({ backend, environment, tokenStorage: 'browser' })
  await client.logIn({ ...credentials, remember: false })
  const first = await client.getToken()
  browser.now += 1000 * 1000
  const second = await client.getToken()
  const [shared = '', , own = ''] = [browser.shared, ...browser.tabs].map((kept) => [...kept.values()].join())
  expect([second === first, own.includes(second), shared.includes(second)]).toEqual([false, true, false])
})

test('two account systems on one origin, or one at two addresses, have a session each', async () => {
  const backend = open()
  const other = memory({ imitate: 'bearer', accounts: [account] })
  const browser = createTokenBrowser()
  const environment = { ...browser.tab({ location: () => 'https://example.org/app/' }), fetch: backend.fetch }
  const at = (address: string, page = environment) =>
    createClient({ backend: rest(address, { session: 'bearer' }), environment: page, tokenStorage: 'browser' })
  await at('/account').logIn(credentials)
  expect((await at('https://example.org/account').getSession())?.user.email).toBe(email)
  expect(await at('/other/account').getSession()).toBe(null)
  await at('./account').logIn(credentials)
  const elsewhere = { ...environment, location: () => 'https://example.org/shop/' }
  expect(await at('./account', elsewhere).getSession()).toBe(null)
  expect(await createClient({ backend: other, environment, tokenStorage: 'browser' }).getSession()).toBe(null)
  expect(browser.shared.size).toBe(2)
})

test('whatever else stands under the key is nothing, and goes', async () => {
  const backend = open()
  const browser = createTokenBrowser()
  const environment = browser.tab()
  const client = createClient({ backend, environment, tokenStorage: 'browser' })
  await client.logIn(credentials)
  const [[key, good] = ['', '']] = [...browser.shared]
  const held: object = JSON.parse(good)
  const asked = backend.requests.length
  const wrong = fc.oneof(fc.jsonValue(), fc.constantFrom('a\nb', 'a b', '', 'é'))
  const foreign = fc.oneof(
    fc.string(),
    fc.json(),
    fc.nat(good.length - 1).map((length) => good.slice(0, length)),
    fc
      .tuple(fc.constantFrom('session', 'remember', 'refreshToken', 'expiresAt'), wrong)
      .filter(([name, value]) => value !== null && typeof value !== typeof Reflect.get(held, name))
      .map(([name, value]) => JSON.stringify({ ...held, [name]: value })),
    wrong
      .filter((value) => typeof value !== 'string' || !/^[!-~]+$/.test(value))
      .map((accessToken) => JSON.stringify({ ...held, accessToken })),
  )
  await fc.assert(
    fc.asyncProperty(foreign, async (text) => {
      browser.plant(key, text)
      expect(await codeOf(client.getToken())).toBe('unauthenticated')
      expect(browser.shared.get(key)).toBe(undefined)
    }),
    { numRuns: 500 },
  )
  expect(backend.requests.length).toBe(asked)
  browser.plant(key, good)
  expect((await client.getProfile()).user.email).toBe(email)
})

test('a wrong place is a mistake of the site', () => {
  // @ts-expect-error: for sites that are not typed.
  expect(() => createClient({ backend: open(), tokenStorage: 'disk' })).toThrow(
    new TypeError('options.tokenStorage: must be one of memory, tab, browser'),
  )
})
