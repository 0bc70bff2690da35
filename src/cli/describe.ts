// latchkey describe: the fields as a Markdown table, for a README or a review.
import { countLine } from '../doctor/finding.ts'
import { examine } from '../doctor/refusals.ts'
import { isWhole } from '../doctor/whole.ts'
import { checkFields } from '../fields/define.ts'
import { describeAsMarkdown } from '../fields/describe.ts'
import type { Fields } from '../fields/field.ts'
import { checkRules } from '../fields/references.ts'
import { exportedDefinition, readDefinition } from './definition-file.ts'
import { type ExitCode, type Failure, fail, type InputOutput } from './input-output.ts'
import { load } from './load.ts'
import type { Call } from './usage.ts'

export async function printDescription({ file }: Call, io: InputOutput): Promise<ExitCode | Failure> {
  const loaded = await load(file, io)
  if ('failure' in loaded) return loaded
  if (loaded.kind === 'thrown') return fail(`${file}: the definition is refused`, `see latchkey check ${file}`)
  const value = loaded.kind === 'module' ? exportedDefinition(loaded.value) : loaded.value
  const fields = fieldsIn(value)
  if (typeof fields === 'string') return fail(`${file}: the definition has ${fields}`, `see latchkey check ${file}`)
  io.write(`${describeAsMarkdown(fields)}\n`)
  return 0
}

/** The checked fields, or how many errors keep them from being any. */
function fieldsIn(value: unknown): Fields | string {
  if (isWhole(value)) return value
  const { definitions, policy } = readDefinition(value)
  if (isWhole(definitions)) return definitions
  const { rules = [], ...names } = policy ?? {}
  const { findings } = examine(definitions, rules, names)
  if (findings.length > 0) return countLine(findings)
  const whole = checkFields(definitions, names)
  checkRules(rules, whole.fields)
  return { ...whole, policy: { ...whole.policy, rules } }
}
