// The panel of a page under development, under the strictest policy a page can have.
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from './fixture.ts'

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

/** Serves a page with these fields, and the module under development in the place of the other. */
async function openPage(page: Page, origin: string, fields: string, file = 'latchkey.development.js'): Promise<void> {
  await page.route(`${origin}/latchkey/latchkey.js`, async (route) =>
    route.fulfill({ contentType: 'text/javascript', body: await readFile(`dist/embed/${file}`) }),
  )
  await page.route(`${origin}/development.html`, (route) =>
    route.fulfill({
      headers: { 'content-type': 'text/html', 'content-security-policy': POLICY },
      body: `<!doctype html><html lang="en"><title>Site</title><main><h1>Site</h1>
        <latch-key endpoint="/account" screen="signUp">${fields}</latch-key>
        </main><script type="module" src="/latchkey/latchkey.js"></script></html>`,
    }),
  )
  await page.goto(`${origin}/development.html`)
  await page.getByLabel('Password', { exact: true }).waitFor()
}

const PANEL = { name: 'Latchkey: check of the definition' }

test('what is wrong is listed with its fix, and Hide and Escape take the panel away', async ({
  page,
  demo,
  declared,
}) => {
  await openPage(page, demo.origin, '<latch-field name="company" label="Untitled"></latch-field>')
  const panel = page.getByRole('region', PANEL)
  await expect(panel.getByRole('listitem').first()).toContainText('Fix: write what the person is asked for')
  await declared.expectAccessible()
  await panel.getByRole('button', { name: 'Hide' }).click()
  await expect(panel).toHaveCount(0)
  await page.reload()
  await panel.getByRole('button', { name: 'Hide' }).focus()
  await page.keyboard.press('Escape')
  await expect(panel).toHaveCount(0)
})

test('the colours that the page sets are measured', async ({ page, demo }) => {
  await openPage(page, demo.origin, '<latch-field name="company" label="Company" maxlength="80"></latch-field>')
  const panel = page.getByRole('region', PANEL)
  await page.waitForTimeout(200)
  await expect(panel).toHaveCount(0)
  await page.route(`${demo.origin}/site.css`, (route) =>
    route.fulfill({
      contentType: 'text/css',
      body: ':root { --latchkey-danger: light-dark(#c33, #ff9d94); --latchkey-danger-surface: light-dark(#fbb, #2c1a1b) }',
    }),
  )
  await page.evaluate(async () => {
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.href = '/site.css'
    const loaded = new Promise((resolve) => link.addEventListener('load', resolve))
    document.head.append(link)
    await loaded
    document.querySelector('latch-key')?.setAttribute('screen', 'login')
  })
  await expect(panel.getByRole('listitem')).toHaveCount(1)
  await expect(panel).toContainText('too little contrast in the light scheme (WCAG 1.4.3)')
})

test('the module that ships shows nothing', async ({ page, demo }) => {
  await openPage(page, demo.origin, '<latch-field name="company" label="Untitled"></latch-field>', 'latchkey.js')
  await page.waitForTimeout(200)
  await expect(page.getByRole('region', PANEL)).toHaveCount(0)
})
