// What a site writes to describe its fields.
import type { Code } from '../contract/codes.ts'
import type { JsonObject, JsonValue } from '../contract/json.ts'
import type { Condition } from './condition.ts'
import type { StandardSchema } from './standard-schema.ts'

/** Screens that can show additional fields. */
export const FIELD_SCREENS = ['signUp', 'profile', 'ensure'] as const
export type FieldScreen = (typeof FIELD_SCREENS)[number]

/** Words of HTML's `inputmode`, `enterkeyhint` and `autocapitalize`. */
export const INPUTMODES = ['none', 'text', 'tel', 'url', 'email', 'numeric', 'decimal', 'search'] as const
export const ENTERKEYHINTS = ['enter', 'done', 'go', 'next', 'previous', 'search', 'send'] as const
export const AUTOCAPITALIZES = ['off', 'none', 'on', 'sentences', 'words', 'characters'] as const
export type Inputmode = (typeof INPUTMODES)[number]
export type Enterkeyhint = (typeof ENTERKEYHINTS)[number]
export type Autocapitalize = (typeof AUTOCAPITALIZES)[number]

/** What the person may do with a field: change it, see it, or neither. */
export type Access = 'edit' | 'read' | 'none'

/** What a function of the site is told about the form. */
export interface ValuesContext {
  /** The form's values by field name, in the form they are stored in; reading one makes the function run again when it changes. */
  readonly values: Readonly<JsonObject>
  /** Aborts when the answer is no longer of interest. */
  readonly signal: AbortSignal
}

export interface OptionsContext extends ValuesContext {
  /** What was typed into a searchable control, `''` at first. */
  readonly search: string
}

/** What a site's own check answers: nothing or true when all is well; false, or the text to show, when not. */
export type Verdict = boolean | string | null | undefined

interface CommonDefinition<Value> {
  /** Name of the control, and the key in `user_metadata` unless `path` is given. At most 100 characters, no `.` and no `$` (Auth0 docs). */
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
   * Whether an empty value is worth asking for again.
   * @default false
   */
  readonly recommended?: boolean
  /** Needed while this holds. */
  readonly requiredWhen?: Condition
  /** Shown, needed and sent only while this holds. */
  readonly visibleWhen?: Condition
  /** Shown without being editable while this holds. */
  readonly readOnlyWhen?: Condition
  /**
   * What becomes of a stored value when `visibleWhen` stops to hold: `clear` removes it with the save.
   * @default 'keep'
   */
  readonly onHide?: 'keep' | 'clear'
  /**
   * What the person may do with the field, for all screens or for each.
   * @default 'edit'
   */
  readonly access?: Access | { readonly [Screen in FieldScreen]?: Access }
  /**
   * The screens that show the field.
   * @default ['signUp', 'profile', 'ensure']
   */
  readonly screens?: readonly FieldScreen[]
  /**
   * Place among the fields; equal ones stay in the order they are written in.
   * @default 0
   */
  readonly order?: number
  /** Heading under which the field stands, together with every other field of the same section. */
  readonly section?: string
  /** Title of the sign-up step the field belongs to; without one it is on the first, beside the e-mail address. */
  readonly signUpStep?: string
  /**
   * `half` puts two fields beside each other where there is room.
   * @default 'full'
   */
  readonly width?: 'full' | 'half'
  /**
   * Where the value lives. `root` takes the standard attributes only: `name`, `given_name`, `family_name`, `nickname`, `picture`, `phone_number`.
   * @default 'user_metadata'
   */
  readonly storage?: 'user_metadata' | 'root'
  /**
   * Keys that lead to a nested value: `['address', 'city']`. Its neighbours are left alone.
   * @default [name]
   */
  readonly path?: readonly string[]
  /**
   * `text` stores every value as a text (`"true"`, `"12"`), `json` never does.
   * @default what the backend's sign-up takes
   */
  readonly stored?: 'json' | 'text'
  /** Earlier keys of the value at the root: read where the new one has none, removed with the next change. */
  readonly renamedFrom?: string | readonly string[]
  /** Reads a value that an earlier version stored; undefined means none. */
  readonly decode?: (stored: JsonValue) => Value | undefined
  /** Value to start from on sign-up; a function may take its time, and never replaces what was typed meanwhile. */
  readonly prefill?:
    | Value
    | ((context: { readonly signal: AbortSignal }) => Value | undefined | Promise<Value | undefined>)
  /** Parameter of the page's address that prefills the control on sign-up, such as `company` for `?company=Acme`. */
  readonly prefillFrom?: string
  /**
   * Token for the browser's autofill (WCAG 1.3.5), such as `organization`; `''` for none.
   * @default derived from type and name
   */
  readonly autocomplete?: string
  /** @default derived from the type */
  readonly inputmode?: Inputmode
  /** @default 'next', for the last control 'go' */
  readonly enterkeyhint?: Enterkeyhint
  /** @default derived from type and name */
  readonly autocapitalize?: Autocapitalize
  /**
   * Masked until shown, and left out of events.
   * @default false
   */
  readonly sensitive?: boolean
  /** Texts of the site's own, by code: `{ required: 'Tell us who you work for', value_too_long: 'At most {max} letters' }`. */
  readonly messages?: { readonly [Word in Code]?: string }
  /** The only values there may be. */
  readonly oneOf?: readonly (string | number)[]
  /** The site's own check of a value that is there; an asynchronous one is asked once typing pauses, and the latest answer counts. */
  readonly validate?: (value: Value, context: ValuesContext) => Verdict | Promise<Verdict>
  /** Any Standard Schema; it checks the value and does not change it. */
  readonly schema?: StandardSchema
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
  /** Regular expression that the whole value has to match, with the `v` flag, as in HTML's `pattern`. */
  readonly pattern?: string
}

export interface TextDefinition extends CommonDefinition<string>, TextRules {
  /** @default 'text' */
  readonly type?: 'text'
}

export interface TextLikeDefinition extends CommonDefinition<string>, TextRules {
  readonly type: 'textarea' | 'email' | 'tel' | 'url'
}

export interface NumberDefinition extends CommonDefinition<number> {
  readonly type: 'number' | 'range'
  /** @default none; for a range 0 */
  readonly min?: number
  /** @default none; for a range 100 */
  readonly max?: number
  /** Distance between allowed values, counted from `min`. */
  readonly step?: number
}

/**
 * Values as HTML writes them: `2026-11-24`, `09:30`, `2026-11-24T09:30` (local time, no zone), `2026-11`.
 */
export interface DateDefinition extends CommonDefinition<string> {
  readonly type: 'date' | 'time' | 'datetime' | 'month'
  /** Earliest value, written like a value. */
  readonly min?: string
  /** Latest value. */
  readonly max?: string
}

/** A colour as `#rrggbb`. */
export interface ColorDefinition extends CommonDefinition<string> {
  readonly type: 'color'
}

/** One choice; a plain string is both value and label. */
export type OptionDefinition =
  | string
  | {
      readonly value: string
      readonly label: string
      readonly description?: string
      /** @default false */
      readonly disabled?: boolean
    }

/** Choices under a heading of their own. */
export interface OptionGroupDefinition {
  readonly label: string
  readonly options: readonly OptionDefinition[]
}

export type OptionDefinitions = readonly (OptionDefinition | OptionGroupDefinition)[]

interface Options {
  /** The choices, or a function that finds them; where it fails the control offers to try again. */
  readonly options?: OptionDefinitions | ((context: OptionsContext) => OptionDefinitions | Promise<OptionDefinitions>)
  /** Choices that depend on other fields: the first whose condition holds counts, else `options`. */
  readonly optionsWhen?: readonly { readonly when: Condition; readonly options: OptionDefinitions }[]
  /**
   * Whether the control has a search of its own, for long lists.
   * @default false
   */
  readonly searchable?: boolean
}

export interface ChoiceDefinition extends CommonDefinition<string>, Options {
  readonly type: 'select' | 'radio'
}

export interface MultiselectDefinition extends CommonDefinition<readonly string[]>, Options {
  readonly type: 'multiselect'
  readonly minItems?: number
  readonly maxItems?: number
}

export interface CheckboxDefinition extends CommonDefinition<boolean> {
  readonly type: 'checkbox' | 'switch'
}

/** What a consent stores: what was agreed to, when, and in which words. */
export interface Consent {
  readonly granted: boolean
  /** ISO 8601; the server's clock where there is a server of the contract. */
  readonly at: string
  readonly version: string
  /** SHA-256 of the text that was shown, in hexadecimal. */
  readonly textHash: string
  /** BCP 47 tag of the language it was shown in. */
  readonly locale: string
}

/** A box that is never ticked beforehand, and asks again when `version` changes. */
export interface ConsentDefinition extends Omit<CommonDefinition<Consent>, 'prefill' | 'prefillFrom' | 'stored'> {
  readonly type: 'consent'
  /** Version of the text, such as `2026-11`. */
  readonly version: string
  /** Text above the box, if there is more than the label. */
  readonly text?: string
  /** Where the whole text can be read; http(s) or a path. */
  readonly link?: { readonly label: string; readonly href: string }
}

/** A value that is stored on sign-up and never shown. */
export interface HiddenDefinition {
  readonly name: string
  readonly type: 'hidden'
  readonly value: string | number | boolean
  readonly path?: readonly string[]
  readonly stored?: 'json' | 'text'
}

/** Fields that are stored together, as one nested object. */
export interface GroupDefinition
  extends Pick<
    CommonDefinition<JsonObject>,
    | 'name'
    | 'label'
    | 'hint'
    | 'visibleWhen'
    | 'readOnlyWhen'
    | 'onHide'
    | 'access'
    | 'screens'
    | 'order'
    | 'section'
    | 'signUpStep'
    | 'path'
  > {
  readonly type: 'group'
  readonly fields: readonly FieldDefinition[]
}

/** What a list repeats: a field without a name, or a group. */
export type ItemDefinition =
  | DistributiveOmit<FieldDefinition, 'name'>
  | { readonly type: 'group'; readonly label: string; readonly fields: readonly FieldDefinition[] }

type DistributiveOmit<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never

/** Values that can be added, removed and put in another order. */
export interface ListDefinition extends Omit<CommonDefinition<readonly JsonValue[]>, 'prefillFrom'> {
  readonly type: 'list'
  readonly item: ItemDefinition
  readonly minItems?: number
  readonly maxItems?: number
}

/** The address of an image. */
export interface PictureDefinition extends CommonDefinition<string> {
  readonly type: 'picture'
  /**
   * Origins from which a preview may be loaded, such as `https://images.example.com`.
   * @default none: no preview
   */
  readonly origins?: readonly string[]
}

/** A code of ISO 3166-1 (`DE`), BCP 47 (`de`), the IANA time zones (`Europe/Berlin`) or ISO 4217 (`EUR`). */
export interface CodeDefinition extends CommonDefinition<string> {
  readonly type: 'country' | 'language' | 'timezone' | 'currency'
  /** The only codes there are to choose from, in this order. */
  readonly codes?: readonly string[]
}

/** A control of the site's own, given to `createLatchkey({ controls })` under the name in `control`. */
export interface CustomDefinition extends CommonDefinition<JsonValue> {
  readonly type: 'custom'
  readonly control: string
}

export type FieldDefinition =
  | TextDefinition
  | TextLikeDefinition
  | NumberDefinition
  | DateDefinition
  | ColorDefinition
  | ChoiceDefinition
  | MultiselectDefinition
  | CheckboxDefinition
  | ConsentDefinition
  | HiddenDefinition
  | GroupDefinition
  | ListDefinition
  | PictureDefinition
  | CodeDefinition
  | CustomDefinition

/** A rule over several fields: what must not be, and at which field it is said. */
export interface CrossRule {
  /** Name of the field that shows the message. */
  readonly field: string
  /** Values are refused while this holds. */
  readonly refuseWhen: Condition
  readonly message: string
}
