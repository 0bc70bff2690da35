// Auth0's own clients against the door, over TLS: what they send is what it takes, and what it says is what they read.
import { describe, expect, test } from 'vitest'
import { DATABASES } from '../databases.ts'
import { ADA } from './door.ts'
import { CONNECTION } from './door-clients.ts'
import { answerOf, errorOf, PAGE, PASSWORD, vendorsOf } from './vendors.ts'

const vendors = vendorsOf()
const { auth0, auth0js, machine, shop, site } = vendors

describe.each(DATABASES)('on $kind', (kind) => {
  test('the management client makes, reads, merges, clears, finds and deletes users, who log in at both doors', async () => {
    const accounts = await vendors.open(kind)
    const password = PASSWORD
    const made = answerOf(
      await machine('users.create', {
        connection: CONNECTION,
        email: 'Grace@example.org',
        password,
        given_name: 'Grace',
        user_metadata: { color: 'red', size: 3 },
        app_metadata: { plan: 'pro' },
      }),
    )
    expect(made).toMatchObject({ email: 'Grace@example.org', user_metadata: { color: 'red', size: 3 } })
    const id = made.user_id
    const patch = { user_metadata: { size: null, shape: 'round' }, app_metadata: { plan: null, seats: 5 } }
    const merged = { user_metadata: { color: 'red', shape: 'round' }, app_metadata: { seats: 5 }, given_name: 'Grace' }
    expect(answerOf(await machine('users.update', id, patch))).toMatchObject(merged)
    expect(answerOf(await machine('users.get', id))).toMatchObject(merged)
    expect(answerOf(await machine('users.listUsersByEmail', { email: 'grace@example.org' }))).toMatchObject([
      { user_id: id },
    ])
    expect(answerOf(await machine('users.list', { q: `user_id:"${id}"` })).data).toMatchObject([{ user_id: id }])

    const cleared = answerOf(await machine('users.update', id, { user_metadata: {}, app_metadata: {} }))
    expect(cleared.user_metadata).toBe(undefined)
    expect(cleared.app_metadata).toBe(undefined)
    const headers = { 'content-type': 'application/json', origin: PAGE }
    const body = JSON.stringify({ identifier: 'grace@example.org', password })
    const atOurs = await accounts.fetch(new Request(`${PAGE}/account/login`, { method: 'POST', headers, body }))
    expect(await atOurs.json()).toMatchObject({ user: { id: id.replace('auth0|', ''), given_name: 'Grace' } })
    expect(auth0.tokenOf(await auth0.logIn('grace@example.org', password))).toMatch(/^ey/)

    expect(await machine('users.delete', id)).toMatchObject({ ok: true })
    expect(errorOf(await machine('users.get', id))).toMatchObject({
      statusCode: 404,
      body: { errorCode: 'inexistent_user', message: 'The user does not exist.' },
    })
  })

  test('the authentication client renews its tokens, and verifies what says who the person is', async () => {
    await vendors.open(kind)
    await auth0.signUp({ email: ADA.email, password: PASSWORD })
    const scope = 'openid profile email offline_access'
    const grant = { username: ADA.email, password: PASSWORD, realm: CONNECTION, scope }
    const first = answerOf(await site('oauth.passwordGrant', grant)).data
    const second = answerOf(await site('oauth.refreshTokenGrant', { refresh_token: first.refresh_token })).data
    expect(second.id_token).toMatch(/^ey/)
    const again = errorOf(await site('oauth.refreshTokenGrant', { refresh_token: first.refresh_token }))
    expect(again).toMatchObject({ statusCode: 403, error: 'invalid_grant' })
  })

  test('auth0-js reads the claims of its token, and learns why a form’s log-in fails', async () => {
    await vendors.open(kind)
    await auth0js.signUp({ email: ADA.email, password: PASSWORD })
    const token = auth0js.tokenOf(await auth0js.logIn(ADA.email, PASSWORD))
    expect(answerOf(await shop('client.userInfo', token))).toMatchObject({ email: ADA.email, nickname: 'ada' })
    const login = { username: ADA.email, password: 'wrong', realm: CONNECTION, redirectUri: `${PAGE}/callback` }
    const options = { responseType: 'token id_token' }
    expect(errorOf(await shop('login', { ...login, ...options }))).toMatchObject({
      code: 'access_denied',
      description: 'Wrong email or password.',
    })
  })

  test('a page of another origin learns nothing', async () => {
    await vendors.open(kind)
    await auth0js.signUp({ email: ADA.email, password: PASSWORD })
    const login = { username: ADA.email, password: PASSWORD, realm: CONNECTION, scope: 'openid' }
    const error = errorOf(await vendors.stranger('client.login', login))
    expect(JSON.stringify(error)).not.toContain('ey')
    expect(error.statusCode).toBe(undefined)
  })
})
