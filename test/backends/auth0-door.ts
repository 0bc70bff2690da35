// An Auth0-compatible door over TLS, and what stands before it: pages with the auth0 backend, and a site's own machine.

import { type Auth0FacadeOptions, auth0Facade, createAccountServer } from 'latchkey/server'
import { afterAll, onTestFinished } from 'vitest'
import { type Auth0Options, auth0 } from '../../src/backends/auth0.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import { createAuth0Management } from '../../src/management/auth0.ts'
import { type SecureServer, startSecureServer } from '../server/auth0/secure-server.ts'
import type { DatabaseKind } from '../server/databases.ts'
import { trustingFetch } from './trusting-fetch.ts'

export const ORIGIN = 'https://shop.example.org'
export const CONNECTION = 'Username-Password-Authentication'
export const ana = { email: 'ana@example.org', password: 'correct horse battery' }

let secureServer: Promise<SecureServer> | null = null
afterAll(async () => (await secureServer)?.close())

const machine = { clientId: 'machine', clientSecret: 'machine-secret-0123456789-abcdefgh' }

/** A new door on a new database. */
export async function openDoor({ create }: DatabaseKind, options: Partial<Auth0FacadeOptions> = {}) {
  const { url } = await create()
  const accounts = await createAccountServer({ databaseUrl: url, origin: ORIGIN })
  onTestFinished(() => accounts.close())
  // One server for the tests of a file, which run one after the other: its certificate takes a second to make.
  secureServer ??= startSecureServer()
  const server = await secureServer
  const door = await auth0Facade(accounts, {
    issuer: `https://${server.domain}/`,
    clients: [
      { clientId: 'shop', origins: [ORIGIN], grants: ['password', 'refresh_token'] },
      {
        ...machine,
        grants: ['client_credentials'],
        scopes: ['read:users', 'update:users', 'create:users', 'delete:users'],
      },
    ],
    ...options,
  })
  const asked: string[] = []
  server.serve((request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`)
    return door.fetch(request)
  })

  return {
    /** Every request, as method and path. */
    asked,
    domain: server.domain,
    /** One tab of a page: its storage outlives the page, and its clock can be put on. */
    tab(given: Partial<Auth0Options> = {}) {
      const kept = new Map<string, string>()
      let ahead = 0
      const environment = {
        ...systemEnvironment(),
        fetch: trustingFetch(server.certificate, ORIGIN),
        now: () => Date.now() + ahead,
        storage: {
          read: (key: string) => kept.get(key) ?? null,
          write: (key: string, text: string | null) => {
            if (text === null) kept.delete(key)
            else kept.set(key, text)
          },
        },
      }
      const backend = auth0({ domain: server.domain, clientId: 'shop', connection: CONNECTION, ...given })
      const open = () => createClient({ backend, environment, tokenStorage: 'tab' })
      return {
        kept,
        backend,
        environment,
        open,
        client: open(),
        pass: (seconds: number) => {
          ahead += seconds * 1000
        },
      }
    },
    management: createAuth0Management({
      ...{ domain: server.domain, ...machine },
      fetch: trustingFetch(server.certificate, null),
    }),
    manage: (secret: string) =>
      createAuth0Management({
        ...{ domain: server.domain, clientId: machine.clientId, clientSecret: secret },
        fetch: trustingFetch(server.certificate, null),
      }),
  }
}
