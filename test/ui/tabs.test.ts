// @vitest-environment happy-dom
// Tabs of one person: what happens in one is seen in the others, each of which asks the backend for itself.
import { screen, waitFor, within } from '@testing-library/preact'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { type MemoryBackend, memory } from '../../src/backends/memory.ts'
import { type Environment, systemEnvironment } from '../../src/client/environment.ts'
import { createLatchkey } from '../../src/create.ts'
import type { LatchkeyOptions } from '../../src/create-options.ts'
import { defineFields } from '../../src/fields/define.ts'
import { EVENT_NAMES } from '../../src/state/events.ts'
import type { ScreenName } from '../../src/state/screens.ts'

const fields = defineFields([
  { name: 'company', label: 'Company' },
  { name: 'town', label: 'Town' },
])
const email = 'ana@example.org'
const account = { email, password: 'correct horse', user_metadata: { company: 'Acme', town: 'Lisbon' } }

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
  document.body.replaceChildren()
})

/** Tabs of one browser, which hear each other as BroadcastChannel has it: everyone but the one who posts. */
function browserTabs() {
  const channels = new Set<{ readonly name: string; readonly listener: (message: unknown) => void }>()
  const posted: unknown[] = []
  const returns: (() => void)[] = []
  const environment: Environment = {
    ...systemEnvironment(),
    openChannel(name, listener) {
      const own = { name, listener }
      channels.add(own)
      return {
        post(message) {
          posted.push(message)
          for (const other of channels)
            if (other !== own && other.name === name) queueMicrotask(() => other.listener(message))
        },
        close: () => channels.delete(own),
      }
    },
    whenReturned(listener) {
      returns.push(listener)
      return () => returns.splice(returns.indexOf(listener), 1)
    },
  }
  async function open(backend: MemoryBackend, name: ScreenName, options: Pick<LatchkeyOptions, 'tokenStorage'> = {}) {
    const host = document.body.appendChild(document.createElement('div'))
    const latchkey = createLatchkey({ backend, fields, environment, ...options })
    const before = channels.size
    const events: string[] = []
    for (const event of EVENT_NAMES) latchkey.on(event, () => events.push(event))
    latchkey.mount(host, name)
    ends.push(latchkey.destroy)
    await waitFor(() =>
      expect([latchkey.session.value.status !== 'unknown', channels.size]).toEqual([true, before + 1]),
    )
    return { latchkey, events, tab: within(host) }
  }
  const returned = () => {
    for (const listener of returns) listener()
  }
  return { open, posted, channels, returned }
}

test('a save is seen in the other tab, beside what is being typed there', async () => {
  const { open, posted } = browserTabs()
  const backend = memory({ accounts: [account], signedIn: email })
  const here = await open(backend, 'profile')
  const there = await open(backend, 'profile')
  const user = userEvent.setup()
  await user.type(await there.tab.findByLabelText(/^Town/), ' West')
  await user.type(await here.tab.findByLabelText(/^Company/), ' & Co')
  await user.click(here.tab.getByRole('button', { name: 'Save' }))
  await here.tab.findByText('Saved')
  await waitFor(() => expect(there.tab.getByLabelText<HTMLInputElement>(/^Company/).value).toBe('Acme & Co'))
  expect(there.tab.getByLabelText<HTMLInputElement>(/^Town/).value).toBe('Lisbon West')
  await user.click(there.tab.getByRole('button', { name: 'Save' }))
  await there.tab.findByText('Saved')
  expect(backend.account(email)?.user_metadata).toEqual({ company: 'Acme & Co', town: 'Lisbon West' })
  expect(posted).toEqual(['saved', 'saved'])
})

test('a log-out ends every tab, and a log-in opens them again, once', async () => {
  const { open, posted } = browserTabs()
  const backend = memory({ accounts: [account], signedIn: email })
  const tabs = [await open(backend, 'profile'), await open(backend, 'profile'), await open(backend, 'profile')] as const
  const user = userEvent.setup()
  await user.click(await tabs[0].tab.findByRole('button', { name: 'Log out' }))
  for (const { tab } of tabs) await tab.findByRole('heading', { name: 'Log in' })
  for (const { latchkey } of tabs) expect(latchkey.session.value).toEqual({ status: 'signedOut' })
  await user.type(tabs[1].tab.getByLabelText('E-mail'), email)
  await user.type(tabs[1].tab.getByLabelText('Password'), 'correct horse')
  await user.click(tabs[1].tab.getByRole('button', { name: 'Log in' }))
  for (const { tab } of tabs) await tab.findByRole('heading', { name: 'Your profile' })
  for (const { events } of tabs) expect(events).toEqual(['signedOut', 'signedIn'])
  expect(posted).toEqual(['signedOut', 'signedIn'])
})

test('tokens that the browser keeps are one session for every tab, too', async () => {
  const { open } = browserTabs()
  const backend = memory({ imitate: 'supabase', accounts: [account] })
  const shared = { tokenStorage: 'browser' } as const
  const tabs = [await open(backend, 'login', shared), await open(backend, 'login', shared)] as const
  const user = userEvent.setup()
  await user.type(tabs[0].tab.getByLabelText('E-mail'), email)
  await user.type(tabs[0].tab.getByLabelText('Password'), 'correct horse')
  await user.click(tabs[0].tab.getByRole('button', { name: 'Log in' }))
  await user.click(await tabs[1].tab.findByRole('button', { name: 'Log out' }))
  for (const { tab } of tabs) await tab.findByRole('heading', { name: 'Log in' })
  for (const { latchkey } of tabs) expect(latchkey.session.value).toEqual({ status: 'signedOut' })
})

test('another account system on the same origin hears nothing, and a destroyed tab neither', async () => {
  const { open, channels } = browserTabs()
  const backend = memory({ accounts: [account], signedIn: email })
  const other = memory({ imitate: 'betterAuth', accounts: [account], signedIn: email })
  const here = await open(backend, 'profile')
  const elsewhere = await open(other, 'profile')
  const gone = await open(backend, 'profile')
  gone.latchkey.destroy()
  expect(channels.size).toBe(2)
  await here.tab.findByRole('button', { name: 'Log out' }).then((button) => button.click())
  await here.tab.findByRole('heading', { name: 'Log in' })
  expect(elsewhere.latchkey.session.value.status).toBe('signedIn')
  expect(gone.latchkey.session.value.status).toBe('signedIn')
})

test('a page that comes back out of the cache looks again who is signed in', async () => {
  const { open, returned } = browserTabs()
  const backend = memory({ accounts: [account], signedIn: email })
  const { latchkey, events } = await open(backend, 'profile')
  await latchkey.client.logOut()
  returned()
  await waitFor(() => expect(latchkey.session.value).toEqual({ status: 'signedOut' }))
  expect(events).toEqual(['signedOut'])
  await screen.findByRole('heading', { name: 'Log in' })
})
