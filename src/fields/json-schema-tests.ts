// One test of a condition in JSON Schema: what a value that is there has to be. Parts have no scope yet.
import type { JsonObject, JsonValue } from '../contract/json.ts'
import { passes } from './condition.ts'
import type { Field } from './field.ts'
import { ALWAYS, allOf, anyOf, NEVER, type Said } from './json-schema-logic.ts'
import { patternSource } from './json-schema-values.ts'
import { isRecord } from './wrong.ts'

/** What a test says of a stored value that does not count as none. */
export function testPart(field: Field, test: unknown): Said {
  const states = statesOf(field)
  if (states) {
    const [on, off] = [true, false].map((state) => passes(test, state, () => undefined))
    return on === off ? truth(on === true) : part(on ? states[0] : states[1])
  }
  if (!isRecord(test)) return equalPart(field, test)
  return allOf(Object.entries(test).map(([operator, operand]) => operatorPart(field, operator, operand)))
}

/** What counts as no value, of any type. */
const EMPTY: JsonValue[] = [null, '', [], {}]

/** The stored values of a field that count as none; null where there are no such. */
export function emptySchema(field: Field): JsonObject | null {
  const isStoredAsText = field.stored === 'text'
  switch (kindOf(field)) {
    case 'any':
      return { enum: isStoredAsText ? ['', '""', 'null', '[]', '{}'] : EMPTY }
    case 'list':
      return isStoredAsText ? { const: '[]' } : { type: 'array', maxItems: 0 }
    case 'text':
      return isTrimmed(field) ? { type: 'string', pattern: '^\\s*$' } : { const: '' }
    default:
      return null
  }
}

function part(schema: JsonObject): Said {
  return { schema, scope: null }
}

function truth(holds: boolean): Said {
  return holds ? ALWAYS : NEVER
}

/** The two states of a box as they are stored. */
function statesOf({ type, stored }: Field): readonly [on: JsonObject, off: JsonObject] | null {
  if (type === 'checkbox' || type === 'switch')
    return stored === 'text' ? [{ const: 'true' }, { const: 'false' }] : [{ const: true }, { const: false }]
  if (type !== 'consent') return null
  const granted = (state: boolean): JsonObject => ({
    type: 'object',
    properties: { granted: { const: state } },
    required: ['granted'],
  })
  return [granted(true), granted(false)]
}

function kindOf({ type, value }: Field): 'text' | 'number' | 'boolean' | 'list' | 'any' | 'group' {
  switch (type) {
    case 'number':
    case 'range':
      return 'number'
    case 'checkbox':
    case 'switch':
      return 'boolean'
    case 'multiselect':
    case 'list':
      return 'list'
    case 'custom':
      return 'any'
    case 'group':
    case 'consent':
      return 'group'
    case 'hidden':
      return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text'
    default:
      return 'text'
  }
}

function operatorPart(field: Field, operator: string, operand: unknown): Said {
  const kind = kindOf(field)
  if (operator === 'in')
    return anyOf((Array.isArray(operand) ? operand : []).map((item: unknown) => equalPart(field, item)))
  if (operator === 'empty') return kind === 'group' ? null : truth(operand === false)
  if (operator === 'equal') return equalPart(field, operand)
  switch (kind) {
    case 'text':
      return textPart(field, operator, operand)
    case 'number':
      return sizePart(field, operator, operand)
    case 'list':
      return operator === 'contains' ? containsPart(field, operand) : NEVER
    case 'any':
      return anyPart(field, operator, operand)
    default:
      return NEVER
  }
}

function equalPart(field: Field, wanted: unknown): Said {
  const kind = kindOf(field)
  if (wanted === null || wanted === '') return kind === 'group' ? null : NEVER
  if (kind === 'text') return typeof wanted === 'string' ? exactPart(field, wanted) : NEVER
  if (typeof wanted !== 'string' && typeof wanted !== 'number' && typeof wanted !== 'boolean') return NEVER
  if (kind !== 'any' && kind !== typeof wanted) return NEVER
  return part({ const: field.stored === 'text' ? JSON.stringify(wanted) : wanted })
}

/** White space around a text does not count where the field trims it. */
function isTrimmed({ type, trim }: Field): boolean {
  return trim && ['text', 'textarea', 'tel', 'url', 'picture'].includes(type)
}

function exactPart(field: Field, wanted: string): Said {
  if (!isTrimmed(field)) return part({ const: wanted })
  return wanted.trim() === wanted ? part({ type: 'string', pattern: `^\\s*${literal(wanted)}\\s*$` }) : NEVER
}

/** A text as a regular expression that matches just it. */
function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

function textPart(field: Field, operator: string, operand: unknown): Said {
  const text = String(operand)
  if (operator === 'matches') return matchPart(text, isTrimmed(field))
  if (operator !== 'contains') return typeof operand === 'string' && text !== '' ? null : NEVER
  if (text === '') return ALWAYS
  return isTrimmed(field) && text.trim() !== text ? null : part({ type: 'string', pattern: literal(text) })
}

function matchPart(text: string, trimmed: boolean): Said {
  const source = patternSource(text)
  if (source === null) return null
  const pattern = trimmed ? `^\\s*(?=\\S)${source.slice(1, -1)}(?<!\\s)\\s*$` : source
  return part({ type: 'string', minLength: 1, pattern })
}

function sizePart({ stored }: Field, operator: string, operand: unknown): Said {
  if (typeof operand !== 'number' || (operator !== 'greater' && operator !== 'less')) return NEVER
  if (stored === 'text') return null
  return part({ type: 'number', [operator === 'greater' ? 'exclusiveMinimum' : 'exclusiveMaximum']: operand })
}

function containsPart({ stored, item }: Field, wanted: unknown): Said {
  if (stored === 'text' || item?.stored === 'text') return null
  // An empty item of a list is none.
  if (item && (wanted === '' || wanted === null)) return NEVER
  const inner = item ? equalPart(item, wanted) : typeof wanted === 'string' ? part({ const: wanted }) : NEVER
  return inner && typeof inner.schema === 'object' ? part({ type: 'array', contains: inner.schema }) : inner
}

/** A value of a site's own control can be of any type. */
function anyPart(field: Field, operator: string, operand: unknown): Said {
  if (field.stored === 'text') return null
  if (operator === 'matches') return matchPart(String(operand), false)
  if (operator !== 'contains')
    return typeof operand === 'string' && operand !== '' ? null : sizePart(field, operator, operand)
  const item = operand === '' ? part({ enum: EMPTY }) : equalPart(field, operand)
  const inText = part({ type: 'string', minLength: 1, pattern: literal(String(operand)) })
  return item && typeof item.schema === 'object'
    ? anyOf([inText, part({ type: 'array', contains: item.schema })])
    : inText
}
