// Makes the management client for an Auth0 tenant: a site's own server speaks to its Management API with a machine's token.
import * as z from 'zod/mini'
import { explainAuth0 } from '../backends/auth0-errors.ts'
import { withId } from '../backends/auth0-shapes.ts'
import { createCaller } from '../client/call.ts'
import { systemEnvironment } from '../client/environment.ts'
import { noContentSchema, type Request, request } from '../client/request.ts'
import type { CallContext } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import { type ManagedUser, managedUserOf, managedUserSchema } from '../contract/management.ts'
import { changesOf, type NewUser } from './changes.ts'
import { createMachineToken } from './machine-token.ts'
import type { ChangedUser, Management, ManagementWriteOptions, UpdateUserOptions } from './management.ts'

export interface Auth0ManagementOptions {
  /** The tenant's own domain, such as `example.eu.auth0.com`. */
  readonly domain: string
  /** Client id of a machine-to-machine application that is authorized for the Management API. */
  readonly clientId: string
  /** Its secret. It is a password to every account: keep it out of pages and repositories. */
  readonly clientSecret: string
  /**
   * Name of the database connection that new accounts belong to, and that `findUser` prefers.
   * @default 'Username-Password-Authentication'
   */
  readonly connection?: string
  /**
   * Identifier of the Management API, which is its address as well.
   * @default `https://{domain}/api/v2/`
   */
  readonly audience?: string
  /**
   * What sends the requests.
   * @default globalThis.fetch
   */
  readonly fetch?: typeof globalThis.fetch
  /**
   * Milliseconds after which a call is given up with `timeout`.
   * @default 10000
   */
  readonly timeout?: number
}

const userSchema = z.pipe(z.transform(withId), managedUserSchema)
const usersSchema = z.array(userSchema)
const pageSchema = z.object({ users: usersSchema, total: z.number() })

/**
 * Makes the management client of a tenant. Its token is asked for with the first call and renewed by itself. There are no
 * versions and no idempotency keys here: a call that asks for one is refused with `unsupported`.
 * Throws TypeError with path and fix for a wrong option; never repeats the secret.
 *
 * @example
 * const management = createAuth0Management({ domain: 'example.eu.auth0.com', clientId, clientSecret })
 * await management.updateUser('auth0|6a1', { user_metadata: { fax: null }, app_metadata: { plan: 'pro' } })
 */
export function createAuth0Management(options: Auth0ManagementOptions): Management {
  check(options)
  const { domain, clientId, clientSecret, connection = 'Username-Password-Authentication', timeout = 10_000 } = options
  const audience = options.audience ?? `https://${domain}/api/v2/`
  const environment = { ...systemEnvironment(), ...(options.fetch && { fetch: options.fetch }) }
  const { call, readAgain } = createCaller(environment, timeout)
  const token = createMachineToken({ url: `https://${domain}/oauth/token`, clientId, clientSecret, audience, call })
  const users = `${audience}users`

  /** One request; `scope` is what the machine has to be granted for it. */
  function ask<Data>(
    callOptions: ManagementWriteOptions,
    scope: string,
    asked: Pick<Request, 'method' | 'url' | 'body'>,
    schema: z.ZodMiniType<Data>,
  ): Promise<Data> {
    const send = async (context: CallContext) => {
      const explain = explainAuth0('manage', scope)
      return (await request(context, { ...asked, credentials: 'omit', explain }, schema)).data
    }
    const carried = (context: CallContext) => token.carry(context, send)
    return call(callOptions, (context) => (asked.method === 'GET' ? readAgain(context, carried) : carried(context)))
  }

  async function change(
    callOptions: UpdateUserOptions,
    scope: string,
    asked: Pick<Request, 'method' | 'url' | 'body'>,
  ): Promise<ChangedUser> {
    refuseUnsupported(callOptions)
    return { ...versioned(managedUserOf(await ask(callOptions, scope, asked, userSchema))), dropped: [] }
  }

  return {
    createUser: async (user, callOptions = {}) =>
      change(callOptions, 'create:users', { method: 'POST', url: users, body: creationOf(user, connection) }),
    getUser: async (id, callOptions = {}) => {
      const url = addressOf(users, id)
      return versioned(managedUserOf(await ask(callOptions, 'read:users', { method: 'GET', url }, userSchema)))
    },
    async findUser(email, callOptions = {}) {
      // Auth0 keeps addresses in small letters, and looks for them as they are written.
      const url = `${audience}users-by-email?${new URLSearchParams({ email: email.toLowerCase() })}`
      const found = await ask(callOptions, 'read:users', { method: 'GET', url }, usersSchema)
      const all = found.map(managedUserOf)
      const user = all.find(({ identities = [] }) => identities.some((one) => one.connection === connection)) ?? all[0]
      return user ? versioned(user) : null
    },
    async listUsers({ page = 0, perPage = 50, ...callOptions } = {}) {
      const query = { page: String(page), per_page: String(perPage), include_totals: 'true', sort: 'created_at:1' }
      const url = `${users}?${new URLSearchParams(query)}`
      const found = await ask(callOptions, 'read:users', { method: 'GET', url }, pageSchema)
      return { users: found.users.map(managedUserOf), page, perPage, total: found.total }
    },
    updateUser: async (id, changes, callOptions = {}) => {
      const url = addressOf(users, id)
      const body = changesOf(changes)
      return body ? change(callOptions, 'update:users', { method: 'PATCH', url, body }) : null
    },
    clearMetadata: async (id, callOptions = {}) => {
      const asked = { method: 'PATCH', url: addressOf(users, id), body: { user_metadata: {} } } as const
      return change(callOptions, 'update:users', asked)
    },
    deleteUser: async (id, callOptions = {}) => {
      const url = addressOf(users, id)
      await ask(callOptions, 'delete:users', { method: 'DELETE', url }, noContentSchema)
    },
  }
}

/** The connection takes no account without a password: one that nobody knows is as good as none. */
function creationOf(user: NewUser, connection: string): object {
  return { connection, ...user, password: user.password ?? unknownPassword() }
}

/** Every kind of character, for the strictest policy. */
function unknownPassword(): string {
  const words = Array.from(crypto.getRandomValues(new Uint32Array(8)), (word) => word.toString(36))
  return `${words.join('-')}aA1!`
}

function refuseUnsupported({ version = null, idempotencyKey }: UpdateUserOptions): void {
  const name = version !== null ? 'version' : idempotencyKey === undefined ? null : 'idempotencyKey'
  if (name !== null) throw new LatchkeyError('unsupported', `Auth0 knows no ${name}; leave the option out`)
}

function versioned(user: ManagedUser) {
  return { user, version: null }
}

function addressOf(users: string, id: string): string {
  // Without one the address would be that of all accounts.
  if (typeof id !== 'string' || !/[^.]/.test(id) || !id.isWellFormed())
    throw new TypeError('id : must be the id of an account')
  return `${users}/${encodeURIComponent(id)}`
}

function check({ domain, clientId, clientSecret, audience }: Auth0ManagementOptions): void {
  if (typeof domain !== 'string' || !/^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i.test(domain))
    throw new TypeError('domain : must be a domain without "https://"; write "example.eu.auth0.com"')
  for (const [name, value] of Object.entries({ clientId, clientSecret })) {
    if (typeof value !== 'string' || value === '')
      throw new TypeError(`${name} : is missing; copy it from the Auth0 dashboard`)
  }
  if (audience !== undefined && !/^https:\/\/[^/?#]+\/api\/v2\/$/i.test(audience))
    throw new TypeError('audience : must be that of the Management API; write "https://example.eu.auth0.com/api/v2/"')
}
