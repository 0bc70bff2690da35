// The whole form of a definition, which everything else reads: every setting present, null where the site gave none.
import type { JsonValue } from '../contract/json.ts'
import type { NamePolicy } from '../contract/names.ts'
import type { Condition } from './condition.ts'
import type {
  Access,
  Autocapitalize,
  CrossRule,
  Enterkeyhint,
  FieldDefinition,
  FieldScreen,
  Inputmode,
  OptionDefinitions,
  OptionsContext,
  ValuesContext,
  Verdict,
} from './definition.ts'
import type { StandardSchema } from './standard-schema.ts'

export const FIELD_TYPES = [
  'text',
  'textarea',
  'email',
  'tel',
  'url',
  'number',
  'range',
  'date',
  'time',
  'datetime',
  'month',
  'color',
  'select',
  'multiselect',
  'radio',
  'checkbox',
  'switch',
  'consent',
  'hidden',
  'group',
  'list',
  'picture',
  'country',
  'language',
  'timezone',
  'currency',
  'custom',
] as const
export type FieldType = (typeof FIELD_TYPES)[number]

/** What a control holds: text for most, a boolean for a box, a list or an object for what is nested. */
export type FieldValue = JsonValue

export interface Option {
  readonly value: string
  readonly label: string
  readonly description: string | null
  readonly disabled: boolean
  /** Heading the option stands under, or null. */
  readonly group: string | null
}

export interface Field {
  readonly type: FieldType
  readonly name: string
  readonly label: string
  readonly hint: string | null
  readonly required: boolean
  readonly recommended: boolean
  readonly requiredWhen: Condition | null
  readonly visibleWhen: Condition | null
  readonly readOnlyWhen: Condition | null
  readonly onHide: 'keep' | 'clear'
  readonly access: Readonly<Record<FieldScreen, Access>>
  readonly screens: readonly FieldScreen[]
  readonly order: number
  readonly section: string | null
  readonly signUpStep: string | null
  readonly width: 'full' | 'half'
  readonly storage: 'user_metadata' | 'root'
  /** Keys from the root of its storage to the value; in a group or a list item, from there. */
  readonly path: readonly string[]
  readonly stored: 'json' | 'text' | null
  readonly renamedFrom: readonly string[]
  readonly prefill: JsonValue
  readonly prefillFrom: string | null
  readonly autocomplete: string | null
  readonly inputmode: Inputmode | null
  readonly enterkeyhint: Enterkeyhint | null
  readonly autocapitalize: Autocapitalize | null
  readonly sensitive: boolean
  readonly messages: Readonly<Record<string, string>>
  readonly oneOf: readonly (string | number)[] | null
  readonly minLength: number | null
  readonly maxLength: number | null
  readonly trim: boolean
  readonly pattern: string | null
  readonly min: number | string | null
  readonly max: number | string | null
  readonly step: number | null
  /** The choices there are without asking anyone; null where a function finds them, or the type has codes of its own. */
  readonly options: readonly Option[] | null
  readonly optionsWhen: readonly { readonly when: Condition; readonly options: readonly Option[] }[]
  readonly searchable: boolean
  readonly minItems: number | null
  readonly maxItems: number | null
  readonly version: string | null
  readonly text: string | null
  readonly link: { readonly label: string; readonly href: string } | null
  readonly value: JsonValue
  readonly fields: readonly Field[]
  readonly item: Field | null
  readonly origins: readonly string[]
  readonly codes: readonly string[] | null
  readonly control: string | null
}

/** The parts of a field that only code can say; they do not travel with the definition's JSON. */
export interface FieldFunctions {
  readonly validate?: (value: JsonValue, context: ValuesContext) => Verdict | Promise<Verdict>
  readonly schema?: StandardSchema
  readonly options?: (context: OptionsContext) => OptionDefinitions | Promise<OptionDefinitions>
  readonly prefill?: (context: { readonly signal: AbortSignal }) => unknown
  readonly decode?: (stored: JsonValue) => JsonValue | undefined
}

/** Settings of a whole definition. */
export interface DefinitionPolicy extends NamePolicy {
  /**
   * Whether a value that looks like a payment card or a secret key is refused: `user_metadata` is no place for either.
   * @default 'refuse'
   */
  readonly secrets?: 'refuse' | 'allow'
  /**
   * Rules over several fields.
   * @default []
   */
  readonly rules?: readonly CrossRule[]
}

/**
 * A checked definition: plain data that can be sent as JSON, and a Standard Schema of the metadata.
 * `Definitions` is what the site wrote, kept in the type only, for `InferMetadata`.
 */
export interface Fields<Definitions extends readonly FieldDefinition[] = readonly FieldDefinition[]> {
  readonly fields: readonly Field[]
  readonly policy: Required<DefinitionPolicy>
  /** Present in types only. */
  readonly definitions?: Definitions
}

const functions = new WeakMap<Field, FieldFunctions>()

/** Remembers the functions of a field beside its data. */
export function keepFunctions(field: Field, given: FieldFunctions): void {
  functions.set(field, given)
}

/** The functions the site gave for a field; none for one that was read from JSON. */
export function functionsOf(field: Field): FieldFunctions {
  return functions.get(field) ?? {}
}

/** The fields of one screen, in order; the person has no business with the others there. */
export function fieldsOn({ fields }: Fields, screen: FieldScreen): readonly Field[] {
  return fields.filter((field) => isOn(field, screen)).sort((one, other) => one.order - other.order)
}

/** Whether a screen shows a field, also one inside a group. */
export function isOn(field: Field, screen: FieldScreen): boolean {
  return field.screens.includes(screen) && field.access[screen] !== 'none'
}
