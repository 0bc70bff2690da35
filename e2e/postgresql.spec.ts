// The account server on PostgreSQL, by form: an account's life, and two browsers at one profile.
import type { Page } from '@playwright/test'
import postgresql from 'pg'
import { startPostgresql } from '../test/server/postgresql.ts'
import { closeAccountSites, startAccountSite } from './account-site.ts'
import { person, submit } from './doors.ts'
import { test as base, expect } from './fixture.ts'

interface Running {
  readonly url: string
  readonly stop: () => Promise<void>
}

const test = base.extend<object, { readonly running: Running }>({
  running: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's names.
    async ({}, use) => {
      const running = await startPostgresql()
      await use(running)
      await closeAccountSites()
      await running.stop()
    },
    { scope: 'worker' },
  ],
})

const SCRIPT = `import { createLatchkey, defineFields, rest } from '/latchkey/latchkey.js'
  const fields = defineFields([{ name: 'company', label: 'Company' }, { name: 'town', label: 'Town' }])
  createLatchkey({ backend: rest('ACCOUNT'), fields }).mount('#account', 'profile')`

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name })
const isSaved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible()

async function logIn(page: Page): Promise<void> {
  await page.getByLabel('E-mail', { exact: true }).fill(person.email)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await submit(page)
}

test('an account from sign-up to log-out, and two browsers at one profile', async ({
  page,
  browser,
  running,
  declared,
}) => {
  const schema = `latchkey_${crypto.randomUUID().replaceAll('-', '')}`
  const client = new postgresql.Client({ connectionString: running.url })
  await client.connect()
  await client.query(`CREATE SCHEMA ${schema}`)
  await client.query(`SET search_path TO ${schema}`)
  const address = new URL(running.url)
  address.searchParams.set('options', `-c search_path=${schema}`)
  const stored = async () => {
    const { rows } = await client.query<{ user_metadata: string }>('SELECT email, version, user_metadata FROM users')
    return rows.map((row) => ({ ...row, user_metadata: JSON.parse(row.user_metadata) }))
  }
  const site = await startAccountSite({ script: SCRIPT, options: { databaseUrl: address.href } })
  declared.expectOrigin(site.origin)
  await page.goto(site.origin)
  await heading(page, 'Log in').waitFor()
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByLabel('Company').fill('Söhne 🐎')
  await page.getByLabel('Town').fill('Lisbon')
  await logIn(page)
  await heading(page, 'Your profile').waitFor()
  expect(await stored()).toEqual([
    { email: person.email, version: 1, user_metadata: { company: 'Söhne 🐎', town: 'Lisbon' } },
  ])

  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto(site.origin)
  await logIn(elsewhere)
  await elsewhere.getByLabel('Town').fill('Porto')
  await submit(elsewhere)
  await isSaved(elsewhere)
  declared.expectFailure('/account/me', 412)
  await page.getByLabel('Company').fill('Acme')
  await page.getByLabel('Town').fill('Braga')
  await submit(page)
  await expect(page.getByRole('alert').getByRole('link')).toHaveText([/^Town: /])
  expect(await stored()).toMatchObject([{ version: 3, user_metadata: { company: 'Acme', town: 'Porto' } }])
  await page.getByRole('button', { name: /^Keep mine/ }).click()
  await submit(page)
  await isSaved(page)
  expect(await stored()).toMatchObject([{ version: 4, user_metadata: { company: 'Acme', town: 'Braga' } }])
  await elsewhere.context().close()

  await page.getByLabel('Company').fill('')
  await page.getByLabel('Town').fill('')
  await submit(page)
  await isSaved(page)
  expect(await stored()).toMatchObject([{ version: 5, user_metadata: {} }])
  await page.reload()
  await page.getByRole('button', { name: 'Log out' }).click()
  await heading(page, 'Log in').waitFor()
  expect((await client.query('SELECT 1 FROM sessions')).rows).toHaveLength(1)
  await client.end()
})
