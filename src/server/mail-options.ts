// How the account server sends mail, and the check of it.
import { isEmail } from '../fields/credentials.ts'
import type { MailTexts } from './mail-texts.ts'
import { mailTextsEn } from './mail-texts-en.ts'
import type { Origins } from './origins.ts'

/** The screens that the links of mails lead to. */
export type MailScreen = 'verifyEmail' | 'resetPassword'

export interface MailOptions {
  /** The sender's e-mail address, such as `accounts@example.com`. */
  readonly from: string
  /** What the site calls itself, in the texts and as the sender's name. */
  readonly siteName: string
  /**
   * The mail server, such as `smtps://user:password@mail.example.com`; what may be behind a `?` is nodemailer's.
   * @default none: mails are files in `outbox`
   */
  readonly smtp?: string
  /**
   * The folder that mails are written to as `.eml` files where no `smtp` is given. They hold tokens: never serve it.
   * @default 'data/outbox'
   */
  readonly outbox?: string
  /**
   * Page of the site that shows a screen, as a path or an address at `origin` or one of `allowedOrigins`. The link names
   * the screen and the token behind a `#`, which browsers send to no server.
   * @default '/' for each
   */
  readonly pages?: { readonly [Screen in MailScreen]?: string }
  /**
   * The texts, in the language of the site.
   * @default English
   */
  readonly texts?: MailTexts
}

export interface MailSetting {
  readonly from: string
  readonly siteName: string
  readonly smtp: string | null
  readonly outbox: string
  readonly texts: MailTexts
  /** The link to a screen, with a token. */
  readonly linkTo: (screen: MailScreen, token: string) => string
}

/** The setting, null without one, or a TypeError with path and fix that does not repeat the mail server's password. */
export function checkedMail(mail: MailOptions | undefined, origins: Origins): MailSetting | null {
  if (mail === undefined) return null
  const { from, siteName, smtp, outbox = 'data/outbox', pages = {}, texts = mailTextsEn } = mail
  if (typeof from !== 'string' || !isEmail(from)) {
    throw new TypeError(`mail.from ${JSON.stringify(from)}: must be an e-mail address; write "accounts@example.com"`)
  }
  if (typeof siteName !== 'string' || !/^[^\p{Cc}]*\S[^\p{Cc}]*$/u.test(siteName)) {
    throw new TypeError(`mail.siteName ${JSON.stringify(siteName)}: must be a name; write "Example"`)
  }
  if (smtp !== undefined && !(typeof smtp === 'string' && /^smtps?:\/\/./.test(smtp) && URL.canParse(smtp))) {
    throw new TypeError(
      'mail.smtp : must be the address of a mail server; write "smtps://user:password@mail.example.com"',
    )
  }
  if (typeof outbox !== 'string' || outbox === '') throw new TypeError('mail.outbox : must be the path of a folder')
  const addresses = {
    verifyEmail: checkedPage('mail.pages.verifyEmail', pages.verifyEmail ?? '/', origins),
    resetPassword: checkedPage('mail.pages.resetPassword', pages.resetPassword ?? '/', origins),
  }
  return {
    from,
    siteName,
    smtp: smtp ?? null,
    outbox,
    texts,
    linkTo: (screen, token) => `${addresses[screen]}#latchkey=${screen}&token=${token}`,
  }
}

/** The address of a page, or a TypeError with path and fix. */
export function checkedPage(option: string, page: string, origins: Origins): string {
  const path = `${option} ${JSON.stringify(page)}`
  const url = URL.canParse(page, origins.own) ? new URL(page, origins.own) : null
  if (url && origins.allows(url.origin) && url.username === '' && url.hash === '') return url.href
  throw new TypeError(`${path}: must be a page at origin or one of allowedOrigins, without a "#"; write "/account"`)
}
