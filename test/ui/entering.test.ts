// @vitest-environment happy-dom
// How a person gets in: where the page goes afterwards, user names, whether they stay, and what is not stored yet.
import { screen, waitFor, within } from '@testing-library/preact'
import { userEvent } from '@testing-library/user-event'
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { type MemoryBackend, memory } from '../../src/backends/memory.ts'
import { memoryProfiles } from '../../src/backends/memory-profiles.ts'
import { rest } from '../../src/backends/rest.ts'
import { type Environment, systemEnvironment } from '../../src/client/environment.ts'
import type { Capabilities } from '../../src/contract/capabilities.ts'
import { createLatchkey } from '../../src/create.ts'
import type { LatchkeyOptions } from '../../src/create-options.ts'
import { defineFields } from '../../src/fields/define.ts'
import { EVENT_NAMES } from '../../src/state/events.ts'
import { redirectAddress } from '../../src/state/redirect.ts'
import type { ScreenName } from '../../src/state/screens.ts'
import { accountFetch } from '../account-fetch.ts'

const ana = { email: 'ana@example.org', password: 'correct horse' }
const page = 'https://site.example/account/page?x=1'

let destroy = () => {}
afterEach(() => {
  destroy()
  document.body.replaceChildren()
})

interface Opening extends Partial<LatchkeyOptions> {
  readonly screen?: ScreenName
  readonly modal?: boolean
}

function open({ screen: name = 'login', modal = false, backend = memory({ accounts: [ana] }), ...options }: Opening) {
  const happened: string[] = []
  const environment: Environment = {
    ...systemEnvironment(),
    location: () => page,
    goTo: (address) => happened.push(`goes to ${address}`),
  }
  const latchkey = createLatchkey({ backend, environment, ...options })
  for (const event of EVENT_NAMES) latchkey.on(event, () => happened.push(event))
  destroy = latchkey.destroy
  if (modal) latchkey.show(name)
  else latchkey.mount(document.body.appendChild(document.createElement('div')), name)
  return { latchkey, happened, user: userEvent.setup() }
}

type User = ReturnType<typeof userEvent.setup>

const field = (label: string | RegExp) => screen.getByLabelText<HTMLInputElement>(label)

async function logIn(user: User, { email, password } = ana, label = 'E-mail') {
  await user.clear(await screen.findByLabelText(label))
  await user.type(field(label), email)
  await user.type(field('Password'), `${password}{Enter}`)
}

async function signUp(user: User) {
  await user.type(await screen.findByLabelText('E-mail'), 'bea@example.org')
  await user.type(field('Password'), 'battery staple{Enter}')
}

const bodies = ({ requests }: MemoryBackend, name: string) =>
  requests.filter(({ call }) => call === name).map(({ body }) => body)

test('after a log-in or sign-up the page goes where the site says, once the event was heard', async () => {
  const first = open({ redirectTo: '/welcome?new' })
  await logIn(first.user)
  await waitFor(() => expect(first.happened).toEqual(['signedIn', 'goes to https://site.example/welcome?new']))
  first.latchkey.destroy()
  document.body.replaceChildren()

  const second = open({ redirectTo: 'next', screen: 'signUp', modal: true })
  await signUp(second.user)
  await waitFor(() =>
    expect(second.happened).toEqual([
      ...['show', 'signedUp', 'signedIn', 'hide'],
      'goes to https://site.example/account/next',
    ]),
  )
})

test('a screen has its own place to go to before that of the site', async () => {
  const { latchkey, happened, user } = open({ redirectTo: '/welcome', modal: true })
  latchkey.show('login', { redirectTo: 'https://site.example/own' })
  await logIn(user)
  await waitFor(() => expect(happened).toContain('goes to https://site.example/own'))
})

test('nobody is sent away who was signed in already, or who comes back after the session had ended', async () => {
  const backend = memory({ accounts: [ana], signedIn: ana.email })
  const { latchkey, happened, user } = open({ backend, redirectTo: '/welcome' })
  await screen.findByRole('heading', { name: 'Your profile' })
  backend.endSessions(ana.email)
  await latchkey.load()
  await screen.findByRole('heading', { name: 'Log in' })
  await logIn(user)
  await screen.findByRole('heading', { name: 'Your profile' })
  await waitFor(() => expect(happened).toEqual(['signedIn']))
})

const refused = [
  ...['//evil.example', '///evil.example', '/\\evil.example', '\\/evil.example', '\\\\evil.example'],
  ...[
    'https:evil.example/x',
    'http://site.example/x',
    'https://site.example.evil.example',
    'https://site.example:8443',
  ],
  ...['https://site.example@evil.example', 'https://ana:secret@site.example/', 'https://ana@site.example/'],
  ...['javascript:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', 'JaVaScRiPt:alert(1)', 'vbscript:x'],
  ...['data:text/html,x', 'blob:https://site.example/1', 'file:///etc/passwd', 'about:blank', 'ftp://site.example/'],
  ...[
    '/\t/evil.example',
    '/\n/evil.example',
    '\u0000//evil.example',
    '/ok\r\nx',
    ' /ok',
    '/a b',
    'https://ѕite.example/',
  ],
]

test.each(refused)('an address of elsewhere is refused when it is given: %j', (redirectTo) => {
  // `https:x` is an address of its own where the page has another scheme.
  const from = redirectTo.startsWith('https:evil') ? 'http://site.example/' : page
  expect(() => redirectAddress(redirectTo, 'options.redirectTo', from)).toThrow(
    /^options\.redirectTo: must be an http\(s\) address of the page's own origin/,
  )
})

test('wherever an address leads, it stays with the page; what is no text leads nowhere', () => {
  const piece = fc.constantFrom(
    ...['/', '\\', '//', ':', '@', '.', '..', '%2f', '%5c', '%09', '\t', '\n', '?', '#', ';', 'x', 'https', 'http'],
    ...['javascript', 'data', 'evil.example', 'site.example', '[::1]', '%00', 'ⓔ', '。', ' '],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      let address: string
      try {
        address = redirectAddress(pieces.join(''), 'redirectTo', page)
      } catch (error) {
        return error instanceof TypeError
      }
      const { origin, username, password } = new URL(address)
      return origin === 'https://site.example' && username === '' && password === ''
    }),
    { numRuns: 3000 },
  )
  for (const given of [null, 1, {}, ['/x'], undefined])
    expect(() => redirectAddress(given, 'redirectTo', page)).toThrow(TypeError)
  expect(() => redirectAddress('/x', 'redirectTo', 'about:blank')).toThrow(TypeError)
  expect(() => redirectAddress('/x', 'redirectTo', 'file:///page.html')).toThrow(TypeError)
})

test('mistakes in the options are named with the fix, and never repeat what may be a secret', () => {
  const { latchkey } = open({})
  const host = document.body.appendChild(document.createElement('div'))
  const make = (options: object) => () => createLatchkey({ backend: memory(), ...options })
  expect(make({ redirectTo: '//evil.example' })).toThrow(
    "options.redirectTo: must be an http(s) address of the page's own",
  )
  expect(make({ redirectTo: 'https://ana:s3cret@site.example/' })).toThrow(/^((?!s3cret).)*$/)
  expect(() => latchkey.show('login', { redirectTo: '//evil.example' })).toThrow('show() options.redirectTo')
  expect(() => latchkey.mount(host, 'login', { redirectTo: '//evil.example' })).toThrow('mount() options.redirectTo')
  expect(make({ rememberMe: 'yes' })).toThrow('options.rememberMe: use one of true, false')
  expect(make({ loginAfterSignUp: 0 })).toThrow('options.loginAfterSignUp: use one of true, false')
  expect(make({ tokenStorage: 'cookie' })).toThrow('options.tokenStorage: use one of memory, tab, browser')
  expect(make({ redirect: '/' })).toThrow('options.redirect: there is no such option')
  expect(make({ constructor: 1 })).toThrow('options.constructor: there is no such option')
  expect(screen.queryByRole('dialog')).toBe(null)
  expect(host.innerHTML).toBe('')
})

test.each([
  ['session', 'token', 'use one of cookie, bearer'],
  ['token-storage', 'cookie', 'use one of memory, tab, browser'],
  ['screen', 'signup', 'use one of login, signUp, profile'],
  ['redirect-to', '//evil.example', 'options.redirectTo: must be'],
])('a mistake in the attribute %s="%s" is named with the fix', async (name, value, fix) => {
  const { defineElements } = await import('../../src/element.ts')
  defineElements()
  const element = document.createElement('latch-key')
  element.setAttribute('endpoint', '/account')
  element.setAttribute(name, value)
  expect(() => document.body.append(element)).toThrow(fix)
  expect(element.innerHTML).toBe('')
})

test('without a log-in after sign-up the log-in form follows, with the address filled in', async () => {
  const backend = memory()
  const { latchkey, happened, user } = open({ backend, screen: 'signUp', loginAfterSignUp: false, redirectTo: '/in' })
  await signUp(user)
  await screen.findByRole('heading', { name: 'Log in' })
  await screen.findByText('Your account is made. Log in to it now.')
  expect(field('E-mail').value).toBe('bea@example.org')
  await waitFor(() => expect(document.activeElement).toBe(field('Password')))
  expect(latchkey.session.value).toEqual({ status: 'signedOut' })
  expect(happened).toEqual(['signedUp'])
  await user.type(field('Password'), 'battery staple{Enter}')
  await screen.findByRole('heading', { name: 'Your profile' })
  expect(happened).toEqual(['signedUp', 'signedIn', 'goes to https://site.example/in'])
})

test('a person is asked whether they stay, is not taken to have said so, and is not asked otherwise', async () => {
  const backend = memory({ accounts: [ana] })
  const { latchkey, user } = open({ backend, rememberMe: true })
  const stay = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Keep me signed in' })
  expect([stay.checked, stay.getAttribute('aria-required')]).toEqual([false, null])
  await logIn(user)
  await user.click(await screen.findByRole('button', { name: 'Log out' }))
  await user.click(await screen.findByRole('checkbox', { name: 'Keep me signed in' }))
  await logIn(user)
  await screen.findByRole('heading', { name: 'Your profile' })
  expect(bodies(backend, 'logIn')).toEqual([
    { identifier: ana.email, remember: false },
    { identifier: ana.email, remember: true },
  ])
  latchkey.destroy()
  document.body.replaceChildren()

  const newcomer = backend.browser()
  const second = open({ backend: newcomer, screen: 'signUp', rememberMe: true })
  await user.click(await screen.findByRole('checkbox', { name: 'Keep me signed in' }))
  await signUp(second.user)
  await screen.findByRole('heading', { name: 'Your profile' })
  expect(bodies(newcomer, 'signUp')).toEqual([{ email: 'bea@example.org', remember: true }])
  second.latchkey.destroy()
  document.body.replaceChildren()

  const unasked = memory({ accounts: [ana] })
  const third = open({ backend: unasked })
  await logIn(third.user)
  await screen.findByRole('heading', { name: 'Your profile' })
  expect(bodies(unasked, 'logIn')).toEqual([{ identifier: ana.email }])
})

test('where accounts have user names, sign-up asks for one and log-in takes either', async () => {
  const backend = memory({ imitate: 'usernames' })
  const { user } = open({ backend, screen: 'signUp' })
  expect(['E-mail', 'User name', 'Password'].map((label) => field(label).autocomplete)).toEqual([
    ...['email', 'username', 'new-password'],
  ])
  await user.type(field('E-mail'), ana.email)
  await user.type(field('User name'), 'a')
  await user.type(field('Password'), `${ana.password}{Enter}`)
  await waitFor(() => expect(document.activeElement).toBe(field('User name')))
  expect(within(screen.getByRole('alert')).getByRole('link').textContent).toBe(
    'User name: Use 2 to 30 letters, digits, dots, dashes or underscores.',
  )
  await user.type(field('User name'), 'na ')
  await user.click(screen.getByRole('button', { name: 'Sign up' }))
  await user.click(await screen.findByRole('button', { name: 'Log out' }))
  expect(bodies(backend, 'signUp')).toEqual([{ email: ana.email, username: 'ana' }])

  const either = await screen.findByLabelText<HTMLInputElement>('E-mail or user name')
  expect([either.type, either.autocomplete]).toEqual(['text', 'username'])
  await logIn(user, { email: 'Ana', password: ana.password }, 'E-mail or user name')
  await screen.findByRole('heading', { name: 'Your profile' })
})

test('a user name that is taken is said at its place, and what was typed as one is no address', async () => {
  const backend = memory({ imitate: 'usernames', accounts: [{ ...ana, username: 'ana' }] })
  const { user } = open({ backend, screen: 'login' })
  await user.type(await screen.findByLabelText('E-mail or user name'), 'bea')
  await user.click(screen.getByRole('button', { name: 'Sign up' }))
  expect(field('E-mail').value).toBe('')
  await user.type(field('E-mail'), 'bea@example.org')
  await user.type(field('User name'), 'ANA')
  await user.type(field('Password'), 'battery staple{Enter}')
  await waitFor(() =>
    expect(within(screen.getByRole('alert')).getByRole('link').textContent).toMatch(/^User name: .*taken/),
  )
  await waitFor(() => expect(document.activeElement).toBe(field('User name')))
})

/** An account system whose sign-up takes texts only. */
const texts: Capabilities = {
  ...memoryProfiles.latchkey,
  signUpValues: { type: 'strings', maxSignUpFields: 10, maxSignUpValueLength: 500, maxNameLength: 100 },
}

const fields = defineFields([
  { name: 'company', label: 'Company' },
  { name: 'vat', label: 'VAT number' },
  { name: 'tags', type: 'list', label: 'Tags', stored: 'json', item: { label: 'Tag' } },
  { name: 'source', type: 'hidden', value: 'site' },
])

test('what sign-up could not store is named until it is stored, in the events and in the session', async () => {
  const backend = memory({ imitate: texts })
  const { latchkey, user } = open({ backend, screen: 'signUp', fields })
  const pending: (readonly string[])[] = []
  latchkey.on('signedUp', (detail) => pending.push(detail.pending))
  latchkey.on('signedIn', (detail) => pending.push(detail.pending))
  await user.type(await screen.findByLabelText(/^Company/), 'Acme')
  await user.click(await screen.findByRole('button', { name: 'Add Tag' }))
  await user.type(await screen.findByLabelText('Tag 1'), 'new')
  backend.fail({ kind: 'offline' }, { call: 'patchProfile' })
  await signUp(user)
  const notice = await screen.findByText(/^Not stored yet: Tags\. /)
  const waiting = ['/user_metadata/tags']
  expect(pending).toEqual([waiting, waiting])
  expect(latchkey.session.value).toMatchObject({ status: 'signedIn', pending: waiting })

  await user.type(await screen.findByLabelText(/^VAT/), '1')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('Saved')
  expect(notice.isConnected).toBe(true)
  await user.click(await screen.findByRole('button', { name: 'Add Tag' }))
  await user.type(await screen.findByLabelText('Tag 1'), 'now')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(notice.isConnected).toBe(false))
  expect(latchkey.session.value).toMatchObject({ pending: [] })
})

test('what is not stored yet follows with the next log-in', async () => {
  const backend = memory({ imitate: texts })
  const { latchkey, user } = open({ backend, screen: 'signUp', fields })
  await user.click(await screen.findByRole('button', { name: 'Add Tag' }))
  await user.type(await screen.findByLabelText('Tag 1'), 'new')
  backend.fail({ kind: 'offline' }, { call: 'patchProfile' })
  await signUp(user)
  await screen.findByText(/^Not stored yet: Tags\. /)
  await user.click(screen.getByRole('button', { name: 'Log out' }))
  await logIn(user, { email: 'bea@example.org', password: 'battery staple' })
  await waitFor(() => expect(field('Tag 1').value).toBe('new'))
  expect(screen.queryByText(/^Not stored yet/)).toBe(null)
  expect(latchkey.session.value).toMatchObject({ pending: [] })
})

test('the session hands out tokens where there are some, and says why where there are none', async () => {
  const cookies = open({
    backend: rest('/account'),
    environment: { ...systemEnvironment(), fetch: accountFetch({}).fetch },
  })
  await expect(cookies.latchkey.session.getToken()).rejects.toMatchObject({ code: 'unsupported' })
  cookies.latchkey.destroy()
  document.body.replaceChildren()

  const backend = memory({ imitate: 'bearer', accounts: [ana] })
  const { latchkey, user } = open({ backend })
  await expect(latchkey.session.getToken()).rejects.toMatchObject({ code: 'unauthenticated' })
  await logIn(user)
  await screen.findByRole('heading', { name: 'Your profile' })
  const token = await latchkey.session.getToken()
  expect(token).toMatch(/^memory-access-/)
  expect(JSON.stringify(latchkey.session.value)).not.toContain(token)
})

test('a log-out that the server could not be asked about ends a session of tokens here all the same, and says so', async () => {
  const backend = memory({ imitate: 'bearer', accounts: [ana] })
  const { latchkey, happened, user } = open({ backend })
  await logIn(user)
  const logOut = await screen.findByRole('button', { name: 'Log out' })
  backend.fail({ kind: 'offline' }, { call: 'logOut' })
  await user.click(logOut)
  await screen.findByRole('heading', { name: 'Log in' })
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('The server cannot be reached'))
  expect(latchkey.session.value).toEqual({ status: 'signedOut' })
  await expect(latchkey.session.getToken()).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(happened).toEqual(['signedIn', 'signedOut', 'error'])
})
