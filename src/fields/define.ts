// Turns what a site wrote into a whole definition, or says what is wrong, where, and how to mend it.
import type { FieldDefinition } from './definition.ts'
import type { DefinitionPolicy, Fields } from './field.ts'
import type { InferMetadata } from './infer.ts'
import type { OnlyKnownKeys } from './known-keys.ts'
import { checkReferences, checkRules } from './references.ts'
import type { StandardSchema } from './standard-schema.ts'
import { wholeField } from './whole-field.ts'
import { writeFields } from './written.ts'

/** A definition that is a Standard Schema of the metadata it describes, too. */
export type DefinedFields<Definitions extends readonly FieldDefinition[] = readonly FieldDefinition[]> =
  Fields<Definitions> & StandardSchema<InferMetadata<Fields<Definitions>>>

/**
 * Checks a field definition and fills in its defaults.
 * Throws TypeError with the path of the mistake, the rule and the fix, such as
 * `fields[1].name "a.b": field names cannot contain "."; nest the value or use "_"`.
 *
 * @example
 * const fields = defineFields([
 *   { name: 'company', label: 'Company', required: true },
 *   { name: 'team_size', type: 'select', label: 'Team size', options: ['1-10', '11-50', '51+'] },
 *   { name: 'vat_id', label: 'VAT number', visibleWhen: { team_size: '51+' }, screens: ['profile'] },
 * ])
 */
export function defineFields<const Definitions extends readonly FieldDefinition[]>(
  definitions: Definitions & OnlyKnownKeys<Definitions>,
  policy?: DefinitionPolicy,
): DefinedFields<Definitions>
export function defineFields(definitions: readonly FieldDefinition[], policy: DefinitionPolicy = {}): Fields {
  return checkFields(definitions, policy)
}

/** `defineFields` for a definition that no compiler has seen, such as one read from HTML or JSON. */
export function checkFields(given: unknown, policy: DefinitionPolicy = {}): DefinedFields {
  const { written } = writeFields(given, policy)
  const fields = written.map((definition, index) => wholeField(definition, `fields[${index}]`, 'outermost'))
  checkReferences(fields, 'fields', [])
  const { reservedNames = true, denyList = [], secrets = 'refuse', rules = [] } = policy
  checkRules(rules, fields)
  return withSchema({ fields, policy: { reservedNames, denyList, secrets, rules } })
}

/** Adds the Standard Schema beside the data, where JSON does not see it. Its rules are fetched on first use. */
function withSchema(fields: Fields): DefinedFields {
  const schema: StandardSchema['~standard'] = {
    version: 1,
    vendor: 'latchkey',
    validate: async (value) => (await import('./standard.ts')).validateMetadata(fields, value),
  }
  // The property is defined by this very call.
  return Object.defineProperty(fields, '~standard', { value: schema }) as DefinedFields
}
