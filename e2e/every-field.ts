// A value for every field of Nightline's application: typed in on sign-up, changed on the profile, and taken back there.
import type { Page } from '@playwright/test'
import type { Demo } from './fixture.ts'
import { choose, combobox, consent, field, fillPerson, next, openApplication, photos, rules } from './nightline.ts'

export async function fillEverything(page: Page, demo: Demo): Promise<void> {
  await openApplication(page, demo, '?from=A%20friend')
  await fillPerson(page)
  await field(page, 'Name on your badge').fill(' Ana S. ')
  await field(page, 'Date of birth').fill('1990-04-01')
  await field(page, 'Phone').fill('+49 40 123456')
  await field(page, 'Portrait').fill(`${demo.origin}/portrait.svg`)
  await field(page, 'Write to me when the next call opens').check()
  await next(page, 2)
  await field(page, 'Title').fill('Why timetables rhyme')
  await field(page, 'What is it about?').fill('A short history,\nread aloud at night.')
  await page.getByRole('radio', { name: 'Workshop' }).check()
  await field(page, 'People in the workshop').fill('12')
  await page.getByRole('checkbox', { name: 'Sleep' }).check()
  await page.getByRole('checkbox', { name: 'Maps and timetables' }).check()
  await field(page, 'Search: What you need on board').fill('water')
  await page.getByRole('checkbox', { name: 'Hot water' }).check()
  await choose(page, 'Language of the talk', 'swed', 'Swedish')
  await field(page, 'Colour in the programme').fill('#336699')
  await field(page, 'How much should people know before?').fill('7')
  await field(page, 'Website').fill('https://ana.example/')
  await field(page, 'Fediverse address').fill('@ana@example.social')
  await page.getByRole('button', { name: 'Add Link' }).click()
  await field(page, 'Link 1').fill('https://talks.example/1')
  await page.getByRole('button', { name: 'Add Link' }).click()
  await field(page, 'Link 2').fill('https://talks.example/2')
  await page.getByRole('button', { name: 'Add Person' }).click()
  await field(page, 'Full name').fill('Bea Ruiz')
  await field(page, 'Their e-mail').fill('bea@example.org')
  await field(page, 'Role').selectOption('Plays')
  await next(page, 3)
  await choose(page, 'Country you live in', 'germ', 'Germany')
  await field(page, 'Nearest city').selectOption('Hamburg')
  await field(page, 'Where you get on').selectOption('hamburg')
  await field(page, 'Cabin').selectOption('two')
  await choose(page, 'Station you come from', 'oreb', 'Örebro')
  await field(page, 'When you get to the train').fill('2027-05-14T20:30')
  await field(page, 'First day you can travel').fill('2027-05-13')
  await field(page, 'Last day').fill('2027-05-16')
  await field(page, 'Best time to call you').fill('09:30')
  await combobox(page, 'In time zone').fill('Berlin')
  await page.getByRole('option', { name: /^Europe, Berlin/ }).click()
  await field(page, 'Passport or ID valid until').fill('2030-11')
  await choose(page, 'Currency we pay you in', 'EUR', 'Euro')
  await field(page, 'Your travel costs').fill('129,50')
  await field(page, 'Fee').fill('300')
  await field(page, 'E-mail for the invoice').fill('office@example.org')
  await page.getByRole('radio', { name: '4 of 5: Well' }).check()
  await field(page, 'Rail pass number').fill('NL204518')
  await page.getByRole('switch', { name: 'Send me a printed ticket' }).check()
  await field(page, 'Street and number').fill('Kiln Lane 12')
  await field(page, 'Postal code').fill('20095')
  await field(page, 'Town').fill('Hamburg')
  await page.getByRole('checkbox', { name: photos }).check()
  await page.getByRole('checkbox', { name: 'I will keep to the house rules' }).check()
}

export const everything = {
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
  card_color: '#336699',
  level: 7,
  website: 'https://ana.example/',
  fediverse: '@ana@example.social',
  past_talks: ['https://talks.example/1', 'https://talks.example/2'],
  co_speakers: [{ full_name: 'Bea Ruiz', contact: 'bea@example.org', role: 'Plays' }],
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
  fee: 300,
  invoice_email: 'office@example.org',
  sleep: 4,
  rail_pass: 'NL204518',
  paper_ticket: true,
  ticket_address: { street: 'Kiln Lane 12', postal_code: '20095', city: 'Hamburg' },
  photos: consent(true, photos),
  conduct: consent(true, ...rules),
}
