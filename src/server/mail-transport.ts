// Hands a mail over: to a mail server, or to a folder as one file.
import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MailMessage } from './mail-message.ts'
import type { MailSetting } from './mail-options.ts'
import { peer } from './peer.ts'

/** Rejects when the mail could not be handed over. */
export type MailTransport = (to: string, message: MailMessage) => Promise<void>

/** Rejects with an error that says so where the package `nodemailer` is missing. */
export async function createMailTransport({ from, siteName, smtp, outbox }: MailSetting): Promise<MailTransport> {
  const { createTransport } = await peer('nodemailer', 'The account server is to send mail', import('nodemailer'))
  const letter = (to: string, message: MailMessage) => ({
    from: { name: siteName, address: from },
    // As an object: nothing in an address is taken for a second one.
    to: { name: '', address: to },
    ...message,
    // So that no absence note answers (RFC 3834, 5).
    headers: { 'auto-submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  if (smtp !== null) {
    const server = createTransport(smtp)
    return async (to, message) => {
      await server.sendMail(letter(to, message))
    }
  }
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return async (to, message) => {
    const { message: bytes } = await writer.sendMail(letter(to, message))
    if (!Buffer.isBuffer(bytes)) throw new Error('the mail was not written as one piece')
    // It holds a token: nobody else on the machine reads it. Nobody finds half of it either.
    await mkdir(outbox, { recursive: true, mode: 0o700 })
    const name = join(outbox, `${new Date().toISOString().replace(/[:.]/g, '-')}-${randomUUID()}`)
    await writeFile(`${name}.part`, bytes, { mode: 0o600 })
    await rename(`${name}.part`, `${name}.eml`)
  }
}
