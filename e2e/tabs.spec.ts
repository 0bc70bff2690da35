// Tabs of one person in a real browser: a save and a log-out in one are seen in the others.
import type { Page } from '@playwright/test'
import { doors, fillSignUp, person, submit } from './doors.ts'
import { expect, test } from './fixture.ts'

const [inline] = doors

async function anotherTab(page: Page): Promise<Page> {
  const tab = await page.context().newPage()
  await tab.goto(page.url())
  await tab.getByRole('heading', { level: 2, name: 'Your profile' }).waitFor()
  return tab
}

test('a save and a log-out in one tab are seen in the others', async ({ page, demo }) => {
  await page.goto(`${demo.origin}/module.html`)
  await inline?.open(page, 'signUp')
  await fillSignUp(page)
  await submit(page)
  await page.getByRole('heading', { level: 2, name: 'Your profile' }).waitFor()
  const tabs = [await anotherTab(page), await anotherTab(page)] as const

  await tabs[0].getByLabel('What are you working on?').fill('Half a sen')
  await page.getByLabel('Company').fill('Acme')
  await submit(page)
  for (const tab of tabs) await expect(tab.getByLabel('Company')).toHaveValue('Acme')
  await expect(tabs[0].getByLabel('What are you working on?')).toHaveValue('Half a sen')
  await submit(tabs[0])
  await expect(tabs[0].getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  await expect(page.getByLabel('What are you working on?')).toHaveValue('Half a sen')
  expect(demo.users()).toMatchObject([
    { email: person.email, version: 3, user_metadata: { company: 'Acme', about: 'Half a sen' } },
  ])

  await tabs[1].getByRole('button', { name: 'Log out' }).click()
  for (const tab of [page, ...tabs]) {
    await expect(tab.getByRole('heading', { level: 2, name: 'Log in' })).toBeVisible()
    await expect(tab.getByRole('button', { name: 'Save' })).toHaveCount(0)
  }
  await page.getByLabel('E-mail', { exact: true }).fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await submit(page)
  for (const tab of tabs) await expect(tab.getByLabel('Company')).toHaveValue('Acme')
})

test('a lost connection is said, and what was typed goes through when it is back', async ({ page, demo, declared }) => {
  await page.goto(`${demo.origin}/module.html`)
  await inline?.open(page, 'signUp')
  const connection = page.waitForResponse(/connection/)
  await fillSignUp(page)
  await connection
  // Whichever is asked for first: the code that sends, or the call itself.
  declared.expectFailure('.js', 0)
  declared.expectFailure('/account/signup', 0)
  await page.context().setOffline(true)
  await expect(page.getByText('You are offline. What you typed stays here')).toBeVisible()
  await declared.expectAccessible()
  await submit(page)
  await expect(page.getByRole('alert')).toContainText('The server cannot be reached')
  expect(demo.users()).toEqual([])
  await page.context().setOffline(false)
  await expect(page.getByText('You are back online.')).toBeVisible()
  expect(demo.users()).toEqual([])
  await submit(page)
  await expect(page.getByRole('heading', { level: 2, name: 'Your profile' })).toBeVisible()
  expect(demo.users()).toHaveLength(1)
})
