// The Auth0-compatible door over TLS, as Auth0's clients insist on, with a certificate that is made for it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { generate } from 'selfsigned'

export interface SecureServer {
  /** Such as `localhost:49152`, which clients take as their domain. */
  readonly domain: string
  /** File with the certificate, for `NODE_EXTRA_CA_CERTS`. */
  readonly certificate: string
  /** Hands every request to a handler from now on. */
  serve(handler: (request: Request) => Promise<Response>): void
  close(): Promise<void>
}

export async function startSecureServer(): Promise<SecureServer> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  })
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-certificate-'))
  const certificate = join(folder, 'certificate.pem')
  writeFileSync(certificate, cert)

  let handler = async (_request: Request): Promise<Response> => new Response('starting', { status: 503 })
  const server = createServer(
    { key, cert },
    getRequestListener((request) => handler(request)),
  )
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return {
    domain: `localhost:${address.port}`,
    certificate,
    serve(given) {
      handler = given
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true })
    },
  }
}
