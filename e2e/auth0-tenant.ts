// An Auth0-compatible door over TLS that stands in for a tenant, and pages of a site on another origin that use it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Auth0FacadeOptions, auth0Facade, createAccountServer } from 'latchkey/server'
import Database from 'libsql'
import { startSecureServer } from '../test/server/auth0/secure-server.ts'

export const CONNECTION = 'Username-Password-Authentication'
export const MACHINE = { clientId: 'machine', clientSecret: 'machine-secret-0123456789-abcdefgh' }
export const SITE = { clientId: 'site', clientSecret: 'site-secret-0123456789-abcdefghijk' }

export interface Asked {
  readonly method: string
  readonly path: string
  readonly body: string
}

export interface Tenant {
  readonly domain: string
  /** File with the certificate, for `NODE_EXTRA_CA_CERTS`. */
  readonly certificate: string
  /** What was asked, in order; preflights are left out. */
  readonly asked: readonly Asked[]
  /** Opens the door to a page of this origin. */
  open(origin: string, options?: Partial<Auth0FacadeOptions>): Promise<void>
  /** What is stored of a person, by their address; null for nobody. */
  metadataOf(email: string): unknown
  /** Writes a person's metadata as another program would. */
  write(email: string, user_metadata: object): void
  close(): Promise<void>
}

export async function startTenant(): Promise<Tenant> {
  const server = await startSecureServer()
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-tenant-'))
  const file = join(folder, 'accounts.db')
  const accounts = await createAccountServer({ databaseUrl: `file:${file}`, origin: `https://${server.domain}` })
  const asked: Asked[] = []
  const inDatabase = <Result>(work: (database: Database.Database) => Result): Result => {
    const database = new Database(file)
    try {
      return work(database)
    } finally {
      database.close()
    }
  }
  return {
    domain: server.domain,
    certificate: server.certificate,
    asked,
    async open(origin, options = {}) {
      const page = `${origin}/`
      const shop = {
        ...{ clientId: 'shop', origins: [origin], redirectUris: [page], logoutUris: [page] },
        grants: ['authorization_code', 'refresh_token', 'password'] as const,
      }
      const machine = { ...MACHINE, grants: ['client_credentials'] as const }
      const scopes = ['read:users', 'update:users', 'create:users', 'delete:users'] as const
      const site = { ...SITE, grants: ['password'] as const }
      const door = await auth0Facade(accounts, {
        issuer: `https://${server.domain}/`,
        clients: [shop, { ...machine, scopes }, site],
        ...options,
      })
      server.serve(async (request) => {
        const body = request.body ? await request.clone().text() : ''
        if (request.method !== 'OPTIONS')
          asked.push({ method: request.method, path: new URL(request.url).pathname, body })
        return door.fetch(request)
      })
    },
    metadataOf: (email) =>
      inDatabase((database) => {
        const row: unknown = database.prepare('SELECT user_metadata FROM users WHERE email = ?').get(email)
        return typeof row === 'object' && row !== null ? JSON.parse(String(Reflect.get(row, 'user_metadata'))) : null
      }),
    write: (email, user_metadata) =>
      inDatabase((database) => {
        const change = 'UPDATE users SET user_metadata = ?, version = version + 1 WHERE email = ?'
        database.prepare(change).run(JSON.stringify(user_metadata), email)
      }),
    async close() {
      await server.close()
      await accounts.close()
      rmSync(folder, { recursive: true })
    },
  }
}
