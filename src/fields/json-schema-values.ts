// The schema of what one field stores, as far as the field alone says it.
import type { JsonObject } from '../contract/json.ts'
import { MAX_EMAIL_LENGTH } from '../contract/limits.ts'
import { allOptions } from './choices.ts'
import { type CodeType, codesOf } from './code-lists.ts'
import { NUMBER_TEXT } from './codec.ts'
import { EMAIL } from './credentials.ts'
import { DATE_FORMS } from './date.ts'
import type { Field, Option } from './field.ts'
import { oneOfValues } from './json-schema-logic.ts'
import { isText } from './rules.ts'
import { COLOR, PHONE } from './text-forms.ts'

/** Any value that may be stored. */
export const ANY_VALUE = { $ref: '#/$defs/value' } as const

/** What may be stored for a field; with `needed` nothing that counts as no value. Lists and groups are put together elsewhere. */
export function valueSchema(field: Field, needed: boolean): JsonObject {
  switch (field.type) {
    case 'number':
    case 'range':
      return numberSchema(field)
    case 'checkbox':
    case 'switch':
      if (needed) return { const: field.stored === 'text' ? 'true' : true }
      return field.stored === 'text' ? { enum: ['true', 'false'] } : { type: 'boolean' }
    case 'multiselect':
      return asStored(field, listSchema(field, choiceSchema(allOptions(field)), needed, true))
    case 'select':
    case 'radio':
      return choiceSchema(allOptions(field), field.oneOf)
    case 'consent':
      return consentSchema(field, needed)
    case 'custom':
      return customSchema(field, needed)
    case 'hidden':
      return typeof field.value === 'string' ? { type: 'string' } : asStored(field, { type: typeof field.value })
    case 'country':
    case 'language':
    case 'timezone':
    case 'currency':
      return codeSchema(field, field.type)
    default:
      return textSchema(field, needed)
  }
}

/** A list of items; what is chosen is chosen once. */
export function listSchema(field: Field, items: JsonObject | boolean, needed: boolean, unique = false): JsonObject {
  const least = Math.max(field.minItems ?? 0, needed ? 1 : 0)
  return {
    type: 'array',
    items,
    ...(unique && { uniqueItems: true }),
    ...(least > 0 && { minItems: least }),
    ...(field.maxItems !== null && { maxItems: field.maxItems }),
  }
}

/** A value of another type in its stored form: a text that holds it as JSON. */
export function asStored(field: Field, schema: JsonObject): JsonObject {
  if (field.stored !== 'text') return schema
  return { type: 'string', minLength: 1, contentMediaType: 'application/json', contentSchema: schema }
}

/** What a value of a field has to be, beyond its own schema, while one is needed; true where nothing is. */
export function filledSchema(field: Field): JsonObject | boolean {
  if (isText(field)) return { type: 'string', ...(field.trim ? { pattern: '\\S' } : { minLength: 1 }) }
  switch (field.type) {
    case 'checkbox':
    case 'switch':
      return valueSchema(field, true)
    case 'consent':
      return { type: 'object', properties: { granted: { const: true } } }
    case 'multiselect':
    case 'list':
      return field.stored === 'text' || field.minItems ? true : { type: 'array', minItems: 1 }
    case 'custom':
      return { not: { enum: field.stored === 'text' ? EMPTY_TEXTS : [null, '', []] } }
    default:
      return true
  }
}

/** The choice among some options; null where nobody but the form knows them. */
export function choiceSchema(options: readonly Option[] | null, oneOf: Field['oneOf'] = null): JsonObject {
  if (options === null) return { type: 'string', ...(oneOf ? oneOfValues(oneOf) : { minLength: 1 }) }
  const values = options.filter(({ disabled }) => !disabled).map(({ value }) => value)
  return { type: 'string', ...oneOfValues(values.filter((value) => oneOf === null || oneOf.includes(value))) }
}

function numberSchema({ stored, oneOf, min, max, step }: Field): JsonObject {
  if (stored === 'text') {
    if (oneOf) return oneOfValues(oneOf.map(String))
    const ruled = min !== null || max !== null || step !== null
    return {
      type: 'string',
      pattern: NUMBER_TEXT.source,
      ...(ruled && {
        $comment: 'JSON Schema does not look at the number in a text: min, max and step are not said here.',
      }),
    }
  }
  const [from, to] = [Number(min ?? 0), Number(max ?? 0)]
  // Steps count from min, multiples from 0.
  const steps = step !== null && Number.isInteger(Number((from / step).toFixed(9)))
  return {
    type: 'number',
    ...(oneOf && oneOfValues(oneOf)),
    ...(min !== null && { minimum: from }),
    ...(max !== null && { maximum: to }),
    ...(steps && { multipleOf: step }),
    ...(step !== null && !steps && { $comment: `In steps of ${step} from ${min}.` }),
  }
}

function consentSchema({ version }: Field, needed: boolean): JsonObject {
  return {
    type: 'object',
    properties: {
      granted: needed ? { const: true } : { type: 'boolean' },
      at: { type: 'string', description: 'ISO 8601' },
      version: { const: version },
      textHash: { type: 'string', pattern: '^[0-9a-f]{64}$' },
      locale: { type: 'string', maxLength: 35 },
    },
    required: ['granted', 'at', 'version', 'textHash', 'locale'],
  }
}

/** How a control's text says that there is no value. */
const EMPTY_TEXTS = ['', '""', 'null', '[]']

function customSchema({ stored, oneOf }: Field, needed: boolean): JsonObject {
  if (stored === 'text')
    return { type: 'string', contentMediaType: 'application/json', ...(needed && { not: { enum: EMPTY_TEXTS } }) }
  if (oneOf) return oneOfValues(oneOf)
  return { ...ANY_VALUE, ...(needed && { not: { enum: [null, '', []] } }) }
}

function codeSchema({ codes, oneOf }: Field, type: CodeType): JsonObject {
  if (codes) return { type: 'string', ...oneOfValues(codes.filter((code) => oneOf === null || oneOf.includes(code))) }
  if (oneOf) return { type: 'string', ...oneOfValues(oneOf) }
  if (type === 'timezone')
    return { type: 'string', pattern: '^[A-Za-z]', $comment: 'A name of the IANA time zone database.' }
  return { type: 'string', ...oneOfValues(codesOf(type)) }
}

function textSchema(field: Field, needed: boolean): JsonObject {
  const { type, oneOf, minLength, maxLength, pattern } = field
  const own = pattern === null ? null : patternSource(pattern)
  // White space alone is no value where it is trimmed.
  const filled = needed && field.trim && (type === 'text' || type === 'textarea') ? ['\\S'] : []
  const patterns = [...filled, ...typePattern(field), ...(own === null ? [] : [own])]
  const longest = type === 'email' ? Math.min(MAX_EMAIL_LENGTH, maxLength ?? MAX_EMAIL_LENGTH) : maxLength
  const least = Math.max(minLength ?? 0, needed ? 1 : 0)
  const comments = [
    ...typeComments(field),
    ...(pattern !== null && own === null ? [`Matches ${pattern} (v flag).`] : []),
  ]
  const schema: JsonObject = {
    type: 'string',
    ...(oneOf && oneOfValues(oneOf)),
    ...(least > 0 && { minLength: least }),
    ...(longest !== null && { maxLength: longest }),
    ...(patterns.length === 1 && { pattern: patterns.join('') }),
    ...(patterns.length > 1 && { allOf: patterns.map((source) => ({ pattern: source })) }),
    ...(comments.length > 0 && { $comment: comments.join(' ') }),
  }
  const isOpen = needed || oneOf !== null || (least === 0 && patterns.length === 0)
  return isOpen ? schema : { anyOf: [{ const: '' }, schema] }
}

function typePattern({ type }: Field): readonly string[] {
  switch (type) {
    case 'email':
      return [EMAIL.source]
    case 'tel':
      return [PHONE.source]
    case 'url':
    case 'picture':
      return ['^[hH][tT][tT][pP][sS]?://']
    case 'color':
      return [COLOR.source]
    case 'date':
    case 'time':
    case 'datetime':
    case 'month':
      return [`^${DATE_FORMS[type]}$`]
    default:
      return []
  }
}

function typeComments({ type, min, max }: Field): readonly string[] {
  const range = [min === null ? '' : `from ${min}`, max === null ? '' : `to ${max}`].filter(Boolean).join(' ')
  return [
    ...(type === 'date' || type === 'datetime' ? ['A day that there is.'] : []),
    ...(range ? [`JSON Schema does not order texts: ${range}.`] : []),
  ]
}

/** A pattern of a definition as JSON Schema writes it, with the `u` flag; null where that would mean something else. */
export function patternSource(pattern: string): string | null {
  // Only the `v` flag knows these inside of a class; the `u` flag reads some of them as plain characters.
  if (/\[.*(?:--|&&|\\q\{)/s.test(pattern)) return null
  const source = `^(?:${pattern})$`
  try {
    new RegExp(source, 'u')
    return source
  } catch {
    return null
  }
}
