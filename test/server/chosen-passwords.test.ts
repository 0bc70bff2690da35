// Passwords that somebody chooses: what everybody tries first and what others know of them are refused, wherever one is set.
import { describe, expect, test } from 'vitest'
import { DATABASES, sqlite } from './databases.ts'
import { openOutbox } from './outbox.ts'
import { ADA, openerOn } from './visitor.ts'

const open = openerOn(sqlite)

const because = (rule: string) => ({
  code: 'password_weak',
  errors: [{ pointer: '/password', params: { rule }, rules: [{ code: rule, verified: false }] }],
})

test.each(['password', 'PASSWORD123', 'iloveyou', '1q2w3e4r5t', 'Football', 'qwertyuiop'])(
  '%s is tried by everybody first',
  async (password) => {
    const { visitor, rows } = await open()
    const answer = await visitor().signUp({}, { ...ADA, password })
    expect([answer.status, answer.json]).toMatchObject([422, because('not_common')])
    expect(await rows('SELECT id FROM users')).toEqual([])
  },
)

const LOVELACE = {
  email: 'countess.lovelace@analytical.example',
  username: 'enchantress',
  name: 'Augusta Byron',
  phone_number: '+44 20 7946 0958',
}

test.each([
  ['the address', 'Countess.Lovelace@analytical.example'],
  ['its first part and a year', 'countess.lovelace1815'],
  ['a piece of it', '!!Lovelace!!'],
  ['a piece of it and a date', 'lovelace10121815'],
  ['the domain', 'analytical-1842'],
  ['the user name', 'Enchantress#1'],
  ['the name', 'augusta.byron'],
  ['the phone number', '442079460958'],
  ['the site', 'Bookshop2030'],
  ['two of them', 'lovelaceBookshop'],
])('%s makes no password', async (_what, password) => {
  const { visitor } = await open({ usernames: true, origin: 'https://www.bookshop.example' })
  const answer = await visitor().signUp({}, { ...LOVELACE, password })
  expect([answer.status, answer.json]).toMatchObject([422, because('no_personal_data')])
})

test.each([
  ['words of their own beside it', 'lovelace likes trains'],
  ['another script', 'lovelace \u0430\u043d\u0430\u043b\u0438\u0437'],
  ['a long number', 'lovelace 841720395'],
  ['emoji', '😀😃😄😁😆😅😂🤣'],
  ['digits that nobody knows', '8417203956'],
  ['only spaces', '          '],
])('%s is good enough', async (_what, password) => {
  const { visitor } = await open({ usernames: true, origin: 'https://www.bookshop.example' })
  expect((await visitor().signUp({}, { ...LOVELACE, password })).status).toBe(201)
})

describe.each(DATABASES)('on $kind', (kind) => {
  test('a new password is held to the same rules as the first', async () => {
    const outbox = openOutbox()
    const { visitor } = await openerOn(kind)({ mail: outbox.mail })
    const ada = visitor()
    await ada.signUp({}, { ...ADA, given_name: 'Augusta' })
    const change = (password: string) => ada.send('POST', '/me/password', { body: { current: ADA.password, password } })
    expect((await change('password123')).json).toMatchObject(because('not_common'))
    expect((await change('augusta1815')).json).toMatchObject(because('no_personal_data'))
    await visitor().send('POST', '/password/forgot', { body: { email: ADA.email } })
    const token = await outbox.token(1)
    const reset = (password: string) => visitor().send('POST', '/password/reset', { body: { token, password } })
    expect((await reset('password123')).json).toMatchObject(because('not_common'))
    expect((await reset('augusta1815')).json).toMatchObject(because('no_personal_data'))
    expect((await reset('example 2030')).json).toMatchObject(because('no_personal_data'))
    expect((await reset('another horse entirely')).status).toBe(204)
  })
})
