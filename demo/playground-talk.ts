// The second step of Nightline's application: the talk, and where its speaker is found.
import type { FieldDefinition } from 'latchkey/fields'

const STEP = 'Your talk'
const TALK = { section: 'The talk', signUpStep: STEP } as const
const PLACES = { section: 'Where people find you', signUpStep: STEP } as const

const HANDLE = /^@[\w.-]+@[\w-]+(\.[\w-]+)+$/

/** A schema written by hand; one of zod or valibot would do as well. */
const handleSchema = {
  '~standard': {
    version: 1,
    vendor: 'nightline',
    validate: (value: unknown) =>
      typeof value === 'string' && HANDLE.test(value)
        ? { value }
        : { issues: [{ message: 'Write it with both signs, such as @ana@example.social.' }] },
  },
} as const

export const talkFields = [
  {
    name: 'talk_title',
    label: 'Title',
    required: true,
    maxLength: 80,
    renamedFrom: 'title',
    messages: { required: 'A working title is enough.', value_too_long: 'At most {max} letters fit on the board.' },
    ...TALK,
  },
  {
    name: 'abstract',
    type: 'textarea',
    label: 'What is it about?',
    hint: 'Two or three sentences; they go into the programme as they are',
    required: true,
    minLength: 20,
    maxLength: 600,
    ...TALK,
  },
  {
    name: 'format',
    type: 'radio',
    label: 'Format',
    required: true,
    options: [
      { value: 'talk', label: 'Talk', description: '20 minutes in the dining car, then questions' },
      { value: 'workshop', label: 'Workshop', description: '90 minutes in the lounge car, hands on' },
      { value: 'story', label: 'Bedtime story', description: 'After eleven, in the sleeper; lights out' },
      { value: 'keynote', label: 'Keynote', description: 'By invitation', disabled: true },
    ],
    ...TALK,
  },
  {
    name: 'seats',
    type: 'number',
    label: 'People in the workshop',
    hint: 'The lounge car has 24 seats',
    min: 4,
    max: 24,
    step: 1,
    visibleWhen: { format: 'workshop' },
    requiredWhen: { format: 'workshop' },
    ...TALK,
  },
  {
    name: 'topics',
    type: 'multiselect',
    label: 'Topics',
    hint: 'Up to three',
    maxItems: 3,
    options: [
      { value: 'maps', label: 'Maps and timetables' },
      { value: 'sleep', label: 'Sleep' },
      { value: 'food', label: 'Food on the move' },
      { value: 'sound', label: 'Sound and silence' },
    ],
    ...TALK,
  },
  {
    name: 'equipment',
    type: 'multiselect',
    label: 'What you need on board',
    searchable: true,
    options: [
      'Projector',
      'Microphone',
      'Loudspeaker',
      'Flip chart',
      'Overhead projector',
      'Record player',
      'Soldering iron',
      'Sewing machine',
      'Hot water',
      'Paper and pens',
    ],
    ...TALK,
  },
  {
    name: 'talk_language',
    type: 'language',
    label: 'Language of the talk',
    codes: ['en', 'de', 'sv', 'da', 'nb', 'fi'],
    prefill: 'en',
    width: 'half',
    ...TALK,
  },
  { name: 'card_color', type: 'color', label: 'Colour in the programme', width: 'half', ...TALK },
  {
    name: 'level',
    type: 'range',
    label: 'How much should people know before?',
    hint: '0 is nothing at all, 10 is everything',
    min: 0,
    max: 10,
    step: 1,
    ...TALK,
  },
  { name: 'website', type: 'url', label: 'Website', ...PLACES },
  {
    name: 'fediverse',
    label: 'Fediverse address',
    schema: handleSchema,
    autocapitalize: 'none',
    inputmode: 'email',
    ...PLACES,
  },
  {
    name: 'past_talks',
    type: 'list',
    label: 'Earlier talks',
    hint: 'Links to recordings or slides, the best first',
    maxItems: 4,
    item: { type: 'url', label: 'Link' },
    ...PLACES,
  },
  {
    name: 'co_speakers',
    type: 'list',
    label: 'Who is on stage with you?',
    maxItems: 2,
    visibleWhen: { format: { in: ['talk', 'workshop'] } },
    item: {
      type: 'group',
      label: 'Person',
      fields: [
        { name: 'full_name', label: 'Full name', required: true },
        { name: 'contact', type: 'email', label: 'Their e-mail' },
        { name: 'role', type: 'select', label: 'Role', options: ['Speaks', 'Plays', 'Cooks'] },
      ],
    },
    ...PLACES,
  },
] as const satisfies readonly FieldDefinition[]
