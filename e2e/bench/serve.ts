// Bundles the contestants' pages in memory and serves them on a free port of this computer.
import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { build } from 'vite'
import type { Contestant } from './contestants.ts'

/** With these a page's clock has steps of 5 microseconds instead of 100. */
const ISOLATED = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' }

const pageOf = (name: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,"><body><script type="module" src="/${name}.js"></script>`

/** One module with everything in it, from what ships. */
async function bundle({ name, page }: Contestant): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: [{ find: /^latchkey$/, replacement: resolve('dist/lib/latchkey.js') }] },
    build: {
      write: false,
      // Components keep the names they are counted by.
      minify: false,
      lib: { entry: resolve(page), formats: ['es'] },
      rollupOptions: { output: { codeSplitting: false } },
    },
  })
  const outputs = Array.isArray(built) ? built.flatMap(({ output }) => output) : 'output' in built ? built.output : []
  const [code] = outputs.flatMap((output) => (output.type === 'chunk' ? [output.code] : []))
  if (code === undefined) throw new Error(`nothing was built for ${name}`)
  return code
}

export interface Served {
  readonly origin: string
  close(): void
}

export async function servePages(contestants: readonly Contestant[]): Promise<Served> {
  const answers = new Map([['/account/session', { type: 'application/json', body: '{"user":null}' }]])
  for (const contestant of contestants) {
    answers.set(`/${contestant.name}`, { type: 'text/html', body: pageOf(contestant.name) })
    answers.set(`/${contestant.name}.js`, { type: 'text/javascript', body: await bundle(contestant) })
  }
  const server = createServer(({ url = '' }, response) => {
    const answer = answers.get(url.split('?')[0] ?? '')
    if (!answer) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': answer.type, ...ISOLATED }).end(answer.body)
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port')
  return {
    origin: `http://127.0.0.1:${address.port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
