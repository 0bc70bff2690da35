// The three ways in, driven by role and label: what differs is how a page opens each screen.
import type { Page } from '@playwright/test'

export interface Door {
  readonly name: string
  readonly path: string
  /** Brings the page to a screen, from wherever a visitor or a signed-in person stands. */
  open(page: Page, screen: 'login' | 'signUp' | 'profile'): Promise<void>
}

/** Inline widgets show the right screen by themselves; between log-in and sign-up there is a link. */
async function openInline(page: Page, screen: 'login' | 'signUp' | 'profile'): Promise<void> {
  const title = { login: 'Log in', signUp: 'Sign up', profile: 'Your profile' }[screen]
  const heading = page.getByRole('heading', { level: 2, name: title })
  await page.getByRole('heading', { level: 2, name: screen === 'profile' ? title : /Log in|Sign up/ }).waitFor()
  if (!(await heading.isVisible())) await page.getByRole('button', { name: title }).click()
  await heading.waitFor()
}

async function openDialog(page: Page, screen: 'login' | 'signUp' | 'profile'): Promise<void> {
  const label = { login: 'Log in', signUp: 'Sign up', profile: 'Your profile' }[screen]
  await page.getByRole('navigation', { name: 'Account' }).getByRole('button', { name: label }).click()
  await page.getByRole('dialog', { name: label }).waitFor()
}

export const doors: readonly Door[] = [
  { name: 'npm import', path: '/module.html', open: openInline },
  { name: 'script tag', path: '/script.html', open: openDialog },
  { name: 'elements', path: '/element.html', open: openInline },
]

export const person = { email: 'Ana@example.org', password: ' correct horse 🐎 ' }

export async function fillSignUp(page: Page): Promise<void> {
  await page.getByLabel('E-mail', { exact: true }).fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByLabel('Company').fill('  I <3 tea & “Söhne” ')
  await page.getByLabel('Team size').selectOption('11-50')
  await page.getByLabel('What are you working on?').fill('Line one\nline two')
  await page.getByLabel('newsletter').check()
}

/** Presses the button that sends the form on screen. */
export async function submit(page: Page): Promise<void> {
  await page.locator('form').getByRole('button').last().click()
}

/** Signs up through a door and opens the profile. */
export async function signUpToProfile(page: Page, origin: string, door: Door): Promise<void> {
  await page.goto(origin + door.path)
  await door.open(page, 'signUp')
  await fillSignUp(page)
  await submit(page)
  if (door.name === 'script tag') await page.getByRole('dialog').waitFor({ state: 'detached' })
  await door.open(page, 'profile')
}
