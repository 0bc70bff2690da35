// What a server, or whatever stands in between, can answer with: each ends in words, and nothing is lost or done twice.
import type { Page, Route } from '@playwright/test'
import { closeAccountSites, startAccountSite } from './account-site.ts'
import { doors, fillSignUp, person, signUpToProfile, submit } from './doors.ts'
import { expect, test } from './fixture.ts'

test.afterAll(closeAccountSites)

const [inline] = doors
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name })

/** Lets the server do what it is asked and loses its answer, once; answers the keys that were sent, in order. */
async function loseOneAnswer(page: Page, path: string, method: string): Promise<readonly string[]> {
  const keys: string[] = []
  await page.route(`**${path}`, async (route) => {
    const request = route.request()
    if (request.method() !== method) return route.continue()
    keys.push(request.headers()['idempotency-key'] ?? '')
    if (keys.length > 1) return route.continue()
    await route.fetch()
    await route.abort('connectionreset')
  })
  return keys
}

test('a sign-up whose answer was lost is one account, and a success at the second try', async ({
  page,
  demo,
  declared,
}) => {
  const keys = await loseOneAnswer(page, '/account/signup', 'POST')
  declared.expectFailure('/account/signup', 0)
  await page.goto(`${demo.origin}/module.html`)
  await inline?.open(page, 'signUp')
  await fillSignUp(page)
  await submit(page)
  await expect(page.getByRole('alert')).toContainText('The server cannot be reached')
  expect(demo.users()).toMatchObject([{ email: person.email, version: 1 }])
  await submit(page)
  await expect(heading(page, 'Your profile')).toBeVisible()
  expect(demo.users()).toMatchObject([{ email: person.email, version: 1 }])
  expect(keys).toEqual([keys[0], keys[0]])
})

test('what is changed after a lost answer is another sign-up, which the first one stands in the way of', async ({
  page,
  demo,
  declared,
}) => {
  const keys = await loseOneAnswer(page, '/account/signup', 'POST')
  declared.expectFailure('/account/signup', 0)
  declared.expectFailure('/account/signup', 409)
  await page.goto(`${demo.origin}/module.html`)
  await inline?.open(page, 'signUp')
  await fillSignUp(page)
  await submit(page)
  await expect(page.getByRole('alert')).toContainText('The server cannot be reached')
  await page.getByLabel('Company').fill('Something else')
  await submit(page)
  await expect(page.getByRole('alert')).toContainText('There is an account with this e-mail address')
  expect(new Set(keys).size).toBe(2)
  expect(demo.users()).toMatchObject([{ user_metadata: { company: 'I <3 tea & “Söhne”' } }])
})

test('a save whose answer was lost is done once', async ({ page, demo, declared }) => {
  if (inline) await signUpToProfile(page, demo.origin, inline)
  const keys = await loseOneAnswer(page, '/account/me', 'PATCH')
  declared.expectFailure('/account/me', 0)
  await page.getByLabel('Company').fill('Acme')
  await submit(page)
  await expect(page.getByRole('alert')).toContainText('The server cannot be reached')
  expect(demo.users()).toMatchObject([{ version: 2, user_metadata: { company: 'Acme' } }])
  await submit(page)
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  await expect(page.getByLabel('Company')).toHaveValue('Acme')
  expect(demo.users()).toMatchObject([{ version: 2, user_metadata: { company: 'Acme' } }])
  expect(keys).toEqual([keys[0], keys[0]])
})

test('only reading is tried again by itself', async ({ page, demo, declared }) => {
  const asked: string[] = []
  await page.route('**/account/session', (route) => {
    asked.push('session')
    return asked.length === 1 ? route.abort('connectionreset') : route.continue()
  })
  await page.route('**/account/login', (route) => {
    asked.push('login')
    return route.abort('connectionreset')
  })
  declared.expectFailure('/account/session', 0)
  declared.expectFailure('/account/login', 0)
  await page.goto(`${demo.origin}/module.html`)
  await inline?.open(page, 'login')
  await page.getByLabel('E-mail', { exact: true }).fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await submit(page)
  await expect(page.getByRole('alert')).toContainText('The server cannot be reached')
  expect(asked).toEqual(['session', 'session', 'login'])
})

const html = (status: number, body: string) => ({ status, contentType: 'text/html', body })
const json = (status: number, body: unknown) => ({
  status,
  contentType: 'application/json',
  body: typeof body === 'string' ? body : JSON.stringify(body),
})
const user = { id: '1', email: 'ana@example.org' }

const REPLIES: readonly (readonly [what: string, reply: Parameters<Route['fulfill']>[0]])[] = [
  ['an error page of a proxy', html(502, '<h1>502 Bad Gateway</h1><script>alert(1)</script>')],
  ['the log-in page of a hotel', html(200, '<h1>Welcome to the Grand Hotel</h1>')],
  ['a redirect to a page', { status: 302, headers: { location: '/module.html' } }],
  ['nothing', { status: 200, body: '' }],
  ['a body that was cut off', json(200, '{"user":{"id":"1","email":"ana@exa')],
  ['a list', json(200, [])],
  ['null', json(200, 'null')],
  ['a profile of wrong types', json(200, { user: { ...user, user_metadata: 'Grand Hotel' } })],
  ['a plain error', json(400, { error: 'Grand Hotel', message: 'Grand Hotel says no' })],
  ['an error of a kind nobody knows', json(418, { code: 'teapot', detail: 'Grand Hotel' })],
  ['an error whose places are none', json(422, { code: 'required', errors: [{ code: 'x', pointer: 'Grand Hotel' }] })],
]

test('a log-in that is answered oddly says so, and goes on', async ({ page, demo, declared }) => {
  let reply: Parameters<Route['fulfill']>[0] | null = null
  await page.route('**/account/login', (route) => (reply ? route.fulfill(reply) : route.continue()))
  await fetch(`${demo.origin}/account/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: demo.origin },
    body: JSON.stringify({ ...person, user_metadata: { company: 'Acme' } }),
  })
  await page.goto(`${demo.origin}/module.html`)
  await inline?.open(page, 'login')
  await page.getByLabel('E-mail', { exact: true }).fill(person.email)
  const password = page.getByLabel('Password', { exact: true })
  await password.fill(person.password)
  const alert = page.getByRole('alert')
  for (const [what, odd] of REPLIES)
    await test.step(what, async () => {
      reply = odd
      declared.expectFailure('/account/login', odd?.status ?? 0)
      // What was said of the answer before is taken back by the press, before it is sent.
      const sent = page.waitForRequest('**/account/login')
      await submit(page)
      await sent
      await expect(page.getByRole('button', { name: 'Log in' }).last()).toHaveAttribute('aria-disabled', 'false')
      await expect(alert.getByRole('listitem')).toHaveText(/^\S.{10,}/)
      await expect(alert).not.toContainText(/Grand Hotel|502|<|undefined|Error/)
      await expect(password).toHaveValue(person.password)
    })
  await declared.expectAccessible()
  reply = null
  await submit(page)
  await expect(page.getByLabel('Company')).toHaveValue('Acme')
})

test('a profile with keys that no form knows is shown, and they are left alone', async ({ page, demo }) => {
  if (inline) await signUpToProfile(page, demo.origin, inline)
  let isOdd = false
  await page.route('**/account/session', async (route) => {
    isOdd = true
    const answer = await route.fetch()
    const { user: known } = await answer.json()
    const odd = { ...known.user_metadata, 'a.b': 1, $x: [null], '': {}, toString: 'text', nested: { 'c.d': 'x' } }
    return route.fulfill({ response: answer, json: { user: { ...known, user_metadata: odd, extra: true } } })
  })
  await page.reload()
  await expect(page.getByLabel('Company')).not.toHaveValue('')
  expect(isOdd).toBe(true)
  const sent = page.waitForRequest((request) => request.method() === 'PATCH')
  await page.getByLabel('Company').fill('Acme')
  await submit(page)
  expect((await sent).postDataJSON()).toEqual({ user_metadata: { company: 'Acme' } })
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
})

test('a server that asks to wait is waited for, and the person sees how long', async ({ page, declared }) => {
  const site = await startAccountSite({
    script: `import { createLatchkey, rest } from '/latchkey/latchkey.js'
      createLatchkey({ backend: rest('ACCOUNT') }).mount('#account', 'login')`,
    options: { limits: { logInPerAccount: { attempts: 2, seconds: 6 } } },
  })
  declared.expectOrigin(site.origin)
  declared.expectFailure('/account/login', 401)
  declared.expectFailure('/account/login', 429)
  const made = await fetch(`${site.origin}/account/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: site.origin },
    body: JSON.stringify(person),
  })
  expect(made.status).toBe(201)
  await page.goto(site.origin)
  await page.getByLabel('E-mail', { exact: true }).fill(person.email)
  const password = page.getByLabel('Password', { exact: true })
  await password.fill('not this one')
  for (const said of [/wrong/, /wrong/, /Too many tries/]) {
    await submit(page)
    await expect(page.getByRole('alert')).toContainText(said)
  }
  await expect(page.getByRole('timer')).toHaveText(/^You can try again in \d seconds?\.$/)
  await declared.expectAccessible()
  await expect(page.getByText('You can try again now.')).toBeVisible({ timeout: 15_000 })
  await password.fill(person.password)
  await submit(page)
  await expect(heading(page, 'Your profile')).toBeVisible()
})
