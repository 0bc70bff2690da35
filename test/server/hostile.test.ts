// What a client can send to do harm: names that reach prototypes, broken texts, odd addresses and plain noise.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { ORIGIN, openerOn, refusal, type Visitor } from './visitor.ts'

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'prototype']
  const NAMES = [...PROTOTYPE_NAMES, '', 'a.b', '$x', 'x$y', 'x'.repeat(101), 'nul\0', '\ud800']

  /** JSON text of `value` at the end of a path; written by hand, as an object literal cannot have these keys. */
  const nested = (name: string, depth: number) => {
    const bad = `{${JSON.stringify(name)}:{"polluted":true}}`
    return '{"p":'.repeat(depth) + bad + '}'.repeat(depth)
  }

  async function untouched(ada: Visitor): Promise<void> {
    expect((await ada.me()).json).toMatchObject({ user: { user_metadata: { a: 1 } } })
    expect((await ada.me()).headers.get('etag')).toBe('"v1"')
    expect(Object.keys(Object.prototype)).toEqual([])
    expect('polluted' in {}).toBe(false)
  }

  test.each(NAMES)('the name %j is refused at every depth, and nothing stored changes', async (name) => {
    const { visitor, rows, errors } = await open()
    const ada = visitor()
    await ada.signUp({ a: 1 })
    for (const depth of [0, 1, 2, 5]) {
      const metadata = nested(name, depth)
      const patch = await ada.send('PATCH', '/me', { body: `{"user_metadata":${metadata}}` })
      expect(patch.status).toBe(422)
      expect(patch.json).toMatchObject(refusal('invalid_field_name'))
      expect(Object(patch.json).errors[0].pointer).toBe(`/user_metadata${'/p'.repeat(depth)}/${name}`)
      const body = `{"email":"eve@example.org","password":"correct horse","user_metadata":${metadata}}`
      expect((await visitor().send('POST', '/signup', { body })).json).toMatchObject(refusal('invalid_field_name'))
    }
    await untouched(ada)
    expect(await rows('SELECT id FROM users')).toHaveLength(1)
    expect(errors).toEqual([])
  })

  test.each(PROTOTYPE_NAMES)('%s is refused at the root of every body, and cannot be unset', async (name) => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp({ a: 1 })
    const root = `{"${name}":{"polluted":true},"user_metadata":{"b":1}}`
    expect((await ada.send('PATCH', '/me', { body: root })).json).toMatchObject(
      refusal('invalid_field_name', `/${name}`),
    )
    const unset = `{"user_metadata":{"${name}":null}}`
    expect((await ada.send('PATCH', '/me', { body: unset })).json).toMatchObject(
      refusal('invalid_field_name', `/user_metadata/${name}`),
    )
    const account = `{"${name}":{"polluted":true},"email":"eve@example.org","password":"correct horse"}`
    expect((await visitor().send('POST', '/signup', { body: account })).json).toMatchObject(
      refusal('invalid_field_name', `/${name}`),
    )
    await untouched(ada)
  })

  test.each([
    ['NUL', '"\\u0000"', 'invalid_value'],
    ['a lone surrogate', '"\\ud800"', 'invalid_value'],
    ['a number without end', '1e400', 'invalid_value'],
    ['a number without end below', '[-1e999]', 'invalid_value'],
    ['11 levels', '['.repeat(11) + ']'.repeat(11), 'value_too_deep'],
  ])('%s in a value is refused at every depth', async (_what, value, code) => {
    const { visitor, errors } = await open()
    const ada = visitor()
    await ada.signUp({ a: 1 })
    for (const text of [value, `{"p":${value}}`, `[[${value}]]`]) {
      const answer = await ada.send('PATCH', '/me', { body: `{"user_metadata":{"b":1,"v":${text}}}` })
      expect(answer.status).toBe(422)
      expect(answer.json).toMatchObject({ code })
    }
    await untouched(ada)
    expect(errors).toEqual([])
  })

  test('emoji, right-to-left and control letters are values like any other', async () => {
    const { visitor } = await open()
    const ada = visitor()
    const user_metadata = { a: '😀 שלום \u202e \u0001 \u2028 </script> ’ \' " \\', ключ: [1e21, -0.5, 1e-7] }
    await ada.signUp(user_metadata)
    expect((await ada.me()).json).toMatchObject({ user: { user_metadata } })
  })

  test.each([
    '/account',
    '/account/',
    '/account/me/',
    '/account//me',
    '/account/%00',
    '/account/%',
    '/account/%ff',
    '/account/%2e%2e/me',
    '/account/me%2f',
    '/account/ME',
    '/account/__proto__',
    '/account/constructor',
    '/account/me;x',
    '//',
    '/',
    '/accountme',
    `/account/${'x'.repeat(9_000)}`,
  ])('the address %s is nothing', async (path) => {
    const { server, errors } = await open()
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const answer = await server.fetch(new Request(ORIGIN + path, { method, headers: { origin: ORIGIN } }))
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    }
    expect(errors).toEqual([])
  })

  test('whatever bytes come to whatever call, the answer is no 5xx and nothing changes', async () => {
    const { visitor, errors } = await open()
    const ada = visitor()
    await ada.signUp({ a: 1 })
    const call = fc.constantFrom(['POST', '/signup'], ['POST', '/login'], ['PATCH', '/me'])
    const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value))
    const key = fc.constantFrom(
      'user_metadata',
      'given_name',
      'picture',
      'email',
      'identifier',
      'password',
      '__proto__',
    )
    const wrapped = fc.tuple(key, json)
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
      json,
      wrapped.map(([name, value]) => `{"${name}":${value},"id":1}`),
    )
    await fc.assert(
      fc.asyncProperty(call, body, async ([method = '', path = ''], sent) => {
        const { status } = await ada.send(method, path, { body: sent })
        expect([400, 413, 422]).toContain(status)
      }),
      { numRuns: 300 },
    )
    await untouched(ada)
    expect(errors).toEqual([])
  })

  test('any metadata that is taken is read back as it was sent', async () => {
    const { visitor } = await open()
    const ada = visitor()
    await ada.signUp()
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (value) => {
        const sent = JSON.stringify({ user_metadata: { value } })
        const answer = await ada.send('PATCH', '/me', { body: sent })
        // fast-check also makes names and depths that the rules refuse.
        expect([200, 422]).toContain(answer.status)
        if (answer.status === 422) return
        const stored = JSON.parse(value === null ? '{}' : JSON.stringify({ value }))
        const read = (await ada.me()).json
        expect(Object(read).user.user_metadata).toEqual(stored)
      }),
    )
  })

  test.each([
    { cookie: '\u00ff\u00fe=\u00fd' },
    { cookie: ';'.repeat(5_000) },
    { 'if-match': '"'.repeat(5_000) },
    { 'if-match': 'W/'.repeat(5_000) },
    { 'if-none-match': ','.repeat(5_000) },
    { accept: '\u00ff'.repeat(1_000) },
    { 'content-type': `application/json;${' '.repeat(5_000)}` },
    { 'content-length': '-1' },
    { 'x-forwarded-host': 'evil.example' },
  ])('odd headers are no error of the server: %j', async (headers) => {
    const { visitor, errors } = await open()
    const ada = visitor()
    await ada.signUp()
    for (const [method, path] of [
      ['GET', '/me'],
      ['GET', '/session'],
      ['PATCH', '/me'],
    ] as const) {
      const sent = method === 'PATCH' ? { body: { user_metadata: { a: 1 } } } : {}
      expect((await ada.send(method, path, { ...sent, headers })).status).toBeLessThan(500)
    }
    expect(errors).toEqual([])
  })
})
