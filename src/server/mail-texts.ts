// What a language has to say in mails; each language is a file of its own.

/** One mail: plain texts, which are escaped where they are put into HTML. */
export interface MailText {
  readonly subject: string
  /** Above the link, where there is one. */
  readonly before: readonly string[]
  /** What the link is called; '' in a mail without one. */
  readonly link: string
  /** Below it. */
  readonly after: readonly string[]
}

export interface MailTexts {
  /** The language (BCP 47). */
  readonly language: string
  /** Asks somebody who has just signed up whether the address is theirs. */
  readonly verify: (values: MailValues) => MailText
  /** Tells somebody who has an account that a sign-up named their address. */
  readonly signUpAgain: (values: MailValues) => MailText
  /** Lets somebody set a new password. */
  readonly reset: (values: MailValues) => MailText
  /** Asks at a new address whether it is theirs. */
  readonly confirmChange: (values: MailValues) => MailText
  /** Tells the old address that there is a new one. */
  readonly emailChanged: (values: MailValues) => MailText
  readonly passwordChanged: (values: MailValues) => MailText
  readonly accountDeleted: (values: MailValues) => MailText
}

/** Nothing that a stranger could have written, but the address itself: a mail from this site is no place for their words. */
export interface MailValues {
  readonly siteName: string
  /** The account's address. */
  readonly email: string
  /** How many hours the link is good; 0 in a mail without one. */
  readonly hours: number
}
