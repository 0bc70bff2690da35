// The third step of Nightline's application: the journey, the money, and life on board.
import type { FieldDefinition } from 'latchkey/fields'
import { findCabins, findStations } from './playground-choices.ts'

const STEP = 'Your journey'
const WAY = { section: 'Getting on board', signUpStep: STEP } as const
const MONEY = { section: 'Money', signUpStep: STEP } as const
const BOARD = { section: 'On board', signUpStep: STEP } as const

export const journeyFields = [
  { name: 'country', type: 'country', label: 'Country you live in', ...WAY },
  {
    name: 'city',
    type: 'select',
    label: 'Nearest city',
    path: ['address_book', 'city'],
    visibleWhen: { country: { in: ['DE', 'DK', 'SE'] } },
    requiredWhen: { country: { in: ['DE', 'DK', 'SE'] } },
    optionsWhen: [
      { when: { country: 'DE' }, options: ['Berlin', 'Hamburg', 'Leipzig', 'Munich'] },
      { when: { country: 'DK' }, options: ['Aarhus', 'Copenhagen', 'Odense'] },
      { when: { country: 'SE' }, options: ['Gothenburg', 'Malmö', 'Stockholm'] },
    ],
    ...WAY,
  },
  {
    name: 'boarding',
    type: 'select',
    label: 'Where you get on',
    required: true,
    options: [
      {
        label: 'Germany',
        options: [
          { value: 'berlin', label: 'Berlin Hbf, 18:38', description: 'Platform 6; the bar opens at departure.' },
          { value: 'hamburg', label: 'Hamburg-Altona, 21:55', description: 'Platform 9; boarding from 21:30.' },
        ],
      },
      {
        label: 'Denmark',
        options: [
          { value: 'padborg', label: 'Padborg, 00:12', disabled: true },
          { value: 'hoje', label: 'Høje Taastrup, 03:20' },
        ],
      },
      { label: 'Sweden', options: [{ value: 'malmo', label: 'Malmö C, 06:30' }] },
    ],
    ...WAY,
  },
  { name: 'cabin', type: 'select', label: 'Cabin', options: findCabins, ...WAY },
  {
    name: 'home_station',
    type: 'select',
    label: 'Station you come from',
    hint: 'We send a ticket to the train from there',
    searchable: true,
    options: findStations,
    ...WAY,
  },
  { name: 'at_station', type: 'datetime', label: 'When you get to the train', ...WAY },
  { name: 'available_from', type: 'date', label: 'First day you can travel', width: 'half', ...WAY },
  { name: 'available_until', type: 'date', label: 'Last day', width: 'half', ...WAY },
  { name: 'call_time', type: 'time', label: 'Best time to call you', width: 'half', ...WAY },
  {
    name: 'time_zone',
    type: 'timezone',
    label: 'In time zone',
    prefill: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    width: 'half',
    ...WAY,
  },
  {
    name: 'passport_until',
    type: 'month',
    label: 'Passport or ID valid until',
    min: '2027-05',
    messages: { value_too_small: 'It has to be valid in May 2027.' },
    ...WAY,
  },
  { name: 'currency', type: 'currency', label: 'Currency we pay you in', width: 'half', ...MONEY },
  {
    name: 'travel_costs',
    type: 'number',
    label: 'Your travel costs',
    min: 0,
    step: 0.01,
    requiredWhen: { currency: { empty: false } },
    width: 'half',
    ...MONEY,
  },
  { name: 'donates', type: 'switch', label: 'Give my fee to the travel fund', ...MONEY },
  {
    name: 'fee',
    type: 'number',
    label: 'Fee',
    prefill: 250,
    min: 0,
    readOnlyWhen: { donates: true },
    width: 'half',
    ...MONEY,
  },
  {
    name: 'invoice_email',
    type: 'email',
    label: 'E-mail for the invoice',
    visibleWhen: { donates: false },
    width: 'half',
    ...MONEY,
  },
  { name: 'sleep', type: 'custom', control: 'stars', label: 'How well do you sleep on trains?', ...BOARD },
  {
    name: 'rail_pass',
    label: 'Rail pass number',
    hint: 'Masked until you show it',
    sensitive: true,
    pattern: '[A-Z]{2}\\d{6}',
    messages: { pattern_mismatch: 'Two capital letters and six digits, such as NL204518.' },
    ...BOARD,
  },
  { name: 'paper_ticket', type: 'switch', label: 'Send me a printed ticket', ...BOARD },
  {
    name: 'ticket_address',
    type: 'group',
    label: 'Where the ticket goes',
    visibleWhen: { paper_ticket: true },
    onHide: 'clear',
    fields: [
      { name: 'street', label: 'Street and number', required: true },
      { name: 'postal_code', label: 'Postal code', required: true, width: 'half' },
      { name: 'city', label: 'Town', required: true, width: 'half' },
    ],
    ...BOARD,
  },
  {
    name: 'photos',
    type: 'consent',
    label: 'You may show photos with me in them',
    version: '2027-1',
    ...BOARD,
  },
  {
    name: 'conduct',
    type: 'consent',
    label: 'I will keep to the house rules',
    version: '2027-1',
    required: true,
    text: 'Quiet from midnight in the sleeper. Nobody is photographed asleep. Whoever is unkind gets off at the next station, at their own cost.',
    link: { label: 'All house rules', href: '/playground.html#rules' },
    ...BOARD,
  },
] as const satisfies readonly FieldDefinition[]
