// The account server over real connections: identical sign-ups at once, and durability of an answered save.
import { expect, test } from './fixture.ts'
import { needed } from './nightline.ts'

test('20 identical sign-ups at once make one account', async ({ page, demo }) => {
  await page.goto(demo.origin)
  const body = JSON.stringify({ email: 'a@example.org', password: 'correct horse', user_metadata: { company: 'Acme' } })
  const post = () =>
    fetch(`${demo.origin}/account/signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: demo.origin },
      body,
    })
  const answers = await Promise.all(Array.from({ length: 20 }, post))
  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)])
  expect(demo.users()).toEqual([{ email: 'a@example.org', version: 1, user_metadata: { company: 'Acme' } }])
})

test('a save that was answered survives kill -9', async ({ page, demo }) => {
  await page.goto(demo.origin)
  const call = (method: string, path: string, body: object, cookie = '') =>
    fetch(demo.origin + path, {
      method,
      headers: { 'content-type': 'application/json', origin: demo.origin, cookie },
      body: JSON.stringify(body),
    })
  const account = { email: 'a@example.org', password: 'correct horse', user_metadata: { company: 'Acme' } }
  const answer = await call('POST', '/account/signup', account)
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  for (let round = 1; round <= 5; round += 1) {
    const company = `Round ${round}`
    expect((await call('PATCH', '/account/me', { user_metadata: { company } }, cookie)).status).toBe(200)
    await demo.kill()
    expect(demo.users()).toEqual([{ email: 'a@example.org', version: round + 1, user_metadata: { company } }])
    await demo.start()
  }
})

test('two servers on one origin leave each other’s sessions alone', async ({ page, demo }) => {
  await page.goto(demo.origin)
  const account = { email: 'a@example.org', password: 'correct horse' }
  const here = { ...account, user_metadata: { company: 'Acme' } }
  const there = { ...account, given_name: 'Ana', family_name: 'Söhne', user_metadata: needed }
  for (const [path, data] of [
    ['/account', here],
    ['/playground/account', there],
  ] as const)
    expect(
      (await page.request.post(`${demo.origin}${path}/signup`, { data, headers: { origin: demo.origin } })).status(),
    ).toBe(201)
  const session = async (path: string) => (await page.request.get(`${demo.origin}${path}/session`)).json()
  expect(await session('/account')).toMatchObject({ user: { user_metadata: { company: 'Acme' } } })
  expect(await session('/playground/account')).toMatchObject({ user: { given_name: 'Ana' } })
})
