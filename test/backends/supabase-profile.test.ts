// What of GoTrue's person is in a profile, what can be written there, and which projects a backend can be for.
import { expect, test } from 'vitest'
import { supabase } from '../../src/backends/supabase.ts'
import type { SupabaseOptions } from '../../src/backends/supabase-project.ts'
import { pointerTo } from '../../src/contract/issues.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import { browserAt, EMAIL, errorOf, ORIGIN, PASSWORD } from './supabase-browser.ts'
import { KEY } from './supabase-gateway.ts'
import { createGoTrue } from './supabase-server.ts'

const ana = { email: EMAIL, password: PASSWORD }

async function profileOf(user: JsonObject) {
  const backend = supabase(ORIGIN, { key: KEY })
  const { user: profile } = await backend.getProfile({
    fetch: async () => Response.json(user),
    now: Date.now,
    signal: new AbortController().signal,
    token: 'token',
    idempotencyKey: null,
  })
  return profile
}

test('everything GoTrue says of a person, in the shape of a profile', async () => {
  const time = '2026-11-25T10:00:00.123456Z'
  const profile = await profileOf({
    id: '11111111-2222-4333-8444-555555555555',
    aud: 'authenticated',
    role: 'authenticated',
    email: EMAIL,
    email_confirmed_at: time,
    phone: '351912345678',
    phone_confirmed_at: time,
    confirmed_at: time,
    last_sign_in_at: time,
    app_metadata: { provider: 'google', providers: ['google', 'email'], plan: 'team' },
    user_metadata: {
      ...{ iss: 'https://accounts.google.com', sub: '1', provider_id: '1', email: EMAIL, email_verified: true },
      ...{ phone_verified: false, name: 'Ana Ruiz', full_name: 'Ana Ruiz', picture: 'https://example.org/a.png' },
      ...{ nickname: 7, company: 'Acme', gone: null },
    },
    identities: [
      { identity_id: 'a', id: '1', user_id: 'b', provider: 'google', identity_data: {} },
      { identity_id: 'c', id: '2', user_id: 'b', provider: 'email' },
      { identity_id: 'd', id: '3', user_id: 'b', provider: 'sso:0123' },
      { provider: 'none' },
      'nothing',
    ],
    created_at: time,
    updated_at: time,
    is_anonymous: false,
  })
  expect(profile).toEqual({
    id: '11111111-2222-4333-8444-555555555555',
    email: EMAIL,
    email_verified: true,
    name: 'Ana Ruiz',
    picture: 'https://example.org/a.png',
    phone_number: '+351912345678',
    phone_verified: true,
    created_at: time,
    updated_at: time,
    last_login: time,
    identities: [
      { provider: 'google', user_id: '1', isSocial: true },
      { provider: 'email', user_id: '2', isSocial: false },
      { provider: 'sso:0123', user_id: '3', isSocial: false },
    ],
    user_metadata: { full_name: 'Ana Ruiz', company: 'Acme' },
  })
})

test('what is not said is absent', async () => {
  const nobody = { email_verified: false, user_metadata: {} }
  expect(await profileOf({ id: 'a', phone: '', user_metadata: null })).toEqual({ id: 'a', email: '', ...nobody })
  expect(await profileOf({ id: 'a', email: EMAIL, email_confirmed_at: null })).toMatchObject(nobody)
  // Before addresses and numbers were told apart, and where a confirmed number says nothing of the address.
  expect(await profileOf({ id: 'a', email: EMAIL, confirmed_at: '2021-01-01' })).toMatchObject({ email_verified: true })
  const number = { phone: '1', phone_confirmed_at: '2021-01-01', confirmed_at: '2021-01-01' }
  expect(await profileOf({ id: 'a', email: EMAIL, ...number })).toMatchObject({ email_verified: false })
})

test('metadata that was never there is empty, and takes a first value', async () => {
  const goTrue = createGoTrue()
  const client = browserAt(goTrue)
  await client.signUp(ana)
  const user = goTrue.accounts.find(EMAIL)
  if (user) user.user_metadata = null
  const base = await client.getProfile()
  expect(base.user.user_metadata).toEqual({})
  // Stored as they are here, nulls included, which are no values all the same.
  const saved = await client.updateMetadata({ company: 'Acme', fax: null })
  expect(goTrue.accounts.find(EMAIL)?.user_metadata).toEqual({ company: 'Acme', fax: null })
  expect(saved?.user.user_metadata).toEqual({ company: 'Acme' })
})

test.each(['name', 'given_name', 'family_name', 'nickname', 'picture', 'sub', 'phone_verified', 'iss', 'provider_id'])(
  'metadata under the name %s, which stands for something else, is refused and not lost',
  async (name) => {
    const goTrue = createGoTrue()
    const client = browserAt(goTrue)
    const issue = { code: 'reserved_field_name', pointer: pointerTo('user_metadata', name) }
    const refused = await errorOf(client.signUp({ ...ana, user_metadata: { company: 'Acme', [name]: 'x' } }))
    expect([refused.code, refused.issues, goTrue.requests]).toEqual([issue.code, [issue], []])
    await client.signUp({ ...ana, name: 'Ana' })
    goTrue.requests.length = 0
    expect((await errorOf(client.updateMetadata({ [name]: 'x', company: 'Acme' }))).issues).toEqual([issue])
    expect(goTrue.requests).toEqual([])
    // Nothing is there to remove: what has the name is not the person's metadata.
    await client.updateMetadata({ [name]: null, company: 'Acme' })
    expect(goTrue.requests.at(-1)?.body).toEqual({ data: { company: 'Acme' } })
    expect((await client.getProfile()).user.name).toBe('Ana')
  },
)

test('a phone number is not taken, and not dropped silently', async () => {
  const goTrue = createGoTrue()
  const client = browserAt(goTrue)
  const issues = [{ code: 'read_only', pointer: '/phone_number' }]
  expect((await errorOf(client.signUp({ ...ana, phone_number: '+351912345678' }))).issues).toEqual(issues)
  expect(goTrue.requests).toEqual([])
  await client.signUp({ ...ana, phone_number: '' })
  const call = client.save([{ target: 'root', action: 'set', key: 'phone_number', value: '+351912345678' }])
  expect((await errorOf(call)).issues).toEqual(issues)
})

test('more metadata than a token can carry is refused', async () => {
  const goTrue = createGoTrue()
  const client = browserAt(goTrue)
  const user_metadata = { about: 'x'.repeat(4096) }
  expect((await errorOf(client.signUp({ ...ana, user_metadata }))).code).toBe('metadata_too_large')
  const base = await client.signUp({ ...ana, user_metadata: { about: 'x'.repeat(4000) } })
  expect((await client.getToken()).length).toBeLessThan(8000)
  const call = client.updateMetadata({ more: 'x'.repeat(100) }, { base })
  expect((await errorOf(call)).code).toBe('metadata_too_large')
})

const jwt = (claims: object) =>
  [{ alg: 'HS256', typ: 'JWT' }, claims, {}]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')

test.each([
  ['sb_publishable_0123456789', ORIGIN],
  [jwt({ iss: 'supabase', ref: 'xyz', role: 'anon' }), `${ORIGIN}/`],
  [jwt({ ref: 'xyz' }), `${ORIGIN}/auth/v1`],
  ['a.b.c', `${ORIGIN}/auth/v1/`],
  ['x', 'http://localhost:54321'],
  ['x', 'https://example.org/supabase'],
])('the key %s at %s can be used', (key, url) => {
  const base = `${url.replace(/\/$/, '').replace('/auth/v1', '')}/auth/v1`
  const { address } = supabase(url, { key })
  expect([address('signUp'), address('profile')]).toEqual([`${base}/signup`, `${base}/user`])
})

const secret = 'sb_secret_0123456789abcdef'
const service = jwt({ iss: 'supabase', ref: 'xyz', role: 'service_role', name: 'ü?>~' })

test.each<readonly [url: unknown, options: unknown, said: string]>([
  [ORIGIN, { key: secret }, 'options.key: is a secret key, and a page hands it to everybody who opens it'],
  [ORIGIN, { key: service }, 'options.key: is the service_role key, for which no rule of the database holds'],
  [ORIGIN, { key: jwt({ role: 'authenticated', sub: 'a' }) }, 'options.key: is a token of another role than anon'],
  [ORIGIN, { key: jwt({ role: 'supabase_admin' }) }, 'options.key: is a token of another role than anon'],
  [ORIGIN, { key: '' }, "options.key: must be the project's publishable key"],
  [ORIGIN, { key: `${KEY}\n` }, "options.key: must be the project's publishable key"],
  [ORIGIN, { key: undefined }, "options.key: must be the project's publishable key"],
  [ORIGIN, {}, 'options.key'],
  [ORIGIN, undefined, 'options: must be an object with the key'],
  [ORIGIN, KEY, 'options: must be an object with the key'],
  [ORIGIN, { key: KEY, kye: 1 }, 'options.kye: there is no such option; use one of key, emailRedirectTo'],
  [ORIGIN, { key: KEY, emailRedirectTo: '/welcome' }, 'options.emailRedirectTo: must be a whole http(s) address'],
  ['xyz.supabase.co', { key: KEY }, 'must be http(s) with a host'],
  ['/auth/v1', { key: KEY }, 'must be http(s) with a host'],
  ['https://', { key: KEY }, 'must be http(s) with a host'],
  ['postgresql://postgres:secret@db.xyz.supabase.co', { key: KEY }, 'must be http(s) with a host'],
  ['https://ana:secret@xyz.supabase.co', { key: KEY }, 'no user, query or fragment'],
  [`${ORIGIN}?apikey=${secret}`, { key: KEY }, 'no user, query or fragment'],
  ['https://supabase.com/dashboard/project/xyz', { key: KEY }, "use the project's own address"],
  [undefined, { key: KEY }, 'must be http(s) with a host'],
])('%j with %j throws, says what to do and never the key', (url, options, said) => {
  // Sites without types call it with anything.
  const call: (url: never, options: never) => unknown = supabase
  const thrown = (() => {
    try {
      return Reflect.apply(call, undefined, [url, options])
    } catch (error) {
      return error
    }
  })()
  expect(thrown).toBeInstanceOf(TypeError)
  const text = String(thrown)
  expect(text).toContain(`supabase(): `)
  expect(text).toContain(said)
  for (const word of [secret, service, KEY, 'secret@']) expect(text).not.toContain(word)
})

test('the link of the confirmation message leads where the site says', async () => {
  const goTrue = createGoTrue({ autoconfirm: false })
  const options: SupabaseOptions = { key: KEY, emailRedirectTo: 'https://example.org/welcome?a=1&b=2' }
  await supabase(ORIGIN, options).signUp(ana, {
    fetch: async (input, init) => goTrue.fetch(new Request(input, init)),
    now: Date.now,
    signal: new AbortController().signal,
    token: null,
    idempotencyKey: null,
  })
  expect(goTrue.messages).toEqual([{ email: EMAIL, redirectTo: options.emailRedirectTo }])
})
