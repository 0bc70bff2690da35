// A mail's text as the two parts it is sent in: plain, and HTML in which every value is escaped.
import { escaped } from './html.ts'
import type { MailText } from './mail-texts.ts'

export interface MailMessage {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** `href` is null for a mail without a link. */
export function mailMessage(
  { subject, before, link, after }: MailText,
  language: string,
  href: string | null,
): MailMessage {
  const linkText = href === null ? [] : [`${link}:\n${href}`]
  const anchor = href === null ? [] : [`<a href="${escaped(href)}">${escaped(link)}</a>`, escaped(href)]
  const paragraphs = [...before.map(escaped), ...anchor, ...after.map(escaped)]
  const body = paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n')
  return {
    // A header is one line.
    subject: subject.replace(/\p{Cc}+/gu, ' '),
    text: `${[...before, ...linkText, ...after].join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${escaped(language)}"><head><meta charset="utf-8"><title>${escaped(subject)}</title></head><body>\n${body}\n</body></html>\n`,
  }
}
