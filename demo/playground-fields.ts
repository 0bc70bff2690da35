// Nightline's application: every kind of field there is, described once for its page and its account server.
import { defineFields } from 'latchkey/fields'
import { journeyFields } from './playground-journey.ts'
import { talkFields } from './playground-talk.ts'

/** Names that are on a badge already. */
const TAKEN = ['ada', 'conductor', 'nightline']

/** The same answer on both sides; a site of its own would ask its database here. */
async function isBadgeFree(name: string): Promise<true | string> {
  const taken = TAKEN.includes(name.trim().toLowerCase())
  return taken ? `Someone on board is called ${name.trim()} already.` : true
}

/** `origin` is where the page is: pictures are shown from there, and from nowhere else. */
export function playgroundFields(origin: string) {
  return defineFields(
    [
      {
        name: 'given_name',
        label: 'First name',
        storage: 'root',
        required: true,
        width: 'half',
      },
      {
        name: 'family_name',
        label: 'Last name',
        storage: 'root',
        required: true,
        width: 'half',
      },
      {
        name: 'badge_name',
        label: 'Name on your badge',
        hint: 'As you want to be called on board',
        maxLength: 30,
        validate: isBadgeFree,
      },
      {
        name: 'birthday',
        type: 'date',
        label: 'Date of birth',
        min: '1920-01-01',
        max: '2009-05-14',
        width: 'half',
        messages: { value_too_large: 'Speakers are 18 or older on the day of departure.' },
      },
      { name: 'phone_number', type: 'tel', label: 'Phone', storage: 'root', width: 'half' },
      {
        name: 'picture',
        type: 'picture',
        label: 'Portrait',
        hint: `Address of a picture; try ${origin}/portrait.svg`,
        storage: 'root',
        origins: [origin],
      },
      {
        name: 'invited_by',
        label: 'Who told you about us?',
        prefillFrom: 'from',
        access: { profile: 'read' },
      },
      { name: 'newsletter', type: 'checkbox', label: 'Write to me when the next call opens' },
      { name: 'source', type: 'hidden', value: 'call-for-talks' },
      ...talkFields,
      ...journeyFields,
    ],
    {
      rules: [
        {
          field: 'available_until',
          refuseWhen: { available_until: { less: { field: 'available_from' } } },
          message: 'This is before the first day. Choose the same day or a later one.',
        },
      ],
    },
  )
}
