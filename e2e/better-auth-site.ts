// A site that keeps its accounts with better-auth: one page under a strict policy, and the server, on one origin.
import type { RequestListener } from 'node:http'
import { type BetterAuthServer, type ServerOptions, startBetterAuth } from '../test/backends/better-auth-server.ts'
import { bundle } from './bundled-page.ts'
import { pageOf, policyOf } from './site-page.ts'

const bundled = bundle('better-auth-page.ts')

/** Starts the site; its page is at the root. */
export async function startSite(options: ServerOptions['options'], verification: string): Promise<BetterAuthServer> {
  const files = await bundled
  const pages: RequestListener = (request, response) => {
    const code = files.get(request.url?.slice(1) ?? '')
    const type = code === undefined ? 'text/html' : 'text/javascript'
    response.setHeader('content-type', `${type}; charset=utf-8`)
    response.setHeader('content-security-policy', policyOf())
    response.end(code ?? pageOf(`<div id="account" data-verification="${verification}"></div>`))
  }
  return startBetterAuth({ pages, ...(options && { options }) })
}
