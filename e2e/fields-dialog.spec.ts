// Controls with a list inside the modal dialog: Escape closes what is on top.
import { expect, test } from './fixture.ts'

const SCRIPT = `
  import { createLatchkey, defineFields, rest } from '/latchkey/latchkey.js'
  const fields = defineFields([
    { name: 'company', label: 'Company', required: true },
    { name: 'team_size', type: 'select', label: 'Team size', searchable: true, options: ['1-10', '11-50', '51+'] },
  ])
  const latchkey = createLatchkey({ backend: rest('/account'), fields })
  document.querySelector('button').addEventListener('click', () => latchkey.show('signUp'))
`

test('Escape closes the list, and the next one the dialog', async ({ page, demo, declared }) => {
  const policy =
    "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
  await page.route(`${demo.origin}/dialog.js`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: SCRIPT }),
  )
  await page.route(`${demo.origin}/dialog.html`, (route) =>
    route.fulfill({
      headers: { 'content-type': 'text/html', 'content-security-policy': policy },
      body: '<!doctype html><html lang="en"><title>Dialog</title><main><h1>Dialog</h1><button>Sign up</button></main><script type="module" src="/dialog.js"></script></html>',
    }),
  )
  await page.goto(`${demo.origin}/dialog.html`)
  const opener = page.getByRole('main').getByRole('button', { name: 'Sign up' })
  await opener.click()
  const dialog = page.getByRole('dialog', { name: 'Sign up' })
  await dialog.getByLabel('Company').fill('Acme')
  const size = dialog.getByRole('combobox', { name: 'Team size' })
  await size.click()
  await expect(dialog.getByRole('option')).toHaveCount(3)
  // The whole list is in sight, wherever the dialog ends.
  await expect(dialog.getByRole('option', { name: '51+' })).toBeInViewport({ ratio: 1 })
  await declared.expectAccessible()
  await page.keyboard.press('Escape')
  await expect(dialog.getByRole('option')).toHaveCount(0)
  await expect(size).toBeFocused()
  await expect(dialog.getByLabel('Company')).toHaveValue('Acme')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(opener).toBeFocused()
})
