// The whole application by keyboard alone: every step and every kind of control with the keys that belong to it.
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixture.ts'
import { applicant, combobox, consent, field, photos, rules } from './nightline.ts'

/** Goes on with Tab, or back with Shift and Tab, until the control has the focus; a trap would never end. */
async function reach(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement).catch(() => false)) return
    await page.keyboard.press(key)
  }
  await expect(control).toBeFocused()
}

async function type(page: Page, label: string, text: string): Promise<void> {
  await reach(page, field(page, label))
  await page.keyboard.type(text)
}

async function press(page: Page, control: Locator, ...keys: readonly string[]): Promise<void> {
  await reach(page, control)
  for (const key of keys) await page.keyboard.press(key)
}

async function pick(page: Page, name: string, text: string): Promise<void> {
  await reach(page, combobox(page, name))
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type(text)
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
}

test('an account from the first key to the last', async ({ page, demo }) => {
  const button = (name: string) => page.getByRole('button', { name })
  await page.goto(`${demo.origin}/playground.html?from=A+friend`)
  await field(page, 'First name').waitFor()
  await type(page, 'E-mail', applicant.email)
  await type(page, 'Password', 'correct horse')
  await press(page, button('Show'), 'Space')
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'text')
  await type(page, 'First name', 'Ana')
  await type(page, 'Last name', 'Söhne')
  await type(page, 'Name on your badge', 'Ana S.')
  await type(page, 'Date of birth', '04011990')
  await type(page, 'Phone', '+49 40 123456')
  await press(page, page.getByLabel('Write to me'), 'Space')
  await page.keyboard.press('Enter')

  await expect(page.getByText('Step 2 of 3 Your talk')).toBeFocused()
  await type(page, 'Title', 'Why timetables rhyme')
  await type(page, 'What is it about?', 'A short history,')
  await page.keyboard.press('Enter')
  await page.keyboard.type('read aloud at night.')
  await press(page, page.getByRole('radio', { name: /^Talk/ }), 'Space', 'ArrowDown')
  await type(page, 'People in the workshop', '12')
  await press(page, page.getByRole('checkbox', { name: 'Maps' }), 'Space')
  await press(page, page.getByRole('checkbox', { name: 'Sleep' }), 'Space')
  await type(page, 'Search: What you need on board', 'water')
  await press(page, page.getByRole('checkbox', { name: 'Hot water' }), 'Space')
  await pick(page, 'Language of the talk', 'swe')
  await press(page, field(page, 'How much should people know before?'), 'Home', 'ArrowRight', 'ArrowRight')
  await type(page, 'Website', 'https://ana.example/')
  await type(page, 'Fediverse address', '@ana@example.social')
  await press(page, button('Add Link'), 'Enter')
  await expect(field(page, 'Link 1')).toBeFocused()
  await page.keyboard.type('https://talks.example/1')
  await press(page, button('Add Link'), 'Space')
  await page.keyboard.type('https://talks.example/2')
  await page.keyboard.press('Alt+ArrowUp')
  await press(page, button('Add Person'), 'Enter')
  await page.keyboard.type('Bea Ruiz')
  await type(page, 'Role', 'Pl')
  // Enter on a select or in a list's text would be a surprise: the step is left by its button.
  await press(page, button('Next'), 'Enter')

  await expect(page.getByText('Step 3 of 3 Your journey')).toBeFocused()
  await pick(page, 'Country you live in', 'germ')
  await type(page, 'Nearest city', 'Ham')
  await press(page, field(page, 'Where you get on'), 'ArrowDown', 'ArrowDown')
  await type(page, 'Cabin', 'Two')
  await pick(page, 'Station you come from', 'oreb')
  await type(page, 'When you get to the train', '05142027')
  await page.keyboard.press('Tab')
  await page.keyboard.type('0830PM')
  await type(page, 'First day you can travel', '05132027')
  await type(page, 'Last day', '05162027')
  await type(page, 'Best time to call you', '0930AM')
  await pick(page, 'In time zone', 'Europe, Berlin')
  await type(page, 'Passport or ID valid until', 'Nov')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('2030')
  await pick(page, 'Currency we pay you in', 'EUR')
  await type(page, 'Your travel costs', '129.50')
  await press(page, page.getByRole('radio', { name: '1 of 5' }), 'Space', 'ArrowRight', 'ArrowRight', 'ArrowRight')
  await type(page, 'Rail pass number', 'NL204518')
  await press(page, page.getByRole('switch', { name: 'printed ticket' }), 'Space')
  await type(page, 'Street and number', 'Kiln Lane 12')
  await type(page, 'Postal code', '20095')
  await type(page, 'Town', 'Hamburg')
  await press(page, page.getByRole('checkbox', { name: photos }), 'Space')
  await press(page, page.getByRole('checkbox', { name: 'house rules' }), 'Space')
  // One look back from here, and all is still there.
  await press(page, button('Back'), 'Enter')
  await expect(page.getByText('Step 2 of 3 Your talk')).toBeFocused()
  await press(page, button('Next'), 'Enter')
  await expect(page.getByText('Step 3 of 3 Your journey')).toBeFocused()
  await press(page, button('Sign up'), 'Enter')

  await expect(page.getByRole('heading', { level: 2, name: 'Your profile' })).toBeFocused()
  await field(page, 'Title').waitFor()
  const [account] = demo.applicants()
  expect(account).toMatchObject({ given_name: 'Ana', family_name: 'Söhne', phone_number: '+49 40 123456' })
  expect(account?.user_metadata).toEqual({
    badge_name: 'Ana S.',
    birthday: '1990-04-01',
    invited_by: 'A friend',
    newsletter: true,
    source: 'call-for-talks',
    talk_title: 'Why timetables rhyme',
    abstract: 'A short history,\nread aloud at night.',
    format: 'workshop',
    seats: 12,
    topics: ['maps', 'sleep'],
    equipment: ['Hot water'],
    talk_language: 'sv',
    level: 2,
    website: 'https://ana.example/',
    fediverse: '@ana@example.social',
    past_talks: ['https://talks.example/2', 'https://talks.example/1'],
    co_speakers: [{ full_name: 'Bea Ruiz', role: 'Plays' }],
    country: 'DE',
    address_book: { city: 'Hamburg' },
    boarding: 'hamburg',
    cabin: 'two',
    home_station: 'Örebro',
    at_station: '2027-05-14T20:30',
    available_from: '2027-05-13',
    available_until: '2027-05-16',
    call_time: '09:30',
    time_zone: 'Europe/Berlin',
    passport_until: '2030-11',
    currency: 'EUR',
    travel_costs: 129.5,
    donates: false,
    fee: 250,
    sleep: 4,
    rail_pass: 'NL204518',
    paper_ticket: true,
    ticket_address: { street: 'Kiln Lane 12', postal_code: '20095', city: 'Hamburg' },
    photos: consent(true, photos),
    conduct: consent(true, ...rules),
  })

  // On the profile: one change, saved with Enter, and out again with Shift and Tab.
  await reach(page, field(page, 'Website'))
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
  expect(demo.applicants()[0]?.user_metadata).not.toHaveProperty('website')
  await reach(page, button('Log out'), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 2, name: 'Log in' })).toBeFocused()
})
