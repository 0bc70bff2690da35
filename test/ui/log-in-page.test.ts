// @vitest-environment happy-dom
// What a form cannot ask leads to the account system's own log-in page, and a way back that goes wrong is said on the form.
import { screen, waitFor } from '@testing-library/preact'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { createLatchkey } from '../../src/create.ts'
import { createTenant, person, type Reply } from '../backends/auth0-tenant.ts'

let destroy = () => {}
afterEach(() => {
  destroy()
  document.body.replaceChildren()
})

const redirectUri = 'https://shop.example.org/account'
const mfa: Reply = {
  status: 403,
  body: { error: 'mfa_required', error_description: 'Multifactor authentication required' },
}

function open(given: object = {}, address = redirectUri) {
  const tenant = createTenant({ 'POST /oauth/token': mfa }, given)
  tenant.page.address = address
  const left: string[] = []
  const environment = { ...tenant.environment, goTo: (to: string) => left.push(to) }
  const latchkey = createLatchkey({ backend: tenant.backend, environment })
  const errors: string[] = []
  latchkey.on('error', ({ error }) => errors.push(error.code))
  destroy = latchkey.destroy
  latchkey.mount(document.body.appendChild(document.createElement('div')), 'login')
  return { tenant, left, errors, latchkey, user: userEvent.setup() }
}

async function logIn({ user }: ReturnType<typeof open>) {
  await user.type(await screen.findByLabelText('E-mail'), person.email)
  await user.type(screen.getByLabelText('Password'), person.password)
  await user.click(screen.getByRole('button', { name: 'Log in' }))
}

test('a second proof is given on that page, where there is one, with who logs in filled in', async () => {
  const opened = open({ redirectUri })
  await logIn(opened)
  await waitFor(() => expect(opened.left.length).toBe(1))
  const { searchParams, pathname } = new URL(opened.left[0] ?? '')
  expect([pathname, searchParams.get('login_hint'), searchParams.get('prompt')]).toEqual([
    '/authorize',
    person.email,
    'login',
  ])
  expect(JSON.stringify([...opened.tenant.kept, opened.left])).not.toContain(person.password)
  expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('')
  expect(opened.errors).toEqual([])
})

test('where there is none, the form says where it would be', async () => {
  const opened = open()
  await logIn(opened)
  await screen.findByText(/asks for a second proof/)
  expect([opened.left, opened.errors]).toEqual([[], ['mfa_required']])
})

test('a way back without a log-in is said on the form, and the address forgets it', async () => {
  const first = open({ redirectUri })
  await logIn(first)
  await waitFor(() => expect(first.left.length).toBe(1))
  const state = new URL(first.left[0] ?? '').searchParams.get('state') ?? ''
  destroy()
  document.body.replaceChildren()
  // The same tab, after the reload.
  const { environment, backend, page } = first.tenant
  page.address = `${redirectUri}?${new URLSearchParams({ state, error: 'unauthorized', error_description: 'user is blocked' })}`
  const latchkey = createLatchkey({ backend, environment: { ...environment, goTo: () => {} } })
  destroy = latchkey.destroy
  latchkey.mount(document.body.appendChild(document.createElement('div')), 'login')
  await screen.findByText(/This account is blocked/)
  expect(page.address).toBe(redirectUri)
  expect(screen.getByLabelText<HTMLInputElement>('E-mail').value).toBe(person.email)
})
