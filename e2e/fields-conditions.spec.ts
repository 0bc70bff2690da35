// Fields that depend on others: shown and hidden, needed and fixed by conditions, and never at the cost of what was typed.
import { expect, test } from './fixture.ts'
import {
  choose,
  combobox,
  enter,
  field,
  fillJourney,
  fillPerson,
  fillTalk,
  least,
  needed,
  next,
  openApplication,
  save,
  send,
} from './nightline.ts'

test('what a condition hides keeps what was typed, and is not sent', async ({ page, demo, declared }) => {
  await openApplication(page, demo)
  await fillPerson(page)
  await next(page, 2)
  await fillTalk(page)
  await expect(field(page, 'People in the workshop')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Add Person' })).toHaveCount(0)

  await page.getByRole('radio', { name: 'Workshop' }).check()
  await field(page, 'People in the workshop').fill('12')
  await page.getByRole('button', { name: 'Add Person' }).click()
  await field(page, 'Full name').fill('Bea')
  await page.getByRole('radio', { name: 'Bedtime story' }).check()
  await expect(field(page, 'People in the workshop')).toHaveCount(0)
  await expect(field(page, 'Full name')).toHaveCount(0)
  await page.getByRole('radio', { name: 'Workshop' }).check()
  await expect(field(page, 'People in the workshop')).toHaveValue('12')
  await expect(field(page, 'Full name')).toHaveValue('Bea')
  await page.getByRole('radio', { name: 'Bedtime story' }).check()
  await next(page, 3)

  await expect(field(page, 'Nearest city')).toHaveCount(0)
  await choose(page, 'Country you live in', 'germ', 'Germany')
  await field(page, 'Nearest city').selectOption('Hamburg')
  await choose(page, 'Country you live in', 'denm', 'Denmark')
  await expect(field(page, 'Nearest city').getByRole('option')).toHaveText([
    ...['Choose …', 'Aarhus', 'Copenhagen', 'Odense'],
    // What was chosen before stays in sight, to be taken back or explained.
    'Hamburg',
  ])
  await choose(page, 'Country you live in', 'norw', 'Norway')
  await expect(field(page, 'Nearest city')).toHaveCount(0)

  await field(page, 'E-mail for the invoice').fill('office@example.org')
  await page.getByRole('switch', { name: 'travel fund' }).check()
  await expect(field(page, 'E-mail for the invoice')).toHaveCount(0)
  await expect(field(page, 'Fee')).not.toBeEditable()
  await page.getByRole('switch', { name: 'printed ticket' }).check()
  await field(page, 'Street and number').fill('Kiln Lane 12')
  await page.getByRole('switch', { name: 'printed ticket' }).uncheck()
  await expect(page.getByText('Where the ticket goes')).toHaveCount(0)
  await fillJourney(page)
  await declared.expectAccessible()
  await send(page)
  const { fee: _, ...rest } = least
  expect(demo.applicants()[0]?.user_metadata).toEqual({ ...rest, country: 'NO', donates: true })
})

test('a condition decides what is needed', async ({ page, demo }) => {
  await enter(page, demo, needed)
  await expect(page.getByText('Your travel costs (optional)')).toBeVisible()
  await choose(page, 'Currency we pay you in', 'DKK', 'Danish Krone')
  await expect(page.getByText('Your travel costs (optional)')).toHaveCount(0)
  await expect(field(page, 'Your travel costs')).toHaveAttribute('aria-required', 'true')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert').getByRole('link')).toHaveText(['Your travel costs: This is needed.'])
  await expect(field(page, 'Your travel costs')).toBeFocused()
  await combobox(page, 'Currency we pay you in').fill('')
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(0)
})

test('choices that another answer found are asked for again when it changes', async ({ page, demo }) => {
  await enter(page, demo, needed)
  const single = field(page, 'Cabin').getByRole('option', { name: 'Single, with shower' })
  await expect(single).toBeEnabled()
  await field(page, 'Where you get on').selectOption('malmo')
  await expect(single).toBeDisabled()
  await expect(page.getByText('Platform 9')).toHaveCount(0)
  await field(page, 'Where you get on').selectOption('hamburg')
  await expect(field(page, 'Where you get on')).toHaveAccessibleDescription('Platform 9; boarding from 21:30.')
  await expect(single).toBeEnabled()
  await expect(field(page, 'Where you get on').getByRole('option', { name: 'Padborg' })).toBeDisabled()
})

test('a value that its condition clears goes with the save', async ({ page, demo }) => {
  const ticket_address = { street: 'Kiln Lane 12', postal_code: '20095', city: 'Hamburg' }
  await enter(page, demo, { ...needed, paper_ticket: true, ticket_address })
  await page.getByRole('switch', { name: 'printed ticket' }).uncheck()
  expect(await save(page)).toEqual({ user_metadata: { paper_ticket: false, ticket_address: null } })
  expect(demo.applicants()[0]?.user_metadata).not.toHaveProperty('ticket_address')
})
