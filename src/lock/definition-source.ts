// Prints a translated definition as a TypeScript module, for a site that leaves Lock behind for good.
import type { FieldDefinition } from '../fields/definition.ts'
import type { DefinitionPolicy } from '../fields/field.ts'
import { originOf } from './adapters.ts'
import { functionSource } from './function-source.ts'
import { comment, literal } from './literal.ts'
import type { LockNote } from './note.ts'

/**
 * The source of a module that exports the fields, with the notes as comments above what they are about.
 * Functions are printed as they stand; what they use from around them has to be brought along.
 *
 * @example
 * const { definitions, notes } = fromLock(options)
 * console.log(definitionSource(definitions, notes))
 */
export function definitionSource(
  definitions: readonly FieldDefinition[],
  notes: readonly LockNote[] = [],
  policy: DefinitionPolicy = {},
): string {
  const adapters = new Set<string>()
  let functions = 0
  const printFunction = (value: object): string | null => {
    const origin = originOf(value)
    const source = functionSource(origin?.own ?? value)
    if (source === null) return null
    functions += 1
    if (!origin) return source
    adapters.add(origin.adapter)
    return `${origin.adapter}(${[source, ...origin.rest.map((word) => `'${word}'`)].join(', ')})`
  }
  const policyText = Object.keys(policy).length > 0 ? literal(policy, 2, 2, printFunction) : null
  const indent = policyText === null ? 2 : 4
  const fields = definitions.map((definition) => {
    const about = notes.filter(({ field }) => field === definition.name)
    return [
      ...about.map((note) => comment(textOf(note), indent)),
      `${literal(definition, indent, indent, printFunction)},`,
    ]
  })
  const names = definitions.map(({ name }) => name)
  const general = notes.filter(({ field }) => field === null || !names.includes(field)).map(textOf)
  if (functions > 0)
    general.unshift('The functions stand here as they were; what they use from around them has to come along.')
  const imported = [...adapters].sort().join(', ')
  return [
    `import { defineFields } from 'latchkey/fields'\n`,
    ...(imported ? [`import { ${imported} } from 'latchkey/lock'\n`] : []),
    ...(general.length > 0 ? ['\n', ...general.map((text) => `${comment(text, 0)}\n`)] : []),
    `\n${callOf(fields, policyText)}\n`,
  ].join('')
}

/** The call itself, on as many lines as a formatter gives it. */
function callOf(fields: readonly (readonly string[])[], policy: string | null): string {
  const start = 'export const fields = defineFields('
  if (policy !== null) return `${start}\n  ${listOf(fields, 2)},\n  ${policy},\n)`
  const flat = `${start}[${fields.flat().join('').slice(0, -1)}])`
  const short = fields.flat().length < 2 && flat.length <= 120 && !flat.includes('\n')
  return short ? flat : `${start}${listOf(fields, 0)})`
}

function listOf(fields: readonly (readonly string[])[], indent: number): string {
  const spaces = ' '.repeat(indent)
  const lines = fields.flat().map((line) => `${spaces}  ${line}\n`)
  return lines.length > 0 ? `[\n${lines.join('')}${spaces}]` : '[]'
}

function textOf({ path, message }: LockNote): string {
  return `${path}: ${message}`
}
