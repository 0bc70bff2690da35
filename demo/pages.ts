// Serves the demo's pages and the built widget, under the strictest policy a page can have.
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
}

/** Relative to the built server in `demo/dist`. */
const PAGES = new URL('./pages/', import.meta.url)
const WIDGET = new URL('../../dist/embed/', import.meta.url)

export function createPages(): (request: Request) => Promise<Response> {
  return async (request) => {
    const headers = {
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    }
    const refuse = (status: number, text: string) =>
      new Response(text, { status, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' } })
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405, 'This address takes GET.')
    const { pathname } = new URL(request.url)
    // Only plain names reach the disk: no escapes, and no dot without a word on either side.
    const plain = /^\/((?:[\w-]+\/)*)([\w-]+(?:\.[\w-]+)*\.[a-z]+)?$/.exec(pathname)
    if (!plain) return refuse(404, 'There is no such page.')
    const [, folder = '', file = 'index.html'] = plain
    const widget = folder.startsWith('latchkey/')
    const url = widget ? new URL(folder.slice('latchkey/'.length) + file, WIDGET) : new URL(folder + file, PAGES)
    try {
      const body = new Uint8Array(await readFile(fileURLToPath(url)))
      const type = TYPES[extname(file)] ?? 'application/octet-stream'
      // The script tag works from other origins too; the widget's files are public.
      const shared = widget ? { 'access-control-allow-origin': '*' } : {}
      return new Response(body, { headers: { ...headers, ...shared, 'content-type': type } })
    } catch {
      return refuse(404, 'There is no such page.')
    }
  }
}
