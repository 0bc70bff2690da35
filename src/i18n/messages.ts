// The texts a language has to have, and how a code becomes one of them.
import type { Code } from '../contract/codes.ts'
import type { Issue, PasswordRuleCode } from '../contract/issues.ts'

export type Params = NonNullable<Issue['params']>

/** A text, or a function of the numbers that belong to its code. */
export type Message = string | ((params: Params) => string)

export interface ErrorMessages extends Readonly<Record<Code, Message>> {
  /** The rules for passwords, said in a list below the failure; then whether each is met. */
  readonly passwordRules: Readonly<Record<PasswordRuleCode, Message>>
  readonly met: (rule: string) => string
  readonly unmet: (rule: string) => string
}

export interface Messages {
  /** BCP 47 tag of the language. */
  readonly language: string
  /** The texts for what can go wrong: fetched when a person begins to fill in a form. */
  readonly errors: () => Promise<ErrorMessages>
  readonly screens: Readonly<
    Record<'login' | 'signUp' | 'profile', { readonly title: string; readonly submit: string }>
  >
  readonly email: string
  /** What a person logs in with where accounts have user names. */
  readonly identifier: string
  readonly username: string
  readonly password: string
  /** The question whether a person stays signed in. */
  readonly remember: string
  readonly passwordHint: string
  readonly showPassword: string
  readonly optional: string
  readonly choose: string
  /** Stands for any other text of a failure when even those cannot be fetched. */
  readonly failed: string
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
  readonly back: string
  readonly next: string
  readonly stepOf: (step: number, steps: number) => string
  readonly checking: string
  readonly choicesFailed: string
  /** Stands in the place of fields whose code could not be fetched. */
  readonly partFailed: string
  /** The texts about the connection: fetched when a person begins to fill in a form. */
  readonly connection: () => Promise<ConnectionMessages>
  /** The texts about what became of the session: fetched with the part that shows them. */
  readonly notices: () => Promise<NoticeMessages>
  /** The texts of the controls that are fetched on first use, fetched together with them. */
  readonly controls: () => Promise<ControlMessages>
  /** The texts of places that two people changed, fetched with the first of them. */
  readonly conflicts: () => Promise<ConflictMessages>
}

/** The texts of a place that somebody else changed while it was edited. */
export interface ConflictMessages {
  readonly changed: string
  /** Said of a field that is not on the form now. */
  readonly hidden: string
  /** Said of a field that may not be changed now. */
  readonly fixed: string
  readonly mine: string
  readonly theirs: string
  /** What stands on a button, and its whole name, which begins with the same words. */
  readonly keepMine: readonly [text: string, name: (label: string) => string]
  readonly takeTheirs: readonly [text: string, name: (label: string) => string]
  /** Said once the person's own value was kept. */
  readonly kept: string
  readonly taken: string
  readonly yes: string
  readonly no: string
  /** Stands in the place of no value. */
  readonly empty: string
  /** Stands in the place of a value that is sensitive. */
  readonly masked: string
}

export interface ConnectionMessages {
  readonly offline: string
  readonly back: string
  readonly retryIn: (seconds: number) => string
  readonly retryNow: string
}

export interface NoticeMessages {
  /** The session ended; nothing had been changed. */
  readonly expired: string
  /** The session ended in the middle of an edit. */
  readonly kept: string
  /** The same person is back at that edit, which was not sent. */
  readonly returned: string
  /** An account was made, and its owner is to log in. */
  readonly accountMade: string
  /** A sign-up went through, and its owner is to confirm the e-mail address; whether there was an account is not known. */
  readonly addressToConfirm: string
  /** What was given at sign-up and is not stored yet, by the labels of its fields; none where no field is about it. */
  readonly notStored: (labels: readonly string[]) => string
  /** Said of a field that the account system lets nobody change from a page. */
  readonly fixed: string
}

/** The texts of lists, searches and other controls that not every form has. */
export interface ControlMessages {
  readonly add: (item: string) => string
  readonly remove: (item: string) => string
  readonly moveUp: (item: string) => string
  readonly moveDown: (item: string) => string
  /** Name of one item of a list, such as "Skill 2". */
  readonly item: (item: string, position: number) => string
  readonly moved: (item: string, position: number, count: number) => string
  readonly added: (item: string) => string
  readonly removed: (item: string) => string
  readonly noMatches: string
  readonly matches: (count: number) => string
  readonly search: (label: string) => string
  /** Stands in an empty search. */
  readonly searchHere: string
  /** Name of the list that opens below a text. */
  readonly choices: string
  /** Said below a list that is too long to be shown whole. */
  readonly narrow: string
  /** The choices made in a list of which only a part is in sight. */
  readonly chosen: (labels: readonly string[]) => string
  /** Takes a value back; the label tells which. */
  readonly clear: string
  readonly loadingChoices: string
  readonly preview: (label: string) => string
  readonly notSet: string
}

/** The text for a failed rule: the site's answer, its own words for this code, or the language's. */
export function messageOf(
  errors: ErrorMessages,
  { code, params = {}, text }: Pick<Issue, 'code' | 'params' | 'text'>,
  own: Readonly<Record<string, string>> = {},
): string {
  const given = text ?? (Object.hasOwn(own, code) ? own[code] : undefined)
  if (given !== undefined) return given.replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole))
  const message = errors[code]
  return typeof message === 'function' ? message(params) : message
}
