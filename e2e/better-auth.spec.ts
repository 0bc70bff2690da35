// The widget on a real better-auth server of the page's own origin: an account's life, a conflict, refusals, addresses to confirm.
import type { Page } from '@playwright/test'
import { logInPage, profilePage, signUpPage } from 'latchkey/testing'
import type { BetterAuthServer, ServerOptions } from '../test/backends/better-auth-server.ts'
import { startSite } from './better-auth-site.ts'
import { test as base, expect } from './fixture.ts'

const email = 'ana@example.org'
const password = 'correct horse'

interface Fixtures {
  /** Starts the server of a site, and opens the site's page. */
  readonly open: (options?: ServerOptions['options'], verification?: string) => Promise<BetterAuthServer>
}

const test = base.extend<Fixtures>({
  async open({ page, declared }, use) {
    const servers: BetterAuthServer[] = []
    await use(async (options = {}, verification = 'none') => {
      const server = await startSite(options, verification)
      servers.push(server)
      declared.expectOrigin(server.origin)
      await page.goto(server.origin)
      return server
    })
    for (const server of servers) await server.close()
  },
})

const storedIn = ({ rows }: BetterAuthServer) =>
  rows('SELECT name, company, team_size, born, newsletter, tags, address FROM user WHERE email = ?', email)

async function goToSignUp(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { level: 2, name: 'Sign up' }).waitFor()
}

test('sign-up, profile, clearing, reload, log-out and log-in', async ({ page, open, declared }) => {
  const server = await open()
  await page.getByRole('heading', { level: 2, name: 'Log in' }).waitFor()
  await declared.expectAccessible()
  await goToSignUp(page)
  const values = {
    Company: 'Acme',
    'Team size': '11-50',
    'Date of birth': '1990-02-28',
    Newsletter: true,
    Interests: ['Maps'],
    City: 'Lisbon',
  }
  await signUpPage(page).signUp(email, password, values)
  const profile = profilePage(page)
  for (const [label, value] of Object.entries(values))
    expect([label, await profile.value(label)]).toEqual([label, value])
  expect(await profile.value('Your name')).toBe('')
  const born = '1990-02-28T00:00:00.000Z'
  const typed = {
    company: 'Acme',
    team_size: '11-50',
    born,
    newsletter: 1,
    tags: '["Maps"]',
    address: '{"city":"Lisbon"}',
  }
  expect(storedIn(server)).toEqual([{ name: '', ...typed }])
  await declared.expectAccessible()

  const saved = page.waitForRequest((request) => request.url().endsWith('/api/auth/update-user'))
  await profile.save({ Company: 'Else', City: 'Porto', 'Your name': 'Ana R.' })
  expect(await profile.status()).toBe('Saved')
  expect((await saved).postDataJSON()).toEqual({ company: 'Else', address: { city: 'Porto' }, name: 'Ana R.' })
  const edited = { name: 'Ana R.', company: 'Else', address: '{"city":"Porto"}' }
  expect(storedIn(server)).toEqual([{ ...typed, ...edited }])

  await profile.save({ 'Date of birth': '', Newsletter: false, Interests: [], City: '', 'Your name': '' })
  expect(await profile.status()).toBe('Saved')
  const none = { born: null, newsletter: 0, tags: null }
  expect(storedIn(server)).toMatchObject([{ ...none, name: '', company: 'Else', team_size: '11-50' }])
  // better-auth's own word for no value of a json column on SQLite.
  expect(storedIn(server)).toMatchObject([{ address: 'null' }])

  await page.reload()
  expect([await profile.value('Company'), await profile.value('City')]).toEqual(['Else', ''])
  expect([await profile.value('Date of birth'), await profile.value('Newsletter')]).toEqual(['', false])
  await profile.press('Log out')
  await page.getByRole('heading', { level: 2, name: 'Log in' }).waitFor()
  expect(server.rows('SELECT id FROM session')).toEqual([])
  await page.reload()
  declared.expectFailure('/sign-in/email', 401)
  const logIn = logInPage(page)
  await logIn.logIn(email, 'wrong horse')
  expect(await logIn.errors()).toEqual(['Password: The e-mail address or the password is wrong.'])
  await declared.expectAccessible()
  await logIn.logIn(email.toUpperCase(), password)
  expect(await profile.value('Team size')).toBe('11-50')
})

test('what two people changed is asked about, and what one of them did is kept', async ({ page, open, declared }) => {
  const server = await open()
  await goToSignUp(page)
  await signUpPage(page).signUp(email, password, { Company: 'Acme', City: 'Lisbon' })
  const profile = profilePage(page)
  expect(await profile.value('Company')).toBe('Acme')
  server.write('UPDATE user SET company = ?, newsletter = 1 WHERE email = ?', 'Theirs', email)
  await profile.save({ Company: 'Mine', City: 'Porto' })
  await expect(page.getByText('Somebody else changed this meanwhile.').first()).toBeVisible()
  const kept = { newsletter: 1, address: '{"city":"Porto"}' }
  expect(storedIn(server)).toMatchObject([{ company: 'Theirs', ...kept }])
  await declared.expectAccessible()
  await page.getByRole('button', { name: 'Keep mine: Company' }).click()
  await profile.submit()
  expect(await profile.status()).toContain('Saved')
  expect(storedIn(server)).toMatchObject([{ company: 'Mine', ...kept }])
})

test('what better-auth refuses is said at its place, and a wait is counted down', async ({ page, open, declared }) => {
  const server = await open({
    emailAndPassword: { enabled: true, minPasswordLength: 16 },
    // Long enough to be seen on a slow machine.
    rateLimit: { enabled: true, customRules: { '/sign-up/email': false, '/sign-in/email': { window: 60, max: 3 } } },
  })
  declared.expectFailure('/sign-up/email', 400)
  declared.expectFailure('/sign-up/email', 422)
  await goToSignUp(page)
  const signUp = signUpPage(page)
  await signUp.signUp(email, password, { Company: 'Acme' })
  expect(await signUp.errors()).toEqual(['Password: Choose a stronger password.'])
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused()
  await declared.expectAccessible()
  expect(storedIn(server)).toEqual([])
  await signUp.signUp(email, 'a correct horse battery')
  await profilePage(page).press('Log out')
  await page.getByRole('heading', { level: 2, name: 'Log in' }).waitFor()

  await goToSignUp(page)
  await signUp.signUp(email, 'another horse battery', { Company: 'Else' })
  expect(await signUp.errors()).toEqual([expect.stringContaining('There is an account with this e-mail address')])
  await expect(page.getByLabel('E-mail', { exact: true })).toBeFocused()
  expect(storedIn(server)).toMatchObject([{ company: 'Acme' }])

  declared.expectFailure('/sign-in/email', 401)
  declared.expectFailure('/sign-in/email', 429)
  await page.locator('.latchkey-card').getByRole('button', { name: 'Log in' }).last().click()
  const logIn = logInPage(page)
  for (let tries = 0; tries < 4; tries += 1) await logIn.logIn(email, 'wrong horse battery')
  await expect(page.getByRole('alert')).toContainText('Too many tries')
  await expect(page.getByText(/You can try again in \d/)).toBeVisible()
  await declared.expectAccessible()
})

test('where addresses are verified, the form says so, for a new one and for one that has an account alike', async ({
  page,
  open,
  declared,
}) => {
  const server = await open({ emailAndPassword: { enabled: true, requireEmailVerification: true } }, 'required')
  const notice = page.getByText('Follow the link in the message to your e-mail address, then log in.')
  await goToSignUp(page)
  await signUpPage(page).signUp(email, password, { Company: 'Acme' })
  await expect(notice).toBeVisible()
  await declared.expectAccessible()
  expect(server.rows('SELECT id FROM session')).toEqual([])

  declared.expectFailure('/sign-in/email', 403)
  await logInPage(page).logIn(email, password)
  await expect(page.getByRole('alert')).toContainText('Confirm your e-mail address first')
  await goToSignUp(page)
  await signUpPage(page).signUp(email, 'another horse', { Company: 'Other' })
  await expect(notice).toBeVisible()
  expect(storedIn(server)).toMatchObject([{ company: 'Acme' }])

  await fetch(server.links[0] ?? '', { redirect: 'manual' })
  await logInPage(page).logIn(email, password)
  expect(await profilePage(page).value('Company')).toBe('Acme')
})
