// A site that keeps its accounts with better-auth: one page under a strict policy, and the server, on one origin.
import type { RequestListener } from 'node:http'
import { type BetterAuthServer, type ServerOptions, startBetterAuth } from '../test/backends/better-auth-server.ts'
import { bundle } from './bundled-page.ts'

const bundled = bundle('better-auth-page.ts')

const POLICY = [
  ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", 'img-src data:'],
  ...["form-action 'self'", "base-uri 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'"],
].join('; ')

const pageWith = (verification: string) => `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Site</title>
  <link rel="icon" href="data:,">
  <main><h1>Site</h1><div id="account" data-verification="${verification}"></div></main>
  <script type="module" src="/page.js"></script>
</html>`

/** Starts the site; its page is at the root. */
export async function startSite(options: ServerOptions['options'], verification: string): Promise<BetterAuthServer> {
  const files = await bundled
  const pages: RequestListener = (request, response) => {
    const code = files.get(request.url?.slice(1) ?? '')
    const type = code === undefined ? 'text/html' : 'text/javascript'
    response.setHeader('content-type', `${type}; charset=utf-8`)
    response.setHeader('content-security-policy', POLICY)
    response.end(code ?? pageWith(verification))
  }
  return startBetterAuth({ pages, ...(options && { options }) })
}
