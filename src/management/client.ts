// Makes the management client: a site's own server speaks to an account server with a token.
import { systemEnvironment } from '../client/environment.ts'
import { noContentSchema, request } from '../client/request.ts'
import type { CallContext } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import {
  MANAGED_USERS,
  MIN_TOKEN_LENGTH,
  managedUserAnswerSchema,
  managedUserOf,
  managedUsersAnswerSchema,
  TOKEN,
} from '../contract/management.ts'
import { changesOf } from './changes.ts'
import type { ChangedUser, Management, UpdateUserOptions } from './management.ts'

export interface ManagementClientOptions {
  /** Address of the account server with its base path, such as `https://example.com/account`. */
  readonly endpoint: string
  /** One of the server's `management.tokens`. It is a password to every account: keep it out of pages and repositories. */
  readonly token: string
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

/**
 * Makes the management client. Throws TypeError with path and fix for a wrong option; never repeats the token.
 *
 * @example
 * const management = createManagement({ endpoint: 'https://example.com/account', token })
 * const found = await management.findUser('ana@example.org')
 * if (found) await management.updateUser(found.user.id, { app_metadata: { plan: 'pro' } })
 */
export function createManagement({ endpoint, token, fetch, timeout = 10_000 }: ManagementClientOptions): Management {
  if (typeof endpoint !== 'string' || !/^https?:\/\/[^/\\?#]+[^?#]*$/i.test(endpoint)) {
    throw new TypeError('endpoint : must be an http(s) address; write "https://example.com/account"')
  }
  if (typeof token !== 'string' || token.length < MIN_TOKEN_LENGTH || !TOKEN.test(token)) {
    throw new TypeError(`token : must be at least ${MIN_TOKEN_LENGTH} visible ASCII characters, as the server has it`)
  }
  const environment = systemEnvironment()
  const base = endpoint.replace(/\/+$/, '') + MANAGED_USERS
  const send = fetch ?? environment.fetch
  const authorized: typeof globalThis.fetch = (input, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${token}`)
    return send(input, { ...init, headers, credentials: 'omit' })
  }

  async function call<Result>(
    { signal, idempotencyKey = null }: { readonly signal?: AbortSignal; readonly idempotencyKey?: string | null },
    work: (context: CallContext) => Promise<Result>,
  ): Promise<Result> {
    if (signal?.aborted) throw new LatchkeyError('aborted', 'the call was aborted before it was sent')
    const controller = new AbortController()
    const late = new LatchkeyError('timeout', `no answer within ${timeout} ms`)
    const cancel = environment.startTimer(() => controller.abort(late), timeout)
    const forward = () => controller.abort()
    signal?.addEventListener('abort', forward)
    try {
      return await work({
        fetch: authorized,
        signal: controller.signal,
        now: environment.now,
        token: null,
        idempotencyKey,
      })
    } finally {
      cancel()
      signal?.removeEventListener('abort', forward)
    }
  }

  const change = (
    method: 'POST' | 'PATCH',
    url: string,
    body: object,
    options: UpdateUserOptions,
  ): Promise<ChangedUser> =>
    call(options, async (context) => {
      const ifMatch = options.version ?? null
      const { data, version } = await request(context, { method, url, body, ifMatch }, managedUserAnswerSchema)
      return { user: managedUserOf(data.user), version, dropped: data.dropped ?? [] }
    })

  return {
    createUser: async (user, options = {}) => change('POST', base, user, options),
    getUser: async (id, options = {}) => {
      const url = addressOf(base, id)
      return call(options, async (context) => {
        const { data, version } = await request(context, { method: 'GET', url }, managedUserAnswerSchema)
        return { user: managedUserOf(data.user), version }
      })
    },
    findUser: (email, options = {}) =>
      call(options, async (context) => {
        const url = `${base}?${new URLSearchParams({ email })}`
        const { data, version } = await request(context, { method: 'GET', url }, managedUsersAnswerSchema)
        const [user] = data.users
        return user ? { user: managedUserOf(user), version } : null
      }),
    listUsers: ({ page = 0, perPage = 50, ...options } = {}) =>
      call(options, async (context) => {
        const url = `${base}?${new URLSearchParams({ page: String(page), per_page: String(perPage) })}`
        const { data } = await request(context, { method: 'GET', url }, managedUsersAnswerSchema)
        return { users: data.users.map(managedUserOf), page: data.page, perPage: data.per_page, total: data.total }
      }),
    updateUser: async (id, changes, options = {}) => {
      const url = addressOf(base, id)
      const body = changesOf(changes)
      return body ? change('PATCH', url, body, options) : null
    },
    clearMetadata: async (id, options = {}) => change('PATCH', addressOf(base, id), { user_metadata: {} }, options),
    deleteUser: async (id, options = {}) => {
      const url = addressOf(base, id)
      await call(options, (context) => request(context, { method: 'DELETE', url }, noContentSchema))
    },
  }
}

function addressOf(base: string, id: string): string {
  // Without one the address would be that of all accounts.
  if (typeof id !== 'string' || !/[^.]/.test(id) || !id.isWellFormed())
    throw new TypeError('id : must be the id of an account')
  return `${base}/${encodeURIComponent(id)}`
}
