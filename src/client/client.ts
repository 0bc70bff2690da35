// The thin client: named calls that check, send and answer with a profile, or reject with a LatchkeyError.
import type { Backend, CallContext, Credentials, ProfileChanges, RootAttributes } from '../contract/backend.ts'
import { LatchkeyError } from '../contract/errors.ts'
import type { Intent, Intents } from '../contract/intents.ts'
import { asIssues, type Issue, type Issues } from '../contract/issues.ts'
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { type NamePolicy, ROOT_ATTRIBUTES } from '../contract/names.ts'
import type { VersionedProfile } from '../contract/profile.ts'
import { emailIssue, passwordIssue } from '../fields/credentials.ts'
import type { FieldDefinition } from '../fields/definition.ts'
import type { Fields } from '../fields/field.ts'
import type { InferMetadata } from '../fields/infer.ts'
import { attributeIssues, metadataIssues } from '../fields/metadata.ts'
import { compile } from './compile.ts'
import { type Environment, systemEnvironment } from './environment.ts'

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

export interface UpdateOptions extends CallOptions {
  /** The version the edit is based on; a newer one on the server is `version_conflict`. Without it the last write wins per key. */
  readonly version?: string | null
}

/** An account to make; standard attributes such as `given_name` stand beside the metadata. */
export interface SignUp<Metadata extends object> extends RootAttributes {
  readonly email: string
  /** 8 to 1,024 code points, sent exactly as given. */
  readonly password: string
  readonly user_metadata?: Metadata
}

/** The calls every backend answers. Each rejects with `LatchkeyError`; `network`, `timeout`, `aborted` and `bad_response` are possible for all. */
export interface Client<Metadata extends object = JsonObject> {
  /** Makes an account and signs in; `user_exists` when the e-mail address is taken. */
  signUp(input: SignUp<Metadata>, options?: CallOptions): Promise<VersionedProfile<Metadata>>
  /** Signs in; `invalid_credentials` says nothing about which of the two was wrong. */
  logIn(credentials: Credentials, options?: CallOptions): Promise<VersionedProfile<Metadata>>
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
  updateMetadata(update: MetadataUpdate<Metadata>, options?: UpdateOptions): Promise<VersionedProfile<Metadata> | null>
  /** Removes everything from `user_metadata`. */
  clearMetadata(options?: UpdateOptions): Promise<VersionedProfile<Metadata>>
  /** Carries out intents in one request; null when there are none. */
  save(intents: Intents, options?: UpdateOptions): Promise<VersionedProfile<Metadata> | null>
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
  async function call<Result>(options: CallOptions, send: (context: CallContext) => Promise<Result>): Promise<Result> {
    const controller = new AbortController()
    const cancel = environment.startTimer(
      () => controller.abort(new LatchkeyError('timeout', `no answer within ${timeout} ms`)),
      timeout,
    )
    const forward = () => controller.abort()
    options.signal?.addEventListener('abort', forward)
    try {
      if (options.signal?.aborted) throw new LatchkeyError('aborted', 'the call was aborted before it was sent')
      return await send({ fetch: environment.fetch, now: environment.now, signal: controller.signal })
    } finally {
      cancel()
      options.signal?.removeEventListener('abort', forward)
    }
  }

  const send = (patch: ProfileChanges, options: UpdateOptions) =>
    call(options, (context) => backend.patchProfile({ ...patch, version: options.version ?? null }, context))

  async function save(intents: Intents, options: UpdateOptions = {}) {
    const patch = compile(intents, backend.capabilities, policy)
    return patch ? send(patch, options) : null
  }

  return {
    async signUp({ email, password, user_metadata, ...rest }, options = {}) {
      const metadata = user_metadata && jsonOf(user_metadata)
      const root = attributesOf(rest)
      refuse([
        emailIssue(email),
        passwordIssue(password),
        ...(metadata ? metadataIssues(metadata, policy) : []),
        ...attributeIssues(root),
      ])
      const input = { email, password, ...root, ...(metadata && { user_metadata: metadata }) }
      return call(options, (context) => backend.signUp(input, context))
    },
    async logIn({ identifier, password }, options = {}) {
      refuse([
        identifier ? null : { code: 'required', pointer: '/identifier' },
        password ? null : { code: 'required', pointer: '/password' },
      ])
      return call(options, (context) => backend.logIn({ identifier, password }, context))
    },
    logOut: (options = {}) => call(options, (context) => backend.logOut(context)),
    getSession: (options = {}) => call(options, (context) => backend.getSession(context)),
    getProfile: (options = {}) => call(options, (context) => backend.getProfile(context)),
    updateMetadata: async (update, options = {}) => save(intentsOf(update), options),
    clearMetadata: (options = {}) => send({ user_metadata: {} }, options),
    save,
  }
}

function refuse(found: readonly (Issue | null)[]): void {
  const issues: Issues | null = asIssues(found.filter((issue) => issue !== null))
  if (issues)
    throw new LatchkeyError(issues[0].code, `${issues[0].pointer} breaks a rule; nothing was sent`, { issues })
}

/** A copy without the keys that are undefined, which mean "untouched". */
function jsonOf(update: object): JsonObject {
  const entries: [string, JsonValue][] = Object.entries(update).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries)
}

function intentsOf(update: object): Intents {
  return Object.entries(jsonOf(update)).map(
    ([key, value]): Intent =>
      value === null
        ? { target: 'user_metadata', action: 'unset', key }
        : { target: 'user_metadata', action: 'set', key, value },
  )
}

/** The root attributes among what was given; anything else is not sent. */
function attributesOf(given: object): RootAttributes {
  const entries = Object.entries(given).filter(
    ([key, value]) => ROOT_ATTRIBUTES.some((name) => name === key) && value !== undefined,
  )
  return Object.fromEntries(entries)
}
