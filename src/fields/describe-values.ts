// What may be stored for a field in words, and an example of it, for documentation.

import type { JsonValue } from '../contract/json.ts'
import { decode, encode } from './codec.ts'
import { conditionText, type FindField } from './describe-condition.ts'
import { type Field, type FieldType, functionsOf, type Option } from './field.ts'

/** The values a field takes: `one of 1-10, 11-50`, `at most 80 characters`; empty where there is nothing to say. */
export function valuesText(field: Field, find: FindField): string {
  const stored = field.stored === 'text' && !isText(field) ? ['stored as text'] : []
  return [...kindText(field, find), ...rangeTexts(field), ...stored].join(', ')
}

const KINDS: { readonly [Type in FieldType]?: string } = {
  email: 'an e-mail address',
  tel: 'a phone number',
  url: 'an http(s) address',
  picture: 'the http(s) address of an image',
  color: 'a colour as #rrggbb',
  date: 'a date as YYYY-MM-DD',
  time: 'a time as HH:MM',
  datetime: 'a local time as YYYY-MM-DDTHH:MM',
  month: 'a month as YYYY-MM',
  checkbox: 'true or false',
  switch: 'true or false',
  country: 'a code of ISO 3166-1',
  language: 'a code of BCP 47',
  timezone: 'a time zone of IANA',
  currency: 'a code of ISO 4217',
}

function kindText(field: Field, find: FindField): readonly string[] {
  const { type, oneOf, codes, item } = field
  if (oneOf) return [`one of ${oneOf.join(', ')}`]
  if (codes) return [`one of ${codes.join(', ')}`]
  switch (type) {
    case 'select':
    case 'radio':
      return [choicesText(field, 'one of', find)]
    case 'multiselect':
      return [choicesText(field, 'any of', find)]
    case 'consent':
      return [`consent to version ${field.version}`]
    case 'hidden':
      return [JSON.stringify(field.value)]
    case 'list': {
      const inner = item ? valuesText(item, find) : ''
      return [`a list of ${item?.label ?? ''}${inner && ` (${inner})`}`]
    }
    case 'custom':
      return [`what the control ${field.control} answers`]
    default:
      return [KINDS[type] ?? []].flat()
  }
}

function choicesText(field: Field, words: string, find: FindField): string {
  const of = (options: readonly Option[]) => `${words} ${options.map(({ value }) => value).join(', ')}`
  const rest = field.options ? [of(field.options)] : functionsOf(field).options ? ['looked up in the form'] : []
  const conditional = field.optionsWhen.map(({ when, options }) => `${of(options)} when ${conditionText(when, find)}`)
  return [...conditional, ...rest.map((text) => (conditional.length > 0 ? `else ${text}` : text))].join('; ')
}

function rangeTexts(field: Field): readonly string[] {
  const { min, max, minLength, maxLength, minItems, maxItems, step, pattern } = field
  const dates = typeof min === 'string' || typeof max === 'string'
  return [
    ...between(min, max, dates ? ['from', 'to'] : ['at least', 'at most'], ''),
    ...(step === null ? [] : [`in steps of ${step}`]),
    ...between(minLength, maxLength, ['at least', 'at most'], 'character'),
    ...between(minItems, maxItems, ['at least', 'at most'], 'item'),
    ...(pattern === null ? [] : [`matches ${pattern}`]),
  ]
}

function between(
  low: number | string | null,
  high: number | string | null,
  [from, to]: readonly [string, string],
  unit: string,
): readonly string[] {
  const counted = (count: number | string) => `${count}${unit && ` ${unit}${count === 1 ? '' : 's'}`}`
  if (low !== null && low === high) return [`exactly ${counted(low)}`]
  return [...(low === null ? [] : [`${from} ${counted(low)}`]), ...(high === null ? [] : [`${to} ${counted(high)}`])]
}

/** Whether a value is a text already before it is stored as one. */
function isText(field: Field): boolean {
  return typeof decode(field, undefined) === 'string' && field.type !== 'number' && field.type !== 'range'
}

const EXAMPLES: { readonly [Type in FieldType]?: JsonValue } = {
  email: 'name@example.com',
  tel: '+1 555 0100',
  url: 'https://example.com',
  picture: 'https://example.com/picture.png',
  color: '#336699',
  date: '2026-11-24',
  time: '09:30',
  datetime: '2026-11-24T09:30',
  month: '2026-11',
  checkbox: true,
  switch: true,
  country: 'DE',
  language: 'de',
  timezone: 'Europe/Berlin',
  currency: 'EUR',
}

/** A value as it could be stored; undefined where only the site knows one. */
export function exampleOf(field: Field): JsonValue | undefined {
  const { type, prefill, pattern, oneOf, codes, min, max } = field
  if (prefill !== null) return encode(field, decode(field, prefill))
  const value = (): JsonValue | undefined => {
    if (oneOf) return oneOf[0]
    if (codes) return codes[0]
    if (type === 'hidden') return field.value
    if (type === 'select' || type === 'radio') return firstChoice(field)
    if (type === 'multiselect') {
      const choice = firstChoice(field)
      return choice === undefined ? undefined : [choice]
    }
    if (type === 'number' || type === 'range') return min ?? Math.min(1, typeof max === 'number' ? max : 1)
    return min ?? max ?? (pattern === null ? EXAMPLES[type] : undefined)
  }
  const example = value()
  return example === undefined || typeof example === 'string' || field.stored !== 'text'
    ? example
    : JSON.stringify(example)
}

function firstChoice({ options, optionsWhen }: Field): string | undefined {
  return (options ?? optionsWhen[0]?.options ?? []).find(({ disabled }) => !disabled)?.value
}
