// Auth0's clients as one person and one machine use them, over TLS, against a door to accounts of their own.
import { type AccountServer, auth0Facade, createAccountServer } from 'latchkey/server'
import { beforeAll, expect, onTestFinished } from 'vitest'
import type { DatabaseKind } from '../databases.ts'
import { type Clients, type Outcome, startClients } from './clients.ts'
import { CONNECTION, SECRET } from './door-clients.ts'
import { startSecureServer } from './secure-server.ts'

export const PAGE = 'http://localhost:4180'
const OTHER_PAGE = 'http://localhost:4181'
const PERSON = 'openid profile email read:current_user update:current_user_metadata'

/** Takes whatever policy a door has. */
export const PASSWORD = 'Correct horse 7'

export interface Person {
  readonly subject: string
  readonly token: string
}

/** What a person does, in the words of one of Auth0's clients. */
export interface Vendor {
  readonly name: string
  signUp(account: { email: string; password: string; user_metadata?: unknown }): Promise<Outcome>
  idOf(signedUp: Outcome): string
  logIn(email: string, password: string): Promise<Outcome>
  tokenOf(loggedIn: Outcome): string
  read(person: Person, subject?: string): Promise<Outcome>
  patch(person: Person, user_metadata: unknown, subject?: string): Promise<Outcome>
  patchRoot(person: Person, body: object): Promise<Outcome>
  forget(email: string): Promise<Outcome>
}

type Call = (call: string, ...args: readonly unknown[]) => Promise<Outcome>

export interface Vendors {
  readonly auth0: Vendor
  readonly auth0js: Vendor
  /** auth0-js on a page of the shop, and on a page of somebody else. */
  readonly shop: Call
  readonly stranger: Call
  /** The authentication client and the management client of `auth0`, each with a secret. */
  readonly site: Call
  readonly machine: Call
  /** Opens a door that the calls go to until the test ends, when the server must have had no error of its own. */
  open(kind: DatabaseKind): Promise<AccountServer>
}

/** Starts the clients for the tests of a file. */
export function vendorsOf(): Vendors {
  let domain = ''
  let pages: Clients
  let otherPages: Clients
  let serve: (handler: (request: Request) => Promise<Response>) => void
  beforeAll(async () => {
    const server = await startSecureServer()
    domain = server.domain
    serve = server.serve
    pages = startClients(server, PAGE)
    otherPages = startClients(server, OTHER_PAGE)
    return async () => {
      await Promise.all([pages.close(), otherPages.close()])
      await server.close()
    }
  })
  const shop: Call = (call, ...args) => pages.call('WebAuth', { clientID: 'shop' }, call, ...args)
  const secret = { clientSecret: SECRET }
  const site: Call = (call, ...args) =>
    pages.call('AuthenticationClient', { clientId: 'site', ...secret }, call, ...args)
  const machine: Call = (call, ...args) =>
    pages.call('ManagementClient', { clientId: 'machine', ...secret }, call, ...args)
  const logIn = (username: string, password: string) => {
    return { username, password, realm: CONNECTION, scope: PERSON, audience: `https://${domain}/api/v2/` }
  }
  const own = (client: string, { token }: Person, call: string, ...args: unknown[]) =>
    pages.call(client, { token }, call, ...args)
  return {
    shop,
    stranger: (call, ...args) => otherPages.call('WebAuth', { clientID: 'shop' }, call, ...args),
    site,
    machine,
    auth0: {
      name: 'auth0',
      signUp: (account) => site('database.signUp', { connection: CONNECTION, ...account }),
      idOf: (signedUp) => answerOf(signedUp).data.id,
      logIn: (email, password) => site('oauth.passwordGrant', logIn(email, password)),
      tokenOf: (loggedIn) => answerOf(loggedIn).data.access_token,
      read: (person, subject = person.subject) => own('ManagementClient', person, 'users.get', subject),
      patch: (person, user_metadata, subject = person.subject) =>
        own('ManagementClient', person, 'users.update', subject, { user_metadata }),
      patchRoot: (person, body) => own('ManagementClient', person, 'users.update', person.subject, body),
      forget: (email) => site('database.changePassword', { email, connection: CONNECTION }),
    },
    auth0js: {
      name: 'auth0-js',
      signUp: (account) => shop('signup', { connection: CONNECTION, ...account }),
      // Its own renaming: "_id" becomes "Id", also inside the metadata of this one answer.
      idOf: (signedUp) => answerOf(signedUp).Id,
      logIn: (email, password) => shop('client.login', logIn(email, password)),
      tokenOf: (loggedIn) => answerOf(loggedIn).accessToken,
      read: (person, subject = person.subject) => own('Management', person, 'getUser', subject),
      patch: (person, user_metadata, subject = person.subject) =>
        own('Management', person, 'patchUserMetadata', subject, user_metadata),
      patchRoot: (person, body) => own('Management', person, 'patchUserAttributes', person.subject, body),
      forget: (email) => shop('changePassword', { email, connection: CONNECTION }),
    },
    async open({ create }) {
      const errors: unknown[] = []
      const { url: databaseUrl } = await create()
      const accounts = await createAccountServer({ databaseUrl, origin: PAGE, onError: (error) => errors.push(error) })
      onTestFinished(async () => {
        await accounts.close()
        expect(errors).toEqual([])
      })
      const facade = await auth0Facade(accounts, {
        issuer: `https://${domain}/`,
        userExists: 'user_exists',
        passwordPolicy: 'good',
        clients: [
          { clientId: 'shop', origins: [PAGE], grants: ['password'], crossOrigin: true },
          { clientId: 'site', clientSecret: SECRET, grants: ['password', 'refresh_token'] },
          {
            clientId: 'machine',
            clientSecret: SECRET,
            grants: ['client_credentials'],
            scopes: ['read:users', 'update:users', 'create:users', 'delete:users'],
          },
        ],
      })
      serve(facade.fetch)
      return accounts
    },
  }
}

/** What a client's call came to, which has to be an answer. */
export function answerOf(outcome: Outcome) {
  expect(outcome).toMatchObject({ ok: true })
  return outcome.ok ? outcome.value : null
}

/** What a client's call came to, which has to be an error. */
export function errorOf(outcome: Outcome) {
  expect(outcome).toMatchObject({ ok: false })
  return outcome.ok ? null : outcome.error
}
