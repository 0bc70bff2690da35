// The thin client: named calls that check, send and answer with a profile, or reject with a LatchkeyError.
import type { Backend, Credentials, ProfilePatch, RedirectWish, RootAttributes } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import type { Intents } from '../contract/intents.ts'
import type { JsonObject } from '../contract/json.ts'
import type { NamePolicy } from '../contract/names.ts'
import type { VersionedProfile } from '../contract/profile.ts'
import type { FieldDefinition } from '../fields/definition.ts'
import type { Fields } from '../fields/field.ts'
import type { InferMetadata } from '../fields/infer.ts'
import { createAttempts } from './attempts.ts'
import { type CallOptions, createCaller } from './call.ts'
import { type ClientEnvironment, clientEnvironment } from './client-environment.ts'
import { intentsOf } from './input.ts'
import { onDemand } from './on-demand.ts'
import { planOf } from './plan.ts'
import type { Preview } from './preview.ts'
import { saveConflictSafe } from './save.ts'
import { cookieSession, type Send, type SessionCalls } from './session-calls.ts'
import { createSignIn } from './sign-in.ts'
import type { TokenStorage } from './token-place.ts'

/** Metadata as it may be stored: a value for any key the definition knows, and whatever else is there. */
export type StoredMetadata<Definitions extends readonly FieldDefinition[]> =
  readonly FieldDefinition[] extends Definitions ? JsonObject : Partial<InferMetadata<Fields<Definitions>>>

/** A root key's new value, null to remove it, undefined to leave it alone. */
export type MetadataUpdate<Metadata extends object> = { readonly [Key in keyof Metadata]?: Metadata[Key] | null }

export interface ClientOptions<Definitions extends readonly FieldDefinition[] = readonly FieldDefinition[]> {
  readonly backend: Backend
  /** The definition whose names, deny list and types hold for every call. */
  readonly fields?: Fields<Definitions>
  /**
   * The name rules alone, where there is no definition at hand.
   * @default those of `fields`
   */
  readonly policy?: NamePolicy
  /**
   * Milliseconds after which a call is given up with `timeout`.
   * @default 10000
   */
  readonly timeout?: number
  /**
   * Where the tokens of a backend with such are kept: until the page is left, until the tab is closed, or in the browser
   * for every tab. A script on the page can read what a tab or browser keeps, whoever brought it there.
   * @default 'memory'
   */
  readonly tokenStorage?: TokenStorage
  /**
   * What the client takes from the outside: fetch, clock and timer.
   * @default the globals
   */
  readonly environment?: ClientEnvironment
}

export interface SaveOptions<Metadata extends object = JsonObject> extends CallOptions {
  /**
   * The profile that the edit was made over, as an earlier call answered it. What somebody else changed since is then
   * left alone and said with `version_conflict`.
   * @default none: the last write wins, for each key
   */
  readonly base?: VersionedProfile<Metadata> | null
}

/** An account to make; standard attributes such as `given_name` stand beside the metadata. */
export interface SignUp<Metadata extends object> extends RootAttributes {
  readonly email: string
  /** 8 to 1,024 code points, sent exactly as given. */
  readonly password: string
  /** 2 to 30 letters, digits, `.`, `_` and `-`. Needed where the backend has user names, `unsupported` where it has none. */
  readonly username?: string
  /**
   * False makes the account and signs nobody in.
   * @default true
   */
  readonly logIn?: boolean
  /**
   * False ends the session with the browser.
   * @default what the backend does without being told
   */
  readonly remember?: boolean
  readonly user_metadata?: Metadata
}

/** The person who signed in. */
export interface SignedIn<Metadata extends object = JsonObject> extends VersionedProfile<Metadata> {
  /**
   * JSON pointers of what was given at sign-up and is not stored yet, because this backend's sign-up takes little; it
   * is kept in the tab for a day and stored with the next log-in.
   */
  readonly pending: readonly string[]
  /** True where nobody is signed in before the e-mail address is verified. */
  readonly needsVerification?: boolean
  /** True where the account was made and the person has to log in on the account system's own page: `startRedirect()`. */
  readonly needsRedirect?: boolean
}

/** The calls every backend answers. Each rejects with `LatchkeyError`; `network`, `timeout`, `aborted` and `bad_response` are possible for all. */
export interface Client<Metadata extends object = JsonObject> {
  /**
   * Makes an account and signs in, unless `logIn` is false; `user_exists` when the e-mail address is taken,
   * `username_taken` when the user name is.
   */
  signUp(input: SignUp<Metadata>, options?: CallOptions): Promise<SignedIn<Metadata>>
  /** Signs in; `invalid_credentials` says nothing about which of the two was wrong. */
  logIn(credentials: Credentials, options?: CallOptions): Promise<SignedIn<Metadata>>
  /**
   * The access token for calls to the site's own API, renewed when it is about to end; `unauthenticated` when nobody is
   * signed in, `unsupported` where the session is a cookie.
   */
  getToken(options?: CallOptions): Promise<string>
  /**
   * Begins a log-in on the account system's own page, and answers with the address to go to; `unsupported` where there
   * is none, as with `rest`.
   *
   * @example
   * location.assign(await client.startRedirect()) // and on the page it sends the browser back to:
   * const answer = await client.finishRedirect() // null where nobody came back
   */
  startRedirect(options?: RedirectWish & CallOptions): Promise<string>
  /**
   * Signs in whoever came back, and takes what the log-in page has put behind the page's address away; null where nobody
   * came back. `unauthenticated` when it belongs to no log-in that this tab began.
   */
  finishRedirect(options?: CallOptions): Promise<SignedIn<Metadata> | null>
  /** Ends the session on the server. Tokens are forgotten here in any case, also when the call is refused or gets no answer. */
  logOut(options?: CallOptions): Promise<void>
  /** The signed-in person, or null for a visitor who is signed out; signs in whoever has just come back from a log-in page. */
  getSession(options?: CallOptions): Promise<VersionedProfile<Metadata> | null>
  /** The signed-in person's profile; `unauthenticated` for a visitor who is signed out. */
  getProfile(options?: CallOptions): Promise<VersionedProfile<Metadata>>
  /**
   * Changes the named root keys of `user_metadata` and leaves the others alone. Answers null, without a request,
   * when there is nothing to change.
   *
   * @example
   * await client.updateMetadata({ company: 'Acme', fax: null }) // sets company, removes fax
   */
  updateMetadata(
    update: MetadataUpdate<Metadata>,
    options?: SaveOptions<Metadata>,
  ): Promise<VersionedProfile<Metadata> | null>
  /** Removes everything from `user_metadata`. */
  clearMetadata(options?: SaveOptions<Metadata>): Promise<VersionedProfile<Metadata>>
  /**
   * Carries out intents with as few requests as this backend allows; null, without any, when they change nothing.
   * Over a `base`, what others changed as well is not overwritten: the rest is saved, and `version_conflict` has the places in `conflicts`.
   *
   * @example
   * const base = await client.getProfile()
   * await client.save([{ target: 'user_metadata', action: 'setIn', path: ['address', 'city'], value: 'Lisbon' }], { base })
   */
  save(intents: Intents, options?: SaveOptions<Metadata>): Promise<VersionedProfile<Metadata> | null>
  /** What `save` would set, remove, refuse and send, as long as nobody else saves meanwhile; sends nothing. */
  preview(intents: Intents, options?: Pick<SaveOptions<Metadata>, 'base'>): Promise<Preview>
}

const TOKEN_STORAGES: readonly TokenStorage[] = ['memory', 'tab', 'browser']

/**
 * Makes the thin client. Every call checks its input against the name rules, limits and deny list before anything is sent.
 *
 * @example
 * const client = createClient({ backend: rest('/account') })
 * const { user } = await client.logIn({ identifier: 'ana@example.org', password })
 */
export function createClient<const Definitions extends readonly FieldDefinition[] = readonly FieldDefinition[]>(
  options: ClientOptions<Definitions>,
): Client<StoredMetadata<Definitions>>
// That stored values follow the definition is the site's own statement; here every profile is what `profileSchema` has proven.
export function createClient({
  backend,
  fields,
  policy = fields?.policy ?? {},
  timeout = 10_000,
  tokenStorage = 'memory',
  environment = clientEnvironment(),
}: ClientOptions): Client {
  if (!TOKEN_STORAGES.includes(tokenStorage))
    throw new TypeError(`options.tokenStorage: must be one of ${TOKEN_STORAGES.join(', ')}`)
  const attempts = createAttempts(environment.randomId)
  const { call, readAgain } = createCaller(environment, timeout)
  let made: SessionCalls | null = null
  /** What carries the session; of tokens, the part that keeps them is fetched first. */
  async function session(): Promise<SessionCalls> {
    if (backend.capabilities.session === 'cookie') return cookieSession
    const { createTokenSession } = await onDemand(() => import('./tokens.ts'))
    made ??= createTokenSession({ backend, environment, tokenStorage, call: (send) => call({}, send) })
    return made
  }

  /** A call in the name of whoever is signed in. */
  const callAs = <Result>(options: CallOptions, send: Send<Result>, key: string | null = null) =>
    call(options, async (context) => (await session()).carry(context, send), key)

  const readProfile = (options: CallOptions) =>
    callAs(options, (context) => readAgain(context, (given) => backend.getProfile(given)))

  async function save(intents: Intents, { base = null, ...options }: SaveOptions = {}) {
    const write = (patch: ProfilePatch) =>
      attempts.make(['save', patch], (key) => callAs(options, (context) => backend.patchProfile(patch, context), key))
    return saveConflictSafe(planOf(intents), { backend, policy, base, write, read: () => readProfile(options) })
  }

  const { take, ...signIn } = createSignIn({ backend, policy, environment, attempts, call, session, save })
  /** One for all who ask: what brings somebody back is good for one use. */
  let finishing: Promise<SignedIn | null> | null = null
  const finishRedirect: Client['finishRedirect'] = async (options = {}) => {
    finishing ??= session()
      .then(() => call(options, async (context) => backend.redirect?.finish(environment, context) ?? null))
      .then((answer) => answer && take(answer, options))
      .finally(() => {
        finishing = null
      })
    return finishing
  }

  return {
    ...signIn,
    async startRedirect({ signal, ...wish } = {}) {
      const { redirect } = backend
      if (!redirect) throw new LatchkeyError('unsupported', 'startRedirect(): this backend has no log-in page')
      return call({ signal }, (context) => redirect.start(environment, wish, context))
    },
    finishRedirect,
    getToken: async (options = {}) => {
      if (backend.capabilities.session === 'cookie') {
        throw new LatchkeyError('unsupported', 'the session is a cookie, not a token')
      }
      return callAs(options, async ({ token }) => {
        if (token === null) throw new LatchkeyError('unauthenticated', 'nobody is signed in')
        return token
      })
    },
    logOut: (options = {}) =>
      call(options, async (context) => (await session()).end(context, (given) => backend.logOut(given))),
    async getSession(options = {}) {
      const returned = backend.redirect ? await finishRedirect(options) : null
      if (returned) return returned
      return call(options, async (context) =>
        (await session()).ask(context, (given) => readAgain(given, (again) => backend.getSession(again))),
      )
    },
    getProfile: (options = {}) => readProfile(options),
    updateMetadata: async (update, options) => save(intentsOf(update), options),
    async clearMetadata(options = {}) {
      const saved = await save([{ target: 'user_metadata', action: 'clear' }], options)
      return saved ?? readProfile(options)
    },
    save,
    async preview(intents, { base = null } = {}) {
      const plan = planOf(intents)
      const { previewOf } = await onDemand(() => import('./preview.ts'))
      return previewOf(plan, backend, policy, base)
    },
  }
}
