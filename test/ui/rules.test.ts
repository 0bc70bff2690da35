// @vitest-environment happy-dom
// The rules of a definition at work in a form: conditions, the site's own checks, and which of several answers counts.
import { screen, waitFor } from '@testing-library/preact'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { rest } from '../../src/backends/rest.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import { createLatchkey } from '../../src/create.ts'
import { defineFields } from '../../src/fields/define.ts'
import type { Fields } from '../../src/fields/field.ts'
import { accountFetch } from '../account-fetch.ts'

let destroy = () => {}
afterEach(() => {
  destroy()
  document.body.replaceChildren()
})

async function signUp(fields: Fields) {
  const server = accountFetch()
  const host = document.body.appendChild(document.createElement('div'))
  const latchkey = createLatchkey({
    backend: rest('/account'),
    fields,
    environment: { ...systemEnvironment(), fetch: server.fetch },
  })
  latchkey.mount(host, 'signUp')
  destroy = latchkey.destroy
  const user = userEvent.setup()
  await user.type(screen.getByLabelText('E-mail'), 'ana@example.org')
  await user.type(screen.getByLabelText('Password'), 'correct horse')
  const submit = () => user.click(screen.getByRole('button', { name: 'Sign up' }))
  const sent = () => server.sent.filter(({ path }) => path === '/account/signup').map(({ body }) => body)
  return { user, submit, sent }
}

test('a failure goes when its condition does', async () => {
  const { user, submit, sent } = await signUp(
    defineFields([
      { name: 'business', type: 'checkbox', label: 'Business' },
      { name: 'vat', label: 'VAT number', requiredWhen: { business: true } },
    ]),
  )
  const business = await screen.findByLabelText('Business')
  await user.click(business)
  await submit()
  const vat = screen.getByLabelText(/^VAT number/)
  await waitFor(() => expect(vat.getAttribute('aria-invalid')).toBe('true'))
  await user.click(business)
  await waitFor(() => expect(vat.getAttribute('aria-invalid')).toBe(null))
  await submit()
  await screen.findByRole('heading', { name: 'Your profile' })
  expect(sent()).toMatchObject([{ user_metadata: { business: false } }])
})

test('what is hidden is neither needed nor sent, and comes back as it was', async () => {
  const { user, submit, sent } = await signUp(
    defineFields([
      { name: 'business', type: 'checkbox', label: 'Business' },
      { name: 'vat', label: 'VAT number', required: true, visibleWhen: { business: true } },
    ]),
  )
  const business = await screen.findByLabelText('Business')
  await user.click(business)
  await user.type(screen.getByLabelText(/^VAT number/), 'DE1')
  await user.click(business)
  expect(screen.queryByLabelText(/^VAT number/)).toBe(null)
  await user.click(business)
  expect(screen.getByLabelText<HTMLInputElement>(/^VAT number/).value).toBe('DE1')
  await user.click(business)
  await submit()
  await screen.findByRole('heading', { name: 'Your profile' })
  expect(sent().map((body) => Reflect.get(Object(body), 'user_metadata'))).toEqual([{ business: false }])
})

test('of several checks of the site’s own the latest counts, and false never passes', async () => {
  const answers = new Map<string, (verdict: boolean | string) => void>()
  const { user, submit, sent } = await signUp(
    defineFields([
      {
        name: 'handle',
        label: 'Handle',
        validate: (value) => new Promise((resolve) => answers.set(value, resolve)),
      },
    ]),
  )
  const handle = await screen.findByLabelText(/^Handle/)
  await user.type(handle, 'a')
  await user.tab()
  await waitFor(() => expect(answers.has('a')).toBe(true))
  await user.type(handle, 'b')
  await user.tab()
  await waitFor(() => expect(answers.has('ab')).toBe(true))
  answers.get('ab')?.('This one is taken')
  await screen.findByText('This one is taken')
  answers.get('a')?.(true)
  await submit()
  answers.get('ab')?.(false)
  await screen.findByText('This value is not accepted.')
  expect(handle.getAttribute('aria-invalid')).toBe('true')
  expect(sent()).toEqual([])
})

test('a field inside a group keeps to its own access, screens and prefill', async () => {
  const { user, submit, sent } = await signUp(
    defineFields([
      {
        name: 'home',
        type: 'group',
        label: 'Home',
        fields: [
          { name: 'city', label: 'City', order: 1 },
          { name: 'country', label: 'Land', prefill: 'Portugal' },
          { name: 'since', label: 'Since', access: { signUp: 'read' } },
          { name: 'note', label: 'Note', screens: ['profile'] },
        ],
      },
    ]),
  )
  const city = await screen.findByLabelText(/^City/)
  expect(screen.getByLabelText<HTMLInputElement>(/^Land/).value).toBe('Portugal')
  expect(screen.getByLabelText<HTMLInputElement>(/^Since/).readOnly).toBe(true)
  expect(screen.queryByLabelText(/^Note/)).toBe(null)
  expect(screen.getAllByRole('textbox').map((element) => element.getAttribute('name'))).toEqual([
    ...['email', 'home.country', 'home.since', 'home.city'],
  ])
  await user.type(city, 'Lisbon')
  await submit()
  await screen.findByRole('heading', { name: 'Your profile' })
  expect(sent()).toMatchObject([{ user_metadata: { home: { city: 'Lisbon', country: 'Portugal' } } }])
})
