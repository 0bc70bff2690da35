// Reading and changing the profile: root merge, versions, and that a refused patch changes nothing.
import { defineFields } from 'latchkey/fields'
import { describe, expect, test } from 'vitest'
import { DATABASES } from './databases.ts'
import { openerOn, refusal, type Visitor } from './visitor.ts'

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  async function signedUp(user_metadata: object = {}): Promise<Visitor & { stored(): Promise<unknown> }> {
    const { visitor, rows } = await open()
    const ada = visitor()
    await ada.signUp(user_metadata)
    return Object.assign(ada, { stored: async () => (await rows('SELECT user_metadata, version FROM users'))[0] })
  }

  test.each([
    ['a new key joins', { a: '1' }, { b: '2' }, { a: '1', b: '2' }],
    ['a nested value is replaced whole', { addr: { home: 'y' } }, { addr: { work: 'x' } }, { addr: { work: 'x' } }],
    ['null deletes', { a: '1', b: '2' }, { a: null }, { b: '2' }],
    ['a nested null is kept', { a: 1 }, { a: { b: null } }, { a: { b: null } }],
    ['a null in a list is kept', { a: 1 }, { a: [null] }, { a: [null] }],
    ['{} clears', { a: '1', b: '2' }, {}, {}],
    ['false, 0 and "" are values', { a: 1 }, { b: false, c: 0, d: '' }, { a: 1, b: false, c: 0, d: '' }],
  ])('%s', async (_what, before, patch, after) => {
    const ada = await signedUp(before)
    const answer = await ada.patch(patch)
    expect(answer.status).toBe(200)
    expect(answer.json).toMatchObject({ user: { user_metadata: after } })
    expect(answer.headers.get('etag')).toBe('"v2"')
    const read = await ada.me()
    expect(read.json).toEqual(answer.json)
    expect(read.headers.get('etag')).toBe('"v2"')
    expect(await ada.stored()).toEqual({ user_metadata: JSON.stringify(after), version: 2 })
  })

  test.each([
    ['a missing key is deleted', { a: '1' }, { gone: null }],
    ['a value is what it was', { a: '1' }, { a: '1' }],
    ['nothing is cleared', {}, {}],
  ])('a patch that changes nothing keeps the version: %s', async (_what, before, patch) => {
    const ada = await signedUp(before)
    const answer = await ada.patch(patch)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('etag')).toBe('"v1"')
    expect(await ada.stored()).toEqual({ user_metadata: JSON.stringify(before), version: 1 })
  })

  test.each([
    ['no user_metadata', {}, 'required', '/user_metadata'],
    ['metadata that is null', { user_metadata: null }, 'invalid_type', '/user_metadata'],
    ['metadata that is a list', { user_metadata: [] }, 'invalid_type', '/user_metadata'],
    ['metadata that is a text', { user_metadata: 's' }, 'invalid_type', '/user_metadata'],
    ['a bad nested name', { user_metadata: { ok: 1, p: { 'x.y': 1 } } }, 'invalid_field_name', '/user_metadata/p/x.y'],
    ['a reserved name', { user_metadata: { ok: 1, blocked: 1 } }, 'reserved_field_name', '/user_metadata/blocked'],
    ['an id', { id: '2', user_metadata: { ok: 1 } }, 'unknown_field', '/id'],
    ['email_verified', { email_verified: true, user_metadata: { ok: 1 } }, 'unknown_field', '/email_verified'],
    ['app_metadata', { app_metadata: {}, user_metadata: { ok: 1 } }, 'unknown_field', '/app_metadata'],
    ['a version', { version: 9, user_metadata: { ok: 1 } }, 'unknown_field', '/version'],
    ['too many bytes', { user_metadata: { ok: 'x'.repeat(10_300) } }, 'metadata_too_large', '/user_metadata'],
  ])('%s is refused and nothing stored changes', async (_what, body, code, pointer) => {
    const ada = await signedUp({ a: '1' })
    const answer = await ada.send('PATCH', '/me', { body })
    expect(answer.status).toBe(422)
    expect(answer.json).toMatchObject(refusal(code, pointer))
    expect(await ada.stored()).toEqual({ user_metadata: '{"a":"1"}', version: 1 })
  })

  test('the limit of 10 KB is for what would be stored, not for the patch', async () => {
    const ada = await signedUp({ a: 'x'.repeat(6_000) })
    expect((await ada.patch({ b: 'x'.repeat(6_000) })).json).toMatchObject(refusal('metadata_too_large'))
    expect((await ada.patch({ a: null, b: 'x'.repeat(6_000) })).status).toBe(200)
  })

  test('clearing is refused when a required value would go, and stays possible for the rest', async () => {
    const fields = defineFields([
      { name: 'company', label: 'Company', required: true },
      { name: 'about', label: 'About' },
    ])
    const { visitor } = await open({ fields })
    const ada = visitor()
    await ada.signUp({ company: 'Acme', about: 'x' })
    expect((await ada.patch({})).json).toMatchObject(refusal('required', '/user_metadata/company'))
    expect((await ada.patch({ company: null })).json).toMatchObject(refusal('required', '/user_metadata/company'))
    expect((await ada.patch({ about: null })).json).toMatchObject({ user: { user_metadata: { company: 'Acme' } } })
  })

  test('only the signed-in person is read and changed: an id from outside has no place', async () => {
    const { visitor } = await open()
    const ada = visitor()
    const eve = visitor()
    const { json } = await ada.signUp({ a: '1' })
    await eve.signUp({}, { email: 'eve@example.org', password: 'correct horse' })
    const id = Object(json).user.id
    expect((await eve.send('PATCH', `/me/${id}`, { body: { user_metadata: { a: '2' } } })).status).toBe(404)
    expect((await eve.send('PATCH', `/me?id=${id}`, { body: { user_metadata: { a: '2' } } })).status).toBe(200)
    expect((await ada.me()).json).toMatchObject({ user: { user_metadata: { a: '1' } } })
  })

  test.each(['"v2"', '"v1", "v2"', '"x","v2"', '*', ' * '])('If-Match %s holds', async (condition) => {
    const ada = await signedUp({ a: '1' })
    await ada.patch({ a: '2' })
    expect((await ada.patch({ a: '3' }, { 'if-match': condition })).headers.get('etag')).toBe('"v3"')
  })

  test.each(['"v1"', 'W/"v2"', 'v2', '', '"x,*,y"', '"V2"', '"v2', ', ,'])(
    'If-Match %s does not',
    async (condition) => {
      const ada = await signedUp({ a: '1' })
      await ada.patch({ a: '2' })
      const answer = await ada.patch({ a: '3' }, { 'if-match': condition })
      expect(answer.status).toBe(412)
      expect(answer.json).toMatchObject({ code: 'version_conflict' })
      expect(await ada.stored()).toEqual({ user_metadata: '{"a":"2"}', version: 2 })
    },
  )

  test.each(['"v1"', 'W/"v1"', '"x", "v1"', '*'])('If-None-Match %s answers 304', async (condition) => {
    const ada = await signedUp()
    const answer = await ada.me({ 'if-none-match': condition })
    expect([answer.status, answer.text]).toEqual([304, ''])
    expect(answer.headers.get('etag')).toBe('"v1"')
  })

  test('If-None-Match of another version answers the profile', async () => {
    const ada = await signedUp({ a: '1' })
    expect((await ada.me({ 'if-none-match': '"v2", "x"' })).json).toMatchObject({ user: { user_metadata: { a: '1' } } })
  })

  test('the time of the last change follows the clock', async () => {
    let time = 0
    const { visitor } = await open({ now: () => time })
    const ada = visitor()
    await ada.signUp()
    time = 60_000
    expect((await ada.patch({ a: 1 })).json).toMatchObject({
      user: { created_at: '1970-01-01T00:00:00.000Z', updated_at: '1970-01-01T00:01:00.000Z' },
    })
  })

  test('nobody is changed without a session', async () => {
    const { visitor } = await open()
    const answer = await visitor().patch({ a: 1 })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toBeTruthy()
  })
})
