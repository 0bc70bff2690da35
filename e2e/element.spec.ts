// <latch-key> follows its page: changed attributes and fields, a script from another origin, and leaving.
import { expect, test } from './fixture.ts'

test('changed fields and attributes are read again and keep what was typed', async ({ page, demo }) => {
  await page.goto(`${demo.origin}/element.html`)
  await page.getByLabel('Company').fill('Acme')
  await page.evaluate(() => {
    const field = document.createElement('latch-field')
    field.setAttribute('name', 'city')
    field.setAttribute('label', 'City')
    document.querySelector('latch-key')?.append(field)
    document.querySelector('latch-field[name="company"]')?.setAttribute('label', 'Employer')
  })
  await expect(page.getByLabel('City')).toBeVisible()
  await expect(page.getByLabel('Employer')).toHaveValue('Acme')
  await page.evaluate(() => document.querySelector('latch-key')?.setAttribute('screen', 'login'))
  await expect(page.getByRole('heading', { level: 2, name: 'Log in' })).toBeVisible()
})

test('removed from the page it leaves nothing behind', async ({ page, demo }) => {
  await page.goto(`${demo.origin}/element.html`)
  await page.getByLabel('Company').waitFor()
  const left = await page.evaluate(() => {
    const element = document.querySelector('latch-key')
    element?.remove()
    return {
      sheets: document.adoptedStyleSheets.length,
      cards: document.querySelectorAll('.latchkey-card').length,
      inside: element?.querySelectorAll('.latchkey-part').length,
    }
  })
  expect(left).toEqual({ sheets: 0, cards: 0, inside: 0 })
})

test('the script tag works from another origin, its chunks beside it', async ({ page, demo, declared }) => {
  const elsewhere = demo.origin.replace('localhost', '127.0.0.1')
  declared.expectOrigin(elsewhere)
  const policy = `default-src 'none'; script-src ${elsewhere}; connect-src 'self'; form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`
  await page.route(`${demo.origin}/foreign.html`, (route) =>
    route.fulfill({
      headers: { 'content-type': 'text/html', 'content-security-policy': policy },
      body: `<!doctype html><html lang="en"><title>Elsewhere</title><main><h1>Elsewhere</h1>
        <latch-key endpoint="/account" screen="signUp"><latch-field name="company" label="Company" required></latch-field></latch-key>
        </main><script type="module" src="${elsewhere}/latchkey/latchkey.js"></script></html>`,
    }),
  )
  await page.goto(`${demo.origin}/foreign.html`)
  await page.getByLabel('E-mail', { exact: true }).fill('a@example.org')
  await page.getByLabel('Password', { exact: true }).fill('correct horse')
  await page.getByLabel('Company').fill('Acme')
  await page.locator('form').getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Your profile' })).toBeVisible()
  expect(demo.users()).toEqual([{ email: 'a@example.org', version: 1, user_metadata: { company: 'Acme' } }])
})
