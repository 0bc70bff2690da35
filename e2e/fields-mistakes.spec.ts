// Mistakes in every kind of field: said at their place and in the summary, in the site's own words where it has some.
import type { Page } from '@playwright/test'
import { expect, test } from './fixture.ts'
import { enter, field, fillPerson, needed, next, openApplication, save } from './nightline.ts'

interface Mistake {
  readonly label: string
  readonly typed: string
  readonly said: string
}

async function make(page: Page, mistakes: readonly Mistake[]): Promise<void> {
  for (const { label, typed } of mistakes) await field(page, label).fill(typed)
}

/** Every mistake stands in the summary in order, and at its control as well; following the link leads to it. */
async function expectSaid(page: Page, mistakes: readonly Pick<Mistake, 'label' | 'said'>[]): Promise<void> {
  const links = page.getByRole('alert').getByRole('link')
  await expect(links).toHaveText(mistakes.map(({ label, said }) => `${label}${/\?$/.test(label) ? '' : ':'} ${said}`))
  for (const [index, { label, said }] of mistakes.entries()) {
    await links.nth(index).click()
    await expect(field(page, label)).toBeFocused()
    await expect(field(page, label)).toHaveAttribute('aria-invalid', 'true')
    await expect(field(page, label)).toHaveAccessibleDescription(new RegExp(`${said.replace(/[.+?]/g, '\\$&')}$`))
  }
}

test('on the first step', async ({ page, demo, declared }) => {
  await openApplication(page, demo)
  const needs = ['E-mail', 'Password', 'First name', 'Last name'].map((label) => ({ label, said: 'This is needed.' }))
  await page.getByRole('button', { name: 'Next' }).click()
  await expectSaid(page, needs)
  await declared.expectAccessible()
  await fillPerson(page)
  const mistakes = [
    { label: 'Name on your badge', typed: 'n'.repeat(31), said: 'Use at most 30 characters.' },
    { label: 'Date of birth', typed: '2015-06-01', said: 'Speakers are 18 or older on the day of departure.' },
    { label: 'Phone', typed: 'call me', said: 'Enter a phone number such as +44 20 7946 0000.' },
    { label: 'Portrait', typed: 'javascript:alert(1)', said: 'Enter an address such as https://example.com.' },
  ]
  await make(page, mistakes)
  await page.getByRole('button', { name: 'Next' }).click()
  await expectSaid(page, mistakes)
  await expect(page.getByRole('img', { name: 'Portrait, preview' })).toHaveCount(0)

  // Asked of the site's own code once the control is left, and not sent while it says no.
  await make(
    page,
    mistakes.map(({ label }) => ({ label, typed: '', said: '' })),
  )
  await field(page, 'Name on your badge').fill('ADA')
  await page.keyboard.press('Tab')
  const taken = 'Someone on board is called ADA already.'
  await expect(field(page, 'Name on your badge')).toHaveAccessibleDescription(
    `As you want to be called on board ${taken}`,
  )
  await page.getByRole('button', { name: 'Next' }).click()
  await expectSaid(page, [{ label: 'Name on your badge', said: taken }])
  await field(page, 'Name on your badge').fill('Ada L.')
  await next(page, 2)
})

test('a date that is half typed is neither sent nor lost', async ({ page, demo }) => {
  await enter(page, demo, needed)
  const birthday = field(page, 'Date of birth')
  await birthday.focus()
  await page.keyboard.type('04')
  await field(page, 'Phone').focus()
  await expect(birthday).toHaveAccessibleDescription('Enter a date or time that exists.')
  await page.getByRole('button', { name: 'Save' }).click()
  await expectSaid(page, [{ label: 'Date of birth', said: 'Enter a date or time that exists.' }])
  await birthday.fill('1990-04-01')
  expect(await save(page)).toEqual({ user_metadata: { birthday: '1990-04-01' } })
})

test('about the talk', async ({ page, demo, declared }) => {
  await enter(page, demo, { ...needed, format: 'workshop', seats: 8, topics: ['maps'] })
  const mistakes = [
    { label: 'Title', typed: 't'.repeat(81), said: 'At most 80 letters fit on the board.' },
    { label: 'What is it about?', typed: 'Pay with 4111 1111 1111 1111.', said: 'Do not enter a card number here.' },
    { label: 'People in the workshop', typed: 'twelve', said: 'Enter a number such as 12 or 12.5.' },
    { label: 'Website', typed: 'ana.example', said: 'Enter an address such as https://example.com.' },
    { label: 'Fediverse address', typed: 'ana', said: 'Write it with both signs, such as @ana@example.social.' },
  ]
  await make(page, mistakes)
  await page.getByRole('button', { name: 'Save' }).click()
  await expectSaid(page, mistakes)
  await declared.expectAccessible()

  const others = [
    { label: 'Title', typed: '', said: 'A working title is enough.' },
    { label: 'What is it about?', typed: 'Trains.', said: 'Use at least 20 characters.' },
    { label: 'People in the workshop', typed: '30', said: 'Use 24 or less.' },
  ]
  await make(page, [...others, { label: 'Website', typed: '', said: '' }, { label: 'Fediverse', typed: '', said: '' }])
  await page.getByRole('button', { name: 'Save' }).click()
  await expectSaid(page, others)
  await make(page, [
    { label: 'Title', typed: 'T', said: '' },
    { label: 'What is it about?', typed: needed.abstract, said: '' },
    { label: 'People in the workshop', typed: '4,5', said: '' },
  ])
  for (const name of ['Sleep', 'Food on the move', 'Sound and silence'])
    await page.getByRole('checkbox', { name }).check()
  await page.getByRole('button', { name: 'Add Link' }).click()
  await page.keyboard.type('not a link')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert').getByRole('link')).toHaveText([
    'People in the workshop: Use steps of 1.',
    'Topics: Leave at most 3.',
    'Link 1: Enter an address such as https://example.com.',
  ])
  await expect(page.getByRole('group', { name: 'Topics' })).toHaveAccessibleDescription('Up to three Leave at most 3.')
  await declared.expectAccessible()
  await page.getByRole('checkbox', { name: 'Sleep' }).uncheck()
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(2)
})

test('about the journey', async ({ page, demo, declared }) => {
  await enter(page, demo, { ...needed, available_from: '2027-05-14' })
  const mistakes = [
    { label: 'Where you get on', said: 'This is needed.' },
    { label: 'Last day', said: 'This is before the first day. Choose the same day or a later one.' },
    { label: 'Passport or ID valid until', said: 'It has to be valid in May 2027.' },
    { label: 'Your travel costs', said: 'Enter a number such as 12 or 12.5.' },
    { label: 'E-mail for the invoice', said: 'Enter an e-mail address such as name@example.com.' },
    { label: 'Rail pass number', said: 'Two capital letters and six digits, such as NL204518.' },
    { label: 'Street and number', said: 'This is needed.' },
  ]
  await field(page, 'Where you get on').selectOption('')
  await field(page, 'Last day').fill('2027-05-13')
  await field(page, 'Passport or ID valid until').fill('2026-01')
  await field(page, 'Your travel costs').fill('1,000')
  await field(page, 'E-mail for the invoice').fill('office@')
  await field(page, 'Rail pass number').fill('nl204518')
  await page.getByRole('switch', { name: 'printed ticket' }).check()
  await field(page, 'Postal code').fill('20095')
  await field(page, 'Town').fill('Hamburg')
  await page.getByRole('button', { name: 'Save' }).click()
  await expectSaid(page, mistakes)
  await declared.expectAccessible()
  // What made two answers wrong together is taken back at either of them.
  await field(page, 'First day you can travel').fill('2027-05-10')
  await page.getByRole('button', { name: 'Save' }).click()
  await expectSaid(
    page,
    mistakes.filter(({ label }) => label !== 'Last day'),
  )
})

test('a message waits until what is pressed is let go', async ({ page, demo }) => {
  await enter(page, demo, { ...needed, available_from: '2027-05-14' })
  const pass = field(page, 'Rail pass number')
  const ticket = page.getByRole('switch', { name: 'printed ticket' })
  const said = page.getByText('Two capital letters and six digits')
  await pass.fill('nl204518')
  await ticket.hover()
  await page.mouse.down()
  await expect(pass).not.toBeFocused()
  // Time enough for the rules to be fetched and asked, and for what they say to be drawn.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 30; frame += 1) await new Promise(requestAnimationFrame)
  })
  await expect(said).toHaveCount(0)
  await page.mouse.up()
  await expect(ticket).toBeChecked()
  await expect(said).toBeVisible()
})
