// Two people at one profile, against the real server: what each of them changed is kept, and where both did, one is asked.
import type { Browser, Page } from '@playwright/test'
import { doors, fillSignUp, person, submit } from './doors.ts'
import { type Demo, expect, test } from './fixture.ts'
import { enter, field, needed, save } from './nightline.ts'

const NEWS = 'Somebody else changed this meanwhile.'
const [inline] = doors

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** Presses Save where the profile is another by now. */
async function saveOver(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).click()
}

async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible()
}

const asked = (page: Page) => page.getByRole('alert').getByRole('listitem')

/** The same account in another browser. */
async function openElsewhere(browser: Browser, demo: Demo): Promise<Page> {
  const context = await browser.newContext()
  const headers = { origin: demo.origin }
  const data = { identifier: person.email, password: person.password }
  expect((await context.request.post(`${demo.origin}/account/login`, { data, headers })).status()).toBe(200)
  const page = await context.newPage()
  await page.goto(`${demo.origin}/module.html`)
  await page.getByLabel('Company').waitFor()
  return page
}

test('in two browsers edits of different fields are both kept, and of the same one the second is asked', async ({
  page,
  browser,
  demo,
  declared,
}) => {
  declared.expectFailure('/account/me', 412)
  await page.goto(`${demo.origin}/module.html`)
  await inline?.open(page, 'signUp')
  await fillSignUp(page)
  await submit(page)
  await page.getByRole('heading', { level: 2, name: 'Your profile' }).waitFor()
  const other = await openElsewhere(browser, demo)

  await page.getByLabel('Company').fill('Acme')
  await other.getByLabel('What are you working on?').fill('Theirs')
  await saveOver(other)
  await expectSaved(other)
  await saveOver(page)
  await expectSaved(page)
  await expect(page.getByLabel('What are you working on?')).toHaveValue('Theirs')
  expect(demo.users()[0]?.user_metadata).toMatchObject({ company: 'Acme', about: 'Theirs' })

  await other.getByLabel('Company').fill('Else')
  await other.getByLabel('Team size').selectOption('51+')
  await saveOver(other)
  await expect(asked(other)).toHaveText([`Company: ${NEWS}`])
  await expect(other.getByRole('textbox', { name: 'Company' })).toHaveAccessibleDescription(
    `${NEWS} Yours: Else Theirs: Acme`,
  )
  expect(demo.users()[0]?.user_metadata).toMatchObject({ company: 'Acme', team_size: '51+' })
  await button(other, 'Keep mine: Company').click()
  await expect(asked(other)).toHaveCount(0)
  await saveOver(other)
  await expectSaved(other)
  expect(demo.users()[0]?.user_metadata).toMatchObject({ company: 'Else', about: 'Theirs', team_size: '51+' })
  await other.context().close()
})

const address = { street: 'Kiln Lane 12', postal_code: '20095', city: 'Hamburg' }
const start = {
  ...needed,
  country: 'DE',
  address_book: { city: 'Berlin' },
  paper_ticket: true,
  ticket_address: address,
  birthday: '1990-04-01',
  past_talks: ['https://talks.example/1'],
}

test('by mouse: both values are shown at each place, and theirs or mine is what is stored', async ({
  page,
  demo,
  declared,
}) => {
  declared.expectFailure('/playground/account/me', 412)
  await enter(page, demo, start)
  await field(page, 'Nearest city').selectOption('Munich')
  await field(page, 'Town').fill('Altona')
  await field(page, 'Date of birth').fill('1991-05-02')
  await page.getByRole('checkbox', { name: 'Maps and timetables' }).check()
  await field(page, 'Rail pass number').fill('NL204518')
  await page.getByRole('button', { name: 'Add Link' }).click()
  await field(page, 'Link 2').fill('https://talks.example/2')
  demo.rewriteApplicants((metadata) => ({
    ...metadata,
    address_book: { city: 'Leipzig', zip: '04103' },
    ticket_address: { ...address, city: 'Bergedorf', street: 'Elm Street 1' },
    birthday: '1992-06-03',
    topics: ['sleep', 'food'],
    past_talks: [],
    website: 'https://theirs.example/',
  }))
  await saveOver(page)
  await expect(asked(page)).toHaveText(
    ['Date of birth', 'Topics', 'Earlier talks', 'Nearest city', 'Town'].map((label) => `${label}: ${NEWS}`),
  )
  await expect(field(page, 'Date of birth')).toBeFocused()
  await expect(field(page, 'Date of birth')).toHaveAccessibleDescription(
    `${NEWS} Yours: May 2, 1991 Theirs: June 3, 1992`,
  )
  await expect(page.getByRole('group', { name: 'Topics' })).toHaveAccessibleDescription(
    `Up to three ${NEWS} Yours: Maps and timetables Theirs: Sleep, Food on the move`,
  )
  await expect(page.getByRole('group', { name: 'Earlier talks' })).toHaveAccessibleDescription(
    `Links to recordings or slides, the best first ${NEWS} Yours: https://talks.example/1, https://talks.example/2 Theirs: empty`,
  )
  await expect(field(page, 'Town')).toHaveAccessibleDescription(`${NEWS} Yours: Altona Theirs: Bergedorf`)
  // What nobody else touched is saved, what they changed is shown, and nothing that was typed is gone.
  await expect(field(page, 'Website')).toHaveValue('https://theirs.example/')
  await expect(field(page, 'Street and number')).toHaveValue('Elm Street 1')
  await expect(field(page, 'Town')).toHaveValue('Altona')
  expect(demo.applicants()[0]?.user_metadata).toMatchObject({ rail_pass: 'NL204518', topics: ['sleep', 'food'] })
  await declared.expectAccessible()

  await button(page, 'Take theirs: Date of birth').click()
  await expect(field(page, 'Date of birth')).toBeFocused()
  await expect(field(page, 'Date of birth')).toHaveValue('1992-06-03')
  await expect(page.getByRole('status').filter({ hasText: 'Theirs was taken.' })).toBeVisible()
  await button(page, 'Keep mine: Topics').click()
  await button(page, 'Take theirs: Earlier talks').click()
  await expect(page.getByRole('button', { name: 'Add Link' })).toBeFocused()
  await expect(field(page, 'Link 1')).toHaveCount(0)
  await button(page, 'Keep mine: Nearest city').click()
  await expect(asked(page)).toHaveText([`Town: ${NEWS}`])
  await declared.expectAccessible()
  // With one place left nothing is sent; another value is an answer, too.
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.method()))
  await saveOver(page)
  await expect(field(page, 'Town')).toBeFocused()
  await expect(asked(page)).toHaveText([`Town: ${NEWS}`])
  expect(sent).toEqual([])
  await field(page, 'Town').fill('Wandsbek')
  await expect(asked(page)).toHaveCount(0)
  expect(await save(page)).toEqual({
    user_metadata: {
      topics: ['maps'],
      address_book: { city: 'Munich', zip: '04103' },
      ticket_address: { ...address, city: 'Wandsbek', street: 'Elm Street 1' },
    },
  })
  expect(demo.applicants()[0]?.user_metadata).toMatchObject({
    birthday: '1992-06-03',
    rail_pass: 'NL204518',
    topics: ['maps'],
    address_book: { city: 'Munich', zip: '04103' },
    ticket_address: { ...address, city: 'Wandsbek', street: 'Elm Street 1' },
    website: 'https://theirs.example/',
  })
})

test('by keyboard alone: mine goes over theirs, and is asked about again where they changed it again', async ({
  page,
  demo,
  declared,
}) => {
  declared.expectFailure('/playground/account/me', 412)
  await enter(page, demo, start)
  const town = field(page, 'Town')
  const theirs = (city: string) =>
    demo.rewriteApplicants((metadata) => ({ ...metadata, ticket_address: { ...address, city } }))
  await town.focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Altona')
  for (const city of ['Bergedorf', 'Harburg']) {
    theirs(city)
    await page.keyboard.press('Enter')
    await expect(town).toHaveAccessibleDescription(`${NEWS} Yours: Altona Theirs: ${city}`)
    await expect(town).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(button(page, 'Keep mine: Town')).toBeFocused()
    await page.keyboard.press('Space')
    await expect(town).toBeFocused()
    await expect(page.getByRole('status').filter({ hasText: 'Yours stays' })).toBeVisible()
  }
  await page.keyboard.press('Enter')
  await expectSaved(page)
  expect(demo.applicants()[0]?.user_metadata).toMatchObject({ ticket_address: { ...address, city: 'Altona' } })

  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Wandsbek')
  theirs('Eimsbüttel')
  await page.keyboard.press('Enter')
  await expect(button(page, 'Take theirs: Town')).toBeVisible()
  await expect(town).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(town).toBeFocused()
  await expect(town).toHaveValue('Eimsbüttel')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Nothing to save' })).toBeVisible()
  expect(demo.applicants()[0]?.user_metadata).toMatchObject({ ticket_address: { ...address, city: 'Eimsbüttel' } })
})

test('of what is not on the form any more theirs stays, and the summary has both values', async ({
  page,
  demo,
  declared,
}) => {
  declared.expectFailure('/playground/account/me', 412)
  await enter(page, demo, { ...start, format: 'workshop', seats: 8 })
  await field(page, 'People in the workshop').fill('12')
  demo.rewriteApplicants((metadata) => ({ ...metadata, format: 'story', seats: 5 }))
  await saveOver(page)
  await expect(asked(page)).toHaveText([
    /^People in the workshop: Somebody else .* so theirs stays\. Yours: 12\s+Theirs: 5\s*$/,
  ])
  await expect(page.getByRole('alert')).toBeFocused()
  await declared.expectAccessible()
  await saveOver(page)
  await expect(page.getByRole('status').filter({ hasText: 'Nothing to save' })).toBeVisible()
  expect(demo.applicants()[0]?.user_metadata).toMatchObject({ format: 'story', seats: 5 })
})

test('where a field hangs on the one that both changed, that one is asked about', async ({ page, demo, declared }) => {
  declared.expectFailure('/playground/account/me', 412)
  declared.expectFailure('/playground/account/me', 422)
  await enter(page, demo, start)
  await page.getByRole('radio', { name: 'Workshop' }).check()
  await field(page, 'People in the workshop').fill('12')
  await field(page, 'Website').fill('https://ana.example/')
  demo.rewriteApplicants((metadata) => ({ ...metadata, format: 'talk' }))
  await saveOver(page)
  await expect(asked(page)).toHaveText([`Format: ${NEWS}`])
  await expect(page.getByRole('radiogroup', { name: 'Format' })).toHaveAccessibleDescription(
    `${NEWS} Yours: Workshop Theirs: Talk`,
  )
  await expect(field(page, 'People in the workshop')).toHaveValue('12')
  await button(page, 'Keep mine: Format').click()
  expect(await save(page)).toEqual({
    user_metadata: { format: 'workshop', seats: 12, website: 'https://ana.example/' },
  })
})
