// The thin client: named calls that check, send and answer with a profile, or reject with a LatchkeyError.
import type { Backend, CallContext, Credentials, ProfilePatch, RootAttributes } from '../contract/backend.ts'
import { isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
import type { Intents } from '../contract/intents.ts'
import { pointerTo } from '../contract/issues.ts'
import type { JsonObject } from '../contract/json.ts'
import type { NamePolicy } from '../contract/names.ts'
import type { VersionedProfile } from '../contract/profile.ts'
import { emailIssue, passwordIssue } from '../fields/credentials.ts'
import type { FieldDefinition } from '../fields/definition.ts'
import type { Fields } from '../fields/field.ts'
import type { InferMetadata } from '../fields/infer.ts'
import { attributeIssues, metadataIssues } from '../fields/metadata.ts'
import { createAttempts, isOutcomeOpen } from './attempts.ts'
import { type Environment, systemEnvironment } from './environment.ts'
import { attributesOf, creationIssues, intentsOf, jsonOf, refuse } from './input.ts'
import { planOf } from './plan.ts'
import { type Preview, previewOf } from './preview.ts'
import { reading } from './reading.ts'
import { saveConflictSafe } from './save.ts'

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
   * What the client takes from the outside: fetch, clock and timer.
   * @default the globals
   */
  readonly environment?: Environment
}

export interface CallOptions {
  /** Aborts the call; it then rejects with `aborted`. */
  readonly signal?: AbortSignal | undefined
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
  /** Where the backend has them. */
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
}

/** The calls every backend answers. Each rejects with `LatchkeyError`; `network`, `timeout`, `aborted` and `bad_response` are possible for all. */
export interface Client<Metadata extends object = JsonObject> {
  /** Makes an account and signs in; `user_exists` when the e-mail address is taken. */
  signUp(input: SignUp<Metadata>, options?: CallOptions): Promise<SignedIn<Metadata>>
  /** Signs in; `invalid_credentials` says nothing about which of the two was wrong. */
  logIn(credentials: Credentials, options?: CallOptions): Promise<SignedIn<Metadata>>
  /**
   * The access token for calls to the site's own API, renewed when it is about to end; `unauthenticated` when nobody is
   * signed in, `unsupported` where the session is a cookie.
   */
  getToken(options?: CallOptions): Promise<string>
  /** Ends the session on the server. */
  logOut(options?: CallOptions): Promise<void>
  /** The signed-in person, or null for a visitor who is signed out. */
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
  environment = systemEnvironment(),
}: ClientOptions): Client {
  const attempts = createAttempts(environment.randomId)
  const overflow = backend.overflow?.(environment) ?? null

  async function call<Result>(
    { signal }: CallOptions,
    send: (context: CallContext) => Promise<Result>,
    idempotencyKey: string | null = null,
  ): Promise<Result> {
    const controller = new AbortController()
    const cancel = environment.startTimer(
      () => controller.abort(new LatchkeyError('timeout', `no answer within ${timeout} ms`)),
      timeout,
    )
    const forward = () => controller.abort()
    signal?.addEventListener('abort', forward)
    try {
      if (signal?.aborted) throw new LatchkeyError('aborted', 'the call was aborted before it was sent')
      const { fetch, now } = environment
      return await send({ fetch, now, signal: controller.signal, token: null, idempotencyKey })
    } finally {
      cancel()
      signal?.removeEventListener('abort', forward)
    }
  }

  const read = <Result>(options: CallOptions, send: (context: CallContext) => Promise<Result>) =>
    call(options, (context) =>
      reading(
        () => send(context),
        (milliseconds) => pause(environment, milliseconds, context.signal),
      ),
    )

  const readProfile = (options: CallOptions) => read(options, (context) => backend.getProfile(context))

  async function save(intents: Intents, { base = null, ...options }: SaveOptions = {}) {
    const write = (patch: ProfilePatch) =>
      attempts.make(['save', patch], (key) => call(options, (context) => backend.patchProfile(patch, context), key))
    return saveConflictSafe(planOf(intents), { backend, policy, base, write, read: () => readProfile(options) })
  }

  /** Stores what this person's sign-up could not carry; a key that has a value by now keeps it. */
  async function signedIn(answer: VersionedProfile, options: CallOptions): Promise<SignedIn> {
    const { email, user_metadata } = answer.user
    const following = Object.entries(overflow?.kept(email) ?? {}).filter(([key]) => !Object.hasOwn(user_metadata, key))
    try {
      const saved = await save(intentsOf(Object.fromEntries(following)), options)
      overflow?.keep(email, {})
      return { ...(saved ?? answer), pending: [] }
    } catch (error) {
      // The person is signed in whatever becomes of it; the result says what is missing.
      if (!isLatchkeyError(error)) throw error
      return { ...answer, pending: following.map(([key]) => pointerTo('user_metadata', key)) }
    }
  }

  return {
    async signUp({ email, password, user_metadata = {}, ...rest }, options = {}) {
      const metadata = jsonOf(user_metadata)
      const root = attributesOf(rest)
      refuse([
        emailIssue(email),
        passwordIssue(password),
        ...metadataIssues(metadata, policy),
        ...attributeIssues(root),
        ...creationIssues(metadata, backend.capabilities),
      ])
      const { carried, following } = overflow?.split(metadata) ?? { carried: metadata, following: {} }
      const input = { email, password, ...root, ...(Object.keys(carried).length > 0 && { user_metadata: carried }) }
      overflow?.keep(email, following)
      const send = (key: string) => call(options, (context) => backend.signUp(input, context), key)
      const answer = await attempts.make(['signUp', input], send).catch((error) => {
        // The account is another's, or none: nothing of this may get into it.
        if (!isOutcomeOpen(error)) overflow?.keep(email, {})
        throw error
      })
      return signedIn(answer, options)
    },
    async logIn({ identifier, password }, options = {}) {
      refuse([
        identifier ? null : { code: 'required', pointer: '/identifier' },
        password ? null : { code: 'required', pointer: '/password' },
      ])
      return signedIn(await call(options, (context) => backend.logIn({ identifier, password }, context)), options)
    },
    async getToken() {
      if (backend.capabilities.session === 'cookie')
        throw new LatchkeyError(
          'unsupported',
          'this backend keeps the session in a cookie; send calls with credentials',
        )
      throw new LatchkeyError('unauthenticated', 'nobody is signed in')
    },
    logOut: (options = {}) => call(options, (context) => backend.logOut(context)),
    getSession: (options = {}) => read(options, (context) => backend.getSession(context)),
    getProfile: (options = {}) => readProfile(options),
    updateMetadata: async (update, options) => save(intentsOf(update), options),
    async clearMetadata(options = {}) {
      const saved = await save([{ target: 'user_metadata', action: 'clear' }], options)
      return saved ?? readProfile(options)
    },
    save,
    preview: async (intents, { base = null } = {}) => previewOf(planOf(intents), backend, policy, base),
  }
}

/** Waits, unless the call is given up meanwhile. */
function pause(environment: Environment, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const cancel = environment.startTimer(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      cancel()
      resolve()
    })
  })
}
