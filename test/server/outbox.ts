// A folder that the account server under test writes its mail to, and the mails in it, read as a mail program does.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MailOptions } from 'latchkey/server'
import { expect, onTestFinished } from 'vitest'

export interface ReceivedMail {
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /** The whole file. */
  readonly source: string
}

export interface Outbox {
  /** What the server is made with. */
  readonly mail: MailOptions
  /** The mails so far, in the order they were sent. */
  read(): ReceivedMail[]
  /** The mails once there are so many: they are sent beside the answers. */
  mails(count: number): Promise<ReceivedMail[]>
  /** The token of the latest mail of so many. */
  token(count: number): Promise<string>
}

export function openOutbox(more: Partial<MailOptions> = {}): Outbox {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-outbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const read = () =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.eml'))
      .sort()
      .map((name) => mailIn(readFileSync(join(folder, name), 'utf8')))
  const mails = async (count: number) => {
    await expect.poll(() => read().length, { timeout: 5000 }).toBe(count)
    return read()
  }
  return {
    mail: { from: 'accounts@example.com', siteName: 'Example', outbox: folder, ...more },
    read,
    mails,
    token: async (count) => tokenIn((await mails(count)).at(-1)?.text ?? ''),
  }
}

export function tokenIn(text: string): string {
  const [, token = ''] = /#latchkey=\w+&token=([\w-]{43})(\s|$)/.exec(text) ?? []
  return token
}

function mailIn(source: string): ReceivedMail {
  const [head = '', ...body] = source.split('\r\n\r\n')
  const headers = head.replace(/\r\n[ \t]+/g, ' ')
  const headerOf = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1] ?? ''
  const boundary = /boundary="([^"]+)"/.exec(headers)?.[1] ?? ''
  const parts = body
    .join('\r\n\r\n')
    .split(`--${boundary}`)
    .map((part) => part.split('\r\n\r\n'))
  const partOf = (type: string) => {
    const [about = '', ...content] = parts.find(([first = '']) => first.includes(type)) ?? []
    return decoded(content.join('\r\n\r\n'), /transfer-encoding: (\S+)/i.exec(about)?.[1] ?? '')
  }
  return {
    from: headerOf('from'),
    to: headerOf('to'),
    subject: headerOf('subject'),
    text: partOf('text/plain'),
    html: partOf('text/html'),
    source,
  }
}

function decoded(content: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(content, 'base64').toString()
  if (encoding !== 'quoted-printable') return content
  const bytes = content
    .replace(/=\r\n/g, '')
    .replace(/=([\dA-F]{2})/g, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString()
}
