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
