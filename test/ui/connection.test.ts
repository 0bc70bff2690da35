// @vitest-environment happy-dom
// What a form says while it cannot be sent: the time a server asked to wait, and that there is no connection.
import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import { memory } from '../../src/backends/memory.ts'
import { type Environment, systemEnvironment } from '../../src/client/environment.ts'
import { createLatchkey } from '../../src/create.ts'

let destroy = () => {}
afterEach(() => {
  destroy()
  document.body.replaceChildren()
})

/** A clock that stands until it is moved, and timers that follow it; those of calls that are given up are none of its. */
function standingClock() {
  let time = 1_700_000_000_000
  let timers: { readonly at: number; readonly callback: () => void }[] = []
  const startTimer: Environment['startTimer'] = (callback, milliseconds) => {
    const timer = { at: time + milliseconds, callback }
    timers.push(timer)
    return () => {
      timers = timers.filter((other) => other !== timer)
    }
  }
  const pass = (seconds: number) => {
    time += seconds * 1000
    const due = timers.filter(({ at }) => at <= time)
    timers = timers.filter(({ at }) => at > time)
    for (const { callback } of due) callback()
  }
  return { now: () => time, startTimer, pass, waiting: () => timers.length }
}

async function openLogin() {
  const host = document.body.appendChild(document.createElement('div'))
  const backend = memory({ accounts: [{ email: 'ana@example.org', password: 'correct horse' }] })
  const clock = standingClock()
  const connection = { online: true, tell: () => {} }
  const environment: Environment = {
    ...systemEnvironment(),
    now: clock.now,
    startTimer: clock.startTimer,
    online: () => connection.online,
    whenOnlineChanges(listener) {
      connection.tell = listener
      return () => {
        connection.tell = () => {}
      }
    },
  }
  const latchkey = createLatchkey({ backend, environment })
  latchkey.mount(host, 'login')
  destroy = latchkey.destroy
  const user = userEvent.setup()
  await user.type(await screen.findByLabelText('E-mail'), 'ana@example.org')
  await user.type(screen.getByLabelText('Password'), 'correct horse')
  const setOnline = async (online: boolean) => {
    connection.online = online
    connection.tell()
  }
  return { backend, clock, user, setOnline }
}

test('a server that asks to wait is waited for by the clock, and the end is announced', async () => {
  const { backend, clock, user } = await openLogin()
  backend.fail({ kind: 'rateLimited', retryAfter: 90 }, { call: 'logIn' })
  await user.click(screen.getByRole('button', { name: 'Log in' }))
  const timer = await screen.findByRole('timer')
  expect(timer.textContent).toBe('You can try again in 1:30 minutes.')
  clock.pass(1)
  await waitFor(() => expect(timer.textContent).toBe('You can try again in 1:29 minutes.'))
  // A page in the background gets its timers late.
  clock.pass(60)
  await waitFor(() => expect(timer.textContent).toBe('You can try again in 29 seconds.'))
  clock.pass(29)
  await screen.findByText('You can try again now.')
  expect(screen.queryByRole('timer')).toBeNull()
  expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('correct horse')
  await user.click(screen.getByRole('button', { name: 'Log in' }))
  await screen.findByRole('heading', { name: 'Your profile' })
})

test('trying again takes the countdown away, and a new answer begins a new one', async () => {
  const { backend, clock, user } = await openLogin()
  backend.fail({ kind: 'rateLimited', retryAfter: 30 }, { call: 'logIn', times: 2 })
  const submit = screen.getByRole('button', { name: 'Log in' })
  await user.click(submit)
  await screen.findByText('You can try again in 30 seconds.')
  clock.pass(29)
  await screen.findByText('You can try again in 1 second.')
  await user.click(submit)
  await screen.findByText('You can try again in 30 seconds.')
  await user.click(submit)
  await screen.findByRole('heading', { name: 'Your profile' })
  expect(clock.waiting()).toBe(0)
})

test('a lost connection is said, and what was typed is there and unsent when it is back', async () => {
  const { backend, setOnline } = await openLogin()
  // Its words are there before they are needed.
  await waitFor(() => expect(document.querySelectorAll('[role=status]').length).toBe(2))
  await setOnline(false)
  await screen.findByText(/^You are offline\./)
  fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'correct horse!' } })
  await setOnline(true)
  await screen.findByText('You are back online.')
  expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('correct horse!')
  expect(backend.requests.filter(({ call }) => call === 'logIn')).toEqual([])
})
