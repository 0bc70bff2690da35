// @vitest-environment happy-dom
// The widget through its public object: by role and label, with a fetch that plays the server.
import { screen, waitFor, within } from '@testing-library/preact'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { memory } from '../../src/backends/memory.ts'
import { rest } from '../../src/backends/rest.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import type { LatchkeyError } from '../../src/contract/errors.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import { createLatchkey } from '../../src/create.ts'
import { defineFields } from '../../src/fields/define.ts'
import { EVENT_NAMES } from '../../src/state/events.ts'
import type { ScreenName } from '../../src/state/screens.ts'
import { type AccountFetch, accountFetch } from '../account-fetch.ts'

const fields = defineFields([
  { name: 'company', label: 'Company', required: true, hint: 'As on the invoice', autocomplete: 'organization' },
  { name: 'size', type: 'select', label: 'Size', options: ['small', 'large'] },
  { name: 'news', type: 'checkbox', label: 'News' },
  { name: 'source', type: 'hidden', value: 'site' },
])

let destroy = () => {}
afterEach(() => {
  destroy()
  document.body.replaceChildren()
})

function open(server: Pick<AccountFetch, 'fetch'>, name: ScreenName) {
  const host = document.body.appendChild(document.createElement('div'))
  const latchkey = createLatchkey({
    backend: rest('/account'),
    fields,
    environment: { ...systemEnvironment(), fetch: server.fetch },
  })
  const events: string[] = []
  for (const event of EVENT_NAMES) latchkey.on(event, () => events.push(event))
  latchkey.mount(host, name)
  destroy = latchkey.destroy
  return { latchkey, host, events, user: userEvent.setup() }
}

const sentTo = (server: AccountFetch, path: string) => server.sent.filter((call) => call.path === path)

test('sign-up sends what was typed, hidden values too, and goes on to the profile', async () => {
  const server = accountFetch()
  const { events, user } = open(server, 'signUp')
  await user.type(screen.getByLabelText('E-mail'), 'ana@example.org')
  await user.type(screen.getByLabelText('Password'), ' correct horse ')
  await user.type(await screen.findByLabelText('Company'), ' Acme ')
  await user.click(screen.getByLabelText('News'))
  await user.click(screen.getByRole('button', { name: 'Sign up' }))
  await screen.findByRole('heading', { name: 'Your profile' })
  expect(sentTo(server, '/account/signup').map(({ body }) => body)).toEqual([
    {
      email: 'ana@example.org',
      password: ' correct horse ',
      user_metadata: { company: 'Acme', news: true, source: 'site' },
    },
  ])
  expect(events).toEqual(['signedUp', 'signedIn'])
  expect((await screen.findByLabelText<HTMLInputElement>('Company')).value).toBe('Acme')
})

test('a control has label, hint and error as linked nodes', async () => {
  const { user } = open(accountFetch(), 'signUp')
  const company = await screen.findByLabelText('Company')
  expect(company.getAttribute('autocomplete')).toBe('organization')
  expect(company.getAttribute('aria-required')).toBe('true')
  await user.click(screen.getByRole('button', { name: 'Sign up' }))
  await waitFor(() => expect(company.getAttribute('aria-invalid')).toBe('true'))
  const described = (company.getAttribute('aria-describedby') ?? '').split(' ')
  expect(described.map((id) => document.getElementById(id)?.textContent)).toEqual([
    'As on the invoice',
    'This is needed.',
  ])
  expect(within(screen.getByRole('alert')).getAllByRole('link')).toHaveLength(3)
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('E-mail')))
  await user.type(company, 'A')
  await waitFor(() => expect(company.getAttribute('aria-invalid')).toBe(null))
})

test('an unchanged profile sends nothing, a changed one only its key', async () => {
  const server = accountFetch({ company: 'Acme', size: 'old', other: [1] })
  const { events, user } = open(server, 'profile')
  await screen.findByRole('heading', { name: 'Your profile' })
  expect((await screen.findByLabelText<HTMLSelectElement>(/^Size/)).value).toBe('old')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('Nothing to save')
  await user.click(screen.getByLabelText('News'))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('Saved')
  expect(sentTo(server, '/account/me').map(({ body }) => body)).toEqual([{ user_metadata: { news: true } }])
  expect(events).toEqual(['saved'])
})

test('an error of an unknown field goes to the summary, one of a field to its control', async () => {
  const server = accountFetch({ company: 'Acme' })
  const { user } = open(server, 'profile')
  const company = await screen.findByLabelText('Company')
  await user.type(company, '!')
  const errors = [
    { pointer: '/user_metadata/company', code: 'value_too_long', params: { max: 3 } },
    { pointer: '/user_metadata/elsewhere', code: 'invalid_value' },
  ]
  server.refuse('/account/me', 422, { code: 'value_too_long', errors })
  await user.click(screen.getByRole('button', { name: 'Save' }))
  const summary = screen.getByRole('alert')
  await waitFor(() => expect(within(summary).getAllByRole('listitem')).toHaveLength(2))
  expect(within(summary).getByRole('link').textContent).toBe('Company: Use at most 3 characters.')
  expect(screen.getByLabelText<HTMLInputElement>('Company').value).toBe('Acme!')
})

const email = 'ana@example.org'
const stored = (user_metadata: JsonObject) =>
  memory({ accounts: [{ email, password: 'correct horse', user_metadata }], signedIn: email })

test('a save over a profile that was changed elsewhere keeps both edits', async () => {
  const server = stored({ company: 'Acme' })
  const { user } = open(server, 'profile')
  await user.type(await screen.findByLabelText('Company'), '!')
  server.write(email, { company: 'Acme', size: 'large' })
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('Saved')
  expect(server.account(email)?.user_metadata).toEqual({ company: 'Acme!', size: 'large' })
})

test('where both changed the same, the control asks, events have no values, and the second save goes through', async () => {
  const server = stored({ company: 'Acme' })
  const { latchkey, user } = open(server, 'profile')
  const errors: LatchkeyError[] = []
  latchkey.on('error', ({ error }) => errors.push(error))
  await user.type(await screen.findByLabelText('Company'), '!')
  await user.click(screen.getByLabelText('News'))
  server.write(email, { company: 'Else' })
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(screen.getByLabelText('Company').getAttribute('aria-invalid')).toBe('true'))
  await screen.findByRole('link', { name: 'Company: Somebody else changed this meanwhile.' })
  expect(server.account(email)?.user_metadata).toEqual({ company: 'Else', news: true })
  expect(errors.map(({ code, field, conflicts }) => [code, field, conflicts])).toEqual([
    ['version_conflict', 'company', []],
  ])
  await user.click(screen.getByRole('button', { name: 'Keep mine: Company' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('Saved')
  expect(server.account(email)?.user_metadata).toEqual({ company: 'Acme!', news: true })
})

test('log-out leads to log-in; what the e-mail field held follows from screen to screen', async () => {
  const server = accountFetch({ company: 'Acme' })
  const { latchkey, user, events } = open(server, 'profile')
  await user.click(await screen.findByRole('button', { name: 'Log out' }))
  await user.type(await screen.findByLabelText('E-mail'), 'bea@example.org')
  await user.click(screen.getByRole('button', { name: 'Sign up' }))
  expect(screen.getByLabelText<HTMLInputElement>('E-mail').value).toBe('bea@example.org')
  expect(latchkey.session.value).toEqual({ status: 'signedOut' })
  expect(events).toEqual(['signedOut'])
})

test('destroy leaves nothing behind, and every instance has ids of its own', () => {
  const first = open(accountFetch(), 'signUp')
  const second = open(accountFetch(), 'signUp')
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  first.latchkey.destroy()
  second.latchkey.destroy()
  expect([first.host.innerHTML, second.host.innerHTML, document.adoptedStyleSheets.length]).toEqual(['', '', 0])
})

test('mistakes of the site throw with the fix', () => {
  const { latchkey } = open(accountFetch(), 'login')
  const form = document.body.appendChild(document.createElement('form'))
  expect(() => latchkey.mount('#nowhere', 'login')).toThrow('mount("#nowhere"): no such element')
  expect(() => latchkey.mount(form, 'login')).toThrow('inside a <form> of the page')
  expect(() => rest('javascript:alert(1)')).toThrow("write rest('/account')")
})
