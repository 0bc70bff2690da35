// The widget on an Auth0-compatible door, from a page of another origin: an account's life by form, and log-in by redirect.
import type { Page } from '@playwright/test'
import type { Auth0FacadeOptions } from 'latchkey/server'
import { logInPage, profilePage, signUpPage } from 'latchkey/testing'
import { startTenant, type Tenant } from './auth0-tenant.ts'
import { bundle, serve } from './bundled-page.ts'
import { test as base, expect } from './fixture.ts'

const email = 'ana@example.org'
const password = 'correct horse battery'

interface Opening extends Partial<Auth0FacadeOptions> {
  readonly login?: 'redirect'
}

interface Fixtures {
  /** Opens the page of a site whose accounts are in a tenant. */
  readonly open: (opening?: Opening) => Promise<Tenant & { readonly origin: string }>
}

const bundled = bundle('auth0-page.ts')

const test = base.extend<Fixtures>({
  // The certificate of the door is the test's own.
  contextOptions: async ({ contextOptions }, use) => use({ ...contextOptions, ignoreHTTPSErrors: true }),
  async open({ page, declared }, use) {
    const open: { close(): Promise<void> }[] = []
    await use(async ({ login, ...options } = {}) => {
      const tenant = await startTenant()
      const door = `https://${tenant.domain}`
      const markup = `data-domain="${tenant.domain}" ${login ? `data-login="${login}"` : ''}`
      const html = `<div id="account" ${markup}></div>`
      const site = await serve({ files: await bundled, html, connect: door })
      open.push(tenant, site)
      await tenant.open(site.origin, options)
      declared.expectOrigin(door)
      declared.expectOrigin(site.origin)
      await page.goto(site.origin)
      return { ...tenant, origin: site.origin }
    })
    for (const server of open) await server.close()
  },
})

async function goToSignUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { level: 2, name: 'Sign up' }).waitFor()
}

/** Fills in the tenant's own page. */
async function logInThere(page: Page, tenant: Tenant): Promise<void> {
  await page.waitForURL(`https://${tenant.domain}/**`)
  await page.getByLabel(/e-?mail/i).fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: /log in|continue/i }).click()
}

const bodiesOf = ({ asked }: Tenant, method: string, path: RegExp) =>
  asked.filter((one) => one.method === method && path.test(one.path)).map(({ body }) => JSON.parse(body))

test('sign-up with what it cannot carry, profile, clearing, reload, log-out and log-in', async ({
  page,
  open,
  declared,
}) => {
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  const tenant = await open()
  await page.getByRole('heading', { level: 2, name: 'Log in' }).waitFor()
  await declared.expectAccessible()
  await goToSignUp(page)
  const values = {
    'Given name': 'Ana',
    Company: 'Acme & <Co>',
    'About you': 'x'.repeat(600),
    Newsletter: true,
    City: 'Lisbon',
  }
  await signUpPage(page).signUp(email, password, values)
  const profile = profilePage(page)
  expect([await profile.value('Company'), await profile.value('City')]).toEqual(['Acme & <Co>', 'Lisbon'])
  // A box is its text here, as Auth0 takes nothing else at sign-up; what is too long or nested follows.
  const [sent] = bodiesOf(tenant, 'POST', /signup$/)
  expect(sent.user_metadata).toEqual({ company: 'Acme & <Co>', newsletter: 'true' })
  const typed = { company: 'Acme & <Co>', about: 'x'.repeat(600), newsletter: 'true', address: { city: 'Lisbon' } }
  expect(tenant.metadataOf(email)).toEqual(typed)
  await declared.expectAccessible()

  await profile.save({ Company: 'Else', City: 'Porto' })
  expect(await profile.status()).toBe('Saved')
  expect(bodiesOf(tenant, 'PATCH', /users/).at(-1)).toEqual({
    user_metadata: { company: 'Else', address: { city: 'Porto' } },
  })

  await profile.save({ 'About you': '', Newsletter: false, City: '' })
  expect(await profile.status()).toBe('Saved')
  expect(tenant.metadataOf(email)).toEqual({ company: 'Else', newsletter: 'false' })

  await page.reload()
  expect(await profile.value('Company')).toBe('Else')
  await profile.press('Log out')
  await page.getByRole('heading', { level: 2, name: 'Log in' }).waitFor()
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).toBe('{}')
  expect(tenant.asked.at(-1)?.path).toBe('/oauth/revoke')

  declared.expectFailure('/oauth/token', 403)
  await logInPage(page).logIn(email, 'wrong horse battery')
  expect(await logInPage(page).errors()).toEqual(['Password: The e-mail address or the password is wrong.'])
  await logInPage(page).logIn(email, password)
  expect(await profile.value('Newsletter')).toBe(false)
  for (const address of addresses) expect(address).not.toMatch(/eyJ|correct|refresh_token=/)
})

test('what could not be stored after the sign-up is named, and follows with the next log-in', async ({
  page,
  open,
  declared,
}) => {
  const tenant = await open()
  await goToSignUp(page)
  let isLost = true
  await page.route('**/api/v2/users/**', (route) =>
    isLost && route.request().method() === 'PATCH' ? route.abort('connectionreset') : route.continue(),
  )
  // Such a call is one of another origin, which the page is asked about by its address without the id.
  page.once('requestfailed', (request) => declared.expectFailure(new URL(request.url()).pathname, 0))
  await signUpPage(page).signUp(email, password, { Company: 'Acme', 'About you': 'x'.repeat(600), City: 'Lisbon' })
  const missing = page.getByRole('status').filter({ hasText: 'Not stored yet: About you, Address.' })
  await expect(missing).toBeVisible()
  await declared.expectAccessible()
  const carried = { company: 'Acme', newsletter: 'false' }
  expect(tenant.metadataOf(email)).toEqual(carried)
  isLost = false
  await profilePage(page).press('Log out')
  await logInPage(page).logIn(email, password)
  expect(await profilePage(page).value('City')).toBe('Lisbon')
  await expect(missing).toHaveCount(0)
  expect(tenant.metadataOf(email)).toEqual({ ...carried, about: 'x'.repeat(600), address: { city: 'Lisbon' } })
})

test('the rules for passwords are a list of what is met and what is missing', async ({ page, open, declared }) => {
  await open({ passwordPolicy: 'good' })
  await goToSignUp(page)
  declared.expectFailure('/dbconnections/signup', 400)
  const signUp = signUpPage(page)
  await signUp.signUp(email, 'only small letters', { Company: 'Acme' })
  expect(await signUp.errors()).toEqual(['Password: Choose a stronger password.'])
  const rules = page.getByRole('listitem')
  await expect(rules.filter({ hasText: 'At least 8 characters: yes' })).toBeVisible()
  await expect(rules.filter({ hasText: 'Digits (0-9): missing' })).toBeVisible()
  const typed = page.getByLabel('Password', { exact: true })
  await expect(typed).toHaveAccessibleDescription(/Choose a stronger password.*Capital letters \(A-Z\): missing/)
  await expect(typed).toBeFocused()
  await declared.expectAccessible()
  await signUp.signUp(email, 'Now 1 Capital letter')
  expect(await profilePage(page).value('Company')).toBe('Acme')
})

test('a standard attribute is shown and cannot be changed', async ({ page, open }) => {
  await open()
  await goToSignUp(page)
  await signUpPage(page).signUp(email, password, { 'Given name': 'Ana', Company: 'Acme' })
  await profilePage(page).value('Company')
  await expect(page.getByLabel('Given name')).toHaveValue('Ana')
  await expect(page.getByLabel('Given name')).not.toBeEditable()
  await expect(page.getByLabel('Given name')).toHaveAccessibleDescription(/account system does not let this be changed/)
})

test('what two people changed is asked about, though the tenant has no versions', async ({ page, open, declared }) => {
  const tenant = await open()
  await goToSignUp(page)
  await signUpPage(page).signUp(email, password, { Company: 'Acme', City: 'Lisbon' })
  const profile = profilePage(page)
  expect(await profile.value('Company')).toBe('Acme')
  tenant.write(email, { company: 'Theirs', newsletter: 'true', address: { city: 'Lisbon' } })
  await profile.save({ Company: 'Mine', 'About you': 'Still mine' })
  await expect(page.getByText('Somebody else changed this meanwhile.').first()).toBeVisible()
  expect(tenant.metadataOf(email)).toMatchObject({ company: 'Theirs', about: 'Still mine', newsletter: 'true' })
  await declared.expectAccessible()
  await page.getByRole('button', { name: 'Keep mine: Company' }).click()
  await profile.submit()
  expect(await profile.status()).toContain('Saved')
  expect(tenant.metadataOf(email)).toMatchObject({ company: 'Mine', about: 'Still mine', newsletter: 'true' })
})

test('log-in on the tenant’s page: there and back, with an address that forgets the code', async ({
  page,
  open,
  declared,
}) => {
  const tenant = await open({ login: 'redirect' })
  await page.getByRole('heading', { level: 2, name: 'Log in' }).waitFor()
  await expect(page.getByLabel('Password')).toHaveCount(0)
  await declared.expectAccessible()
  await goToSignUp(page)
  await signUpPage(page).signUp(email, password, { Company: 'Acme', Newsletter: true, City: 'Lisbon' })
  await logInThere(page, tenant)
  await page.waitForURL(`${tenant.origin}/`)
  const profile = profilePage(page)
  expect([await profile.value('Company'), await profile.value('City')]).toEqual(['Acme', 'Lisbon'])
  await expect(page).toHaveTitle(`signed in: ${email}`)
  expect(tenant.metadataOf(email)).toEqual({ company: 'Acme', newsletter: 'true', address: { city: 'Lisbon' } })
  expect(page.url()).toBe(`${tenant.origin}/`)

  await profile.press('Log out')
  await page.getByRole('heading', { level: 2, name: 'Log in' }).waitFor()
  expect(tenant.asked.map(({ path }) => path)).toContain('/v2/logout')
  // Those pages have forgotten the person, too.
  await page.getByLabel('E-mail', { exact: true }).fill(email)
  await page.locator('form').getByRole('button').last().click()
  await page.waitForURL(`https://${tenant.domain}/**`)
  await expect(page.getByLabel('Password')).toBeVisible()
})

test('edits wait in the tab for the person whose session ended, and a secret does not', async ({ page, open }) => {
  const stored: string[] = []
  page.on('console', (message) => stored.push(message.text()))
  await page.addInitScript(() => {
    const { setItem } = Storage.prototype
    Storage.prototype.setItem = function (key, text) {
      // biome-ignore lint/suspicious/noConsole: the test hears of it this way.
      console.debug(key, text)
      setItem.call(this, key, text)
    }
  })
  const tenant = await open({ login: 'redirect' })
  await goToSignUp(page)
  await signUpPage(page).signUp(email, password, { Company: 'Acme' })
  await logInThere(page, tenant)
  const profile = profilePage(page)
  expect(await profile.value('Company')).toBe('Acme')
  await profile.fill({ Company: 'Typed', 'Key code': 'secret-code' })
  await page.evaluate(() => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith('latchkey tokens')) sessionStorage.removeItem(key)
  })
  await page.evaluate(() => {
    document.title = 'signed out'
  })
  await profile.submit()
  await page.getByRole('heading', { level: 2, name: 'Log in' }).waitFor()
  await page.locator('form:visible').getByRole('button').last().click()
  // Its page still knows the person: it sends the browser right back.
  await expect(page).toHaveTitle(`signed in: ${email}`)
  expect(await profile.value('Company')).toBe('Typed')
  expect(await profile.value('Key code')).toBe('')
  await expect(page.getByText('What you changed is not saved yet.')).toBeVisible()
  await profile.submit()
  expect(await profile.status()).toBe('Saved')
  expect(tenant.metadataOf(email)).toMatchObject({ company: 'Typed' })
  expect(stored.some((text) => text.includes('Typed'))).toBe(true)
  expect(stored.filter((text) => /secret-code|correct horse/.test(text))).toEqual([])
})
