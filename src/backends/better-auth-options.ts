// What a site says about its better-auth server, checked, and what follows from it.
import type { Capabilities } from '../contract/capabilities.ts'
import { MAX_METADATA_BYTES } from '../contract/limits.ts'
import { nestedNameProblem } from '../contract/names.ts'
import { COLUMN_TYPES, type ColumnType, type ColumnTypes } from './better-auth-columns.ts'

export interface BetterAuthOptions {
  /**
   * The server's `user.additionalFields` that a person may see and change: their names with their types, or a list of
   * names where all are `string`. One for each field of the form, named alike.
   * @default none
   */
  readonly columns?: readonly string[] | Readonly<Record<string, ColumnType>>
  /**
   * Those columns whose values the server changes on the way in (`transform.input`, a validator that trims).
   * @default none
   */
  readonly rewritten?: readonly string[]
  /**
   * Whether the server has the `username` plugin.
   * @default false
   */
  readonly usernames?: boolean
  /**
   * `required` where `emailAndPassword.requireEmailVerification` is set, `optional` where only a message is sent.
   * @default 'none'
   */
  readonly verification?: Capabilities['verification']
  /**
   * False where `emailAndPassword.autoSignIn` is: a sign-up is then followed by a log-in.
   * @default true
   */
  readonly autoSignIn?: boolean
  /**
   * `bearer` where the page is on another site, so that a cookie gets nowhere, and the server has the `bearer` plugin
   * without `requireSignature`.
   * @default 'cookie'
   */
  readonly session?: Capabilities['session']
}

export interface BetterAuthSettings {
  readonly base: string
  readonly columns: ColumnTypes
  readonly rewritten: readonly string[]
  readonly autoSignIn: boolean
  readonly capabilities: Capabilities
}

/** Names that mean something else in a sign-up or in a profile of better-auth. */
const TAKEN: readonly string[] = [
  ...['id', 'email', 'emailVerified', 'name', 'image', 'username', 'createdAt', 'updatedAt'],
  ...['password', 'callbackURL', 'rememberMe'],
]

const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  usernames: [true, false],
  verification: ['none', 'optional', 'required'],
  autoSignIn: [true, false],
  session: ['cookie', 'bearer'],
}

/** What a better-auth server with these options can do. Throws TypeError for a wrong option. */
export function betterAuthCapabilities(options: BetterAuthOptions = {}): Capabilities {
  checkChoices(options)
  return {
    merge: 'columns',
    nullDeletes: true,
    emptyClears: 'refused',
    columns: [...columnsIn(options.columns).keys()],
    versions: false,
    idempotency: false,
    rootAttributes: ['name', 'picture'],
    signUpValues: { type: 'json' },
    maxMetadataBytes: MAX_METADATA_BYTES,
    session: options.session ?? 'cookie',
    usernames: options.usernames ?? false,
    passwordReset: false,
    verification: options.verification ?? 'none',
  }
}

/** The options with everything that was not said. Throws TypeError with path and fix. */
export function betterAuthSettings(basePath: string, options: BetterAuthOptions): BetterAuthSettings {
  if (typeof basePath !== 'string' || !/^(https?:\/\/[^/\\]|\/(?![/\\])|\.{1,2}\/)[^?#\s]*$/i.test(basePath))
    wrong(
      `betterAuth(${JSON.stringify(basePath)})`,
      'the base must be an http(s) address or a path',
      "betterAuth('/api/auth')",
    )
  const capabilities = betterAuthCapabilities(options)
  const columns = columnsIn(options.columns)
  const rewritten = namesIn('options.rewritten', options.rewritten)
  for (const [index, name] of rewritten.entries())
    if (!columns.has(name))
      wrong(`options.rewritten[${index}] ${JSON.stringify(name)}`, 'is none of options.columns', 'it there as well')
  return {
    base: basePath.replace(/\/+$/, ''),
    columns,
    rewritten,
    autoSignIn: options.autoSignIn ?? true,
    capabilities,
  }
}

function wrong(place: string, rule: string, fix: string): never {
  throw new TypeError(`${place}: ${rule}; write ${fix}`)
}

function checkChoices(options: BetterAuthOptions): void {
  if (typeof options !== 'object' || options === null)
    wrong('betterAuth: options', 'must be an object', "betterAuth('/api/auth', { columns: ['company'] })")
  const known = ['columns', 'rewritten', ...Object.keys(CHOICES)]
  for (const [name, value] of Object.entries(options)) {
    if (!known.includes(name)) wrong(`options.${name}`, 'there is no such option', `one of ${known.join(', ')}`)
    const choices = CHOICES[name]
    if (choices && value !== undefined && !choices.includes(value))
      wrong(`options.${name}`, 'has no such value', choices.map((choice) => JSON.stringify(choice)).join(' or '))
  }
}

function columnsIn(given: BetterAuthOptions['columns'] = []): ColumnTypes {
  if (typeof given !== 'object' || given === null)
    wrong('options.columns', 'must be names, or names with types', "columns: { company: 'string', seats: 'number' }")
  if (isList(given)) return new Map(namesIn('options.columns', given).map((name) => [name, 'string']))
  const entries = Object.entries(given)
  for (const [name, type] of entries) {
    checkColumn(`options.columns.${name}`, name)
    if (!COLUMN_TYPES.includes(type))
      wrong(
        `options.columns.${name} ${JSON.stringify(type)}`,
        'is no type of column',
        `one of ${COLUMN_TYPES.join(', ')}`,
      )
  }
  return new Map(entries)
}

function isList(given: NonNullable<BetterAuthOptions['columns']>): given is readonly string[] {
  return Array.isArray(given)
}

function namesIn(place: string, given: readonly unknown[] = []): readonly string[] {
  if (!Array.isArray(given)) wrong(place, 'must be a list of names', `${place.replace(/^.*\./, '')}: ['company']`)
  return given.map((name, index) => {
    const at = `${place}[${index}] ${JSON.stringify(name)}`
    if (typeof name !== 'string') return wrong(at, 'must be the name of a column', "'company'")
    checkColumn(at, name)
    if (given.indexOf(name) !== index) wrong(at, 'is there twice', 'it once')
    return name
  })
}

function checkColumn(place: string, name: string): void {
  const problem = nestedNameProblem(name)
  if (problem) throw new TypeError(`${place}: ${problem.rule}`)
  if (TAKEN.includes(name))
    wrong(place, 'is a name that better-auth itself uses', 'another name, and rename the column and the field')
}
