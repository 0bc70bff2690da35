// What browsers and keyboards are told about a control: derived from type and name, unless the definition says it.
import type { Autocapitalize, Inputmode } from './definition.ts'
import type { Field, FieldType } from './field.ts'

export interface InputHints {
  /** Token for autofill (HTML, 4.10.18.7; WCAG 1.3.5), or undefined for none. */
  readonly autocomplete: string | undefined
  readonly inputmode: Inputmode | undefined
  readonly autocapitalize: Autocapitalize | undefined
  /** False where a spelling checker would only disturb. */
  readonly spellcheck: false | undefined
}

const AUTOCOMPLETE_OF_TYPE: { readonly [Type in FieldType]?: string } = {
  email: 'email',
  tel: 'tel',
  url: 'url',
  country: 'country',
  language: 'language',
}

/** The names people give to fields that browsers know. */
const AUTOCOMPLETE_OF_NAME: Readonly<Record<string, string>> = {
  name: 'name',
  full_name: 'name',
  given_name: 'given-name',
  first_name: 'given-name',
  family_name: 'family-name',
  last_name: 'family-name',
  nickname: 'nickname',
  company: 'organization',
  organization: 'organization',
  job_title: 'organization-title',
  phone: 'tel',
  phone_number: 'tel',
  website: 'url',
  address: 'street-address',
  street: 'address-line1',
  street_address: 'street-address',
  city: 'address-level2',
  zip: 'postal-code',
  postal_code: 'postal-code',
  birthday: 'bday',
  birthdate: 'bday',
}

const INPUTMODE: { readonly [Type in FieldType]?: Inputmode } = {
  email: 'email',
  tel: 'tel',
  url: 'url',
  picture: 'url',
  number: 'decimal',
}

const TEXTS: readonly FieldType[] = ['text', 'textarea']

export function inputHints(field: Field): InputHints {
  const { type, name } = field
  const byName = TEXTS.includes(type) || type === 'date' ? AUTOCOMPLETE_OF_NAME[name] : undefined
  const isText = TEXTS.includes(type)
  return {
    autocomplete: (field.autocomplete ?? AUTOCOMPLETE_OF_TYPE[type] ?? byName) || undefined,
    inputmode: field.inputmode ?? INPUTMODE[type],
    autocapitalize: field.autocapitalize ?? (isText ? (/name$|^city$/.test(name) ? 'words' : undefined) : 'none'),
    spellcheck: isText && !field.sensitive ? undefined : false,
  }
}
