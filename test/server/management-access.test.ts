// Who may use the management routes: servers with a token, and never a page.
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { idOf, managedOpenerOn, OTHER_TOKEN, TOKEN } from './manager.ts'
import { ADA, ORIGIN, openerOn, refusal, type Sent } from './visitor.ts'

describe.each(DATABASES)('on $kind', (kind) => {
  const open = managedOpenerOn(kind)

  test.each<readonly [string, number, Sent['headers']]>([
    ['no token', 401, { authorization: undefined }],
    ['a wrong token', 401, { authorization: `Bearer ${TOKEN}x` }],
    ['half a token', 401, { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ['another scheme', 401, { authorization: `Basic ${TOKEN}` }],
    ['a page of the site', 403, { origin: ORIGIN }],
    ['a page of an allowed origin', 403, { origin: 'https://shop.example' }],
    ['a page of no origin', 403, { origin: 'null' }],
    ['a page that reads', 403, { 'sec-fetch-site': 'same-origin' }],
  ])('%s is refused, whatever it asks', async (_what, status, headers) => {
    const { manage, rows } = await open({ allowedOrigins: ['https://shop.example'] })
    const id = idOf(await manage('POST', '', { email: 'eve@example.org', user_metadata: { a: 1 } }))
    const before = await rows('SELECT * FROM users')
    const answers = [
      await manage('POST', '', ADA, headers),
      await manage('GET', '', undefined, headers),
      await manage('GET', `/${id}`, undefined, headers),
      await manage('PATCH', `/${id}`, { user_metadata: {} }, headers),
      await manage('DELETE', `/${id}`, undefined, headers),
      await manage('OPTIONS', `/${id}`, undefined, headers),
      await manage('PUT', '/', undefined, headers),
    ]
    for (const answer of answers) {
      expect([answer.status, answer.json]).toMatchObject([
        status,
        refusal(status === 401 ? 'unauthenticated' : 'forbidden'),
      ])
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
      expect(answer.text).not.toContain('eve@')
      if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    }
    expect(await rows('SELECT * FROM users')).toEqual(before)
  })

  test('each of the tokens is good; a session is no token, and a token no session', async () => {
    const { manage, visitor } = await open()
    expect((await manage('GET', '', undefined, { authorization: `bearer ${OTHER_TOKEN}` })).status).toBe(200)
    const ada = visitor()
    await ada.signUp()
    expect((await manage('GET', '', undefined, { authorization: undefined, cookie: ada.cookie })).status).toBe(401)
    expect((await visitor().me({ authorization: `Bearer ${TOKEN}` })).status).toBe(401)
  })

  test('without tokens there are no such routes', async () => {
    const { visitor } = await openerOn(kind)()
    const headers = { origin: undefined, authorization: `Bearer ${TOKEN}` }
    for (const [method, path] of [
      ['GET', ''],
      ['POST', ''],
      ['DELETE', '/x'],
    ] as const) {
      const sent = method === 'POST' ? { body: ADA } : {}
      expect((await visitor().send(method, `/management/users${path}`, { ...sent, headers })).status).toBe(404)
    }
  })

  test.each(['x', '%00', '%ff', '%2e%2e', 'a%2Fb', '__proto__'])('the id %s is no account', async (id) => {
    const { manage, errors } = await open()
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { user_metadata: { a: 1 } }],
      ['DELETE', undefined],
    ] as const)
      expect([404, 405]).toContain((await manage(method, `/${id}`, body)).status)
    expect(errors).toEqual([])
  })

  test.each([
    ['PUT', '', 'GET, HEAD, POST'],
    ['PATCH', '', 'GET, HEAD, POST'],
    ['POST', '/x', 'GET, HEAD, PATCH, DELETE'],
  ])('%s %s is not a method of this address', async (method, path, allow) => {
    const { manage } = await open()
    const answer = await manage(method, path, {})
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
  })
})
