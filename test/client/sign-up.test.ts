// Sign-up with a user name, and without a session: what is refused before anything is sent, and what follows with the first log-in.
import { expect, test } from 'vitest'
import { memory } from '../../src/backends/memory.ts'
import { memoryProfiles } from '../../src/backends/memory-profiles.ts'
import { createClient } from '../../src/client/client.ts'
import { createTokenBrowser } from './token-browser.ts'

const email = 'ana@example.org'
const password = 'correct horse'

async function issuesOf(call: Promise<unknown>): Promise<unknown> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  )
  return error instanceof Error && 'issues' in error ? error.issues : error
}

test.each([
  [undefined, 'required'],
  ['', 'required'],
  ['a', 'invalid_username'],
  ['a'.repeat(31), 'invalid_username'],
  ['ana@example.org', 'invalid_username'],
  ['an na', 'invalid_username'],
  ['änna', 'invalid_username'],
  ['ana\n', 'invalid_username'],
  [7, 'invalid_type'],
])('the user name %j is refused before anything is sent', async (username, code) => {
  const backend = memory({ imitate: 'usernames' })
  const client = createClient({ backend })
  // @ts-expect-error: for programs that are not typed.
  const refused = await issuesOf(client.signUp({ email, password, username }))
  expect(refused).toEqual([{ code, pointer: '/username' }])
  expect(backend.requests).toEqual([])
})

test('where there are no user names none is taken', async () => {
  const backend = memory()
  const refused = await issuesOf(createClient({ backend }).signUp({ email, password, username: 'ana' }))
  expect(refused).toEqual([{ code: 'unsupported', pointer: '/username' }])
  expect(backend.requests).toEqual([])
})

test.each(['ab', 'A.n_n-a', 'a'.repeat(30)])(
  '%s is a user name, unique in any case, to log in with as well',
  async (username) => {
    const backend = memory({ imitate: 'usernames' })
    const client = createClient({ backend })
    const { user } = await client.signUp({ email, password, username })
    expect(user.username).toBe(username)
    await client.logOut()
    const other = { email: 'bea@example.org', password, username: username.toUpperCase() }
    expect(await issuesOf(client.signUp(other))).toEqual([{ code: 'username_taken', pointer: '/username' }])
    for (const identifier of [username.toUpperCase(), email])
      expect((await client.logIn({ identifier, password })).user.username).toBe(username)
  },
)

const shortSignUp = { type: 'strings', maxSignUpFields: 10, maxSignUpValueLength: 500, maxNameLength: 100 } as const

test.each([memoryProfiles.latchkey, memoryProfiles.bearer])(
  'an account without a session: nobody is signed in, and what does not fit waits for the first log-in ($session)',
  async (capabilities) => {
    const backend = memory({ imitate: { ...capabilities, signUpValues: shortSignUp } })
    const client = createClient({ backend, environment: createTokenBrowser().tab() })
    const user_metadata = { company: 'Acme', beta: true, address: { city: 'Lisbon' } }
    const made = await client.signUp({ email, password, user_metadata, logIn: false })
    expect(made).toMatchObject({ user: { email, user_metadata: { company: 'Acme' } } })
    expect(made.pending).toEqual(['/user_metadata/beta', '/user_metadata/address'])
    expect(Object.keys(made)).not.toContain('tokens')
    expect(await client.getSession()).toBe(null)
    expect(backend.requests.filter(({ call }) => call === 'patchProfile')).toEqual([])
    expect(backend.account(email)?.user_metadata).toEqual({ company: 'Acme' })

    const { user, pending } = await client.logIn({ identifier: email, password })
    expect([user.user_metadata, pending]).toEqual([user_metadata, []])
  },
)

test('an account without a session leaves whoever is signed in alone', async () => {
  const backend = memory({ imitate: 'bearer', accounts: [{ email: 'bea@example.org', password }] })
  const client = createClient({ backend })
  await client.logIn({ identifier: 'bea@example.org', password })
  await client.signUp({ email, password, logIn: false })
  expect((await client.getSession())?.user.email).toBe('bea@example.org')
})
