// Where and with what the widget starts: Lock's initial screen, its container and the address to start from.
import { type Given, isObject, readGiven } from './given.ts'
import { type AddNote, described } from './note.ts'

const SCREENS = ['login', 'signUp', 'forgotPassword'] as const
const ALLOWS = { login: 'allowLogin', signUp: 'allowSignUp', forgotPassword: 'allowForgotPassword' } as const

const LEFT_IN: Readonly<Record<string, string>> = {
  allowLogin: 'Lock left out its log-in form; here a link below the sign-up form leads to one.',
  allowSignUp:
    'Lock left out its sign-up form; here a link below the log-in form leads to one. Refuse sign-ups on your server.',
}

/** The screen to start with: the one that is named, else the first that is allowed. */
export function screenOf(given: Given, add: AddNote): 'login' | 'signUp' {
  for (const [key, left] of Object.entries(LEFT_IN)) {
    const value = given.get(key)
    if (value === false) add(key, left)
    else if (value !== undefined && typeof value !== 'boolean')
      add(
        key,
        `Lock ignored it, because it is ${described(value)} and neither true nor false; it is left out here too.`,
      )
  }
  const allowed = SCREENS.filter((screen) => given.get(ALLOWS[screen]) !== false)
  const named = given.get('initialScreen')
  const initial = allowed.find((screen) => screen === named)
  const first = initial ?? allowed[0] ?? 'login'
  const screen = first === 'forgotPassword' ? (allowed.find((other) => other !== first) ?? 'login') : first
  if (named === undefined) return screen
  if (initial === 'forgotPassword')
    add(
      'initialScreen',
      `Lock started with its form for a forgotten password; there is none here yet, "${screen}" is first.`,
    )
  else if (initial === undefined)
    add('initialScreen', `Lock ignored ${described(named)}, which is no screen that is allowed; "${screen}" is first.`)
  return screen
}

/** The selector of the container, for `mount`; null for a dialog, which `show` opens. */
export function mountOf(given: Given, add: AddNote): string | null {
  const id = given.get('container')
  const inline = typeof id === 'string' && id !== ''
  if (id !== undefined && !inline)
    add('container', `It has to be the id of an element, and is ${described(id)}; use show() for a dialog.`)
  if (!inline && given.has('closable') && !given.get('closable'))
    add(
      'closable',
      'Lock could keep a dialog from being closed; here Escape always closes it. Mount inline to keep it there.',
    )
  const autofocus = given.get('autofocus')
  if (autofocus !== undefined && Boolean(autofocus) === inline) {
    const here = inline ? 'inline the focus stays where it is' : 'a dialog always takes the focus (WCAG 2.4.3)'
    add('autofocus', `Lock put the focus into the first control or left it, as this says; here ${here}.`)
  }
  if (!inline) return null
  return /^[a-z_][\w-]*$/i.test(id) ? `#${id}` : `[id=${JSON.stringify(id)}]`
}

/** What the standard fields start from. */
export function prefillOf(given: Given, add: AddNote): { readonly email?: string } {
  const prefill = given.get('prefill')
  if (prefill === undefined) return {}
  if (!isObject(prefill)) {
    add('prefill', `It has to be { email }, and is ${described(prefill)}; it is left out.`)
    return {}
  }
  const values = readGiven(prefill, ['email', 'username', 'phoneNumber'], 'prefill', add)
  for (const [key, note] of [
    [
      'username',
      'Lock filled in a user name; here it is a draft: createLatchkey({ draft: new Map([["username", …]]) }).',
    ],
    ['phoneNumber', 'Lock filled in the phone number of a passwordless log-in; here nobody is asked for one.'],
  ])
    if (key && note && values.has(key)) add(`prefill.${key}`, note)
  const email = values.get('email')
  if (typeof email === 'string' && email !== '') return { email }
  if (email !== undefined) add('prefill.email', `It has to be an address, and is ${described(email)}; it is left out.`)
  return {}
}
