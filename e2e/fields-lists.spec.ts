// Lists: added to, taken from and put in order, by buttons and by keyboard, with focus where the hands are.
import type { Page } from '@playwright/test'
import { expect, test } from './fixture.ts'
import { enter, field, needed, save } from './nightline.ts'

const link = (number: number) => `https://talks.example/${number}`

async function expectLinks(page: Page, numbers: readonly number[]): Promise<void> {
  for (const [index, number] of numbers.entries())
    await expect(field(page, `Link ${index + 1}`)).toHaveValue(link(number))
  await expect(field(page, `Link ${numbers.length + 1}`)).toHaveCount(0)
}

test('items are added and removed, and focus goes along', async ({ page, demo, declared }) => {
  await enter(page, demo, needed)
  const add = page.getByRole('button', { name: 'Add Link' })
  for (const number of [1, 2, 3, 4]) {
    await add.click()
    await expect(field(page, `Link ${number}`)).toBeFocused()
    await page.keyboard.type(link(number))
  }
  await expect(page.getByRole('status').filter({ hasText: 'Link 4 was added.' })).toBeAttached()
  await expect(add).toBeDisabled()
  await add.click({ force: true })
  await expectLinks(page, [1, 2, 3, 4])
  await declared.expectAccessible()

  await page.getByRole('button', { name: 'Remove Link 2' }).click()
  await expect(page.getByRole('button', { name: 'Remove Link 2' })).toBeFocused()
  await expect(page.getByRole('status').filter({ hasText: 'Link 2 was removed.' })).toBeAttached()
  await expectLinks(page, [1, 3, 4])
  await page.getByRole('button', { name: 'Remove Link 3' }).click()
  await expect(page.getByRole('button', { name: 'Remove Link 2' })).toBeFocused()
  await expect(add).toBeEnabled()
  expect(await save(page)).toEqual({ user_metadata: { past_talks: [link(1), link(3)] } })
  await page.keyboard.press('Shift+Tab')
  await page.getByRole('button', { name: 'Remove Link 1' }).click()
  await page.getByRole('button', { name: 'Remove Link 1' }).click()
  await expect(add).toBeFocused()
  expect(await save(page)).toEqual({ user_metadata: { past_talks: null } })
  expect(demo.applicants()[0]?.user_metadata).not.toHaveProperty('past_talks')
})

test('items change places by buttons and by Alt and an arrow', async ({ page, demo }) => {
  await enter(page, demo, { ...needed, past_talks: [link(1), link(2), link(3)] })
  await expectLinks(page, [1, 2, 3])
  await page.getByRole('button', { name: 'Move Link 3 up' }).click()
  await expectLinks(page, [1, 3, 2])
  await expect(page.getByRole('button', { name: 'Move Link 2 up' })).toBeFocused()
  await expect(page.getByRole('status').filter({ hasText: 'Link 3 is now number 2 of 3.' })).toBeAttached()
  await page.keyboard.press('Enter')
  await expectLinks(page, [3, 1, 2])
  // At the end the button stays where it is, without doing anything more.
  await expect(page.getByRole('button', { name: 'Move Link 1 up' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expectLinks(page, [3, 1, 2])

  await field(page, 'Link 1').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expectLinks(page, [1, 3, 2])
  await expect(field(page, 'Link 2')).toBeFocused()
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('Alt+ArrowDown')
  await expectLinks(page, [1, 2, 3])
  await expect(field(page, 'Link 3')).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expectLinks(page, [1, 3, 2])
  expect(await save(page)).toEqual({ user_metadata: { past_talks: [link(1), link(3), link(2)] } })
})

test('the fields of an item belong to it', async ({ page, demo, declared }) => {
  const people = [{ full_name: 'Bea' }, { full_name: 'Cem', contact: 'cem@example.org' }]
  await enter(page, demo, { ...needed, format: 'talk', co_speakers: people })
  const person = (number: number) => page.getByRole('listitem', { name: `Person ${number}` })
  await expect(person(2).getByLabel('Full name')).toHaveValue('Cem')
  await person(1).getByLabel('Full name').fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert').getByRole('link')).toHaveText(['Person 1, Full name: This is needed.'])
  await expect(person(1).getByLabel('Full name')).toBeFocused()
  await expect(person(2).getByLabel('Full name')).not.toHaveAttribute('aria-invalid')
  await declared.expectAccessible()
  await page.getByRole('button', { name: 'Move Person 1 down' }).click()
  await expect(person(2).getByLabel('Full name')).toHaveAccessibleDescription('This is needed.')
  await person(2).getByLabel('Full name').fill('Béa')
  expect(await save(page)).toEqual({ user_metadata: { co_speakers: [people[1], { full_name: 'Béa' }] } })
})
