// What a definition asks for, as rows for a documentation table.
import type { JsonValue } from '../contract/json.ts'
import type { Access, FieldScreen } from './definition.ts'
import { conditionText, type FindField } from './describe-condition.ts'
import { exampleOf, valuesText } from './describe-values.ts'
import type { Field, Fields, FieldType } from './field.ts'

export interface FieldDescription {
  /** Name of the field; in a group or a list item, its name in there. */
  readonly name: string
  /** Where the value is: `user_metadata.address.city`, `user_metadata.jobs[].title`, `given_name`. */
  readonly path: string
  readonly type: FieldType
  readonly label: string
  readonly hint: string | null
  /** `always`, `never`, or a condition in words: `when Team size is "51+"`. */
  readonly required: string
  /** The condition under which it is shown, in words; null for always. */
  readonly visible: string | null
  readonly screens: readonly FieldScreen[]
  /** What the person may do: one word, or one for each screen. */
  readonly access: string
  /** The values it takes, in words: `one of 1-10, 11-50`, `at most 80 characters`. */
  readonly values: string
  /** A value as it could be stored; missing where only the site knows one. */
  readonly example?: JsonValue
}

/** What holds for everything inside of a field. */
interface Around {
  readonly path: string
  readonly visible: readonly string[]
  readonly editable: readonly string[]
  readonly screens: readonly FieldScreen[]
  readonly find: FindField
}

/**
 * Describes every field, nested ones included, in the order of the definition.
 *
 * @example
 * describe(fields).map(({ path, required }) => `${path}: ${required}`) // ['user_metadata.company: always']
 */
export function describe({ fields }: Fields): readonly FieldDescription[] {
  return fields.flatMap((field) => {
    const [last = ''] = field.path.slice(-1)
    const parents = field.storage === 'root' ? [] : ['user_metadata', ...field.path.slice(0, -1)]
    return rowsOf(field, [...parents, last].join('.'), {
      path: '',
      visible: [],
      editable: [],
      screens: field.screens,
      find: finderIn(fields),
    })
  })
}

/**
 * `describe` as a Markdown table.
 *
 * @example
 * await writeFile('FIELDS.md', describeAsMarkdown(fields))
 */
export function describeAsMarkdown(fields: Fields): string {
  const head = ['Field', 'Stored as', 'Type', 'Required', 'Shown', 'Screens', 'Access', 'Values', 'Example']
  const rows = describe(fields).map(
    ({ label, name, hint, path, type, required, visible, screens, access, ...rest }) => [
      hint ? `${label || name}: ${hint}` : label || name,
      code(path),
      type,
      required,
      type === 'hidden' ? 'never' : visible === null ? 'always' : `when ${visible}`,
      screens.join(', '),
      access,
      rest.values,
      rest.example === undefined ? '' : code(JSON.stringify(rest.example)),
    ],
  )
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function rowsOf(field: Field, path: string, around: Around): readonly FieldDescription[] {
  const { find } = around
  const visible = [...around.visible, ...clauses(field.visibleWhen, find)]
  const editable = [...around.editable, ...clauses(field.readOnlyWhen, find).map((clause) => `not (${clause})`)]
  const screens = field.screens.filter((screen) => around.screens.includes(screen))
  const example = exampleOf(field)
  const row: FieldDescription = {
    name: field.name,
    path,
    type: field.type,
    label: field.label,
    hint: field.hint,
    required: requiredText(field, [...visible, ...editable], screens, find),
    visible: visible.length === 0 ? null : visible.join(' and '),
    screens,
    access: accessText(field.access, screens),
    values: valuesText(field, find),
    ...(example !== undefined && { example }),
  }
  const inside = field.item ?? field
  const within: Around = { ...around, visible, editable, screens, find: finderIn(inside.fields, find) }
  const parent = field.item ? `${path}[]` : path
  return [row, ...inside.fields.flatMap((child) => rowsOf(child, `${parent}.${child.name}`, within))]
}

function requiredText(
  { required, requiredWhen, access }: Field,
  clausesAround: readonly string[],
  screens: readonly FieldScreen[],
  find: FindField,
): string {
  const closed = screens.every((screen) => access[screen] !== 'edit')
  if (closed || (!required && requiredWhen === null)) return 'never'
  const all = [...clausesAround, ...(required ? [] : clauses(requiredWhen, find))]
  return all.length === 0 ? 'always' : `when ${all.join(' and ')}`
}

function accessText(access: Readonly<Record<FieldScreen, Access>>, screens: readonly FieldScreen[]): string {
  const words = new Set(screens.map((screen) => access[screen]))
  return words.size === 1 ? [...words].join('') : screens.map((screen) => `${screen}: ${access[screen]}`).join(', ')
}

function clauses(condition: Field['visibleWhen'], find: FindField): readonly string[] {
  return condition === null ? [] : [conditionText(condition, find)]
}

function finderIn(fields: readonly Field[], outer: FindField = () => undefined): FindField {
  return (name) => fields.find((field) => field.name === name) ?? outer(name)
}

function code(text: string): string {
  return text.includes('`') ? text : `\`${text}\``
}

/** A pipe would end the cell, a line break the row. */
function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*[\r\n]+\s*/g, ' ')
}
