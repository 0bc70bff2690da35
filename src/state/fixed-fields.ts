// Standard attributes that a backend lets nobody change from a page: shown as they are, with the reason beside them.
import type { Capabilities } from '../contract/capabilities.ts'
import { type Field, type Fields, functionsOf, keepFunctions } from '../fields/field.ts'
import type { Control } from './control.ts'

/** A field that nobody can change here, whatever the site's definition says. */
export type FixedField = Field & { readonly fixed: true }

export function isFixed(source: Control['source']): source is FixedField {
  return 'fixed' in source
}

/** The same fields; those of the profile that this backend would refuse are to be read only. */
export function withFixed(fields: Fields, { rootAttributes }: Pick<Capabilities, 'rootAttributes'>): Fields {
  const isTaken = ({ storage, name }: Field) =>
    storage !== 'root' || rootAttributes.some((attribute) => attribute === name)
  if (fields.fields.every(isTaken)) return fields
  return { ...fields, fields: fields.fields.map((field) => (isTaken(field) ? field : fixed(field))) }
}

function fixed(field: Field): FixedField {
  const made: FixedField = { ...field, access: { ...field.access, profile: 'read' }, fixed: true }
  keepFunctions(made, functionsOf(field))
  return made
}
