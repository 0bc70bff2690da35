// The mails of the account server: which text goes to whom, with which link, sent while the request is answered already.
import { mailMessage } from './mail-message.ts'
import type { MailScreen, MailSetting } from './mail-options.ts'
import type { MailTexts } from './mail-texts.ts'
import type { MailTransport } from './mail-transport.ts'

export type MailKind = Exclude<keyof MailTexts, 'language'>

export interface MailLink {
  readonly screen: MailScreen
  readonly token: string
  readonly hours: number
}

export interface AccountMail {
  /** Sends a mail without keeping anyone waiting: how long it takes would tell who has an account. `about` is the account's address. */
  send(kind: MailKind, to: string, link?: MailLink | null, about?: string): void
  /** Does work beside the request, such as finding out whether there is anyone to write to. */
  beside(work: () => Promise<void>): void
  /** Settles when everything under way has ended. */
  settled(): Promise<void>
}

export function createAccountMail(
  { siteName, texts, linkTo }: MailSetting,
  transport: MailTransport,
  onError: (error: unknown) => void,
): AccountMail {
  const running = new Set<Promise<void>>()

  function beside(work: () => Promise<void>): void {
    const done = work()
      .catch(onError)
      .finally(() => running.delete(done))
    running.add(done)
  }

  return {
    send(kind, to, link = null, about = to) {
      const text = texts[kind]({ siteName, email: about, hours: link?.hours ?? 0 })
      const message = mailMessage(text, texts.language, link && linkTo(link.screen, link.token))
      beside(async () => {
        try {
          await transport(to, message)
        } catch (reason) {
          throw new MailError(kind, reason)
        }
      })
    },
    beside,
    async settled() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

/** Says what happened with a word of the mail server's or the file system's, and nothing of the mail. */
export class MailError extends Error {
  override readonly name = 'MailError'

  constructor(kind: MailKind, reason: unknown) {
    const code = reason instanceof Error && 'code' in reason ? String(reason.code) : 'unknown'
    super(`a mail (${kind}) could not be sent: ${code}`)
  }
}
