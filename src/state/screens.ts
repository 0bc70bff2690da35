// The table of screens: what each asks for and where it leads, as data.
import type { FormCall } from '../contract/backend.ts'
import type { FieldScreen } from '../fields/definition.ts'

/** A control of a screen's own, beside the site's fields. */
export interface StandardControl {
  /** No field of a site can have a `$` in its name. */
  readonly name: 'identifier' | 'email' | 'username' | 'password' | '$remember'
  readonly kind: 'email' | 'text' | 'password' | 'checkbox'
  /** Autofill token (HTML, 4.10.18.7; WCAG 1.3.5). */
  readonly autocomplete?: 'username' | 'email' | 'current-password' | 'new-password'
  /** Where it is asked for; everywhere unless given. */
  readonly when?: Occasion
}

/**
 * What decides about a control: whether accounts have user names beside their addresses, whether people are asked to
 * stay, and whether the form itself logs in.
 */
export type Occasion = 'emails' | 'usernames' | 'rememberMe' | 'passwords'

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
      { name: 'identifier', kind: 'email', autocomplete: 'username', when: 'emails' },
      { name: 'identifier', kind: 'text', autocomplete: 'username', when: 'usernames' },
      { name: 'password', kind: 'password', autocomplete: 'current-password', when: 'passwords' },
      { name: '$remember', kind: 'checkbox', when: 'rememberMe' },
    ],
    fields: null,
    submit: 'logIn',
    link: 'signUp',
    signedIn: false,
  },
  signUp: {
    controls: [
      { name: 'email', kind: 'email', autocomplete: 'username', when: 'emails' },
      { name: 'email', kind: 'email', autocomplete: 'email', when: 'usernames' },
      // Right before the password, which is where password managers look for it.
      { name: 'username', kind: 'text', autocomplete: 'username', when: 'usernames' },
      { name: 'password', kind: 'password', autocomplete: 'new-password' },
      { name: '$remember', kind: 'checkbox', when: 'rememberMe' },
    ],
    fields: 'signUp',
    submit: 'signUp',
    link: 'login',
    signedIn: false,
  },
  profile: { controls: [], fields: 'profile', submit: 'profile', link: null, signedIn: true },
} as const satisfies Readonly<Record<string, Screen>>

export type ScreenName = keyof typeof screens

export const screenNames: readonly ScreenName[] = ['login', 'signUp', 'profile']
