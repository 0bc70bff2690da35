// The words of the command: its help, and what it is called with.
import { parseArgs } from 'node:util'
import { BACKENDS } from '../doctor/backend-limits.ts'
import { closest } from '../doctor/suggest.ts'
import { type Failure, fail } from './input-output.ts'

export const HELP = `Usage: latchkey <command> <file>

  check <file>      says what is wrong with a definition of fields, where, and how to mend it
    --backend NAME    whose limits count: ${BACKENDS.join(', ')} (rest unless the file says so)
    --theme FILE      the colours the site sets, as .css or .json, for their contrast
    --json            prints the findings as JSON
  from-lock <file>  prints a definition from the options of Auth0 Lock; what differs goes to standard error
  describe <file>   prints the fields as a Markdown table
  conformance <url> says whether the account server at an address keeps the contract, case by case
    --json            prints every request with what was expected and what came
    --hooks FILE      a module with what the cases cannot do over the wire
    --only 16,18      the numbers of the cases to run
    --origin URL      the origin that requests carry (the address's own unless given)
    --keys a,b        metadata keys the server takes, where it does not take every name
    --valid JSON      metadata that every sign-up needs there, such as '{"company":"Acme"}'
    --attributes JSON standard attributes that every sign-up needs there, such as '{"given_name":"Ada"}'
    --sign-up-values  json or strings: what sign-up takes (what the server says unless given)

  --help            prints this
  --version         prints the version

A definition is a .json file (a list of fields, or { "fields": [...] }), or a .js, .mjs, .ts or .mts file that exports
fields, definitions or a default. Exit codes of check and conformance: 0 when there is nothing to mend, 1 when there is,
2 when the file or the call is wrong, or no account server answers.
`

export type CommandName = 'check' | 'from-lock' | 'describe' | 'conformance'
const COMMANDS: readonly CommandName[] = ['check', 'from-lock', 'describe', 'conformance']

export interface Call {
  readonly command: CommandName
  /** The file, or the address of a server. */
  readonly file: string
  readonly json: boolean
  readonly backend: string | null
  readonly theme: string | null
  readonly hooks: string | null
  readonly only: string | null
  readonly origin: string | null
  readonly keys: string | null
  readonly valid: string | null
  readonly attributes: string | null
  readonly signUpValues: string | null
}

const OPTIONS = {
  backend: { type: 'string' },
  theme: { type: 'string' },
  hooks: { type: 'string' },
  only: { type: 'string' },
  origin: { type: 'string' },
  keys: { type: 'string' },
  valid: { type: 'string' },
  attributes: { type: 'string' },
  'sign-up-values': { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/** The options of each command, beside those that go before everything else. */
const TAKEN: Readonly<Record<CommandName, readonly (keyof typeof OPTIONS)[]>> = {
  check: ['backend', 'theme', 'json'],
  'from-lock': [],
  describe: [],
  conformance: ['json', 'hooks', 'only', 'origin', 'keys', 'valid', 'attributes', 'sign-up-values'],
}

const SEE = 'see latchkey --help'

/** Reads the arguments; `help` and `version` go before everything else. */
export function readCall(argv: readonly string[]): Call | Failure | 'help' | 'version' {
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  if (values.help) return 'help'
  if (values.version) return 'version'
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const known = isOption(token.name) ? OPTIONS[token.name] : null
    if (!known) return fail(`${token.rawName}: there is no such option`, meant(token.name, Object.keys(OPTIONS), '--'))
    if (known.type === 'string' && (token.value === undefined || token.value === ''))
      return fail(`${token.rawName}: needs a value`, SEE)
    if (known.type === 'boolean' && token.value !== undefined) return fail(`${token.rawName}: takes no value`, SEE)
  }
  const [word, file, ...rest] = positionals
  if (word === undefined) return fail('no command was given', SEE)
  const command = COMMANDS.find((name) => name === word)
  if (!command) return fail(`${word}: there is no such command`, meant(word, COMMANDS, ''))
  const [kind, example] =
    command === 'conformance' ? ['address', 'http://localhost:3000/account'] : ['file', 'fields.json']
  if (file === undefined)
    return fail(
      `${command}: needs ${kind === 'file' ? 'a file' : 'an address'}`,
      `write latchkey ${command} ${example}`,
    )
  if (rest.length > 0) return fail(`${command}: takes one ${kind}, and there is also ${rest.join(' ')}`, SEE)
  const foreign = Object.keys(values).find((name) => !TAKEN[command].some((option) => option === name))
  if (foreign !== undefined)
    return fail(`${command}: takes no ${TAKEN[command].length === 0 ? 'options' : `--${foreign}`}`, SEE)
  const { backend } = values
  if (typeof backend === 'string' && !BACKENDS.includes(backend))
    return fail(`--backend ${backend}: there is no such backend here`, `use one of ${BACKENDS.join(', ')}`)
  return {
    command,
    file,
    json: values.json === true,
    backend: textOf(backend),
    theme: textOf(values.theme),
    hooks: textOf(values.hooks),
    only: textOf(values.only),
    origin: textOf(values.origin),
    keys: textOf(values.keys),
    valid: textOf(values.valid),
    attributes: textOf(values.attributes),
    signUpValues: textOf(values['sign-up-values']),
  }
}

function isOption(name: string): name is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, name)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function meant(word: string, words: readonly string[], prefix: string): string {
  const found = closest(word, words)
  return found === null ? SEE : `did you mean ${prefix}${found}?`
}
