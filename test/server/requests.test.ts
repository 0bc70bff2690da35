// What every request passes: method, origin, content type, size, and the headers of every answer.
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { ADA, ORIGIN, openerOn } from './visitor.ts'

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  const WRITES = [
    ['POST', '/signup'],
    ['POST', '/login'],
    ['POST', '/logout'],
    ['PATCH', '/me'],
  ] as const

  test.each(WRITES)('%s %s needs an Origin of the list; without, nothing happens', async (method, path) => {
    const { visitor, rows } = await open({ allowedOrigins: ['https://shop.example'] })
    const ada = visitor()
    await ada.signUp({ a: 1 })
    const before = await rows('SELECT * FROM users CROSS JOIN sessions')
    const { cookie } = ada
    const body = { ...ADA, identifier: ADA.email, user_metadata: { a: 2 } }
    const foreign = [
      'null',
      'https://evil.example',
      `${ORIGIN}.evil.example`,
      'http://localhost',
      'https://SHOP.example',
    ]
    for (const origin of [undefined, ...foreign]) {
      const answer = await ada.send(method, path, { body, headers: { origin } })
      expect(answer.status).toBe(403)
      expect(answer.json).toMatchObject({ code: 'forbidden' })
      expect(answer.headers.getSetCookie()).toEqual([])
      expect(answer.headers.get('access-control-allow-origin')).toBe(null)
    }
    expect(ada.cookie).toBe(cookie)
    expect(await rows('SELECT * FROM users CROSS JOIN sessions')).toEqual(before)
  })

  test('a page of an allowed origin may write and read versions', async () => {
    const { visitor } = await open({ allowedOrigins: ['https://shop.example'] })
    const answer = await visitor().send('POST', '/signup', { body: ADA, headers: { origin: 'https://shop.example' } })
    expect(answer.status).toBe(201)
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example')
    expect(answer.headers.get('access-control-allow-credentials')).toBe('true')
    expect(answer.headers.get('access-control-expose-headers')).toBe('ETag, Retry-After')
    expect(answer.headers.get('vary')).toContain('Origin')
  })

  test('a read by a foreign page is answered without a word that lets the page see it', async () => {
    const { visitor } = await open()
    const answer = await visitor().send('GET', '/session', {
      headers: { origin: 'https://evil.example', authorization: 'Bearer x' },
    })
    expect(answer.status).toBe(200)
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test('a preflight of an allowed origin gets the methods and headers, one of a foreign page nothing', async () => {
    const { visitor } = await open({ allowedOrigins: ['https://shop.example'] })
    const ask = (origin: string) =>
      visitor().send('OPTIONS', '/me', {
        headers: {
          origin,
          'access-control-request-method': 'PATCH',
          'access-control-request-headers': 'if-match, auth0-client',
        },
      })
    const allowed = await ask('https://shop.example')
    expect([allowed.status, allowed.text]).toEqual([204, ''])
    const list = (name: string) => (allowed.headers.get(name) ?? '').split(', ')
    expect(list('access-control-allow-headers').sort()).toEqual(
      ['auth0-client', 'authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match'].sort(),
    )
    expect(list('access-control-allow-methods')).toContain('PATCH')
    expect(allowed.headers.get('access-control-max-age')).toBe('600')
    const foreign = await ask('https://evil.example')
    expect(foreign.status).toBe(204)
    expect([...foreign.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test.each(WRITES)('%s %s takes JSON only', async (method, path) => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp()
    const types = ['application/merge-patch+json', 'application/xml', 'application/jsonx', undefined]
    for (const type of types) {
      const body = new TextEncoder().encode('{}')
      const answer = await ada.send(method, path, { body, headers: { 'content-type': type } })
      expect(answer.status).toBe(415)
      expect(answer.json).toMatchObject({ code: 'unsupported_media_type' })
      expect(answer.headers.get('accept-patch')).toBe(method === 'PATCH' ? 'application/json' : null)
    }
  })

  test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain', 'TEXT/PLAIN; x=y'])(
    'a form sent as %s gets a page to read, and nothing of it is used',
    async (type) => {
      const { visitor, rows } = await open()
      const body = `email=${ADA.email}&password=secret-word`
      for (const origin of [ORIGIN, 'https://evil.example']) {
        const answer = await visitor().send('POST', '/signup', { body, headers: { 'content-type': type, origin } })
        expect(answer.status).toBe(415)
        expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
        expect(answer.text).toMatch(/needs the script.*Nothing was processed/)
        expect(answer.text).not.toMatch(/secret-word|ada@/)
      }
      expect(await rows('SELECT id FROM users')).toEqual([])
    },
  )

  test.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON ;x=y'])(
    '%s is JSON',
    async (type) => {
      const { visitor } = await open()
      const answer = await visitor().send('POST', '/signup', { body: ADA, headers: { 'content-type': type } })
      expect(answer.status).toBe(201)
    },
  )

  test.each([
    ['GET', '/signup', 'POST'],
    ['GET', '/login', 'POST'],
    ['GET', '/logout', 'POST'],
    ['DELETE', '/session', 'GET, HEAD'],
    ['PUT', '/me', 'GET, HEAD, PATCH, DELETE'],
    ['POST', '/me', 'GET, HEAD, PATCH, DELETE'],
    ['POST', '/session', 'GET, HEAD'],
  ])('%s %s is not a method of this address', async (method, path, allow) => {
    const { visitor } = await open()
    const answer = await visitor().send(method, path)
    expect(answer.status).toBe(405)
    expect(answer.headers.get('allow')).toBe(allow)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.json).toMatchObject({ code: 'method_not_allowed' })
    const page = await visitor().send(method, path, { headers: { accept: 'text/html,*/*' } })
    expect([page.status, page.headers.get('allow')]).toEqual([405, allow])
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  test('HEAD answers as GET does, without a body', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp()
    const head = await ada.send('HEAD', '/me')
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', '"v1"'])
  })

  const padded = (bytes: number) => {
    const text = JSON.stringify({ identifier: ADA.email, password: '' })
    return text.replace('""', `"${'x'.repeat(bytes - text.length)}"`)
  }

  test('a body of 64 KB is read, one byte more is not', async () => {
    const { visitor } = await open()
    expect((await visitor().send('POST', '/login', { body: padded(65_536) })).status).toBe(401)
    const answer = await visitor().send('POST', '/login', { body: padded(65_537) })
    expect(answer.status).toBe(413)
    expect(answer.json).toMatchObject({ code: 'payload_too_large' })
  })

  test.each([
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a text', '"x"'],
    ['cut off', '{"email":"a@b'],
    ['a duplicate key', '{"email":"a@b.io","email":"c@d.io"}'],
    ['1 000 levels', '{"user_metadata":'.repeat(1_000) + 1 + '}'.repeat(1_000)],
    ['30 000 brackets', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['broken UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
  ])('a body that is %s is a 400', async (_what, body) => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp({ a: 1 })
    for (const [method, path] of [
      ['POST', '/signup'],
      ['POST', '/login'],
      ['PATCH', '/me'],
    ] as const) {
      const answer = await ada.send(method, path, { body })
      expect(answer.status).toBe(400)
      expect(answer.json).toMatchObject({ code: 'invalid_request' })
    }
    expect((await ada.me()).json).toMatchObject({ user: { user_metadata: { a: 1 } } })
  })

  test("a body that breaks off is answered, and is nobody's error", async () => {
    const { server, errors } = await open()
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('{"email":'))
        controller.error(new Error('gone'))
      },
    })
    const headers = { origin: ORIGIN, 'content-type': 'application/json' }
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' }
    expect((await server.fetch(new Request(`${ORIGIN}/account/signup`, init))).status).toBe(400)
    expect(errors).toEqual([])
  })

  test('every answer carries the headers that keep it out of caches, frames and guesses', async () => {
    const { visitor } = await open()
    const ada = visitor()
    const answers = [
      await ada.signUp(),
      await ada.me(),
      await ada.me({ 'if-none-match': '*' }),
      await ada.patch([]),
      await ada.send('GET', '/nothing'),
      await ada.send('GET', '/login', { headers: { accept: 'text/html' } }),
      await ada.send('POST', '/login', { body: 'a=b', headers: { 'content-type': 'text/plain' } }),
      await ada.send('OPTIONS', '/me'),
      await ada.send('POST', '/logout', { body: {} }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 304, 422, 404, 405, 415, 204, 204])
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('private, no-store')
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('vary')).toContain('Origin')
    }
  })

  test('an error of the server itself is told once and says nothing to the person', async () => {
    const { visitor, server, errors } = await open()
    const ada = visitor()
    await ada.signUp()
    await server.close()
    const answer = await ada.me()
    expect(answer.status).toBe(500)
    expect(answer.json).toMatchObject({ code: 'server_error' })
    expect(errors).toHaveLength(1)
    expect(answer.text).not.toContain(String(Object(errors[0]).message))
  })
})
