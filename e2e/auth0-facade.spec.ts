// The Auth0-compatible door in a real browser, with Auth0's own clients as they were published.
import { test as bare, type Page } from '@playwright/test'
import { type Site, startSite } from './auth0/site.ts'
import { expect, test as watched } from './fixture.ts'

const ANA = { email: 'ana@example.org', password: 'correct horse 🐎' }

interface Fixtures {
  readonly site: Site
}

const BUTTONS = ['login', 'window', 'save', 'logout'].map((name) => `<button name="${name}">${name}</button>`).join('')

const spaTest = watched.extend<Fixtures>({
  ignoreHTTPSErrors: true,
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's names.
  site: async ({}, use) => {
    const site = await startSite('spa-page', BUTTONS)
    await use(site)
    await site.close()
  },
})

/** What Lock does on its page is its own: nothing is asserted of its console and its requests. */
const lockTest = bare.extend<Fixtures>({
  ignoreHTTPSErrors: true,
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's names.
  site: async ({}, use) => {
    const site = await startSite('lock-page', '<button>Open</button>')
    await use(site)
    await site.close()
  },
})

/** What the page shows about the person, once it does. */
async function profileOn(page: Page): Promise<unknown> {
  await expect(page.getByRole('status')).toContainText('{')
  return JSON.parse((await page.getByRole('status').textContent()) ?? '')
}

/** The person's account at the accounts' own door. */
async function userAt({ origin, accounts }: Site): Promise<unknown> {
  const headers = { origin, 'content-type': 'application/json' }
  const body = JSON.stringify({ identifier: ANA.email, password: ANA.password })
  const answer = await accounts.fetch(new Request(`${origin}/account/login`, { method: 'POST', headers, body }))
  return Object(await answer.json()).user
}

async function openLock(page: Page, { origin }: Site): Promise<void> {
  // What it asks of Auth0's own servers and of Gravatar is no part of this.
  await page.route(/^https:\/\/(cdn\.auth0\.com|[\w.]*gravatar\.com)\//, (route) => route.abort())
  await page.goto(origin)
  await page.getByRole('button', { name: 'Open' }).click()
  await page.getByPlaceholder('yours@example.com').fill(ANA.email)
}

async function signUpAt({ origin, accounts }: Site, user_metadata: object): Promise<void> {
  const headers = { origin, 'content-type': 'application/json' }
  const body = JSON.stringify({ ...ANA, user_metadata })
  const made = await accounts.fetch(new Request(`${origin}/account/signup`, { method: 'POST', headers, body }))
  expect(made.status).toBe(201)
}

spaTest(
  'log-in by redirect, a silent one after a reload, a save, and log-out with auth0-spa-js',
  async ({ page, site, declared }) => {
    declared.expectOrigin(site.origin)
    declared.expectOrigin(site.door)
    // A refused log-in is a page of status 400.
    declared.expectFailure('/u/login', 400)
    await signUpAt(site, { size: 3 })

    await page.goto(site.origin)
    await expect(page.getByRole('status')).toHaveText('nobody')
    await page.getByRole('button', { name: 'login' }).click()
    await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
    expect(new URL(page.url()).origin).toBe(site.door)
    await declared.expectAccessible()
    await page.getByLabel('E-mail address').fill(ANA.email)
    await page.getByLabel('Password').fill('not my horse')
    await page.getByRole('button', { name: 'Log in' }).click()
    await expect(page.getByRole('alert')).toHaveText('Wrong e-mail address or password.')
    await declared.expectAccessible()
    await page.getByLabel('Password').fill(ANA.password)
    await page.getByRole('button', { name: 'Log in' }).click()

    const profile = { email: ANA.email, user_metadata: { size: 3 }, claims: { email: ANA.email, nickname: 'ana' } }
    expect(await profileOn(page)).toMatchObject(profile)
    expect(page.url()).toBe(`${site.origin}/`)
    await page.reload()
    expect(await profileOn(page)).toMatchObject(profile)
    await page.getByRole('button', { name: 'save' }).click()
    await expect(page.getByRole('status')).toContainText('blue')
    expect(await profileOn(page)).toMatchObject({ user_metadata: { color: 'blue' } })

    await page.getByRole('button', { name: 'logout' }).click()
    await expect(page.getByRole('status')).toHaveText('nobody')
    await page.getByRole('button', { name: 'login' }).click()
    await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible()
  },
)

spaTest('log-in in a window of its own with auth0-spa-js', async ({ page, site, declared }) => {
  declared.expectOrigin(site.origin)
  declared.expectOrigin(site.door)
  await signUpAt(site, { size: 3 })
  await page.goto(site.origin)
  await expect(page.getByRole('status')).toHaveText('nobody')
  const opened = page.waitForEvent('popup')
  await page.getByRole('button', { name: 'window' }).click()
  const window = await opened
  await window.getByLabel('E-mail address').fill(ANA.email)
  await window.getByLabel('Password').fill(ANA.password)
  const closed = window.waitForEvent('close')
  await window.getByRole('button', { name: 'Log in' }).click()
  expect(await profileOn(page)).toMatchObject({ email: ANA.email, user_metadata: { size: 3 } })
  await closed
})

lockTest.describe('Lock', () => {
  lockTest.skip(({ isMobile }) => isMobile, 'a phone tells nothing new about Lock')

  lockTest(
    'sign-up with additional fields, the profile, a wrong password, and log-in with auth0-lock',
    async ({ page, site }) => {
      const profile = async (): Promise<object> => Object(await profileOn(page)).profile

      await openLock(page, site)
      await page.getByRole('link', { name: 'Sign Up' }).click()
      await page.getByPlaceholder('your password').fill(ANA.password)
      await page.getByPlaceholder('your address').fill('Main street 1')
      await page.getByRole('button', { name: 'Sign Up' }).click()
      expect(await profile()).toMatchObject({ email: ANA.email, nickname: 'ana' })
      expect(await userAt(site)).toMatchObject({ user_metadata: { address: 'Main street 1', newsletter: 'true' } })

      await page.context().clearCookies()
      await openLock(page, site)
      await page.getByPlaceholder('your password').fill('not my horse')
      await page.getByRole('button', { name: 'Log In' }).click()
      await expect(page.getByText('Wrong email or password.')).toBeVisible()
      await page.getByPlaceholder('your password').fill(ANA.password)
      await page.getByRole('button', { name: 'Log In' }).click()
      expect(await profile()).toMatchObject({ email: ANA.email })
    },
  )

  lockTest('auth0-lock says what is wrong with a sign-up', async ({ page, site }) => {
    await signUpAt(site, {})
    await openLock(page, site)
    await page.getByRole('link', { name: 'Sign Up' }).click()
    await page.getByPlaceholder('your address').fill('x'.repeat(501))
    await page.getByPlaceholder('your password').fill('short')
    // Lock's own rule, from the settings that the door gave it.
    await expect(page.getByText('At least 8 characters in length')).toBeVisible()
    await page.getByPlaceholder('your password').fill(ANA.password)
    await page.getByRole('button', { name: 'Sign Up' }).click()
    await expect(page.getByText('something went wrong when attempting to sign up')).toBeVisible()
    await page.getByPlaceholder('your address').fill('Main street 1')
    await page.getByRole('button', { name: 'Sign Up' }).click()
    await expect(page.getByText('The user already exists.')).toBeVisible()
  })
})
