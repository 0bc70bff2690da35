// The texts a language has to have, and how a code becomes one of them.
import type { Code, Issue } from '../contract/codes.ts'

export type Params = NonNullable<Issue['params']>

/** A text, or a function of the numbers that belong to its code. */
export type Message = string | ((params: Params) => string)

export interface Messages {
  /** BCP 47 tag of the language. */
  readonly language: string
  readonly errors: Readonly<Record<Code, Message>>
  readonly screens: Readonly<
    Record<'login' | 'signUp' | 'profile', { readonly title: string; readonly submit: string }>
  >
  readonly email: string
  readonly password: string
  readonly passwordHint: string
  readonly showPassword: string
  readonly optional: string
  readonly choose: string
  readonly summaryTitle: string
  readonly submitting: string
  readonly saved: string
  readonly unchanged: string
  readonly loading: string
  readonly tryAgain: string
  readonly logOut: string
  readonly close: string
  readonly toSignUp: readonly [question: string, link: string]
  readonly toLogin: readonly [question: string, link: string]
  readonly signedInAs: (email: string) => string
}

/** The text for a failed rule. */
export function messageOf(messages: Messages, issue: Pick<Issue, 'code' | 'params'>): string {
  const message = messages.errors[issue.code]
  return typeof message === 'function' ? message(issue.params ?? {}) : message
}
