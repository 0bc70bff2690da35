// How long the value of a field can get, counted in characters of the text it is stored as, or of its JSON.
import { MAX_EMAIL_LENGTH } from '../contract/limits.ts'
import type { Field, FieldType } from '../fields/field.ts'

/** What the rules of a type, or the codes there are, allow at most. A telephone number has 15 digits, signs between them and an extension. */
const BY_TYPE: Readonly<Partial<Record<FieldType, number>>> = {
  checkbox: 5,
  switch: 5,
  number: 24,
  range: 24,
  date: 12,
  time: 12,
  datetime: 24,
  month: 9,
  color: 7,
  email: MAX_EMAIL_LENGTH,
  tel: 50,
  country: 2,
  language: 10,
  currency: 3,
  timezone: 40,
}

/** The keys of a consent, its time, the text's hash and a language, all without the version. */
const CONSENT = 180

/** Quotes, colon and comma around a key and its value in JSON. */
const MARKS = 6

/** Most characters of a value, or null where nothing bounds it. */
export function longest(field: Field): number | null {
  const { type, oneOf, codes, maxLength, maxItems, item } = field
  if (oneOf) return most(oneOf.map((value) => String(value).length))
  const bounded = codes ? most(codes.map((code) => code.length)) : BY_TYPE[type]
  if (bounded !== undefined) return maxLength === null ? bounded : Math.min(bounded, maxLength)
  switch (type) {
    case 'select':
    case 'radio':
      return most(optionLengths(field))
    case 'multiselect':
      return sum(longestFew(optionLengths(field), maxItems).map((length) => length + 3)) + 2
    case 'consent':
      return CONSENT + (field.version ?? '').length
    case 'hidden':
      return String(field.value).length
    case 'group':
      return groupLength(field)
    case 'list': {
      const one = item && longest(item)
      return one === null || maxItems === null ? null : maxItems * (one + MARKS) + 2
    }
    default:
      return maxLength
  }
}

function groupLength({ fields }: Field): number | null {
  const parts = fields.map((child) => ({ name: child.name, length: longest(child) }))
  const known = parts.flatMap(({ name, length }) => (length === null ? [] : [name.length + length + MARKS]))
  return known.length < parts.length ? null : sum(known) + 2
}

/** Choices that a function finds are the site's own business. */
function optionLengths({ options, optionsWhen }: Field): readonly number[] {
  return [...(options ?? []), ...optionsWhen.flatMap((choice) => choice.options)].map(({ value }) => value.length)
}

function longestFew(lengths: readonly number[], count: number | null): readonly number[] {
  return [...lengths].sort((one, other) => other - one).slice(0, count ?? undefined)
}

function most(numbers: readonly number[]): number {
  return Math.max(0, ...numbers)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
