// The plain settings of an additional field: name, type, storage and what else is taken over as it stands.
import { type NamePolicy, ROOT_ATTRIBUTES, rootNameProblem, STANDARD_FIELDS } from '../contract/names.ts'
import { FIELD_TYPES } from '../fields/field.ts'
import type { Given } from './given.ts'
import { type LockField, textIn } from './labels.ts'
import { type AddNote, described } from './note.ts'

const LOCK_TYPES = ['text', 'select', 'checkbox', 'hidden'] as const
export type LockFieldType = (typeof LOCK_TYPES)[number]

const EVERYWHERE = ['type', 'name', 'storage', 'icon', 'iconUrl']
const TEXTS = ['placeholder', 'placeholderHTML', 'ariaLabel', 'label', 'hint']
const WITH_CONTROL = [...EVERYWHERE, ...TEXTS, 'prefill', 'validator', 'required']

/** The keys that mean something for a field of each type. */
const USED: Readonly<Record<LockFieldType, readonly string[]>> = {
  text: [...WITH_CONTROL, 'maxLength', 'autocomplete', 'inputMode'],
  select: [...WITH_CONTROL, 'options', 'autocomplete'],
  checkbox: WITH_CONTROL,
  hidden: [...EVERYWHERE, 'value'],
}

/** Lock's own limits for names of standard attributes, where the site has no validator. */
const LONGEST = new Map([
  ['given_name', 150],
  ['family_name', 150],
  ['name', 300],
  ['nickname', 300],
])

/** Names that Lock used for parts of its own, so that a field of that name did not work. */
const TAKEN_IN_LOCK = ['selecting', 'showPassword', 'captcha', 'mfa_code', 'vcode', 'phoneNumber']

const INPUT_MODES = ['none', 'text', 'tel', 'url', 'email', 'numeric', 'decimal', 'search'] as const

/** The name of the field, or null where no field can have it. */
export function nameOf(given: Given, add: AddNote, policy: NamePolicy, names: readonly string[]): string | null {
  const name = given.get('name')
  if (typeof name !== 'string') {
    add('name', `Lock ignored a field whose name is no text; it is left out here too. Write name: '…'.`)
    return null
  }
  const problem =
    (STANDARD_FIELDS.includes(name) ? 'it is a field of the screens themselves; choose another name' : undefined) ??
    rootNameProblem(name, policy)?.rule
  if (problem !== undefined) {
    add('name', `The field ${described(name)} is left out: ${problem}.`)
    return null
  }
  if (names.includes(name)) {
    add(
      'name',
      `Lock drew two controls for ${described(name)} that were one; here the first stays and this one is left out.`,
    )
    return null
  }
  if (!/^\w+$/.test(name)) add('name', `Lock silently dropped a field of the name ${described(name)}; here it is one.`)
  if (TAKEN_IN_LOCK.includes(name))
    add('name', 'Lock had a part of this name, so the field did not work; here it does.')
  return name
}

/** Lock took every type it did not know for a text. */
export function typeOf(given: Given, add: AddNote): LockFieldType {
  const type = given.get('type') ?? 'text'
  const known = LOCK_TYPES.find((word) => word === type)
  if (known) return known
  const ours = FIELD_TYPES.find((word) => typeof type === 'string' && word === type.toLowerCase())
  const instead = ours ? ` We have such a type: write type: '${ours}' in the definition if it fits.` : ''
  const secret = type === 'password' ? ' What is typed is stored readably; ask for no secret here.' : ''
  add('type', `Lock has no type ${described(type)} and drew a text; so it is here.${instead}${secret}`)
  return 'text'
}

/** Says which keys a field of this type has no use for, and which we have no equal of. */
export function noteUnused(given: Given, type: LockFieldType, add: AddNote): void {
  for (const key of ['icon', 'iconUrl']) {
    const was =
      key === 'icon' && type !== 'hidden' && type !== 'checkbox' ? 'Lock drew it inside the control' : 'Lock ignored it'
    if (given.has(key)) add(key, `${was}; controls have no icons here, so that the label can be read. Leave it out.`)
  }
  for (const key of given.keys())
    if (!USED[type].includes(key)) add(key, `It means nothing for a ${type} field, and is left out.`)
  const storage = given.get('storage')
  if (storage !== undefined && storage !== 'root' && storage !== 'user_metadata')
    add('storage', `It knows "root" only and is ${described(storage)}; the value is in user_metadata, as in Lock.`)
  if (storage === 'root' && type === 'hidden')
    add(
      'storage',
      'Lock stored the value beside user_metadata; here a hidden value is always inside. Set it on your server instead.',
    )
}

/** Where the value lives: the root takes standard attributes only, which are texts. */
export function storageOf({ name, type, given, add }: LockField): { readonly storage?: 'root' } {
  if (given.get('storage') !== 'root') return {}
  if (type !== 'checkbox' && ROOT_ATTRIBUTES.some((attribute) => attribute === name)) return { storage: 'root' }
  // Lock wrote root names with underscores on their way.
  const sent = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const meant = type !== 'checkbox' && ROOT_ATTRIBUTES.some((attribute) => attribute === sent)
  const fix = meant ? ` Name the field ${described(sent)}, as Lock sent it, to keep it there.` : ''
  const rule = `here only the texts ${ROOT_ATTRIBUTES.join(', ')} are, and this value is kept in user_metadata`
  add('storage', `Lock sent any value beside user_metadata; ${rule}.${fix}`)
  return {}
}

/** What a hidden field stores; null where there is nothing that could be. */
export function hiddenValueOf(given: Given, add: AddNote): string | number | boolean | null {
  const value = given.get('value')
  if (typeof value === 'string' && value !== '') return value
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
    add('value', `Lock could not take ${described(value)}, which is no text; here it is stored as it is.`)
    return value
  }
  const found = value === undefined ? 'is missing' : `is ${described(value)}`
  add('value', `A hidden field needs a text, a number, true or false as its value, which ${found}; it is left out.`)
  return null
}

/** The site's own limit, else Lock's for the name. */
export function maxLengthOf({ name, given, add }: LockField, byName: boolean): { readonly maxLength?: number } {
  const maxLength = given.get('maxLength')
  const longest = byName ? LONGEST.get(name) : undefined
  const fallback = longest === undefined ? {} : { maxLength: longest }
  if (maxLength === undefined) return fallback
  if (typeof maxLength === 'number' && Number.isInteger(maxLength) && maxLength > 0) {
    add('maxLength', `Lock ignored it; here at most ${maxLength} characters are taken.`)
    return { maxLength }
  }
  add('maxLength', `It has to be a whole number above 0, and is ${described(maxLength)}; it is left out.`)
  return fallback
}

/** The token for the browser's autofill. */
export function autocompleteOf(field: LockField): { readonly autocomplete?: string } {
  const { given, add } = field
  if (given.get('autocomplete') === undefined) return {}
  const token = given.get('autocomplete') === false ? 'off' : textIn(field, 'autocomplete')
  if (token === null || token === 'on') {
    if (token) add('autocomplete', 'Lock ignored it; here the token follows from the name.')
    return {}
  }
  add(
    'autocomplete',
    `Lock ignored it and switched autofill off; here ${token === 'off' ? 'that is so' : 'it counts'}.`,
  )
  return { autocomplete: token === 'off' ? '' : token }
}

/** The keyboard a phone shows. */
export function inputModeOf({ given, add }: LockField): { readonly inputmode?: (typeof INPUT_MODES)[number] } {
  const word = given.get('inputMode')
  if (word === undefined) return {}
  const inputmode = INPUT_MODES.find((mode) => mode === word)
  if (inputmode) add('inputMode', 'Lock ignored it; here it counts, as "inputmode".')
  else add('inputMode', `It has to be one of ${INPUT_MODES.join(', ')}, and is ${described(word)}; it is left out.`)
  return inputmode ? { inputmode } : {}
}
