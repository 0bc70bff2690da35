// A page of a test's own that imports the built package, under the strictest policy a page can have.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { pageOf, policyOf } from './site-page.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What a bundler makes of a module that imports from `latchkey`, by file name. */
export async function bundle(entry: string): Promise<ReadonlyMap<string, string>> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: {
      alias: [
        { find: /^latchkey$/, replacement: at('../dist/lib/latchkey.js') },
        { find: /^latchkey\/([a-z-]+)$/, replacement: at('../dist/lib/$1.js') },
      ],
    },
    build: { write: false, lib: { entry: at(entry), formats: ['es'], fileName: 'page' } },
  })
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : 'output' in built ? built.output : []
  return new Map(outputs.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code] as const] : [])))
}

export interface BundledPage {
  readonly files: ReadonlyMap<string, string>
  /** Inside the main part. */
  readonly html: string
  /** Origins that its scripts may call. */
  readonly connect: string
}

export interface Site {
  readonly origin: string
  close(): Promise<void>
}

/**
 * Serves the page and its modules on a port of their own. Not by `page.route`: with it, Playwright answers the
 * preflights of calls to other origins itself, and everything is allowed.
 */
export async function serve({ files, html, connect }: BundledPage): Promise<Site> {
  const policy = policyOf(connect)
  const document = pageOf(html)
  const server = createServer((request, response) => {
    const code = files.get(request.url?.slice(1) ?? '')
    response.setHeader(
      'content-type',
      code === undefined ? 'text/html; charset=utf-8' : 'text/javascript; charset=utf-8',
    )
    response.setHeader('content-security-policy', policy)
    response.end(code ?? document)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
