// Makes a setting that a type of field does not know a compile error in a literal definition, however deep.
import type { FieldDefinition } from './definition.ts'

type TypeOf<Definition> = Definition extends { readonly type: infer Type } ? Type : 'text'

/** What one type of field is written like. */
type ShapeOf<Type, Shapes = FieldDefinition> = Shapes extends { readonly type: infer Types }
  ? Type extends Types
    ? Shapes
    : never
  : Type extends 'text'
    ? Shapes
    : never

type KeysOf<Shapes> = Shapes extends unknown ? keyof Shapes : never

type OnlyKnown<Definition> = {
  readonly [Key in keyof Definition]: Key extends KeysOf<ShapeOf<TypeOf<Definition>>>
    ? Inside<Key, Definition[Key]>
    : never
}

type Inside<Key, Value> = Key extends 'fields'
  ? Value extends readonly unknown[]
    ? OnlyKnownKeys<Value>
    : Value
  : Key extends 'item'
    ? OnlyKnown<Value>
    : Value

/** Definitions without a setting that does nothing; no demand on those that nobody has written out. */
export type OnlyKnownKeys<Definitions extends readonly unknown[]> = FieldDefinition extends Definitions[number]
  ? unknown
  : { readonly [Index in keyof Definitions]: OnlyKnown<Definitions[Index]> }
