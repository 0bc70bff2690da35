// From a literal field definition to the type of the metadata it describes.
import type { JsonObject, JsonValue } from '../contract/json.ts'
import type { Consent, FieldDefinition, ItemDefinition } from './definition.ts'
import type { Fields } from './field.ts'
import type { StandardSchema } from './standard-schema.ts'

/** The values a choice can have: its own, and those of the choices under headings. */
type ChoiceOf<Entry> = Entry extends string
  ? Entry
  : Entry extends { readonly options: readonly (infer Inner)[] }
    ? ChoiceOf<Inner>
    : Entry extends { readonly value: infer Value }
      ? Value
      : never

type ChoicesOf<Definition> =
  | (Definition extends { readonly options: readonly (infer Entry)[] } ? ChoiceOf<Entry> : never)
  | (Definition extends { readonly optionsWhen: readonly { readonly options: readonly (infer Entry)[] }[] }
      ? ChoiceOf<Entry>
      : never)
  | (Definition extends { readonly options: (...input: never) => unknown } ? string : never)

type TypedValue<Definition> = Definition extends { readonly type: 'checkbox' | 'switch' }
  ? boolean
  : Definition extends { readonly oneOf: readonly (infer Value)[] }
    ? Value
    : Definition extends { readonly type: 'number' | 'range' }
      ? number
      : Definition extends { readonly type: 'select' | 'radio' }
        ? ChoicesOf<Definition>
        : Definition extends { readonly type: 'multiselect' }
          ? ChoicesOf<Definition>[]
          : Definition extends { readonly type: 'consent' }
            ? Consent
            : Definition extends { readonly type: 'hidden'; readonly value: infer Value }
              ? Value
              : Definition extends { readonly type: 'group'; readonly fields: infer Inner extends readonly unknown[] }
                ? MetadataOf<Inner[number], 'nested'>
                : Definition extends { readonly type: 'list'; readonly item: infer Item }
                  ? (ItemDefinition extends Item ? JsonValue : ValueOf<Item>)[]
                  : Definition extends {
                        readonly type: 'custom'
                        readonly schema: StandardSchema<unknown, infer Output>
                      }
                    ? Output
                    : Definition extends { readonly type: 'custom' }
                      ? JsonValue
                      : Definition extends { readonly codes: readonly (infer Code)[] }
                        ? Code
                        : string

/** A value stored as text has the text's type; that of a box is one of two words. */
type ValueOf<Definition> = Definition extends { readonly stored: 'text' }
  ? TypedValue<Definition> extends boolean
    ? 'true' | 'false'
    : TypedValue<Definition> extends string
      ? TypedValue<Definition>
      : string
  : TypedValue<Definition>

/** What keeps a required field from being asked for at sign-up, always or sometimes. */
type Unasked =
  | { readonly visibleWhen: object }
  | { readonly readOnlyWhen: object }
  | { readonly access: 'read' | 'none' | { readonly signUp: 'read' | 'none' } }
  | { readonly screens: readonly ('profile' | 'ensure')[] }

/** A field that is shown under a condition, or not on sign-up, can be absent even where it is required. */
type IsPresent<Definition> = Definition extends { readonly type: 'hidden' }
  ? true
  : Definition extends Unasked
    ? false
    : Definition extends { readonly type: 'group'; readonly fields: infer Inner extends readonly unknown[] }
      ? FieldDefinition extends Inner[number]
        ? false
        : true extends IsPresent<Inner[number]>
          ? true
          : false
      : Definition extends { readonly required: true }
        ? true
        : false

/** An object with a value at the end of a path. */
type AtPath<Path, Value, Present> = Path extends readonly [infer Key extends string, ...infer Rest]
  ? Present extends true
    ? { [Name in Key]: Rest extends readonly [] ? Value : AtPath<Rest, Value, true> }
    : { [Name in Key]?: Rest extends readonly [] ? Value : AtPath<Rest, Value, false> }
  : never

type EntryOf<Definition, Place> = Definition extends { readonly storage: 'root' }
  ? never
  : Place extends 'outermost'
    ? Definition extends { readonly path: infer Path extends readonly string[] }
      ? AtPath<Path, ValueOf<Definition>, IsPresent<Definition>>
      : NamedEntry<Definition>
    : NamedEntry<Definition>

type NamedEntry<Definition> = Definition extends { readonly name: infer Name extends string }
  ? AtPath<readonly [Name], ValueOf<Definition>, IsPresent<Definition>>
  : never

type Merged<Union> = (Union extends unknown ? (entry: Union) => void : never) extends (entry: infer All) => void
  ? All
  : never

/** An intersection written out, as deep as objects go. */
type Flat<Shape> = Shape extends readonly unknown[] | string | number | boolean | null
  ? Shape
  : { [Key in keyof Shape]: Flat<Shape[Key]> }

/** Fields that nobody has written out describe any object. */
type MetadataOf<Definition, Place> = FieldDefinition extends Definition
  ? JsonObject
  : [EntryOf<Definition, Place>] extends [never]
    ? Record<never, never>
    : Flat<Merged<EntryOf<Definition, Place>>>

/**
 * The metadata after validation: required fields are present, the others and those under a condition may be absent.
 * What was stored earlier is `Partial` of it. Root attributes are not metadata.
 *
 * @example
 * type Metadata = InferMetadata<typeof fields> // { company: string; newsletter?: boolean }
 */
export type InferMetadata<Definition> =
  Definition extends Fields<infer Definitions>
    ? Definitions extends readonly FieldDefinition[]
      ? MetadataOf<Definitions[number], 'outermost'>
      : never
    : never
