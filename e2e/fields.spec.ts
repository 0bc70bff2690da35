// Every kind of field, there and back: sign-up, the database, the profile, one change after the other, and taken back.
import { everything, fillEverything } from './every-field.ts'
import { edits } from './field-changes.ts'
import { expect, test } from './fixture.ts'
import { answer, applicant, combobox, enter, field, photos, rules, save, send } from './nightline.ts'

const root = (origin: string) => ({
  given_name: 'Ana',
  family_name: 'Söhne',
  phone_number: '+49 40 123456',
  picture: `${origin}/portrait.svg`,
})

/** Everything in the form in which a page sends it. */
const sent = { ...everything, photos: answer(true, [photos]), conduct: answer(true, rules) }

test('what is typed on sign-up is in the database, and on the profile', async ({ page, demo, declared }) => {
  await fillEverything(page, demo)
  await declared.expectAccessible()
  await send(page)
  const stored = { email: applicant.email, version: 1, ...root(demo.origin), user_metadata: everything }
  expect(demo.applicants()).toEqual([stored])

  await page.reload()
  await expect(page.getByText('On board: Ana S.')).toBeVisible()
  const shown: readonly (readonly [label: string, value: string])[] = [
    ['First name', 'Ana'],
    ['Phone', '+49 40 123456'],
    ['Name on your badge', 'Ana S.'],
    ['Date of birth', '1990-04-01'],
    ['Portrait', `${demo.origin}/portrait.svg`],
    ['Who told you about us?', 'A friend'],
    ['What is it about?', 'A short history,\nread aloud at night.'],
    ['People in the workshop', '12'],
    ['Colour in the programme', '#336699'],
    ['How much should people know before?', '7'],
    ['Fediverse address', '@ana@example.social'],
    ['Link 1', 'https://talks.example/1'],
    ['Full name', 'Bea Ruiz'],
    ['Nearest city', 'Hamburg'],
    ['Where you get on', 'hamburg'],
    ['Cabin', 'two'],
    ['When you get to the train', '2027-05-14T20:30'],
    ['Best time to call you', '09:30'],
    ['Passport or ID valid until', '2030-11'],
    ['Your travel costs', '129.5'],
    ['Fee', '300'],
    ['Street and number', 'Kiln Lane 12'],
  ]
  for (const [label, value] of shown) {
    await expect(field(page, label)).toHaveValue(value)
  }
  await expect(combobox(page, 'Language of the talk')).toHaveValue('Swedish')
  await expect(combobox(page, 'Country you live in')).toHaveValue('Germany')
  await expect(combobox(page, 'Station you come from')).toHaveValue('Örebro')
  await expect(combobox(page, 'In time zone')).toHaveValue(/^Europe, Berlin/)
  await expect(combobox(page, 'Currency we pay you in')).toHaveValue('Euro')
  await expect(page.getByRole('radio', { name: 'Workshop' })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'Sleep' })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'Hot water' })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'house rules' })).toBeChecked()
  await expect(page.getByRole('radio', { name: '4 of 5: Well' })).toBeChecked()
  await expect(page.getByRole('img', { name: 'Portrait, preview' })).toBeVisible()
  await expect(field(page, 'Who told you about us?')).not.toBeEditable()
  await declared.expectAccessible()

  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Nothing to save' })).toBeVisible()
  expect(demo.applicants()).toEqual([stored])
})

test('of what is changed nothing else travels', async ({ page, demo }) => {
  await enter(page, demo, sent, root(demo.origin))
  for (const { what, make, sends } of edits) {
    await make(page)
    expect(await save(page), what).toEqual(sends)
  }
  const [after] = demo.applicants()
  expect(after?.version).toBe(1 + edits.length)
  expect(after).toMatchObject({ given_name: 'Anna', family_name: 'Söhne', picture: 'https://pictures.example/ana.png' })
  // What a condition hides stays as it was.
  expect(after?.user_metadata).toMatchObject({
    format: 'story',
    seats: 8,
    country: 'NO',
    invoice_email: 'new@example.org',
  })
  await page.reload()
  await expect(field(page, 'Link 1')).toHaveValue('https://talks.example/2')
})

test('what is emptied is removed', async ({ page, demo, declared }) => {
  await enter(page, demo, sent, root(demo.origin))
  const texts = ['Name on your badge', 'Date of birth', 'Phone', 'Portrait', 'Website', 'Fediverse address']
  const journey = [
    'When you get to the train',
    'First day',
    'Last day',
    'Best time',
    'Passport',
    'E-mail for the invoice',
  ]
  for (const label of [...texts, ...journey, 'Rail pass number', 'Fee']) await field(page, label).fill('')
  for (const name of ['Language', 'Country', 'Station', 'In time zone', 'Currency']) await combobox(page, name).fill('')
  await field(page, 'Your travel costs').fill('')
  await field(page, 'Cabin').selectOption('')
  for (const name of ['Maps and timetables', 'Sleep', 'Hot water']) await page.getByRole('checkbox', { name }).uncheck()
  await page.getByRole('checkbox', { name: photos }).uncheck()
  for (const name of ['Remove Link 2', 'Remove Link 1', 'Remove Person 1'])
    await page.getByRole('button', { name }).click()
  for (const about of ['Colour in the programme', 'How much should people know before?']) {
    const element = field(page, about)
    await element.locator('xpath=..').getByRole('button', { name: 'Clear' }).click()
    await expect(element).toBeFocused()
  }
  await page.getByRole('radio', { name: '4 of 5: Well' }).click()
  await page.getByRole('switch', { name: 'printed ticket' }).uncheck()
  await declared.expectAccessible()
  const removed = [
    ...[
      'badge_name',
      'birthday',
      'website',
      'fediverse',
      'topics',
      'equipment',
      'talk_language',
      'card_color',
      'level',
    ],
    ...['past_talks', 'co_speakers', 'country', 'cabin', 'home_station', 'at_station', 'available_from'],
    ...['available_until', 'call_time', 'time_zone', 'passport_until', 'currency', 'travel_costs', 'fee'],
    ...['invoice_email', 'sleep', 'rail_pass', 'ticket_address'],
  ]
  expect(await save(page)).toEqual({
    phone_number: null,
    picture: null,
    user_metadata: {
      ...Object.fromEntries(removed.map((name) => [name, null])),
      paper_ticket: false,
      photos: expect.objectContaining({ granted: false }),
    },
  })
  const [after] = demo.applicants()
  expect(after).toMatchObject({ given_name: 'Ana', phone_number: null, picture: null })
  expect(Object.keys(Object(after?.user_metadata)).sort()).toEqual(
    Object.keys(everything)
      .filter((name) => !removed.includes(name))
      .sort(),
  )
  await page.reload()
  await expect(field(page, 'Website')).toHaveValue('')
  await expect(page.getByText('Not set')).toHaveCount(2)
})
