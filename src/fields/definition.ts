// What a site writes to describe its fields, and the whole form of it that everything else reads.
import type { NamePolicy } from '../contract/names.ts'

/** Screens that can show additional fields. */
export const FIELD_SCREENS = ['signUp', 'profile'] as const
export type FieldScreen = (typeof FIELD_SCREENS)[number]

export const FIELD_TYPES = ['text', 'email', 'textarea', 'select', 'checkbox', 'hidden'] as const
export type FieldType = (typeof FIELD_TYPES)[number]

interface CommonDefinition {
  /** Key in `user_metadata`, written as it is stored. At most 100 characters, no `.` and no `$` (Auth0 docs). */
  readonly name: string
  /** Text beside the control; also its accessible name (WCAG 4.1.2). */
  readonly label: string
  /** A sentence under the label. */
  readonly hint?: string
  /**
   * Whether a value is needed; a required checkbox has to be ticked.
   * @default false
   */
  readonly required?: boolean
  /**
   * The screens that show the field.
   * @default ['signUp', 'profile']
   */
  readonly screens?: readonly FieldScreen[]
  /** Token for the browser's autofill (WCAG 1.3.5), such as `organization`. Without one the control has no such attribute. */
  readonly autocomplete?: string
}

interface TextRules {
  /** Fewest code points of a value that is given. */
  readonly minLength?: number
  /** Most code points. */
  readonly maxLength?: number
  /**
   * Whether white space around the value is dropped when it is sent.
   * @default true
   */
  readonly trim?: boolean
}

export interface TextDefinition extends CommonDefinition, TextRules {
  /** @default 'text' */
  readonly type?: 'text'
  /** Regular expression that the whole value has to match, with the `v` flag, as in HTML's `pattern`. */
  readonly pattern?: string
}

export interface EmailDefinition extends CommonDefinition {
  readonly type: 'email'
}

export interface TextareaDefinition extends CommonDefinition, TextRules {
  readonly type: 'textarea'
}

/** One choice of a select; a plain string is both value and label. */
export type OptionDefinition = string | { readonly value: string; readonly label: string }

export interface SelectDefinition extends CommonDefinition {
  readonly type: 'select'
  readonly options: readonly OptionDefinition[]
}

export interface CheckboxDefinition extends CommonDefinition {
  readonly type: 'checkbox'
}

/** A value that is stored on sign-up and never shown. */
export interface HiddenDefinition {
  readonly name: string
  readonly type: 'hidden'
  readonly value: string
}

export type FieldDefinition =
  | TextDefinition
  | EmailDefinition
  | TextareaDefinition
  | SelectDefinition
  | CheckboxDefinition
  | HiddenDefinition

export interface Option {
  readonly value: string
  readonly label: string
}

interface CommonField {
  readonly name: string
  readonly label: string
  readonly hint: string | null
  readonly required: boolean
  readonly screens: readonly FieldScreen[]
  readonly autocomplete: string | null
}

interface TextFieldRules {
  readonly minLength: number | null
  readonly maxLength: number | null
  readonly trim: boolean
}

export interface TextField extends CommonField, TextFieldRules {
  readonly type: 'text'
  readonly pattern: string | null
}
export interface EmailField extends CommonField {
  readonly type: 'email'
}
export interface TextareaField extends CommonField, TextFieldRules {
  readonly type: 'textarea'
}
export interface SelectField extends CommonField {
  readonly type: 'select'
  readonly options: readonly Option[]
}
export interface CheckboxField extends CommonField {
  readonly type: 'checkbox'
}
export interface HiddenField extends CommonField {
  readonly type: 'hidden'
  readonly value: string
}

/** A whole field: every setting present, null where the site gave none. */
export type Field = TextField | EmailField | TextareaField | SelectField | CheckboxField | HiddenField

/** What a control holds: text for everything but a checkbox. */
export type FieldValue = string | boolean

/**
 * A checked definition: plain data that can be sent as JSON.
 * `Definitions` is what the site wrote, kept in the type only, for `InferMetadata`.
 */
export interface Fields<Definitions extends readonly FieldDefinition[] = readonly FieldDefinition[]> {
  readonly fields: readonly Field[]
  readonly policy: Required<NamePolicy>
  /** Present in types only. */
  readonly definitions?: Definitions
}

/** The fields of one screen, in order. */
export function fieldsOn(fields: Fields, screen: FieldScreen): readonly Field[] {
  return fields.fields.filter((field) => field.screens.includes(screen))
}
