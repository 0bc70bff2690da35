// Between what a control holds and what is stored: as JSON, or losslessly as text where a backend takes nothing else.
import { isEmpty, isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import type { Field, FieldValue } from './field.ts'

/** What a control of this field holds before anyone touched it. */
export function emptyValue(field: Field): FieldValue {
  switch (field.type) {
    case 'checkbox':
    case 'switch':
      return false
    case 'multiselect':
    case 'list':
      return []
    case 'group':
      return Object.fromEntries(field.fields.map((child) => [child.name, emptyValue(child)]))
    case 'consent':
    case 'custom':
      return null
    case 'hidden':
      return field.value
    default:
      return ''
  }
}

/** The value of a control as the rules see it: typed, trimmed, and undefined where there is none. */
export function plainValue(field: Field, held: FieldValue): JsonValue | undefined {
  switch (field.type) {
    case 'checkbox':
    case 'switch':
      return held === null ? undefined : held === true
    case 'number':
    case 'range': {
      const text = String(held ?? '').trim()
      return text === '' ? undefined : (numberOf(text) ?? text)
    }
    case 'group': {
      const entries = isJsonObject(held) ? valuesIn(field.fields, held) : []
      return entries.length > 0 ? Object.fromEntries(entries) : undefined
    }
    case 'list': {
      const { item } = field
      const values = Array.isArray(held) && item ? held.flatMap((entry) => itemValue(item, entry)) : []
      return values.length > 0 ? values : undefined
    }
    case 'multiselect':
    case 'consent':
    case 'custom':
    case 'hidden':
      return isEmpty(held) ? undefined : held
    default: {
      const text = String(held ?? '')
      const kept = field.trim || field.type === 'email' ? text.trim() : text
      return kept === '' ? undefined : kept
    }
  }
}

/** The keys of a group in their stored form; the field's own path leads to each. */
function valuesIn(fields: readonly Field[], held: JsonObject): readonly [string, JsonValue][] {
  return fields.flatMap((child): readonly [string, JsonValue][] => {
    const value = encode(child, childOf(held, child))
    return value === undefined ? [] : [[child.name, value]]
  })
}

/** What is held for a field of a group; one that was left out, such as a box that is not shown, has no value. */
function childOf(held: JsonObject, child: Field): FieldValue {
  return own(held, child.name) ?? (child.type === 'hidden' ? child.value : null)
}

/** One item of a list; keys of an object that the definition does not know travel with it, however deep. */
function itemValue(item: Field, held: JsonValue): readonly JsonValue[] {
  if (item.type !== 'group' || !isJsonObject(held)) {
    const value = encode(item, held)
    return value === undefined ? [] : [value]
  }
  const unknown = Object.entries(held).filter(([key]) => !item.fields.some(({ name }) => name === key))
  const known = item.fields.flatMap((child) =>
    itemValue(child, childOf(held, child)).map((value) => [child.name, value] as const),
  )
  const whole = Object.fromEntries([...unknown, ...known])
  return isEmpty(whole) ? [] : [whole]
}

/** A decimal number as a person writes it, with a point or a comma; undefined for what is none, or could be two. */
function numberOf(text: string): number | undefined {
  // "1,000" is a thousand to some and one to others.
  const point = /^[^.,]*,(?!\d{3}$)[^.,]*$/.test(text) ? text.replace(',', '.') : text
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(point) ? Number(point) : Number.NaN
  return Number.isFinite(number) ? number : undefined
}

/** The stored form of a control's value; undefined where there is nothing to store. */
export function encode(field: Field, held: FieldValue): JsonValue | undefined {
  const value = plainValue(field, held)
  if (value === undefined || field.stored !== 'text') return value
  return typeof value === 'string' && field.type !== 'custom' ? value : JSON.stringify(value)
}

/** What a control shows for a stored value; a value of another kind is shown as nothing, and left alone until edited. */
export function decode(field: Field, stored: JsonValue | undefined): FieldValue {
  const parsed = typeof stored === 'string' ? parsedText(field, stored) : stored
  switch (field.type) {
    case 'checkbox':
    case 'switch':
      return parsed === true
    case 'multiselect':
      return Array.isArray(parsed) ? parsed.filter((item) => typeof item === 'string') : []
    case 'list': {
      const { item } = field
      return Array.isArray(parsed) && item ? parsed.map((entry) => decodedItem(item, entry)) : []
    }
    case 'group': {
      const object = isJsonObject(parsed) ? parsed : {}
      return Object.fromEntries(field.fields.map((child) => [child.name, decode(child, own(object, child.name))]))
    }
    case 'consent':
      // A consent to another version is no consent to this one: it is asked again.
      return isJsonObject(parsed) && parsed.version === field.version ? parsed : null
    case 'custom':
      return parsed ?? null
    case 'hidden':
      return parsed ?? field.value
    default:
      if (typeof stored === 'number' || typeof stored === 'boolean') return String(stored)
      return typeof stored === 'string' ? stored : ''
  }
}

function decodedItem(item: Field, stored: JsonValue | undefined): FieldValue {
  if (item.type !== 'group' || !isJsonObject(stored)) return decode(item, stored)
  const known = item.fields.map((child) => [child.name, decodedItem(child, own(stored, child.name))] as const)
  return Object.fromEntries([...Object.entries(stored), ...known])
}

/** The types whose text form is JSON. */
const JSON_TYPES: readonly string[] = [
  'checkbox',
  'switch',
  'multiselect',
  'list',
  'group',
  'consent',
  'custom',
  'hidden',
]

function parsedText(field: Field, text: string): JsonValue {
  if (!JSON_TYPES.includes(field.type)) return text
  if (field.stored !== 'text' && (field.type === 'custom' || field.type === 'hidden')) return text
  if (field.type === 'hidden' && typeof field.value === 'string') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** A number as JSON writes it: what other programs read from a stored text. */
export const NUMBER_TEXT = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** A stored value as the rules see it: of its own type, also where it is stored as text. What is of another type stays as it is. */
export function typedValue(field: Field, raw: JsonValue | undefined): JsonValue | undefined {
  if (field.stored !== 'text' || typeof raw !== 'string') return raw
  switch (field.type) {
    case 'number':
    case 'range':
      return NUMBER_TEXT.test(raw) ? Number(raw) : raw
    case 'checkbox':
    case 'switch':
      return raw === 'true' || raw === 'false' ? raw === 'true' : raw
    default:
      return parsedText(field, raw)
  }
}

/** What is stored under a name, never what an object inherits. */
export function own(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}
