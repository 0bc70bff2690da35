// The table of screens: what each asks for and where it leads, as data.
import type { FormCall } from '../contract/backend.ts'
import type { FieldScreen } from '../fields/definition.ts'

/** A control of a screen's own, beside the site's fields. */
export interface StandardControl {
  readonly name: 'identifier' | 'email' | 'password'
  readonly kind: 'email' | 'password'
  /** Autofill token (HTML, 4.10.18.7; WCAG 1.3.5). */
  readonly autocomplete: 'username' | 'current-password' | 'new-password'
}

export interface Screen {
  readonly controls: readonly StandardControl[]
  /** The screen name under which the site's fields are listed here, or null for none. */
  readonly fields: FieldScreen | null
  readonly submit: FormCall
  /** The screen its link leads to, or null. */
  readonly link: 'login' | 'signUp' | null
  /** Whether only a person who is signed in has this screen. */
  readonly signedIn: boolean
}

export const screens = {
  login: {
    controls: [
      { name: 'identifier', kind: 'email', autocomplete: 'username' },
      { name: 'password', kind: 'password', autocomplete: 'current-password' },
    ],
    fields: null,
    submit: 'logIn',
    link: 'signUp',
    signedIn: false,
  },
  signUp: {
    controls: [
      { name: 'email', kind: 'email', autocomplete: 'username' },
      { name: 'password', kind: 'password', autocomplete: 'new-password' },
    ],
    fields: 'signUp',
    submit: 'signUp',
    link: 'login',
    signedIn: false,
  },
  profile: { controls: [], fields: 'profile', submit: 'profile', link: null, signedIn: true },
} as const satisfies Readonly<Record<string, Screen>>

export type ScreenName = keyof typeof screens

export function isScreenName(name: unknown): name is ScreenName {
  return typeof name === 'string' && Object.hasOwn(screens, name)
}
