// Long lists of choices: by keyboard, by search, and when they cannot be loaded.
import type { Page } from '@playwright/test'
import { expect, test } from './fixture.ts'
import {
  combobox,
  enter,
  field,
  fillJourney,
  fillPerson,
  fillTalk,
  needed,
  next,
  openApplication,
  save,
  send,
} from './nightline.ts'

/** The choices of the list that is open. */
const options = (page: Page) => page.getByRole('listbox').getByRole('option')

test('choices that cannot be loaded offer to try again, and the form goes on', async ({ page, demo, declared }) => {
  declared.expectFailure('/playground/cabins?from=', 500)
  declared.expectFailure('/playground/cabins?from=hamburg', 500)
  await page.route('**/playground/cabins*', (route) => route.fulfill({ status: 500, body: '' }))
  await openApplication(page, demo)
  await fillPerson(page)
  await next(page, 2)
  await fillTalk(page)
  await next(page, 3)
  const again = page.getByRole('button', { name: 'Try again' })
  await expect(page.getByRole('alert').filter({ hasText: 'The choices could not be loaded.' })).toBeVisible()
  await expect(again).toHaveAccessibleDescription('Cabin (optional)')
  await fillJourney(page)
  await expect(again).toBeVisible()
  await declared.expectAccessible()
  await page.unroute('**/playground/cabins*')
  await again.click()
  await expect(field(page, 'Cabin')).toBeFocused()
  await field(page, 'Cabin').selectOption('four')
  await send(page)
  expect(demo.applicants()[0]?.user_metadata).toMatchObject({ cabin: 'four' })
})

test('without its choices a form is sent as well', async ({ page, demo, declared }) => {
  declared.expectFailure('/playground/cabins?from=', 500)
  declared.expectFailure('/playground/cabins?from=hamburg', 500)
  declared.expectFailure('/playground/stations?search=', 0)
  await page.route('**/playground/cabins*', (route) => route.fulfill({ status: 500, body: '' }))
  await page.route('**/playground/stations*', (route) => route.abort())
  await enter(page, demo, { ...needed, cabin: 'two', home_station: 'Örebro' })
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(2)
  await field(page, 'Website').fill('https://ana.example/')
  expect(await save(page)).toEqual({ user_metadata: { website: 'https://ana.example/' } })
  expect(demo.applicants()[0]?.user_metadata).toMatchObject({ cabin: 'two', home_station: 'Örebro' })
})

test('a list opens, moves and chooses by keyboard', async ({ page, demo, declared }) => {
  await enter(page, demo, needed)
  const country = combobox(page, 'Country you live in')
  const option = (name: string) => page.getByRole('option', { name, exact: true })
  await country.focus()
  await expect(country).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('Alt+ArrowDown')
  await expect(country).toHaveAttribute('aria-expanded', 'true')
  await expect(options(page)).toHaveCount(249)
  await expect(page.getByRole('status').filter({ hasText: '249 choices' })).toBeAttached()
  await page.keyboard.press('ArrowUp')
  await expect(option('Zimbabwe')).toBeInViewport()
  await page.keyboard.type('swe')
  await expect(options(page)).toHaveText(['Sweden'])
  await declared.expectAccessible()
  await page.keyboard.press('ArrowDown')
  const active = await country.getAttribute('aria-activedescendant')
  await expect(option('Sweden')).toHaveAttribute('id', active ?? '')
  await page.keyboard.press('Enter')
  await expect(country).toHaveValue('Sweden')
  await expect(country).toHaveAttribute('aria-expanded', 'false')
  // The list is open again on the chosen one, and Escape leaves everything as it is.
  await page.keyboard.press('ArrowDown')
  await expect(option('Sweden')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Escape')
  await expect(options(page)).toHaveCount(0)
  await expect(country).toHaveValue('Sweden')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Atlantis')
  await expect(page.getByRole('status').filter({ hasText: 'Nothing found' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(country).toHaveAccessibleDescription('Choose one of the options.')
  await expect(country).toHaveValue('Atlantis')
  await country.fill('DE')
  await page.keyboard.press('Tab')
  await expect(country).toHaveValue('Germany')
  await expect(country).toHaveAccessibleDescription('')
})

test('a search asks the site once typing pauses, and takes nothing that is no choice', async ({ page, demo }) => {
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url())
    if (pathname === '/playground/stations') asked.push(searchParams.get('search') ?? '')
  })
  await enter(page, demo, { ...needed, home_station: 'Örebro' })
  const station = combobox(page, 'Station you come from')
  await expect(station).toHaveValue('Örebro')
  await station.fill('')
  // Three keys without a pause, however slow the machine is.
  await station.evaluate((element: HTMLInputElement) => {
    for (const text of ['b', 'be', 'ber']) {
      element.value = text
      element.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }
  })
  await expect(options(page)).toHaveText(['Bergen', 'Berlin', 'Bern', 'Heidelberg', 'Nuremberg'])
  expect(asked.filter((search) => search !== '')).toEqual(['ber'])
  await page.keyboard.press('Tab')
  await expect(station).toHaveAccessibleDescription(/Choose one of the options\.$/)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert').getByRole('link')).toHaveText([
    'Station you come from: Choose one of the options.',
  ])
  await station.fill('bergen')
  expect(await save(page)).toEqual({ user_metadata: { home_station: 'Bergen' } })
})
