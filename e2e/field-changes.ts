// What a person changes on Nightline's profile, one field at a time, with the only thing each save may send.
import type { Page } from '@playwright/test'
import { choose, combobox, consent, field, photos } from './nightline.ts'

export interface Change {
  readonly what: string
  readonly make: (page: Page) => Promise<unknown>
  readonly sends: object
}

const type = (what: string, label: string, text: string, sends: object): Change => ({
  what,
  make: (page) => field(page, label).fill(text),
  sends,
})
const metadata = (user_metadata: object) => ({ user_metadata })

export const edits: readonly Change[] = [
  type('root text', 'First name', 'Anna', { given_name: 'Anna' }),
  type('tel', 'Phone', '+46 8 1234567', { phone_number: '+46 8 1234567' }),
  type('picture', 'Portrait', 'https://pictures.example/ana.png', { picture: 'https://pictures.example/ana.png' }),
  type('text', 'Name on your badge', 'Ana 🚂', metadata({ badge_name: 'Ana 🚂' })),
  type('date', 'Date of birth', '1991-05-02', metadata({ birthday: '1991-05-02' })),
  type('textarea', 'What is it about?', 'Another story,\n\nin two parts.', {
    ...metadata({ abstract: 'Another story,\n\nin two parts.' }),
  }),
  type('url', 'Website', 'https://ana.example/new', metadata({ website: 'https://ana.example/new' })),
  type('number', 'People in the workshop', '8', metadata({ seats: 8 })),
  type('range', 'How much should people know before?', '3', metadata({ level: 3 })),
  type('color', 'Colour in the programme', '#aa3300', metadata({ card_color: '#aa3300' })),
  type('datetime', 'When you get to the train', '2027-05-14T19:00', metadata({ at_station: '2027-05-14T19:00' })),
  type('time', 'Best time to call you', '14:05', metadata({ call_time: '14:05' })),
  type('month', 'Passport or ID valid until', '2031-01', metadata({ passport_until: '2031-01' })),
  type('email', 'E-mail for the invoice', 'new@example.org', metadata({ invoice_email: 'new@example.org' })),
  type('sensitive', 'Rail pass number', 'SE112233', metadata({ rail_pass: 'SE112233' })),
  type('group', 'Town', 'Altona', {
    ...metadata({ ticket_address: { street: 'Kiln Lane 12', postal_code: '20095', city: 'Altona' } }),
  }),
  {
    what: 'checkbox',
    make: (page) => field(page, 'Write to me when the next call opens').uncheck(),
    sends: metadata({ newsletter: false }),
  },
  {
    what: 'select at a path',
    make: (page) => field(page, 'Nearest city').selectOption('Leipzig'),
    sends: metadata({ address_book: { city: 'Leipzig' } }),
  },
  {
    what: 'select with found choices',
    make: (page) => field(page, 'Cabin').selectOption('single'),
    sends: metadata({ cabin: 'single' }),
  },
  {
    what: 'search',
    make: (page) => choose(page, 'Station you come from', 'zür', 'Zürich'),
    sends: metadata({ home_station: 'Zürich' }),
  },
  {
    what: 'language',
    make: (page) => choose(page, 'Language of the talk', 'dan', 'Danish'),
    sends: metadata({ talk_language: 'da' }),
  },
  {
    what: 'currency',
    make: (page) => choose(page, 'Currency we pay you in', 'kron', 'Swedish Krona'),
    sends: metadata({ currency: 'SEK' }),
  },
  {
    what: 'time zone',
    make: async (page) => {
      await combobox(page, 'In time zone').fill('stockholm')
      await page.getByRole('option', { name: /^Europe, Stockholm/ }).click()
    },
    sends: metadata({ time_zone: 'Europe/Stockholm' }),
  },
  {
    what: 'multiselect',
    make: (page) => page.getByRole('checkbox', { name: 'Sleep' }).uncheck(),
    sends: metadata({ topics: ['maps'] }),
  },
  {
    what: 'list of texts',
    make: (page) => page.getByRole('button', { name: 'Move Link 2 up' }).click(),
    sends: metadata({ past_talks: ['https://talks.example/2', 'https://talks.example/1'] }),
  },
  {
    what: 'list of groups',
    make: (page) => field(page, 'Role').selectOption('Cooks'),
    sends: metadata({ co_speakers: [{ full_name: 'Bea Ruiz', contact: 'bea@example.org', role: 'Cooks' }] }),
  },
  {
    what: 'control of the site',
    make: (page) => page.getByRole('radio', { name: '2 of 5: Badly' }).check(),
    sends: metadata({ sleep: 2 }),
  },
  {
    what: 'consent',
    make: (page) => page.getByRole('checkbox', { name: photos }).uncheck(),
    sends: metadata({ photos: consent(false, photos) }),
  },
  {
    what: 'switch',
    make: (page) => page.getByRole('switch', { name: 'Give my fee to the travel fund' }).check(),
    sends: metadata({ donates: true }),
  },
  {
    what: 'radio',
    make: (page) => page.getByRole('radio', { name: 'Bedtime story' }).check(),
    sends: metadata({ format: 'story' }),
  },
  {
    what: 'country',
    make: (page) => choose(page, 'Country you live in', 'Norw', 'Norway'),
    sends: metadata({ country: 'NO' }),
  },
]
