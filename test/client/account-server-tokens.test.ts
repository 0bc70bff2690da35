// Sessions by token against the real account server, on both databases: begun, renewed, ended, and never by cookie.
import { describe, expect, test } from 'vitest'
import { rest } from '../../src/backends/rest-whole.ts'
import { createClient } from '../../src/client/client.ts'
import { DATABASES } from '../server/databases.ts'
import { ADA, ORIGIN, openerOn } from '../server/visitor.ts'
import { codeOf, createTokenBrowser, type TokenBrowser } from './token-browser.ts'

const MINUTE = 60_000
const credentials = { identifier: ADA.email, password: ADA.password }

describe.each(DATABASES)('$kind', (kind) => {
  const openServer = openerOn(kind)

  /** A server and a browser with one clock, and what went between them. */
  async function open(options: Parameters<typeof openServer>[0] = {}) {
    const browser = createTokenBrowser()
    const opened = await openServer({ bearer: true, now: () => browser.now, ...options })
    const asked: string[] = []
    let isLost = false
    const fetch: typeof globalThis.fetch = async (input, init = {}) => {
      const { method = 'GET', body = null } = init
      asked.push(`${method} ${String(input)}`)
      const headers = new Headers(init.headers)
      headers.set('origin', ORIGIN)
      const answer = await opened.server.fetch(new Request(ORIGIN + String(input), { method, headers, body }))
      expect(answer.headers.getSetCookie()).toEqual([])
      if (!isLost) return answer
      isLost = false
      throw new TypeError('fetch failed')
    }
    const client = (page: TokenBrowser = browser) => {
      const backend = rest('/account', { session: 'bearer', usernames: options.usernames === true })
      return createClient({ backend, environment: page.tab({ fetch }), tokenStorage: 'browser' })
    }
    const renewals = () => asked.filter((call) => call === 'POST /account/token').length
    const lose = () => {
      isLost = true
    }
    return { ...opened, browser, client, asked, renewals, lose }
  }

  /** The same browser as it was, for somebody who has copied what it kept. */
  function copyOf({ shared, now }: TokenBrowser): TokenBrowser {
    const copy = createTokenBrowser()
    copy.now = now
    for (const [key, text] of shared) copy.plant(key, text)
    return copy
  }

  test('sign-up, calls, renewal and log-out', async () => {
    const { browser, client, renewals, errors } = await open()
    const { user } = await client().signUp({ ...ADA, user_metadata: { company: 'Acme' } })
    expect((await client().getSession())?.user).toEqual(user)
    browser.now += 16 * MINUTE
    await client().updateMetadata({ company: 'Else' })
    expect([(await client().getProfile()).user.user_metadata, renewals()]).toEqual([{ company: 'Else' }, 1])
    const copy = copyOf(browser)
    await client().logOut()
    expect([await client().getSession(), browser.everything().includes('accessToken')]).toEqual([null, false])
    expect(await codeOf(client(copy).getProfile())).toBe('unauthenticated')
    expect(errors).toEqual([])
  })

  test('five tabs renew once, and a lost answer logs nobody out', async () => {
    const { browser, client, renewals, lose } = await open()
    await client().signUp(ADA)
    browser.now += 16 * MINUTE
    const tabs = Array.from({ length: 5 }, () => client())
    const answers = await Promise.all(tabs.map((tab) => tab.getProfile()))
    expect(new Set(answers.map(({ user }) => user.email))).toEqual(new Set([ADA.email]))
    expect(renewals()).toBe(1)

    browser.now += 16 * MINUTE
    lose()
    expect(await codeOf(client().getToken())).toBe('network')
    expect((await client().getProfile()).user.email).toBe(ADA.email)
    expect(renewals()).toBe(3)
  })

  test('a refresh token that was copied ends the session for both once it is used after its successor', async () => {
    const { browser, client } = await open()
    await client().signUp(ADA)
    const copy = copyOf(browser)
    browser.now += 16 * MINUTE
    copy.now = browser.now
    await client().getProfile()
    expect(await codeOf(client(copy).getProfile())).toBe('unauthenticated')
    expect(await codeOf(client().getProfile())).toBe('unauthenticated')
    expect(browser.everything()).not.toContain('accessToken')
  })

  test('a log-out with a token that is over ends the session all the same', async () => {
    const { browser, client } = await open()
    await client().signUp(ADA)
    const copy = copyOf(browser)
    browser.now += 16 * MINUTE
    copy.now = browser.now
    await client().logOut()
    expect(await codeOf(client(copy).getProfile())).toBe('unauthenticated')
  })

  test('a session that is not to be remembered ends after a day, another goes on', async () => {
    const { browser, client } = await open()
    await client().signUp({ ...ADA, logIn: false })
    expect(await client().getSession()).toBe(null)
    const other = createTokenBrowser()
    await client(other).logIn({ ...credentials, remember: true })
    const short = client()
    await short.logIn({ ...credentials, remember: false })
    expect((await short.getSession())?.user.email).toBe(ADA.email)
    browser.now += 25 * 60 * MINUTE
    other.now = browser.now
    expect(await short.getSession()).toBe(null)
    expect((await client(other).getSession())?.user.email).toBe(ADA.email)
  })

  test('user names: asked for, unique, and good to log in with', async () => {
    const { client } = await open({ usernames: true })
    expect(await codeOf(client().signUp(ADA))).toBe('required')
    expect((await client().signUp({ ...ADA, username: 'ada' })).user.username).toBe('ada')
    expect(await codeOf(client().signUp({ ...ADA, email: 'bea@example.org', username: 'ADA' }))).toBe('username_taken')
    expect((await client().logIn({ identifier: 'Ada', password: ADA.password })).user.email).toBe(ADA.email)
  })

  test('a server that hands out no tokens says so', async () => {
    const { client } = await open({ bearer: false })
    const error: unknown = await client()
      .signUp(ADA)
      .catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'invalid_value', issues: [{ pointer: '/session' }] })
  })
})
