// Mail over a mail server: what it is handed, and what is said when it refuses.
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { expect, onTestFinished, test } from 'vitest'
import { sqlite } from './databases.ts'
import { ADA, openerOn } from './visitor.ts'

const open = openerOn(sqlite)

/** Speaks as much SMTP as it takes to get one mail (RFC 5321, 3.1). */
async function mailServer(recipients: '250 ok' | '550 no') {
  const lines: string[] = []
  const server = createServer((socket) => {
    let isData = false
    socket.on('error', () => {})
    socket.write('220 test\r\n')
    createInterface(socket).on('line', (line) => {
      lines.push(line)
      if (isData && line !== '.') return
      const said = isData ? '250 ok' : answerTo(line, recipients)
      isData = said.startsWith('354')
      socket.write(`${said}\r\n`)
      if (said.startsWith('221')) socket.end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server on a port has an address')
  return { smtp: `smtp://127.0.0.1:${address.port}`, lines }
}

function answerTo(line: string, recipients: string): string {
  if (/^rcpt/i.test(line)) return recipients
  if (/^data/i.test(line)) return '354 go on'
  return /^quit/i.test(line) ? '221 bye' : '250 ok'
}

const FROM = { from: 'accounts@example.com', siteName: 'Example' }

const forgot = { body: { email: ADA.email } }

test('a mail server is handed the mail, for one recipient', async () => {
  const { smtp, lines } = await mailServer('250 ok')
  const { visitor, server, errors } = await open({ mail: { ...FROM, smtp } })
  await visitor().signUp()
  expect((await visitor().send('POST', '/password/forgot', forgot)).status).toBe(202)
  await server.close()
  expect(lines.filter((line) => /^(mail|rcpt) /i.test(line))).toEqual([
    'MAIL FROM:<accounts@example.com>',
    `RCPT TO:<${ADA.email}>`,
  ])
  expect(lines).toContain('Subject: Set a new password for Example')
  expect(errors).toEqual([])
})

test('a mail that is refused is told to the site alone, without what was in it', async () => {
  const { smtp } = await mailServer('550 no')
  const { visitor, server, errors } = await open({ mail: { ...FROM, smtp } })
  await visitor().signUp()
  expect((await visitor().send('POST', '/password/forgot', forgot)).status).toBe(202)
  await server.close()
  expect(errors.map(String)).toEqual(['MailError: a mail (reset) could not be sent: EENVELOPE'])
})
