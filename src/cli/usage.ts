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

  --help            prints this
  --version         prints the version

A definition is a .json file (a list of fields, or { "fields": [...] }), or a .js, .mjs, .ts or .mts file that exports
fields, definitions or a default. Exit codes of check: 0 when there is nothing to mend, 1 when there is, 2 when the
file or the call is wrong.
`

export type CommandName = 'check' | 'from-lock' | 'describe'
const COMMANDS: readonly CommandName[] = ['check', 'from-lock', 'describe']

export interface Call {
  readonly command: CommandName
  readonly file: string
  readonly backend: string | null
  readonly theme: string | null
  readonly json: boolean
}

const OPTIONS = {
  backend: { type: 'string' },
  theme: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

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
  if (file === undefined) return fail(`${command}: needs a file`, `write latchkey ${command} fields.json`)
  if (rest.length > 0) return fail(`${command}: takes one file, and there is also ${rest.join(' ')}`, SEE)
  const { backend, theme, json } = values
  if (command !== 'check' && (backend !== undefined || theme !== undefined || json !== undefined))
    return fail(`${command}: takes no options`, SEE)
  if (typeof backend === 'string' && !BACKENDS.includes(backend))
    return fail(`--backend ${backend}: there is no such backend here`, `use one of ${BACKENDS.join(', ')}`)
  return { command, file, backend: textOf(backend), theme: textOf(theme), json: json === true }
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
