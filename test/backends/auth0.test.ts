// The auth0 backend against a door that Auth0's own clients pass, over TLS and on both databases.
import { describe, expect, test } from 'vitest'
import { isLatchkeyError } from '../../src/contract/errors.ts'
import { DATABASES } from '../server/databases.ts'
import { ana, openDoor } from './auth0-door.ts'

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isLatchkeyError(error) ? error : null),
  )
const refreshTokenIn = (kept: string): unknown => JSON.parse(kept).refreshToken
const credentials = { identifier: ana.email, password: ana.password }

describe.each(DATABASES)('on $kind', (kind) => {
  test('what a sign-up cannot carry is stored with the log-in that follows', async () => {
    const door = await openDoor(kind)
    const { client, kept } = door.tab()
    const texts = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`text${index}`, 'x'.repeat(500)]))
    const more = { eleventh: 'text', long: '🐎'.repeat(501), newsletter: true, address: { city: 'Lisbon' } }
    const { user, pending } = await client.signUp({ ...ana, given_name: 'Ana', user_metadata: { ...texts, ...more } })
    expect(pending).toEqual([])
    expect(user.user_metadata).toEqual({ ...texts, ...more })
    expect([user.email, user.given_name, user.id.startsWith('auth0|')]).toEqual([ana.email, 'Ana', true])
    const stored = await door.management.findUser('ANA@example.org')
    expect(stored?.user.user_metadata).toEqual({ ...texts, ...more })
    expect([...kept.keys()].filter((key) => !key.startsWith('latchkey tokens'))).toEqual([])
  })

  test('values are set, replaced, unset, changed inside, cleared, and read again', async () => {
    const door = await openDoor(kind)
    const { client } = door.tab()
    await client.signUp({ ...ana, user_metadata: { company: 'Acme', fax: '1' } })
    await client.logOut()
    await client.logIn(credentials)
    const saved = await client.updateMetadata({
      company: 'Söhne & <Co>',
      fax: null,
      tags: ['a'],
      address: { city: 'Lisbon', zip: '1' },
    })
    expect(saved?.user.user_metadata).toEqual({
      company: 'Söhne & <Co>',
      tags: ['a'],
      address: { city: 'Lisbon', zip: '1' },
    })
    await client.save([
      { target: 'user_metadata', action: 'setIn', path: ['address', 'city'], value: 'Porto' },
      { target: 'user_metadata', action: 'unset', key: 'tags' },
    ])
    expect((await client.getProfile()).user.user_metadata).toEqual({
      company: 'Söhne & <Co>',
      address: { city: 'Porto', zip: '1' },
    })
    expect((await client.clearMetadata()).user.user_metadata).toEqual({})
    expect((await client.getSession())?.user.user_metadata).toEqual({})
    const [{ code } = { code: null }] = [await refusal(client.updateMetadata({ 'a.b': 'x' }))].filter(
      (one) => one !== null,
    )
    expect(code).toBe('invalid_field_name')
  })

  test('what somebody else changed since is left alone and said, though there are no versions', async () => {
    const door = await openDoor(kind)
    const [here, there] = [door.tab().client, door.tab().client]
    await here.signUp({ ...ana, user_metadata: { company: 'Acme', fax: '1', city: 'Lisbon' } })
    await there.logIn(credentials)
    const base = await here.getProfile()
    await there.updateMetadata({ company: 'Other', city: null })
    const error = await refusal(here.updateMetadata({ company: 'Mine', fax: '2' }, { base }))
    expect(error?.code).toBe('version_conflict')
    expect(error?.conflicts).toEqual([
      { pointer: '/user_metadata/company', base: 'Acme', mine: 'Mine', theirs: 'Other' },
    ])
    expect((await there.getProfile()).user.user_metadata).toEqual({ company: 'Other', fax: '2' })
  })

  test('a token that ends is renewed, over a reload too, and a log-out ends what would renew it', async () => {
    const door = await openDoor(kind)
    const tab = door.tab()
    await tab.client.signUp(ana)
    const [[, before = ''] = []] = tab.kept
    const exchanges = () => door.asked.filter((asked) => asked === 'POST /oauth/token').length
    await tab.client.getToken()
    expect(exchanges()).toBe(1)
    tab.pass(7200)
    const second = await tab.client.getToken()
    expect(exchanges()).toBe(2)
    const [[, after = ''] = []] = tab.kept
    expect(refreshTokenIn(after)).not.toBe(refreshTokenIn(before))
    const reloaded = tab.open()
    expect((await reloaded.getSession())?.user.email).toBe(ana.email)
    expect(await reloaded.getToken()).toBe(second)
    const kept = [...tab.kept.entries()]
    await reloaded.logOut()
    expect(tab.kept.size).toBe(0)
    // Whoever has copied the storage before has nothing that goes on.
    for (const [key, text] of kept) tab.kept.set(key, text)
    tab.pass(7200)
    expect((await refusal(tab.open().getProfile()))?.code).toBe('unauthenticated')
  })

  test('the rules of the password, an address that is taken, and wrong credentials are said', async () => {
    const door = await openDoor(kind, { passwordPolicy: 'good', userExists: 'user_exists' })
    const { client } = door.tab()
    const weak = await refusal(client.signUp({ ...ana, password: 'onlyletters' }))
    expect([weak?.code, weak?.field]).toEqual(['password_weak', 'password'])
    expect(weak?.issues?.[0].rules?.some(({ code, verified }) => code === 'numbers' && !verified)).toBe(true)
    const good = { ...ana, password: 'Correct horse 1' }
    await client.signUp(good)
    const taken = await refusal(door.tab().client.signUp(good))
    expect([taken?.code, taken?.field, taken?.status]).toEqual(['user_exists', 'email', 400])
    const wrong = await refusal(client.logIn(credentials))
    expect([wrong?.code, wrong?.status]).toEqual(['invalid_credentials', 403])
    expect(wrong?.message).not.toContain(ana.password)
  })

  test('a message for another password is asked for in one call, whether there is an account or not', async () => {
    const door = await openDoor(kind)
    const { backend, environment } = door.tab()
    const context = { ...environment, signal: new AbortController().signal, token: null, idempotencyKey: null }
    await backend.changePassword('nobody@example.org', context)
    expect(door.asked).toEqual(['POST /dbconnections/change_password'])
  })
})
