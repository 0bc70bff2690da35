// A value in words, in the person's language, for a place where no control shows it.
import { isEmpty, isJsonObject, type JsonValue } from '../contract/json.ts'
import { codeName } from '../fields/code-lists.ts'
import { own, plainValue } from '../fields/codec.ts'
import type { Field, FieldValue, Option } from '../fields/field.ts'
import type { ConflictMessages } from '../i18n/messages.ts'
import { codeTypeOf } from './code-options.ts'

export interface Reading {
  readonly texts: ConflictMessages
  /** BCP 47 tag. */
  readonly language: string
  /** The choices that are known by now, beside those of the definition. */
  readonly options: readonly Option[]
}

/** One line, or one for each item where items have several parts. */
export function readableValue(field: Field, held: FieldValue, reading: Reading): readonly string[] {
  const { texts, language } = reading
  const value = plainValue(field, held)
  if (isEmpty(value) || value === undefined || value === null) return [texts.empty]
  if (field.sensitive) return [texts.masked]
  const { item } = field
  if (field.type === 'list' && item && Array.isArray(value)) {
    const items = value.map((entry) => readableValue(item, entry, reading).join(' '))
    return item.type === 'group' ? items : [listed(items, language)]
  }
  if (field.type === 'group' && isJsonObject(value)) {
    const known = field.fields.map((child): readonly [Field, JsonValue | undefined] => [child, own(value, child.name)])
    const given = known.filter(([, inner]) => !isEmpty(inner))
    return [
      listed(
        given.map(([child, inner]) => `${child.label}: ${readableValue(child, inner ?? null, reading).join(' ')}`),
        language,
      ),
    ]
  }
  return [inWords(field, value, reading)]
}

function inWords(field: Field, value: JsonValue, reading: Reading): string {
  const { texts, language } = reading
  const code = codeTypeOf(field)
  if (code) return codeName(code, String(value), language, Date.now())
  if (field.type === 'consent' && isJsonObject(value)) return value.granted === true ? texts.yes : texts.no
  const dates = DATES[field.type]
  if (dates && typeof value === 'string') return dateInWords(value, dates, language)
  if (typeof value === 'boolean') return value ? texts.yes : texts.no
  if (typeof value === 'number')
    return new Intl.NumberFormat(language, { useGrouping: false, maximumFractionDigits: 20 }).format(value)
  if (Array.isArray(value))
    return listed(
      value.map((entry) => inWords(field, entry, reading)),
      language,
    )
  if (isJsonObject(value)) {
    const entries = Object.entries(value).filter(([, inner]) => !isEmpty(inner))
    return listed(
      entries.map(([name, inner]) => `${name}: ${inWords(field, inner, reading)}`),
      language,
    )
  }
  if (value === null) return texts.empty
  return labelOf(field, value, reading)
}

/** How a language puts things side by side that are neither "and" nor "or". */
function listed(texts: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(texts)
}

function labelOf(field: Field, value: string, { options }: Reading): string {
  const written = [...(field.options ?? []), ...field.optionsWhen.flatMap((each) => each.options)]
  return [...options, ...written].find((option) => option.value === value)?.label ?? value
}

/** What stands before and after a text of this type to make it a moment, and how that is written. */
const DATES: Readonly<
  Partial<
    Record<Field['type'], { readonly moment: (text: string) => string; readonly format: Intl.DateTimeFormatOptions }>
  >
> = {
  date: { moment: (text) => `${text}T00:00`, format: { dateStyle: 'long' } },
  time: { moment: (text) => `1970-01-01T${text}`, format: { timeStyle: 'short' } },
  datetime: { moment: (text) => text, format: { dateStyle: 'long', timeStyle: 'short' } },
  month: { moment: (text) => `${text}-01T00:00`, format: { year: 'numeric', month: 'long' } },
}

/** A date as the person's language writes it; a text that is none stays as it is. */
function dateInWords(
  text: string,
  { moment, format }: NonNullable<(typeof DATES)[Field['type']]>,
  language: string,
): string {
  const time = Date.parse(`${moment(text)}Z`)
  // None of these has a zone: as it was written is as it is read.
  return Number.isNaN(time) ? text : new Intl.DateTimeFormat(language, { ...format, timeZone: 'UTC' }).format(time)
}
