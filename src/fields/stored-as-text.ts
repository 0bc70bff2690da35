// A definition for a backend whose sign-up takes texts only: the stored form of its fields is the text of their codec.
import { type Field, type Fields, functionsOf, keepFunctions } from './field.ts'

/**
 * The same fields, stored as text on sign-up and on every later save, so that both are alike. A field that says
 * `stored` itself keeps to that; one with a path, a group and a list of groups stay JSON, which follows the sign-up.
 */
export function storedAsText(fields: Fields): Fields {
  return { ...fields, fields: fields.fields.map(asText) }
}

function asText(field: Field): Field {
  const isNested = field.path.length > 1 || field.type === 'group' || field.item?.type === 'group'
  if (field.stored !== null || field.storage === 'root' || isNested) return field
  const text: Field = { ...field, stored: 'text' }
  keepFunctions(text, functionsOf(field))
  return text
}
