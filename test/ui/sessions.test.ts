// @vitest-environment happy-dom
// A session that ends in the middle of an edit: who comes back finds everything, and anybody else nothing of it.
import { screen, waitFor, within } from '@testing-library/preact'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { type MemoryBackend, memory } from '../../src/backends/memory.ts'
import { createLatchkey } from '../../src/create.ts'
import { defineFields } from '../../src/fields/define.ts'
import { EVENT_NAMES } from '../../src/state/events.ts'

const fields = defineFields([
  { name: 'company', label: 'Company', required: true, section: 'Work' },
  { name: 'size', type: 'select', label: 'Size', options: ['small', 'large'] },
  { name: 'skills', type: 'list', label: 'Skills', item: { label: 'Skill' } },
  { name: 'since', type: 'date', label: 'Since' },
])

const ana = { email: 'ana@example.org', password: 'correct horse' }
const bea = { email: 'bea@example.org', password: 'battery staple' }

let destroy = () => {}
afterEach(() => {
  destroy()
  document.body.replaceChildren()
})

function open(place: 'inline' | 'dialog') {
  const backend = memory({
    accounts: [
      { ...ana, user_metadata: { company: 'Acme', size: 'small' } },
      { ...bea, user_metadata: { company: 'Bee' } },
    ],
    signedIn: ana.email,
  })
  const latchkey = createLatchkey({ backend, fields })
  const events: string[] = []
  for (const name of EVENT_NAMES) latchkey.on(name, () => events.push(name))
  destroy = latchkey.destroy
  if (place === 'dialog') latchkey.show('profile')
  else latchkey.mount(document.body.appendChild(document.createElement('div')), 'profile')
  return { backend, latchkey, events, user: userEvent.setup() }
}

type Opened = ReturnType<typeof open>

const field = (label: string | RegExp) => screen.getByLabelText<HTMLInputElement>(label)
const said = () =>
  screen
    .getAllByRole('status')
    .map(({ textContent }) => textContent)
    .join('')
const patches = ({ requests }: MemoryBackend) => requests.filter(({ call }) => call === 'patchProfile')

async function edit({ user }: Opened) {
  await user.type(await screen.findByLabelText('Company'), '!')
  await user.click(await screen.findByRole('button', { name: 'Add Skill' }))
  await user.type(await screen.findByLabelText('Skill 1'), 'Welding')
}

/** Saves with a session that has ended, which leads to the log-in. */
async function saveTooLate({ backend, user }: Opened) {
  backend.endSessions(ana.email)
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByRole('heading', { name: 'Log in' })
}

async function logIn({ user }: Opened, person: { readonly email: string; readonly password: string }) {
  await user.clear(field('E-mail'))
  await user.type(field('E-mail'), person.email)
  await user.type(field('Password'), person.password)
  await user.click(screen.getByRole('button', { name: 'Log in' }))
  await screen.findByRole('heading', { name: 'Your profile' })
}

for (const place of ['inline', 'dialog'] as const) {
  test(`${place}: the log-in follows an edit that came too late, and brings it back unsent`, async () => {
    const opened = open(place)
    const { backend, latchkey, events, user } = opened
    await edit(opened)
    await saveTooLate(opened)
    expect(latchkey.session.value).toEqual({ status: 'signedOut' })
    await waitFor(() => expect(said()).toContain('Your session has ended. Log in again; what you changed is kept.'))
    expect(field('E-mail').value).toBe(ana.email)
    await waitFor(() => expect(document.activeElement).toBe(field('Password')))
    expect(screen.queryByRole('button', { name: 'Save' })).toBe(null)

    const sent = patches(backend).length
    await user.type(field('Password'), `${ana.password}{Enter}`)
    await screen.findByRole('heading', { name: 'Your profile' })
    await waitFor(() => expect(said()).toContain('What you changed is not saved yet.'))
    expect([field('Company').value, field('Skill 1').value]).toEqual(['Acme!', 'Welding'])
    expect(screen.getByRole('alert').textContent).toBe('')
    expect(patches(backend)).toHaveLength(sent)
    expect(backend.account(ana.email)?.user_metadata).toEqual({ company: 'Acme', size: 'small' })

    await user.click(screen.getByRole('button', { name: 'Save' }))
    await screen.findByText('Saved')
    expect(backend.account(ana.email)?.user_metadata).toEqual({ company: 'Acme!', size: 'small', skills: ['Welding'] })
    expect(said()).not.toContain('not saved yet')
    expect(events.filter((name) => name !== 'show')).toEqual(['error', 'signedIn', 'saved'])
  })
}

test('what others changed meanwhile stays, and where both changed the same, the person is asked', async () => {
  const opened = open('inline')
  const { backend, user } = opened
  await edit(opened)
  await saveTooLate(opened)
  backend.write(ana.email, { company: 'Else', size: 'large' })
  await logIn(opened, ana)
  expect(field('Company').value).toBe('Acme!')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(field('Company').getAttribute('aria-invalid')).toBe('true'))
  expect(within(screen.getByRole('alert')).getByRole('link').textContent).toMatch(/^Company/)
  expect(backend.account(ana.email)?.user_metadata).toEqual({ company: 'Else', size: 'large' })
  await user.click(await screen.findByRole('button', { name: 'Keep mine: Company' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('Saved')
  expect(backend.account(ana.email)?.user_metadata).toEqual({ company: 'Acme!', size: 'large', skills: ['Welding'] })
})

test('whoever else logs in finds their own profile, and nothing of the edit', async () => {
  const opened = open('inline')
  const { backend, user } = opened
  await edit(opened)
  await saveTooLate(opened)
  await logIn(opened, bea)
  await waitFor(() => expect(field('Company').value).toBe('Bee'))
  expect(screen.queryByLabelText('Skill 1')).toBe(null)
  expect(document.body.innerHTML).not.toContain('Welding')
  expect(said()).not.toContain('not saved yet')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('Nothing to save')
  expect(patches(backend.browser()).length).toBe(0)
  expect(backend.account(bea.email)?.user_metadata).toEqual({ company: 'Bee' })
})

test('somebody else who is signed in by now has a form of their own at once', async () => {
  const opened = open('inline')
  const { latchkey } = opened
  await edit(opened)
  const before = field('Company')
  await latchkey.client.logIn({ identifier: bea.email, password: bea.password })
  await latchkey.load()
  await waitFor(() => expect(field('Company').value).toBe('Bee'))
  // What is half typed stands in the element itself.
  expect(field('Company')).not.toBe(before)
  expect(screen.queryByLabelText('Skill 1')).toBe(null)
})

test('closing the dialog gives the edit up', async () => {
  const opened = open('dialog')
  const { latchkey, user } = opened
  await edit(opened)
  await saveTooLate(opened)
  await user.click(screen.getByRole('button', { name: 'Close' }))
  latchkey.show('profile')
  await screen.findByRole('heading', { name: 'Log in' })
  expect(said()).toBe('')
  await user.type(field('E-mail'), ana.email)
  await user.type(field('Password'), `${ana.password}{Enter}`)
  await waitFor(() => expect(field('Company').value).toBe('Acme'))
  expect(screen.queryByLabelText('Skill 1')).toBe(null)
})

test('a session that ended before the page asks again keeps the form, and one that was ended by its person does not', async () => {
  const opened = open('inline')
  const { backend, latchkey, user } = opened
  await edit(opened)
  backend.endSessions(ana.email)
  await latchkey.load()
  await screen.findByRole('heading', { name: 'Log in' })
  await waitFor(() => expect(said()).toContain('what you changed is kept'))
  // Asked again, nothing is new.
  await latchkey.load()
  await logIn(opened, ana)
  expect(field('Skill 1').value).toBe('Welding')
  await user.click(screen.getByRole('button', { name: 'Log out' }))
  await screen.findByRole('heading', { name: 'Log in' })
  expect(said()).toBe('')
  expect(field('E-mail').value).toBe('')
  await logIn(opened, ana)
  await waitFor(() => expect(field('Company').value).toBe('Acme'))
  expect(screen.queryByLabelText('Skill 1')).toBe(null)
})

test('where nothing was changed, the words say no more than that the session ended', async () => {
  const opened = open('inline')
  const { backend, latchkey } = opened
  await screen.findByLabelText('Company')
  backend.endSessions(ana.email)
  await latchkey.load()
  await waitFor(() => expect(said()).toContain('Your session has ended. Log in again.'))
  expect(said()).not.toContain('kept')
  backend.write(ana.email, { company: 'Else' })
  await logIn(opened, ana)
  expect(field('Company').value).toBe('Else')
  expect(said()).not.toContain('not saved yet')
})

test('focus stays where it is when the session ends while the person is elsewhere on the page', async () => {
  const opened = open('inline')
  const { backend, latchkey } = opened
  await screen.findByLabelText('Company')
  const search = document.body.appendChild(document.createElement('input'))
  search.focus()
  backend.endSessions(ana.email)
  await latchkey.load()
  await waitFor(() => expect(said()).toContain('Your session has ended'))
  expect(document.activeElement).toBe(search)
})

test('a log-in in a dialog brings the edit back in the form beside it', async () => {
  const opened = open('inline')
  const { latchkey, user } = opened
  await edit(opened)
  await saveTooLate(opened)
  latchkey.show('login')
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByLabelText('E-mail'), ana.email)
  await user.type(dialog.getByLabelText('Password'), `${ana.password}{Enter}`)
  await screen.findByRole('heading', { name: 'Your profile' })
  expect(screen.queryByRole('dialog')).toBe(null)
  expect(field('Skill 1').value).toBe('Welding')
})
