// The accounts a run makes: new ones with fresh addresses, signed in for the cases that need somebody.
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { OPTIONAL_PATHS, PATHS } from '../contract/paths.ts'
import { CaseStopped, NotRun } from './case.ts'
import { type ConformanceHooks, lent } from './hooks.ts'
import { type Answer, type Connection, createVisitor, metadataOf, type Sent, userOf, type Visitor } from './visitor.ts'

/** What is the same for every case of a run. */
export interface Run {
  readonly connection: Connection
  readonly hooks: ConformanceHooks
  /** Metadata that every sign-up needs here. */
  readonly valid: JsonObject
  /** Standard attributes that every sign-up needs here. */
  readonly attributes: JsonObject
  /** Whether every sign-up needs a user name here. */
  readonly usernames: boolean
  /** Every account that was asked for, with its id where the server told it. */
  readonly made: Map<string, string | null>
}

/** The body of a sign-up. */
export interface NewAccount extends JsonObject {
  email: string
  password: string
  /** Undefined where the server has none. */
  username?: string
  user_metadata: JsonObject
}

/** Somebody who has an account and is signed in. */
export interface Person {
  readonly email: string
  readonly password: string
  /** Null where the server has none. */
  readonly username: string | null
  readonly id: JsonValue
  /** The metadata the server says it stores, which may be more than was sent. */
  readonly metadata: JsonObject
  readonly visitor: Visitor
}

/** Letters and digits nobody has used before. */
export function random(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The domain is one that no mail can reach (RFC 2606, 3); the password has every class of letters a policy may ask for. */
export function newAccount(run: Run, metadata: JsonObject = {}): NewAccount {
  const password = `Conformance ${random()} aA9!`
  run.connection.secrets.add(password)
  return {
    ...run.attributes,
    ...(run.usernames && { username: `conf_${random()}` }),
    email: `conformance-${random()}@example.com`,
    password,
    user_metadata: { ...run.valid, ...metadata },
  }
}

/** The JSON of an account whose metadata ends with a member that no object literal can hold. */
export function bodyWith({ user_metadata, ...account }: NewAccount, member: string): string {
  return `${JSON.stringify(account).slice(0, -1)},"user_metadata":${objectWith(user_metadata, member)}}`
}

/** The JSON of an object that ends with a member written by hand. */
export function objectWith(object: JsonObject, member: string): string {
  const text = JSON.stringify(object).slice(0, -1)
  return `${text}${text === '{' ? '' : ','}${member}}`
}

export async function signUp(run: Run, visitor: Visitor, account: NewAccount, sent: Sent = {}): Promise<Answer> {
  run.made.set(account.email, run.made.get(account.email) ?? null)
  const answer = await visitor.send('POST', PATHS.signUp, { body: account, ...sent })
  const id = userOf(answer)?.id
  if (typeof id === 'string') run.made.set(account.email, id)
  return answer
}

/** Signs a new account up, verifies it where the server asks for that, and logs in where sign-up alone does not. */
export async function enter(run: Run, account: NewAccount): Promise<Person> {
  const visitor = createVisitor(run.connection)
  const { email, password, username = null } = account
  const answer = await signUp(run, visitor, account)
  if (answer.status < 200 || answer.status > 299) throw stopped(answer, '201', run)
  if (answer.status === 202) await verify(run, visitor, email)
  if (!visitor.session()) {
    const loggedIn = await visitor.logIn(email, password)
    if (!visitor.session()) throw stopped(loggedIn, '200 with a session', run)
  }
  const known = await visitor.me()
  const id = userOf(known)?.id
  if (id === undefined) throw stopped(known, '200 with the account in user', run)
  return { email, password, username, id, metadata: metadataOf(known) ?? {}, visitor }
}

async function verify({ hooks }: Run, visitor: Visitor, email: string): Promise<void> {
  const { mailToken } = hooks
  if (!mailToken) throw new NotRun('sign-up waits for a mail to be answered; give the hook mailToken')
  const token = await lent('mailToken', () => mailToken({ email, purpose: 'verify' }))
  await visitor.send('POST', OPTIONAL_PATHS.verifyEmail, { body: { token } })
}

function stopped(answer: Answer, expected: string, { connection }: Run): Error {
  if (answer.status === 429) return new NotRun(limited(answer))
  const got = connection.secrets.hide(`${answer.status} ${answer.text}`.trim())
  return new CaseStopped({ request: answer.request, expected, got, passed: false })
}

/** Why a case that met a limit says nothing. */
export function limited({ request, headers }: Answer): string {
  const after = headers.get('retry-after')
  return `${request.split(' ', 2).join(' ')} was answered 429${after ? `, Retry-After ${after}` : ''}; lift the limit for the run's address`
}
