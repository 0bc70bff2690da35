// A site with Auth0's own clients and the Auth0-compatible door, each at an https address of its own.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type AccountServer, auth0Facade, createAccountServer } from 'latchkey/server'
import { build } from 'vite'
import { startSecureServer } from '../../test/server/auth0/secure-server.ts'

export interface Site {
  /** Origin of the page. */
  readonly origin: string
  /** Origin of the door. */
  readonly door: string
  /** The same accounts, at their own door. */
  readonly accounts: AccountServer
  close(): Promise<void>
}

/** Starts a page of this folder and a door for it, on a new database. */
export async function startSite(page: 'spa-page' | 'lock-page', content: string): Promise<Site> {
  const script = await bundled(page)
  const [shop, door] = await Promise.all([startSecureServer(), startSecureServer()])
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-auth0-'))
  const origin = `https://${shop.domain}`
  const accounts = await createAccountServer({ databaseUrl: `file:${join(folder, 'accounts.db')}`, origin })
  const facade = await auth0Facade(accounts, {
    issuer: `https://${door.domain}/`,
    userExists: 'user_exists',
    clients: [
      { clientId: 'shop', redirectUris: [`${origin}/`], logoutUris: [`${origin}/`], origins: [origin] },
      { clientId: 'lock', redirectUris: [`${origin}/`], origins: [origin], grants: ['implicit'], crossOrigin: true },
    ],
  })
  door.serve(facade.fetch)
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Shop</title>
    <main data-domain="${door.domain}"><h1>Shop</h1>${content}<output></output></main><script src="/page.js" type="module"></script></html>`
  shop.serve(async (request) => {
    const isScript = new URL(request.url).pathname === '/page.js'
    const type = isScript ? 'text/javascript' : 'text/html'
    return new Response(isScript ? script : html, { headers: { 'content-type': `${type}; charset=utf-8` } })
  })
  return {
    origin,
    door: `https://${door.domain}`,
    accounts,
    async close() {
      await Promise.all([shop.close(), door.close()])
      await accounts.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A page's script with the client it uses, which is taken as it was published. */
async function bundled(page: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      lib: { entry: fileURLToPath(new URL(`./${page}.ts`, import.meta.url)), formats: ['es'] },
    },
  })
  const [first] = Array.isArray(built) ? built : [built]
  const [chunk] = first && 'output' in first ? first.output : []
  if (chunk?.type !== 'chunk') throw new Error(`${page} was not built`)
  return chunk.code
}
