// The README's table of what each backend can do, made of what the backends declare.
import type { Capabilities } from '../../src/contract/capabilities.ts'
import { ROOT_ATTRIBUTES } from '../../src/contract/names.ts'

type Row = readonly [title: string, cell: (capabilities: Capabilities) => string]

const MERGES: Readonly<Record<Capabilities['merge'], string>> = {
  root: 'merges at the root',
  deep: 'merges inside objects',
  replace: 'replaces everything',
  columns: 'one column a field',
}
const EMPTY: Readonly<Record<Capabilities['emptyClears'], string>> = {
  clears: 'clears',
  nothing: 'changes nothing; null for every key clears',
  refused: 'is refused; null for every column clears',
}
const VERIFICATIONS: Readonly<Record<Capabilities['verification'], string>> = {
  none: 'no',
  optional: 'after sign-up',
  required: 'before the first log-in',
}
const yesOrNo = (yes: boolean) => (yes ? 'yes' : 'no')
const number = new Intl.NumberFormat('en').format

const ROWS: readonly Row[] = [
  ['a save of `user_metadata`', ({ merge }) => MERGES[merge]],
  ['`null` for a key', ({ nullDeletes }) => (nullDeletes ? 'removes it' : 'is stored')],
  ['an empty `user_metadata`', ({ emptyClears }) => EMPTY[emptyClears]],
  ['keys', ({ columns }) => (columns ? 'those of `columns`' : 'any')],
  ['versions (a save can be tied to one)', ({ versions }) => yesOrNo(versions)],
  ['sent twice, done once', ({ idempotency }) => yesOrNo(idempotency)],
  ['root attributes a person can change', ({ rootAttributes }) => attributes(rootAttributes)],
  ['sign-up takes', ({ signUpValues }) => signUp(signUpValues)],
  ['largest `user_metadata`', ({ maxMetadataBytes }) => `${number(maxMetadataBytes)} bytes`],
  ['session', ({ session }) => (session === 'bearer' ? 'token' : 'cookie')],
  ['user names', ({ usernames }) => yesOrNo(usernames)],
  ['forgotten passwords, from the form', ({ passwordReset }) => yesOrNo(passwordReset)],
  ['verification of the e-mail address', ({ verification }) => VERIFICATIONS[verification]],
]

/** A Markdown table with a column for each backend. */
export function capabilitiesTable(backends: Readonly<Record<string, Capabilities>>): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const head = ['', ...Object.keys(backends).map((name) => `\`${name}\``)]
  const rows = ROWS.map(([title, cell]) => [title, ...Object.values(backends).map(cell)])
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function attributes(names: Capabilities['rootAttributes']): string {
  if (names.length === ROOT_ATTRIBUTES.length) return 'all'
  return names.map((name) => `\`${name}\``).join(', ') || 'none'
}

function signUp(values: Capabilities['signUpValues']): string {
  if (values.type === 'json') return 'any JSON'
  const { maxSignUpFields, maxSignUpValueLength, maxNameLength } = values
  return `${maxSignUpFields} texts of ${maxSignUpValueLength} characters, names of ${maxNameLength}; the rest follows`
}
