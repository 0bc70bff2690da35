// A definition as a site wrote it: names are held to their rules at once, before anyone looks at the rest.
import { rootNameProblem, STANDARD_FIELDS } from '../contract/names.ts'
import { type DefinitionPolicy, FIELD_TYPES } from './field.ts'
import { fail, isRecord } from './wrong.ts'

/** Definitions whose names, types and labels are right; their other settings are checked by `checkFields`. */
export interface WrittenFields {
  readonly written: readonly Readonly<Record<string, unknown>>[]
  readonly policy: DefinitionPolicy
}

/**
 * Checks what a mistake would break first: that each field has a type there is, a name of its own that can be stored, and a label.
 * Throws TypeError with path, rule and fix.
 */
export function writeFields(definitions: unknown, policy: DefinitionPolicy = {}): WrittenFields {
  if (!Array.isArray(definitions))
    return fail('fields', 'must be a list of fields; write defineFields([{ name, label }])')
  const names: unknown[] = []
  const written = definitions.map((definition: unknown, index) => {
    const path = `fields[${index}]`
    if (!isRecord(definition)) return fail(path, 'must be an object; write { name, label }')
    const name = checkField(definition, path, policy)
    const earlier = names.indexOf(name)
    if (earlier >= 0)
      fail(
        `${path}.name ${JSON.stringify(name)}`,
        `fields[${earlier}] has this name already; every name can be used once`,
      )
    names.push(name)
    return definition
  })
  return { written, policy }
}

function checkField(definition: Readonly<Record<string, unknown>>, path: string, policy: DefinitionPolicy): string {
  const { type = 'text', storage, path: keys } = definition
  if (!FIELD_TYPES.some((known) => known === type))
    fail(`${path}.type ${JSON.stringify(type)}`, `is no field type; use one of ${FIELD_TYPES.join(', ')}`)
  const name = neededText(definition, 'name', path)
  if (type !== 'hidden' && neededText(definition, 'label', path).trim() === '')
    fail(`${path}.label`, 'cannot be empty; it is the name of the control for everyone (WCAG 4.1.2)')
  // With a path of its own the name is the control's; the key at the root is the first of the path.
  const [first]: unknown[] = Array.isArray(keys) ? keys : [keys]
  const root = typeof first === 'string' ? first : name
  const problem = storage === 'root' ? null : rootNameProblem(root, policy)
  const at = `${path}.name ${JSON.stringify(name)}`
  if (problem) fail(root === name ? at : `${path}.path ${JSON.stringify(root)}`, problem.rule)
  if (STANDARD_FIELDS.includes(name)) fail(at, 'this is a field of the screens themselves; choose another name')
  return name
}

function neededText(definition: Readonly<Record<string, unknown>>, key: 'name' | 'label', path: string): string {
  const value = definition[key]
  if (typeof value === 'string') return value
  return fail(`${path}.${key}`, `${value === undefined ? 'is missing' : 'must be a text'}; write ${key}: '…'`)
}
