// What becomes of the options of Lock that are no fields: a sentence for each that has no equal here.
import type { Given } from './given.ts'
import { type AddNote, below, described } from './note.ts'

export interface OptionNote {
  /** What it did in Lock, what happens here, and what to do instead. */
  readonly message: string
  /** The values that mean here what they meant there, so that there is nothing to say. */
  readonly same?: readonly unknown[]
}

export type OptionNotes = Readonly<Record<string, OptionNote>>

/** Adds the note of every option of a table that is given and does not mean the same. */
export function noteOptions(given: Given, table: OptionNotes, path: string, add: AddNote): void {
  for (const [key, { message, same = [] }] of Object.entries(table)) {
    if (!given.has(key) || same.includes(given.get(key))) continue
    const value = given.get(key)
    add(below(path, key), typeof value === 'string' ? `${message} Given: ${described(value)}.` : message)
  }
}

/** Accounts with a password. */
export const DATABASE: OptionNotes = {
  allowForgotPassword: {
    message:
      'Lock could show or leave out its form for a forgotten password; there is none here yet. Link to a page of your own.',
    same: [false],
  },
  forgotPasswordLink: {
    message: 'Lock led there from the log-in form; here nothing does. Put the link into the page beside the widget.',
  },
  signUpLink: {
    message:
      'Lock led there in place of its sign-up form; here the form is always there. Put the link into the page if yours should be used.',
  },
  defaultDatabaseConnection: {
    message:
      'Lock chose one of several databases by it; here the backend is the one there is. Make a widget with another backend for another.',
  },
  loginAfterSignUp: {
    message:
      'Lock signed up without logging in; here the widget is told so. Write createLatchkey({ loginAfterSignUp: false }).',
    same: [true],
  },
  showTerms: {
    message:
      'Lock showed its sentence about the terms; here the sign-up form has none. Use mustAcceptTerms, or write it into the page.',
    same: [false],
  },
  usernameStyle: {
    message:
      "Lock asked for a user name; here the backend says that there are some. Write rest('/account', { usernames: true }).",
    same: ['email'],
  },
  signUpHideUsernameField: {
    message: 'Lock made up a user name unseen; here nobody has one that they did not choose.',
    same: [false],
  },
  signUpFieldsStrictValidation: {
    message:
      'Lock looked at e-mail addresses loosely, or strictly with this; here they are always held to the rule of HTML.',
  },
}
