// From a literal field definition to the type of the metadata it describes.
import type { FieldDefinition, Fields } from './definition.ts'

type ValueOf<Definition> = Definition extends { readonly type: 'checkbox' }
  ? boolean
  : Definition extends { readonly type: 'select'; readonly options: readonly (infer Choice)[] }
    ? Choice extends { readonly value: infer Value }
      ? Value
      : Choice
    : Definition extends { readonly type: 'hidden'; readonly value: infer Value }
      ? Value
      : string

type IsRequired<Definition> = Definition extends { readonly required: true } | { readonly type: 'hidden' }
  ? true
  : false

type Flat<Shape> = { [Key in keyof Shape]: Shape[Key] }

/**
 * The metadata after validation: required fields are present, the others may be absent.
 * What was stored earlier is `Partial` of it.
 *
 * @example
 * type Metadata = InferMetadata<typeof fields> // { company: string; newsletter?: boolean }
 */
export type InferMetadata<Definition> =
  Definition extends Fields<infer Definitions>
    ? Definitions extends readonly FieldDefinition[]
      ? Flat<
          { [Item in Definitions[number] as IsRequired<Item> extends true ? Item['name'] : never]: ValueOf<Item> } & {
            [Item in Definitions[number] as IsRequired<Item> extends true ? never : Item['name']]?: ValueOf<Item>
          }
        >
      : never
    : never
