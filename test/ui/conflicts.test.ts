// @vitest-environment happy-dom
// What a person sees and does where somebody else changed the same, for every kind of control: both values, and a choice.
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, test } from 'vitest'
import { memory } from '../../src/backends/memory.ts'
import { createClient } from '../../src/client/client.ts'
import type { JsonObject, JsonValue } from '../../src/contract/json.ts'
import { createLatchkey } from '../../src/create.ts'
import { checkFields } from '../../src/fields/define.ts'
import { en } from '../../src/i18n/en.ts'
import { controlCases, plain } from './control-cases.ts'

let destroy = () => {}
afterEach(() => {
  destroy()
  document.body.replaceChildren()
})

const email = 'ana@example.org'

async function open(definitions: readonly object[], user_metadata: JsonObject, root: JsonObject = {}, messages = en) {
  const backend = memory({ accounts: [{ email, password: 'correct horse', user_metadata, root }], signedIn: email })
  const latchkey = createLatchkey({ backend, fields: checkFields(definitions), controls: { plain }, messages })
  latchkey.mount(document.body.appendChild(document.createElement('div')), 'profile')
  destroy = latchkey.destroy
  await screen.findByRole('button', { name: 'Save' })
  const user = userEvent.setup()
  return {
    user,
    backend,
    latchkey,
    save: () => user.click(screen.getByRole('button', { name: 'Save' })),
    stored: () => backend.account(email)?.user_metadata,
    sent: () => backend.requests.filter(({ call }) => call === 'patchProfile').length,
  }
}

/** The control of a label, once its code is there. */
const labelled = (label: RegExp) =>
  waitFor(() => {
    const found = screen.getByLabelText(label)
    if (found instanceof HTMLSpanElement) throw new Error('not drawn yet')
    return found
  })

const button = (name: string) => screen.findByRole('button', { name })
const lines = (element: Element | null | undefined) => element?.textContent?.replace(/\s+/g, ' ').trim()

/** What is said at a control, by its description. */
const saidAt = (element: Element) =>
  (element.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((id) => lines(document.getElementById(id)) ?? '')
    .find((text) => text.startsWith('Somebody else'))

const NEWS = 'Somebody else changed this meanwhile.'

interface Clash {
  readonly type: string
  readonly theirs: JsonValue
  /** A pattern for what is said in its zone, which the clocks change. */
  readonly says: string | RegExp
  /** Label of the control that is asked at, where it is another one. */
  readonly at?: string
  readonly searchable?: true
}

/** What somebody else wrote, and both values as a person reads them; mine is what the case of the control fills in. */
const clashes: readonly Clash[] = [
  { type: 'text', theirs: 'Else', says: `${NEWS} Yours: Acme Theirs: Else` },
  { type: 'textarea', theirs: 'Else', says: `${NEWS} Yours: One two Theirs: Else` },
  { type: 'email', theirs: 'b@example.org', says: `${NEWS} Yours: a@example.org Theirs: b@example.org` },
  { type: 'tel', theirs: '+49 2', says: `${NEWS} Yours: +49 1 Theirs: +49 2` },
  { type: 'url', theirs: 'https://b.example', says: `${NEWS} Yours: https://a.example Theirs: https://b.example` },
  { type: 'number', theirs: 1300, says: `${NEWS} Yours: 12.5 Theirs: 1300` },
  { type: 'range', theirs: 8, says: `${NEWS} Yours: 7 Theirs: 8` },
  { type: 'date', theirs: '2026-12-01', says: `${NEWS} Yours: November 24, 2026 Theirs: December 1, 2026` },
  { type: 'time', theirs: '14:05', says: `${NEWS} Yours: 9:30 AM Theirs: 2:05 PM` },
  {
    type: 'datetime',
    theirs: '2026-11-24T18:00',
    says: `${NEWS} Yours: November 24, 2026 at 9:30 AM Theirs: November 24, 2026 at 6:00 PM`,
  },
  { type: 'month', theirs: '2027-01', says: `${NEWS} Yours: November 2026 Theirs: January 2027` },
  { type: 'color', theirs: '#aa3300', says: `${NEWS} Yours: #336699 Theirs: #aa3300` },
  { type: 'select', theirs: 'small', says: `${NEWS} Yours: large Theirs: small` },
  { type: 'select', searchable: true, theirs: 'small', says: `${NEWS} Yours: large Theirs: small` },
  { type: 'multiselect', theirs: ['medium'], says: `${NEWS} Yours: small, large Theirs: medium` },
  { type: 'radio', theirs: 'small', says: `${NEWS} Yours: large Theirs: small` },
  // A consent to another version: a box has two states, and theirs has to be a third.
  { type: 'consent', theirs: { granted: false, at: '', version: '1' }, says: `${NEWS} Yours: Yes Theirs: No` },
  { type: 'group', at: 'Street', theirs: { street: 'Else' }, says: `${NEWS} Yours: Kiln Lane Theirs: Else` },
  { type: 'list', theirs: ['Steel', 'Wood'], says: `${NEWS} Yours: Iron Theirs: Steel, Wood` },
  {
    type: 'picture',
    theirs: 'https://b.example/b.png',
    says: `${NEWS} Yours: https://a.example/a.png Theirs: https://b.example/b.png`,
  },
  { type: 'country', theirs: 'NO', says: `${NEWS} Yours: Sweden Theirs: Norway` },
  { type: 'language', theirs: 'nb', says: `${NEWS} Yours: Swedish Theirs: Norwegian Bokmål` },
  { type: 'timezone', theirs: 'UTC', says: /Yours: Europe, Stockholm \(GMT\+[12]\) Theirs: UTC \(GMT\+0\)$/ },
  { type: 'currency', theirs: 'NOK', says: `${NEWS} Yours: Swedish Krona Theirs: Norwegian Krone` },
  { type: 'custom', theirs: 'Else', says: `${NEWS} Yours: Acme Theirs: Else` },
]

test('every type of field with a control has a case, but for those that know two states only', () => {
  const types = new Set(controlCases.map(({ type }) => type))
  expect([...types].filter((type) => !clashes.some((clash) => clash.type === type))).toEqual(['checkbox', 'switch'])
})

describe.each(clashes.map((clash) => [clash.searchable ? `${clash.type}, searchable` : clash.type, clash] as const))(
  '%s',
  (_, { type, theirs, says, at, searchable }) => {
    async function clash() {
      const found = controlCases.find(
        (each) => each.type === type && Boolean(each.settings?.searchable) === Boolean(searchable),
      )
      if (!found) throw new Error(`no case of ${type}`)
      const label = at ?? 'The field'
      const settings = { name: 'thing', type, label: 'The field', ...found.settings }
      const opened = await open([settings, { name: 'last', label: 'The last' }], {})
      await found.fill(opened.user, await labelled(/^The field/))
      opened.backend.write(email, { thing: theirs })
      await opened.save()
      await button(`Keep mine: ${label}`)
      const control = await labelled(new RegExp(`^${label}`))
      return { ...opened, label, control, mine: found.saved }
    }

    test('shows both values, has focus there, and theirs is taken without another request', async () => {
      const { control, label, user, save, stored, sent } = await clash()
      await waitFor(() => expect(saidAt(control)).toMatch(says))
      await waitFor(() => expect(control.contains(document.activeElement)).toBe(true))
      const link = screen.getByRole('link', { name: `${label}: ${NEWS}` })
      const before = sent()
      await save()
      await button(`Keep mine: ${label}`)
      expect(sent()).toBe(before)
      await user.click(await button(`Take theirs: ${label}`))
      expect(screen.getByText('Theirs was taken.').getAttribute('role')).toBe('status')
      expect(control.contains(document.activeElement)).toBe(true)
      await waitFor(() => expect(link.isConnected).toBe(false))
      expect(within(screen.getByRole('alert')).queryByRole('list')).toBe(null)
      await save()
      await screen.findByText('Nothing to save')
      expect([sent(), stored()]).toEqual([before, { thing: theirs }])
    })

    test('keeps mine over theirs with the next save, and asks again where they changed it again', async () => {
      const { control, label, user, save, backend, stored, mine } = await clash()
      await user.click(await button(`Keep mine: ${label}`))
      expect(screen.getByText('Yours stays and is sent with the next save.').getAttribute('role')).toBe('status')
      expect(control.contains(document.activeElement)).toBe(true)
      backend.write(email, {})
      await save()
      await user.click(await button(`Keep mine: ${label}`))
      expect(saidAt(control)).toBe(undefined)
      await save()
      await screen.findByText('Saved')
      const undated = (value: unknown) => (type === 'consent' ? { ...Object(value), at: '', textHash: '' } : value)
      expect({ ...stored(), thing: undated(stored()?.thing) }).toEqual({ thing: mine })
    })
  },
)

describe('both values are readable', () => {
  const readings: readonly (readonly [string, object, JsonValue, string])[] = [
    ['labels of choices', { type: 'select', options: [{ value: 's', label: 'Small' }] }, 's', 'Small'],
    [
      'labels of choices that hang on others',
      { type: 'radio', optionsWhen: [{ when: { other: 'x' }, options: [{ value: 's', label: 'Small' }] }] },
      's',
      'Small',
    ],
    ['a choice that is none any more', { type: 'radio', options: ['large'] }, 'small', 'small'],
    ['yes and no', { type: 'custom', control: 'plain' }, true, 'Yes'],
    [
      'an object',
      { type: 'custom', control: 'plain' },
      { x: 1.5, on: false, tags: ['a', 'b'], none: null },
      'x: 1.5, on: No, tags: a, b',
    ],
    [
      'items with several parts',
      {
        type: 'list',
        item: {
          type: 'group',
          label: 'Person',
          fields: [
            { name: 'full_name', label: 'Full name' },
            { name: 'role', type: 'select', label: 'Role', options: [{ value: 'p', label: 'Plays' }] },
          ],
        },
      },
      [{ full_name: 'Bea', role: 'p' }, { full_name: 'Cem' }],
      'Full name: Bea, Role: Plays Full name: Cem',
    ],
    ['sensitive values out of sight', { sensitive: true }, 'secret', 'out of sight'],
    ['nothing', {}, '', 'empty'],
  ]

  test.each(readings)('%s', async (_, settings, theirs, text) => {
    const before = Array.isArray(theirs) ? [{ full_name: 'Before' }] : 'before'
    const fields = [
      { name: 'thing', label: 'The field', ...settings },
      { name: 'other', label: 'Other' },
    ]
    const { backend, save } = await open(fields, { thing: before, other: 'x' })
    const control = await labelled(/^The field/)
    await typeInto(control, settings)
    backend.write(email, theirs === '' ? { other: 'x' } : { thing: theirs, other: 'x' })
    await save()
    await button('Keep mine: The field')
    const box = screen.getByText(NEWS, { ignore: 'a' }).parentElement
    expect(lines(box)?.split('Theirs: ')[1]).toBe(text)
  })
})

/** Changes the value of a control, whichever kind it is. */
async function typeInto(control: HTMLElement, settings: object): Promise<void> {
  const user = userEvent.setup()
  const target = control.querySelector<HTMLElement>('input') ?? control
  if (target instanceof HTMLSelectElement) await user.selectOptions(target, '')
  else if ('type' in settings && settings.type === 'radio')
    await user.click(screen.getByRole('button', { name: 'Clear' }))
  else await user.type(target, '!')
}

const three = [
  { name: 'given_name', label: 'First name', storage: 'root' },
  { name: 'company', label: 'Company' },
  { name: 'city', label: 'City' },
  { name: 'phone', label: 'Phone' },
]

test('every place is listed, focus goes to the first, and everything around them is kept', async () => {
  const { user, backend, save, stored } = await open(
    three,
    { company: 'A', city: 'B', phone: '1' },
    { given_name: 'Ana' },
  )
  for (const label of [/^First name/, /^Company/, /^City/]) await user.type(await labelled(label), '!')
  const other = createClient({ backend: backend.browser(email) })
  await other.save([
    { target: 'root', action: 'set', key: 'given_name', value: 'Anna' },
    { target: 'user_metadata', action: 'set', key: 'company', value: 'Else' },
    { target: 'user_metadata', action: 'set', key: 'phone', value: '2' },
  ])
  await save()
  await screen.findByRole('link', { name: `Company: ${NEWS}` })
  const links = () => within(screen.getByRole('alert')).queryAllByRole('link').map(lines)
  expect(links()).toEqual([`First name: ${NEWS}`, `Company: ${NEWS}`])
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/^First name/)))
  const values = () => three.map(({ label }) => screen.getByLabelText<HTMLInputElement>(new RegExp(`^${label}`)).value)
  expect(values()).toEqual(['Ana!', 'A!', 'B!', '2'])
  expect(stored()).toEqual({ company: 'Else', city: 'B!', phone: '2' })
  await user.click(screen.getByRole('link', { name: `Company: ${NEWS}` }))
  expect(document.activeElement).toBe(screen.getByLabelText(/^Company/))
  // Another value is a decision, too.
  await user.keyboard('?')
  expect(links()).toEqual([`First name: ${NEWS}`])
  await user.click(await button('Keep mine: First name'))
  expect(links()).toEqual([])
  await save()
  await screen.findByText('Saved')
  expect(values()).toEqual(['Ana!', 'A!?', 'B!', '2'])
  expect([backend.account(email)?.root, stored()]).toEqual([
    { given_name: 'Ana!' },
    { company: 'A!?', city: 'B!', phone: '2' },
  ])
})

test('of a field that is not on the form any more both values are in the summary, which keeps nobody from saving', async () => {
  const fields = [
    { name: 'format', label: 'Format' },
    { name: 'seats', type: 'number', label: 'Seats', visibleWhen: { format: 'workshop' } },
  ]
  const { user, backend, save } = await open(fields, { format: 'workshop', seats: 1 })
  await user.type(await labelled(/^Seats/), '2')
  backend.write(email, { format: 'talk', seats: 5 })
  await save()
  const summary = screen.getByRole('alert')
  await waitFor(() =>
    expect(lines(within(summary).getByRole('listitem'))).toBe(
      'Seats: Somebody else changed this meanwhile. It is not asked for now, so theirs stays. Yours: 12 Theirs: 5',
    ),
  )
  expect(within(summary).queryByRole('link')).toBe(null)
  await waitFor(() => expect(document.activeElement).toBe(summary))
  await save()
  await screen.findByText('Nothing to save')
})

test('of a field that may not be changed any more theirs stands, and that is said', async () => {
  const fields = [
    { name: 'donates', type: 'switch', label: 'Donates' },
    { name: 'fee', label: 'Fee', readOnlyWhen: { donates: true } },
  ]
  const { user, backend, save } = await open(fields, { donates: false, fee: '250' })
  await user.type(await labelled(/^Fee/), '!')
  backend.write(email, { donates: true, fee: '100' })
  await save()
  const fixed = 'Somebody else changed this meanwhile. It cannot be changed here now, so theirs stays.'
  await waitFor(() => expect(saidAt(screen.getByLabelText(/^Fee/))).toBe(`${fixed} Yours: 250! Theirs: 100`))
  expect(lines(within(screen.getByRole('alert')).getByRole('listitem'))).toBe(`Fee: ${fixed}`)
  expect(screen.queryByRole('button', { name: /Keep mine|Take theirs/ })).toBe(null)
  await save()
  await screen.findByText('Nothing to save')
  expect(screen.getByLabelText<HTMLInputElement>(/^Fee/).value).toBe('100')
})

test('dates are written as the language of the widget does', async () => {
  const { backend, save } = await open([{ name: 'day', type: 'date', label: 'Day' }], {}, {}, { ...en, language: 'de' })
  fireEvent.input(await labelled(/^Day/), { target: { value: '2026-11-24' } })
  backend.write(email, { day: '2026-12-01' })
  await save()
  await button('Keep mine: Day')
  expect(saidAt(screen.getByLabelText(/^Day/))).toBe(`${NEWS} Yours: 24. November 2026 Theirs: 1. Dezember 2026`)
})

test('what another tab saved meanwhile is asked about with the next save, and not overwritten', async () => {
  const { user, backend, save, stored, latchkey } = await open([{ name: 'company', label: 'Company' }], {
    company: 'A',
  })
  await user.type(await labelled(/^Company/), '!')
  backend.write(email, { company: 'Else' })
  await latchkey.load()
  expect(screen.queryByText(NEWS)).toBe(null)
  await user.type(screen.getByLabelText(/^Company/), '?')
  await save()
  await user.click(await button('Take theirs: Company'))
  expect(stored()).toEqual({ company: 'Else' })
  expect(screen.getByLabelText<HTMLInputElement>(/^Company/).value).toBe('Else')
})
