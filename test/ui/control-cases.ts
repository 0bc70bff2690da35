// One case for every kind of control: its settings, what browsers are told, how it is filled in, and what is then saved.
import { fireEvent, screen, within } from '@testing-library/preact'
import type { UserEvent } from '@testing-library/user-event'
import type { JsonValue } from '../../src/contract/json.ts'
import type { CustomControl } from '../../src/ui/custom-controls.ts'

export interface ControlCase {
  readonly type: string
  /** Settings beside name, label, hint and what the test itself is about. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** The attributes for autofill and keyboards that there have to be. */
  readonly hints?: Readonly<Record<string, string | null>>
  /** Fills it in; by keyboard where the browser of these tests can. */
  readonly fill: (user: UserEvent, control: HTMLElement) => Promise<void>
  readonly saved: JsonValue
  /** What is said while it is needed and empty; null for a kind that is never empty as a whole. */
  readonly missing?: string | null
}

const typing = (text: string) => async (user: UserEvent, control: HTMLElement) => {
  control.focus()
  await user.keyboard(text)
}

/** For elements whose own keys only a real browser knows. */
const setting = (value: string) => async (_: UserEvent, control: HTMLElement) => {
  fireEvent.input(control, { target: { value } })
}

const picking = (text: string) => async (user: UserEvent, control: HTMLElement) => {
  control.focus()
  await user.keyboard(text)
  await screen.findAllByRole('option')
  await user.keyboard('{ArrowDown}{Enter}')
}

const pressing = async (user: UserEvent, control: HTMLElement) => {
  control.focus()
  await user.keyboard(' ')
}

/** Draws a plain input, as a site's own code would. */
export const plain: CustomControl = (host, { id, state, change, leave }) => {
  const input = document.createElement('input')
  input.id = id
  input.addEventListener('input', () => change(input.value || null))
  input.addEventListener('blur', leave)
  host.append(input)
  const update = (next: typeof state) => {
    input.value = String(next.value ?? '')
    input.readOnly = next.readOnly
    input.setAttribute('aria-invalid', String(next.invalid))
    input.setAttribute('aria-required', String(next.required))
    input.setAttribute('aria-describedby', next.describedBy ?? '')
  }
  update(state)
  return { update }
}

const off = { autocapitalize: 'none' }

export const controlCases: readonly ControlCase[] = [
  { type: 'text', hints: { autocapitalize: null }, fill: typing('Acme'), saved: 'Acme' },
  { type: 'textarea', fill: typing('One{Enter}two'), saved: 'One\ntwo' },
  {
    type: 'email',
    hints: { ...off, type: 'email', autocomplete: 'email', inputmode: 'email' },
    fill: typing('a@example.org'),
    saved: 'a@example.org',
  },
  {
    type: 'tel',
    hints: { ...off, type: 'tel', autocomplete: 'tel', inputmode: 'tel' },
    fill: typing('+49 1'),
    saved: '+49 1',
  },
  {
    type: 'url',
    hints: { ...off, type: 'url', autocomplete: 'url', inputmode: 'url' },
    fill: typing('https://a.example'),
    saved: 'https://a.example',
  },
  { type: 'number', hints: { ...off, type: 'text', inputmode: 'decimal' }, fill: typing('12,5'), saved: 12.5 },
  { type: 'range', hints: { type: 'range', min: '0', max: '100' }, fill: setting('7'), saved: 7 },
  { type: 'date', hints: { type: 'date' }, fill: setting('2026-11-24'), saved: '2026-11-24' },
  { type: 'time', hints: { type: 'time' }, fill: setting('09:30'), saved: '09:30' },
  { type: 'datetime', hints: { type: 'datetime-local' }, fill: setting('2026-11-24T09:30'), saved: '2026-11-24T09:30' },
  { type: 'month', hints: { type: 'month' }, fill: setting('2026-11'), saved: '2026-11' },
  { type: 'color', hints: { type: 'color' }, fill: setting('#336699'), saved: '#336699' },
  {
    type: 'select',
    settings: { options: ['small', { label: 'Others', options: ['large'] }] },
    fill: (user, control) => user.selectOptions(control, 'large'),
    saved: 'large',
  },
  {
    type: 'select',
    settings: { options: ['small', 'large'], searchable: true },
    hints: { role: 'combobox' },
    fill: picking('lar'),
    saved: 'large',
  },
  {
    type: 'multiselect',
    settings: { options: ['small', 'medium', 'large'] },
    fill: async (user, control) => {
      await pressing(user, within(control).getByRole('checkbox', { name: 'large' }))
      await pressing(user, within(control).getByRole('checkbox', { name: 'small' }))
    },
    saved: ['small', 'large'],
  },
  {
    type: 'radio',
    settings: { options: ['small', 'large'] },
    fill: async (user, control) => {
      await pressing(user, within(control).getByRole('radio', { name: 'small' }))
      await user.keyboard('{ArrowDown}')
    },
    saved: 'large',
  },
  { type: 'checkbox', hints: { type: 'checkbox' }, fill: pressing, saved: true },
  { type: 'switch', hints: { type: 'checkbox', role: 'switch' }, fill: pressing, saved: true },
  {
    type: 'consent',
    settings: { version: '1' },
    fill: pressing,
    saved: { granted: true, at: '', version: '1', textHash: '', locale: 'en' },
  },
  {
    type: 'group',
    settings: { fields: [{ name: 'street', label: 'Street' }] },
    fill: (user, control) => typing('Kiln Lane')(user, within(control).getByLabelText(/^Street/)),
    saved: { street: 'Kiln Lane' },
    missing: null,
  },
  {
    type: 'list',
    settings: { item: { label: 'Skill' } },
    fill: async (user, control) => {
      within(control).getByRole('button', { name: 'Add Skill' }).focus()
      await user.keyboard('{Enter}')
      await user.keyboard('Iron')
    },
    saved: ['Iron'],
  },
  {
    type: 'picture',
    hints: { ...off, type: 'url', inputmode: 'url' },
    fill: typing('https://a.example/a.png'),
    saved: 'https://a.example/a.png',
  },
  { type: 'country', hints: { ...off, role: 'combobox', autocomplete: 'country' }, fill: picking('swed'), saved: 'SE' },
  { type: 'language', hints: { role: 'combobox', autocomplete: 'language' }, fill: picking('swed'), saved: 'sv' },
  { type: 'timezone', hints: { role: 'combobox' }, fill: picking('stockh'), saved: 'Europe/Stockholm' },
  { type: 'currency', hints: { role: 'combobox' }, fill: picking('swedish'), saved: 'SEK' },
  { type: 'custom', settings: { control: 'plain' }, fill: typing('Acme'), saved: 'Acme' },
]
