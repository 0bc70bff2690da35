// From the options of Auth0 Lock to the fields and the start of a widget, with a note on everything that differs.
import { checkFields, type DefinedFields } from '../fields/define.ts'
import type { FieldDefinition } from '../fields/definition.ts'
import type { DefinitionPolicy } from '../fields/field.ts'
import { additionalField } from './additional-field.ts'
import { DISPLAY, THEME } from './display-notes.ts'
import { type Given, isObject, readGiven } from './given.ts'
import { type AddNote, collectNotes, described, type LockNote } from './note.ts'
import { DATABASE, noteOptions, type OptionNotes } from './option-notes.ts'
import { mountOf, prefillOf, screenOf } from './screens.ts'
import { AUTH, OTHER } from './service-notes.ts'
import { noteTexts, termsOf } from './terms.ts'

export interface FromLockSettings {
  /**
   * What a checkbox stores: true or false (`typed`), or the texts `"true"` and `"false"` as Lock did (`lock`).
   * Both are read, whichever is set.
   * @default 'typed'
   */
  readonly storedForm?: 'lock' | 'typed'
  /**
   * The rules for names and values that the fields are held to; what breaks one is left out, with a note.
   * @default {}
   */
  readonly policy?: DefinitionPolicy
}

export interface FromLock {
  /** The additional fields, ready for `defineFields(definitions, policy)`. */
  readonly definitions: readonly FieldDefinition[]
  /** The same, checked: for `createLatchkey({ fields })`. */
  readonly fields: DefinedFields
  readonly policy: DefinitionPolicy
  /** The screen Lock started with, for `show` or `mount`. */
  readonly screen: 'login' | 'signUp'
  /** Selector of Lock's container, for `mount`; null where Lock opened a dialog. */
  readonly mount: string | null
  /** What the standard fields start from. */
  readonly prefill: { readonly email?: string }
  /** Everything that has no equal here, or means something else. */
  readonly notes: readonly LockNote[]
}

const HANDLED = [
  ...['additionalSignUpFields', 'allowLogin', 'allowSignUp', 'initialScreen', 'container', 'closable', 'autofocus'],
  ...['prefill', 'mustAcceptTerms', 'languageDictionary', 'theme', 'auth'],
]
const TABLE = { ...DISPLAY, ...DATABASE, ...OTHER }
const KEYS: readonly string[] = [...HANDLED, ...Object.keys(TABLE)]

/**
 * Takes the options a site passes to `new Auth0Lock(id, domain, options)` as they are.
 * Nothing is dropped without a note; a field that no definition could hold is left out with one.
 * Throws TypeError for what is no object.
 *
 * @example
 * const { fields, screen, mount, notes } = fromLock(options)
 * const latchkey = createLatchkey({ backend: rest('/account'), fields })
 * if (mount) latchkey.mount(mount, screen)
 * for (const { path, message } of notes) console.info(`${path}: ${message}`)
 */
export function fromLock(options: object = {}, settings: FromLockSettings = {}): FromLock {
  if (!isObject(options))
    throw new TypeError(`options: must be the object that Lock is given, and is ${described(options)}`)
  const { policy = {}, storedForm = 'typed' } = settings
  const general = collectNotes()
  const { add } = general
  const given = readGiven(options, KEYS, '', add)
  const fields: FieldDefinition[] = []
  const notes: LockNote[] = []
  for (const [index, element] of elementsOf(given, add).entries()) {
    const names = fields.map(({ name }) => name)
    const translated = additionalField(element, index, { policy, names, storedForm })
    if (translated.definition) fields.push(translated.definition)
    notes.push(...translated.notes)
  }
  noteFields(fields, add)
  const aboutTerms = collectNotes()
  const terms = termsOf(
    given,
    fields.map(({ name }) => name),
    policy,
    aboutTerms.add,
  )
  if (terms) fields.push(terms)
  noteTexts(given, add)
  noteOptions(given, TABLE, '', add)
  noteNested(given, 'theme', THEME, add)
  noteNested(given, 'auth', AUTH, add)
  const start = { screen: screenOf(given, add), mount: mountOf(given, add), prefill: prefillOf(given, add) }
  return {
    definitions: fields,
    fields: checkFields(fields, policy),
    policy,
    ...start,
    notes: [...general.about(null), ...notes, ...aboutTerms.about(terms?.name ?? null)],
  }
}

function elementsOf(given: Given, add: AddNote): readonly unknown[] {
  const elements = given.get('additionalSignUpFields')
  if (elements === undefined) return []
  if (Array.isArray(elements)) return elements
  add(
    'additionalSignUpFields',
    `Lock ignored it, because it is ${described(elements)} and no list; it is left out here too.`,
  )
  return []
}

/** What holds for the additional fields together. */
function noteFields(fields: readonly FieldDefinition[], add: AddNote): void {
  if (fields.some(({ type }) => type !== 'hidden'))
    add(
      'additionalSignUpFields',
      "Lock showed them on the sign-up form only; here the profile form shows them too. Write screens: ['signUp'] into a definition to keep it there.",
    )
  if (fields.some(({ type }) => type === undefined))
    add(
      'additionalSignUpFields',
      'Lock stored texts with the white space around them and without what looks like a tag; here the white space goes and all else stays. Write trim: false into a definition to keep it.',
    )
}

/** Options that are an object of options themselves. */
function noteNested(given: Given, key: string, table: OptionNotes, add: AddNote): void {
  const options = given.get(key)
  if (options === undefined) return
  if (isObject(options)) noteOptions(readGiven(options, Object.keys(table), key, add), table, key, add)
  else add(key, `Lock ignored it, because it is ${described(options)} and no object; it is left out here too.`)
}
