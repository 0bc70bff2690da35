// What a run learns about a server before its cases: how sessions are carried, what sign-up takes, and which metadata keys it knows.
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { OPTIONAL_PATHS, PATHS } from '../contract/paths.ts'
import { enter, limited, newAccount, type Person, type Run, random, signUp } from './accounts.ts'
import { CaseStopped, ConformanceError } from './case.ts'
import { type Answer, createVisitor, logInForTokens, tokensIn } from './visitor.ts'

/** What sign-up takes in `user_metadata`. The numbers hold only where values are texts. */
export interface SignUpValues {
  readonly values: 'json' | 'strings'
  readonly maxFields: number
  readonly maxLength: number
}

/** A root key of `user_metadata` that the server takes. */
export interface MetadataKey {
  readonly name: string
  readonly value: JsonValue
  /** Whether it can be absent. */
  readonly removable: boolean
  /** Whether it also takes an object. */
  readonly nested: boolean
}

export interface Facts {
  /** What carries the session of a log-in that asks for nothing. */
  readonly session: 'cookie' | 'bearer'
  /** Why no session can be carried by a token here; null where one can, always or when a log-in asks for it. */
  readonly noTokens: string | null
  readonly signUp: SignUpValues
  /** Whether sign-up asks for a user name. */
  readonly usernames: boolean
  /** Whether an account has to be verified by mail before anybody can log in; sign-up then answers 202. */
  readonly verifies: boolean
  /** Whether any name may be a key; otherwise a definition on the server says which. */
  readonly open: boolean
  /** Keys that a new account is without. */
  readonly keys: readonly MetadataKey[]
  /** Metadata that no sign-up here can do without. */
  readonly base: JsonObject
}

/** What a person who runs the kit says of the server beforehand. */
export interface Told {
  readonly keys: readonly string[]
  readonly signUpValues: 'json' | 'strings' | null
}

/** Limits of Auth0's sign-up, where a server that takes texts only says nothing else. */
export const AUTH0_SIGN_UP = { maxFields: 10, maxLength: 500 }

/** Rejects with ConformanceError where no account server answers or no sign-up succeeds: no case could say anything. */
export async function learn(run: Run, told: Told): Promise<Facts> {
  try {
    return await examine(run, told)
  } catch (error) {
    if (error instanceof CaseStopped) throw new ConformanceError(`${error.message}; nothing can be checked without it`)
    throw error
  }
}

async function examine(run: Run, told: Told): Promise<Facts> {
  const values = await signUpValues(run, told)
  const name = `latchkey_${random()}`
  const stranger = newAccount(run, { [name]: 'red' })
  const first = await signUp(run, createVisitor(run.connection), stranger)
  if (!run.usernames && asksForName(first)) return examine({ ...run, usernames: true }, told)
  const open = first.status < 300
  const answer = open ? first : await signUp(run, createVisitor(run.connection), newAccount(run))
  if (answer.status >= 300) throw new ConformanceError(noSignUp(answer))
  const { usernames, valid } = run
  const known = { signUp: values, usernames, open, verifies: answer.status === 202, base: valid }
  if (known.verifies && !run.hooks.mailToken)
    return { ...known, session: 'cookie', noTokens: 'nobody can log in', keys: open ? openKeys(told.keys) : [] }
  const person = await enter(run, newAccount(run))
  const sessions = await sessionsOf(run, person)
  if (open) return { ...known, ...sessions, keys: openKeys(told.keys) }
  const tries: MetadataKey[] = []
  for (const candidate of new Set([...told.keys, ...Object.keys(run.valid)]))
    tries.push(...(await tried(person, candidate, run.valid)))
  const base = await withoutOptional(run, tries)
  return { ...known, ...sessions, base, keys: tries.filter((key) => !Object.hasOwn(base, key.name)) }
}

/** Whether a sign-up was refused for want of a user name. */
function asksForName({ status, json }: Answer): boolean {
  const errors = status === 422 && isJsonObject(json) && Array.isArray(json.errors) ? json.errors : []
  return errors.some((error) => isJsonObject(error) && error.pointer === '/username')
}

/** A server says that it has sessions by token by beginning one for whoever asks. */
async function sessionsOf(
  run: Run,
  { email, password, visitor }: Person,
): Promise<Pick<Facts, 'session' | 'noTokens'>> {
  if (visitor.session()?.authorization !== undefined) return { session: 'bearer', noTokens: null }
  const answer = await logInForTokens(createVisitor(run.connection), email, password)
  if (tokensIn(answer)) return { session: 'cookie', noTokens: null }
  const said = answer.status < 300 ? `${answer.status} without tokens` : answer.status
  return { session: 'cookie', noTokens: `the server has none: a log-in with "session":"bearer" was answered ${said}` }
}

/** `GET {base}/config` is optional; limits of sign-up in it say that its values are texts. */
async function signUpValues(run: Run, told: Told): Promise<SignUpValues> {
  const { json } = await createVisitor(run.connection).send('GET', OPTIONAL_PATHS.config)
  const limits = isJsonObject(json) && isJsonObject(json.limits) ? json.limits.signup : undefined
  const given: JsonObject = isJsonObject(limits) ? limits : {}
  const numberOr = (value: JsonValue | undefined, usual: number) => (typeof value === 'number' ? value : usual)
  return {
    values: told.signUpValues ?? (isJsonObject(limits) ? 'strings' : 'json'),
    maxFields: numberOr(given.maxFields, AUTH0_SIGN_UP.maxFields),
    maxLength: numberOr(given.maxValue, AUTH0_SIGN_UP.maxLength),
  }
}

function noSignUp(answer: Answer): string {
  if (answer.status === 429) return limited(answer)
  const said = `${PATHS.signUp} answered ${answer.status} ${answer.text.replace(/\s+/g, ' ').slice(0, 300)}`.trim()
  if (answer.status === 403) return `${said}; give --origin with an origin the server lets in`
  if (answer.status === 422 || answer.status === 400)
    return `${said}; give --valid with metadata, and --attributes with standard attributes, that a sign-up here needs`
  return `${said}; the address has to be the base of the account calls, such as http://localhost:3000/account`
}

/** What is left of the given metadata without the keys that can be absent, where such a sign-up is taken. */
async function withoutOptional(run: Run, keys: readonly MetadataKey[]): Promise<JsonObject> {
  const optional = keys.filter(({ removable }) => removable).map(({ name }) => name)
  const kept = Object.entries(run.valid).filter(([name]) => !optional.includes(name))
  const base = Object.fromEntries(kept)
  const { status } = await signUp(run, createVisitor(run.connection), newAccount({ ...run, valid: base }))
  return status < 300 ? base : run.valid
}

/** Where any name will do: the ones that were given, then plain ones. */
function openKeys(given: readonly string[]): readonly MetadataKey[] {
  const plain = ['color', 'size', 'shape', ...Array.from({ length: 60 }, (_, index) => `key_${index + 1}`)]
  return [...new Set([...given, ...plain])].map((name) => ({ name, value: 'red', removable: true, nested: true }))
}

/** Tries what a key takes on an account of its own; nothing for a key the server does not take at all. */
async function tried({ visitor, metadata }: Person, name: string, valid: JsonObject): Promise<readonly MetadataKey[]> {
  const value = valid[name] ?? 'red'
  const takes = async (given: JsonValue) => (await visitor.patch({ [name]: given })).status === 200
  const isKnown = (await takes(value)) || metadata[name] !== undefined
  const nested = (await takes({ home: 'y' })) && (await takes({ work: 'x' }))
  if (!isKnown && !nested) return []
  return [{ name, value, removable: isKnown && (await takes(null)), nested }]
}
