// The widget on Supabase Auth, from a page of another origin: an account's life, conflicts, refusals and addresses to confirm.
import type { Page } from '@playwright/test'
import { logInPage, profilePage, signUpPage } from 'latchkey/testing'
import { KEY } from '../test/backends/supabase-gateway.ts'
import type { GoTrueOptions } from '../test/backends/supabase-server.ts'
import { type Listening, listen } from '../test/backends/supabase-site.ts'
import { bundle, serve } from './bundled-page.ts'
import { test as base, expect } from './fixture.ts'

const email = 'ana@example.org'
const password = 'correct horse'

interface Fixtures {
  /** Lets a project of Supabase listen, and opens the page of a site that uses it. */
  readonly open: (options?: GoTrueOptions) => Promise<Listening>
}

const bundled = bundle('supabase-page.ts')

const test = base.extend<Fixtures>({
  async open({ page, declared }, use) {
    const servers: { close(): Promise<void> }[] = []
    await use(async (options) => {
      const project = await listen(options)
      const html = `<div id="account" data-url="${project.origin}" data-key="${KEY}"></div>`
      const site = await serve({ files: await bundled, html, connect: project.origin })
      servers.push(project, site)
      declared.expectOrigin(project.origin)
      declared.expectOrigin(site.origin)
      await page.goto(site.origin)
      return project
    })
    for (const server of servers) await server.close()
  },
})

/** What of a person GoTrue has stored, its own copies aside. */
function storedIn({ accounts }: Listening): object {
  const { sub, email: _, email_verified, phone_verified, ...rest } = accounts.find(email)?.user_metadata ?? {}
  return rest
}

async function goToSignUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { level: 2, name: 'Sign up' }).waitFor()
}

test('sign-up, profile, clearing, reload, log-out and log-in', async ({ page, open, declared }) => {
  const addresses: string[] = []
  page.on('request', (request) => addresses.push(request.url()))
  const project = await open()
  await page.getByRole('heading', { level: 2, name: 'Log in' }).waitFor()
  await declared.expectAccessible()
  await goToSignUp(page)
  const values = { 'Your name': 'Ana Ruiz', Company: 'Acme', 'About you': 'Line one', Newsletter: true, City: 'Lisbon' }
  await signUpPage(page).signUp(email, password, values)
  const profile = profilePage(page)
  expect([await profile.value('Your name'), await profile.value('City')]).toEqual(['Ana Ruiz', 'Lisbon'])
  const typed = { company: 'Acme', about: 'Line one', newsletter: true, address: { city: 'Lisbon' } }
  expect(storedIn(project)).toEqual({ ...typed, name: 'Ana Ruiz' })
  await declared.expectAccessible()

  await profile.save({ Company: 'Else', City: 'Porto', 'Your name': 'Ana R.' })
  expect(await profile.status()).toBe('Saved')
  const edited = { company: 'Else', address: { city: 'Porto' }, name: 'Ana R.' }
  expect(project.requests.filter(({ method }) => method === 'PUT').map(({ body }) => body)).toEqual([{ data: edited }])
  expect(storedIn(project)).toEqual({ ...typed, ...edited })

  await profile.save({ 'About you': '', Newsletter: false, City: '' })
  expect(await profile.status()).toBe('Saved')
  expect(storedIn(project)).toEqual({ company: 'Else', newsletter: false, name: 'Ana R.' })

  await page.reload()
  expect(await profile.value('Company')).toBe('Else')
  await profile.press('Log out')
  await page.getByRole('heading', { level: 2, name: 'Log in' }).waitFor()
  await expect.poll(() => project.accounts.sessions.size).toBe(0)
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).toBe('{}')
  await page.reload()
  declared.expectFailure('/auth/v1/token?grant_type=password', 400)
  await logInPage(page).logIn(email, 'wrong horse')
  expect(await logInPage(page).errors()).toEqual(['Password: The e-mail address or the password is wrong.'])
  await declared.expectAccessible()
  await logInPage(page).logIn(email, password)
  expect(await profile.value('Company')).toBe('Else')
  expect(await profile.value('About you')).toBe('')
  for (const address of addresses) expect(address).not.toMatch(/eyJ|correct|refresh_token=/)
})

test('what two people changed is asked about, and what one of them did is kept', async ({ page, open, declared }) => {
  const project = await open()
  await goToSignUp(page)
  await signUpPage(page).signUp(email, password, { Company: 'Acme', 'About you': 'Mine', City: 'Lisbon' })
  const profile = profilePage(page)
  expect(await profile.value('Company')).toBe('Acme')
  const user = project.accounts.find(email)
  if (user) project.accounts.updateMetadata(user, { company: 'Theirs', newsletter: true })
  await profile.save({ Company: 'Mine', 'About you': 'Still mine' })
  await expect(page.getByText('Somebody else changed this meanwhile.').first()).toBeVisible()
  expect(storedIn(project)).toMatchObject({ company: 'Theirs', about: 'Still mine', newsletter: true })
  await declared.expectAccessible()
  await page.getByRole('button', { name: 'Keep mine: Company' }).click()
  await profile.submit()
  expect(await profile.status()).toContain('Saved')
  const kept = { company: 'Mine', about: 'Still mine', newsletter: true, address: { city: 'Lisbon' } }
  expect(storedIn(project)).toMatchObject(kept)
})

test('where addresses are confirmed, the form says so, for a new one and for one that has an account alike', async ({
  page,
  open,
  declared,
}) => {
  const project = await open({ autoconfirm: false })
  const notice = page.getByText('Follow the link in the message to your e-mail address, then log in.')
  await goToSignUp(page)
  await signUpPage(page).signUp(email, password, { Company: 'Acme' })
  await expect(notice).toBeVisible()
  await declared.expectAccessible()
  expect(project.accounts.sessions.size).toBe(0)

  declared.expectFailure('/auth/v1/token?grant_type=password', 400)
  await logInPage(page).logIn(email, password)
  await expect(page.getByRole('alert')).toContainText('Confirm your e-mail address first')
  declared.expectFailure('/auth/v1/signup', 429)
  await goToSignUp(page)
  await signUpPage(page).signUp(email, password, { Company: 'Acme' })
  await expect(page.getByRole('alert')).toContainText('Too many tries')

  const user = project.accounts.find(email)
  if (user) project.accounts.confirm(user)
  await signUpPage(page).submit()
  await expect(notice).toBeVisible()
  expect(project.accounts.users.size).toBe(1)
  await logInPage(page).logIn(email, password)
  expect(await profilePage(page).value('Company')).toBe('Acme')
})

test('what Supabase refuses is said at its place', async ({ page, open, declared }) => {
  const project = await open({ passwordMinLength: 20, leaked: ['correct horse battery staple'] })
  declared.expectFailure('/auth/v1/signup', 422)
  await goToSignUp(page)
  const signUp = signUpPage(page)
  await signUp.signUp(email, password, { Company: 'Acme' })
  expect(await signUp.errors()).toEqual(['Password: Use at least 20 characters.'])
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused()
  await signUp.signUp(email, 'correct horse battery staple')
  expect(await signUp.errors()).toEqual(['Password: This password is known from a leak elsewhere. Choose another one.'])
  expect(project.accounts.users.size).toBe(0)
  await signUp.signUp(email, 'a correct horse battery staple')
  await profilePage(page).press('Log out')
  await page.getByRole('heading', { level: 2, name: 'Log in' }).waitFor()
  await goToSignUp(page)
  await signUp.signUp(email, 'another horse battery staple', { Company: 'Else' })
  expect(await signUp.errors()).toEqual([expect.stringContaining('There is an account with this e-mail address')])
  expect(storedIn(project)).toEqual({ company: 'Acme', newsletter: false })
})
