// Limits: guessing ends for whoever guesses, by address and by account, in every process, and for nobody for good.
import { type AccountServerOptions, createAccountServer } from 'latchkey/server'
import { describe, expect, test } from 'vitest'
import { DATABASES, databaseFile, sqlite } from './databases.ts'
import { openOutbox } from './outbox.ts'
import { ADA, type Answer, type Opened, ORIGIN, openerOn } from './visitor.ts'

const clientAddress = (request: Request) => request.headers.get('x-real-ip')

const HOME = '192.0.2.1'
const AWAY = '198.51.100.7'

function logIn({ visitor }: Opened, address: string, identifier: string, password: string): Promise<Answer> {
  const headers = { 'x-real-ip': address }
  return visitor().send('POST', '/login', { body: { identifier, password }, headers })
}

async function guess(opened: Opened, times: number, address: string, identifier = ADA.email): Promise<number[]> {
  const statuses = []
  for (let index = 0; index < times; index += 1)
    statuses.push((await logIn(opened, address, identifier, `guess ${index}`)).status)
  return statuses
}

const times = (count: number, status: number) => Array.from({ length: count }, () => status)

describe.each(DATABASES)('on $kind', (kind) => {
  const open = openerOn(kind)

  test('the eleventh wrong password is refused with the time to wait, and the right one elsewhere is not', async () => {
    const clock = { now: Date.UTC(2030, 0, 1) }
    const opened = await open({ clientAddress, now: () => clock.now })
    await opened.visitor().signUp()
    expect(await guess(opened, 10, AWAY)).toEqual(times(10, 401))
    clock.now += 60_000
    const refused = await logIn(opened, AWAY, ADA.email, ADA.password)
    expect(refused.status).toBe(429)
    expect(refused.json).toMatchObject({ code: 'rate_limited' })
    expect(refused.headers.get('retry-after')).toBe('840')
    expect((await logIn(opened, HOME, ADA.email, ADA.password)).status).toBe(200)
    clock.now += 840_000
    expect((await logIn(opened, AWAY, ADA.email, ADA.password)).status).toBe(200)
  })

  test('refusals do not make the wait longer', async () => {
    const clock = { now: Date.UTC(2030, 0, 1) }
    const opened = await open({ clientAddress, now: () => clock.now })
    await opened.visitor().signUp()
    await guess(opened, 10, AWAY)
    for (let minute = 1; minute < 15; minute += 1) {
      clock.now += 60_000
      expect(await guess(opened, 1, AWAY)).toEqual([429])
    }
    clock.now += 60_000
    expect((await logIn(opened, AWAY, ADA.email, ADA.password)).status).toBe(200)
  })

  test('two servers of one database count together', async () => {
    const first = await open({ clientAddress })
    const second = await open({ clientAddress }, first.database)
    expect(await guess(first, 5, AWAY)).toEqual(times(5, 401))
    expect(await guess(second, 6, AWAY)).toEqual([...times(5, 401), 429])
  })

  test('guesses at once do not slip through together', async () => {
    const opened = await open({ clientAddress })
    const answers = await Promise.all(Array.from({ length: 30 }, () => logIn(opened, AWAY, ADA.email, 'guess')))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20)
  })

  test('a stranger with many addresses shuts nobody out where they have logged in before', async () => {
    const opened = await open({ clientAddress, limits: { logInEverywhere: { attempts: 3, seconds: 3600 } } })
    await opened.visitor().signUp()
    expect((await logIn(opened, HOME, ADA.email, ADA.password)).status).toBe(200)
    for (const address of ['203.0.113.1', '203.0.113.2', '203.0.113.3'])
      expect(await guess(opened, 1, address)).toEqual([401])
    expect((await logIn(opened, '203.0.113.4', ADA.email, ADA.password)).status).toBe(429)
    expect((await logIn(opened, HOME, ADA.email, ADA.password)).status).toBe(200)
  })

  test('one address cannot go through many accounts, and a log-in that succeeds does not count', async () => {
    const opened = await open({ clientAddress, limits: { logInPerAddress: { attempts: 3, seconds: 900 } } })
    await opened.visitor().signUp()
    for (let index = 0; index < 5; index += 1)
      expect((await logIn(opened, HOME, ADA.email, ADA.password)).status).toBe(200)
    for (const name of ['bob', 'eve', 'joe']) expect(await guess(opened, 1, HOME, `${name}@example.org`)).toEqual([401])
    expect(await guess(opened, 1, HOME, 'mia@example.org')).toEqual([429])
    expect(await guess(opened, 1, AWAY, 'mia@example.org')).toEqual([401])
  })

  test('an unknown account meets the same limit as a known one', async () => {
    const opened = await open({ clientAddress })
    await opened.visitor().signUp()
    const known = await guess(opened, 12, HOME)
    const unknown = await guess(opened, 12, HOME, 'nobody@example.org')
    expect(unknown).toEqual(known)
  })

  test.each([
    ['another case', 'ADA@example.ORG'],
    ['spaces around it', ' ada@example.org '],
    ['what follows a plus', 'ada+1@example.org'],
    ['a full-width letter', '\uff41da@example.org'],
  ])('%s is the same count', async (_what, other) => {
    const opened = await open({ clientAddress })
    await guess(opened, 10, HOME)
    expect(await guess(opened, 1, HOME, other)).toEqual([429])
    expect(await guess(opened, 1, HOME, 'bob@example.org')).toEqual([401])
  })

  test('a user name and the e-mail address of one account are the same count', async () => {
    const opened = await open({ clientAddress, usernames: true })
    await opened.visitor().signUp({}, { ...ADA, username: 'countess' })
    await guess(opened, 10, HOME)
    expect(await guess(opened, 1, HOME, 'Countess')).toEqual([429])
  })

  test('without an address the account alone is counted', async () => {
    const opened = await open()
    await opened.visitor().signUp()
    expect(await guess(opened, 11, HOME)).toEqual([...times(10, 401), 429])
    expect(await guess(opened, 1, AWAY)).toEqual([429])
    expect(await guess(opened, 1, AWAY, 'bob@example.org')).toEqual([401])
  })

  test('sign-ups are limited by address and by account, and only those that broke no rule', async () => {
    const two = { attempts: 2, seconds: 3600 }
    const { visitor } = await open({ clientAddress, limits: { signUpPerAddress: two, signUpPerAccount: two } })
    const signUp = async (name: string, address: string, password = ADA.password) => {
      const body = { email: `${name}@example.org`, password }
      return (await visitor().send('POST', '/signup', { body, headers: { 'x-real-ip': address } })).status
    }
    expect(await signUp('ada', HOME, 'short')).toBe(422)
    expect(await signUp('ada', HOME)).toBe(201)
    expect(await signUp('bob', HOME)).toBe(201)
    expect(await signUp('eve', HOME)).toBe(429)
    expect(await signUp('eve', AWAY)).toBe(201)
    expect(await signUp('ada', AWAY)).toBe(409)
    const third = '203.0.113.1'
    expect([await signUp('ada', third), await signUp('ada', third), await signUp('ada', third)]).toEqual([
      409, 409, 429,
    ])
  })

  test('mails to one address are limited from each address and altogether, and nobody uses up the share of another', async () => {
    const { visitor } = await open({
      clientAddress,
      mail: openOutbox().mail,
      limits: { mailPerAccount: { attempts: 2, seconds: 3600 }, mailEverywhere: { attempts: 5, seconds: 3600 } },
    })
    const forgot = async (address: string) => {
      const sent = { body: { email: ADA.email }, headers: { 'x-real-ip': address } }
      return (await visitor().send('POST', '/password/forgot', sent)).status
    }
    expect([await forgot(AWAY), await forgot(AWAY), await forgot(AWAY)]).toEqual([202, 202, 429])
    expect([await forgot(HOME), await forgot(HOME)]).toEqual([202, 202])
    expect([await forgot('203.0.113.1'), await forgot('203.0.113.2')]).toEqual([202, 429])
  })

  test('tokens that are not good are limited by address', async () => {
    const { visitor } = await open({
      clientAddress,
      bearer: true,
      limits: { tokenPerAddress: { attempts: 2, seconds: 900 } },
    })
    const refresh = async (address: string) => {
      const body = { refresh_token: 'x'.repeat(67) }
      return (await visitor().send('POST', '/token', { body, headers: { 'x-real-ip': address } })).status
    }
    expect([await refresh(HOME), await refresh(HOME), await refresh(HOME)]).toEqual([401, 401, 429])
    expect(await refresh(AWAY)).toBe(401)
  })

  test('the table tells neither who nor from where, and keeps nothing that is over', async () => {
    const clock = { now: Date.UTC(2030, 0, 1) }
    const opened = await open({ clientAddress, now: () => clock.now })
    await guess(opened, 3, HOME)
    const rows = await opened.rows('SELECT * FROM rate_limits')
    expect(rows).toHaveLength(3)
    expect(JSON.stringify(rows)).not.toMatch(/ada|example|192/)
    clock.now += 3_600_000
    await guess(opened, 1, AWAY, 'bob@example.org')
    expect(await opened.rows('SELECT * FROM rate_limits')).toHaveLength(3)
  })
})

const openFile = openerOn(sqlite)

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::9'],
  ['2001:0DB8:0:0::1', '2001:db8::ffff:0:0:1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['fe80::1%eth0', 'fe80::2'],
])('%s and %s are one network', async (one, other) => {
  const opened = await openFile({ clientAddress })
  await guess(opened, 10, one)
  expect(await guess(opened, 1, other)).toEqual([429])
  expect(await guess(opened, 1, '2001:db8:1:3::1')).toEqual([401])
})

test('a header that nobody trusts, or that is no address, makes no further counts', async () => {
  const opened = await openFile()
  await guess(opened, 10, HOME)
  const headers = { 'x-forwarded-for': AWAY, forwarded: `for=${AWAY}` }
  const body = { identifier: ADA.email, password: 'guess' }
  expect((await opened.visitor().send('POST', '/login', { body, headers })).status).toBe(429)
  const trusting = await openFile({ clientAddress })
  await guess(trusting, 10, 'nonsense')
  expect(await guess(trusting, 1, 'other nonsense')).toEqual([429])
})

test('limits can be turned off, one or all', async () => {
  const all = await openFile({ limits: false })
  expect(await guess(all, 12, HOME)).toEqual(times(12, 401))
  const one = await openFile({ limits: { logInPerAccount: false } })
  expect(await guess(one, 12, HOME)).toEqual(times(12, 401))
})

test.each<readonly [string, Partial<AccountServerOptions>]>([
  ['limits.logInPerAccount', { limits: { logInPerAccount: { attempts: 0, seconds: 1 } } }],
  ['limits.mailPerAddress', { limits: { mailPerAddress: { attempts: 1, seconds: 0.5 } } }],
  ['limits.logins', { limits: JSON.parse('{ "logins": false }') }],
  ['clientAddress', { clientAddress: JSON.parse('"x-real-ip"') }],
])('a wrong %s is named when the server is made', async (path, options) => {
  const made = createAccountServer({ databaseUrl: `file:${databaseFile()}`, origin: ORIGIN, ...options })
  await expect(made).rejects.toThrow(TypeError)
  await expect(made).rejects.toThrow(new RegExp(`^${path.replace('.', '\\.')} `))
})
