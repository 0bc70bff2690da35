// Fields written in a page's HTML: choices under headings, fields inside fields, JSON, and the property that a script sets.
import type { Page } from '@playwright/test'
import { type Demo, expect, test } from './fixture.ts'

const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"

/** A page of the demo's origin with this inside its element, under the demo's policy. */
async function openElement(page: Page, demo: Demo, fields: string): Promise<void> {
  await page.route(`${demo.origin}/written.html`, (route) =>
    route.fulfill({
      headers: { 'content-type': 'text/html', 'content-security-policy': POLICY },
      body: `<!doctype html><html lang="en"><title>Written</title><main><h1>Written</h1>
        <latch-key endpoint="/account" screen="signUp">${fields}</latch-key>
        </main><script type="module" src="/latchkey/latchkey.js"></script></html>`,
    }),
  )
  await page.goto(`${demo.origin}/written.html`)
  await page.getByLabel('Password', { exact: true }).waitFor()
}

const NESTED = `
  <latch-field type="select" name="team_size" label="Team size" required>
    <option value="1">Just me</option>
    <optgroup label="Teams">
      <option data-description="Around one table">2-10</option>
      <option disabled>11-50</option>
    </optgroup>
  </latch-field>
  <latch-field type="group" name="address" label="Address">
    <latch-field name="street" label="Street" required></latch-field>
    <latch-field name="zip" label="Postal code" width="half"></latch-field>
    <latch-field name="town" label="Town" width="half"></latch-field>
  </latch-field>
  <latch-field type="list" name="skills" label="Skills" max-items="2">
    <latch-field label="Skill" maxlength="10"></latch-field>
  </latch-field>
  <latch-field type="list" name="jobs" label="Jobs">
    <latch-field type="group" label="Job">
      <latch-field name="employer" label="Employer" required></latch-field>
      <latch-field type="month" name="since" label="Since"></latch-field>
    </latch-field>
  </latch-field>
  <latch-field name="vat_id" label="VAT number" visible-when='{ "team_size": "2-10" }'></latch-field>`

test('choices under headings, and fields inside of fields', async ({ page, demo, declared }) => {
  await openElement(page, demo, NESTED)
  const size = page.getByLabel('Team size')
  await expect(size.getByRole('option')).toHaveText(['Choose …', 'Just me', '2-10', '11-50'])
  await expect(size.locator('optgroup')).toHaveAttribute('label', 'Teams')
  await expect(size.getByRole('option', { name: '11-50' })).toBeDisabled()
  await expect(page.getByLabel('VAT number')).toHaveCount(0)
  await size.selectOption('2-10')
  await expect(size).toHaveAccessibleDescription('Around one table')
  await expect(page.getByLabel('VAT number')).toBeVisible()
  await page.getByRole('group', { name: 'Address' }).getByLabel('Street').fill('Kiln Lane 12')
  for (const skill of ['Iron', 'Brass']) {
    await page.getByRole('button', { name: 'Add Skill' }).click()
    await page.keyboard.type(skill)
  }
  await expect(page.getByRole('button', { name: 'Add Skill' })).toBeDisabled()
  await page.getByRole('button', { name: 'Add Job' }).click()
  await page.getByRole('listitem', { name: 'Job 1' }).getByLabel('Since').fill('2024-05')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await expect(page.getByRole('alert').getByRole('link')).toHaveText([
    'E-mail: This is needed.',
    'Password: This is needed.',
    'Job 1, Employer: This is needed.',
  ])
  await declared.expectAccessible()
})

test('changed children are read again, and what was typed is kept, however deep', async ({ page, demo }) => {
  await openElement(page, demo, NESTED)
  await page.getByLabel('Team size').selectOption('2-10')
  await page.getByLabel('Street').fill('Kiln Lane 12')
  await page.getByRole('button', { name: 'Add Skill' }).click()
  await page.keyboard.type('Iron')
  await page.getByRole('button', { name: 'Add Job' }).click()
  await page.keyboard.type('Foundry')
  await page.evaluate(() => {
    const group = document.querySelector('latch-field[name="address"]')
    const field = document.createElement('latch-field')
    field.setAttribute('name', 'floor')
    field.setAttribute('label', 'Floor')
    group?.append(field)
    document.querySelector('latch-field[name="employer"]')?.setAttribute('label', 'Company')
    const option = document.createElement('option')
    option.textContent = '51+'
    document.querySelector('optgroup')?.append(option)
  })
  await expect(page.getByLabel('Floor')).toBeVisible()
  await expect(page.getByLabel('Team size')).toHaveValue('2-10')
  await expect(page.getByLabel('Team size').getByRole('option', { name: '51+' })).toBeEnabled()
  await expect(page.getByLabel('Street')).toHaveValue('Kiln Lane 12')
  await expect(page.getByLabel('Skill 1', { exact: true })).toHaveValue('Iron')
  await expect(page.getByLabel('Company')).toHaveValue('Foundry')
})

test('a definition as JSON in the page, and one that a script sets', async ({ page, demo, declared }) => {
  const definition = {
    denyList: ['plan'],
    fields: [
      { name: 'company', label: 'Company', required: true, hint: 'As on the invoice' },
      { name: 'team_size', type: 'radio', label: 'Team size', options: ['1-10', '11-50'] },
    ],
  }
  await openElement(page, demo, `<script type="application/json">${JSON.stringify(definition)}</script>`)
  await page.getByLabel('E-mail', { exact: true }).fill('a@example.org')
  await page.getByLabel('Password', { exact: true }).fill('correct horse')
  await page.getByLabel('Company').fill('Acme')
  await expect(page.getByLabel('Company')).toHaveAccessibleDescription('As on the invoice')
  await page.getByRole('radio', { name: '11-50' }).check()
  await declared.expectAccessible()
  await page.evaluate(() => {
    const element = document.querySelector('latch-key')
    if (element)
      Object.assign(element, {
        fields: [
          { name: 'company', label: 'Employer', required: true },
          { name: 'team_size', type: 'select', label: 'Team size', options: ['1-10', '11-50'] },
          { name: 'about', type: 'custom', control: 'shout', label: 'About' },
        ],
        controls: {
          shout(host: HTMLElement, { id, change }: { readonly id: string; change(value: string): void }) {
            const input = document.createElement('input')
            input.id = id
            input.addEventListener('input', () => change(input.value.toUpperCase()))
            host.append(input)
          },
        },
      })
  })
  await expect(page.getByLabel('Employer')).toHaveValue('Acme')
  await expect(page.getByLabel('Team size')).toHaveValue('11-50')
  await page.getByLabel('About').fill('trains')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await page.getByRole('heading', { level: 2, name: 'Your profile' }).waitFor()
  expect(demo.users()[0]?.user_metadata).toEqual({ company: 'Acme', team_size: '11-50', about: 'TRAINS' })
})
