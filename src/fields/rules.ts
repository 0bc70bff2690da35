// What the value of each type of field has to be, as plain rules that answer with our codes.
import type { Code } from '../contract/codes.ts'
import { type Issue, pointerTo } from '../contract/issues.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import { codePoints } from '../contract/limits.ts'
import { allOptions } from './choices.ts'
import { isKnownCode } from './code-lists.ts'
import { own, typedValue } from './codec.ts'
import { isEmail } from './credentials.ts'
import { isDateValue } from './date.ts'
import type { Field, FieldType, Option } from './field.ts'
import { patternOf } from './pattern.ts'
import { secretIn } from './secrets.ts'
import { COLOR, isWebAddress, PHONE } from './text-forms.ts'

/** What depends on the other values, for the field and for the ones inside it. */
export interface RuleContext {
  readonly isRequired: (field: Field) => boolean
  /** The choices there are now, or null where nobody here knows them. */
  readonly optionsOf: (field: Field) => readonly Option[] | null
  readonly secrets: 'refuse' | 'allow'
  /**
   * Whether a field inside a value is shown; a hidden one is not required.
   * @default every field is
   */
  readonly isVisible?: (field: Field) => boolean
  /**
   * Whether the person may change a field inside a value; `kept` is a read-only value that is stored already.
   * @default 'open'
   */
  readonly lockOf?: (field: Field, raw: JsonValue | undefined) => 'open' | 'kept' | 'changed'
  /**
   * What depends on the values of one group inside a value, whose fields look at each other first.
   * @default the same context
   */
  readonly inside?: (group: Field, value: JsonObject) => RuleContext
}

type Params = NonNullable<Issue['params']>

/** The failed rule of one value: its code, and the numbers and the place its text needs. */
function issueAt(pointer: string, code: Code, params?: Params): Issue {
  return { code, pointer, ...(params && { params }) }
}

/** Every rule a value breaks, at its place and, for a group or a list, at the places inside. */
export function valueIssues(
  field: Field,
  value: JsonValue | undefined,
  pointer: string,
  context: RuleContext,
): readonly Issue[] {
  if (field.type === 'group') return groupIssues(field, value === undefined ? {} : value, pointer, context)
  if (isMissing(field, value)) {
    if (context.isRequired(field)) return [issueAt(pointer, 'required')]
    if (value === undefined || (value === '' && isText(field))) return []
  }
  if (field.type === 'list') return listIssues(field, value, pointer, context)
  const issue = shapeIssue(field, value, pointer, context) ?? secretIssue(field, value, pointer, context)
  return issue ? [issue] : []
}

/** `valueIssues` for a value in its stored form, which is a text for some fields of other types. */
export function storedIssues(
  field: Field,
  raw: JsonValue | undefined,
  pointer: string,
  context: RuleContext,
): readonly Issue[] {
  if (field.stored === 'text' && raw !== undefined && typeof raw !== 'string') return [issueAt(pointer, 'invalid_type')]
  return valueIssues(field, typedValue(field, raw), pointer, context)
}

const TEXTS: readonly FieldType[] = [
  'text',
  'textarea',
  'email',
  'tel',
  'url',
  'picture',
  'date',
  'time',
  'datetime',
  'month',
  'color',
]

/** Whether an empty text is a value that may be stored: no choice, no number and no box is empty in that way. */
export function isText({ type, oneOf }: Field): boolean {
  return TEXTS.includes(type) && oneOf === null
}

/** Whether there is no value as far as `required` goes: a box has to be ticked, a consent granted. */
export function isMissing(field: Field, value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return true
  if (typeof value === 'string') return field.trim && TEXTS.includes(field.type) && value.trim() === ''
  if (field.type === 'checkbox' || field.type === 'switch') return value === false
  if (field.type === 'consent') return isJsonObject(value) && value.granted === false
  return Array.isArray(value) && value.length === 0 && (field.minItems ?? 0) === 0
}

function groupIssues(field: Field, value: JsonValue, pointer: string, context: RuleContext): readonly Issue[] {
  if (!isJsonObject(value)) return [issueAt(pointer, 'invalid_type')]
  const inner = context.inside?.(field, value) ?? context
  const { secrets, isVisible = () => true, lockOf = () => 'open' } = inner
  const hidden: RuleContext = { isRequired: () => false, optionsOf: allOptions, secrets }
  const known = field.fields.flatMap((child): readonly Issue[] => {
    const [raw, at] = [own(value, child.name), pointer + pointerTo(child.name)]
    const lock = lockOf(child, raw)
    if (lock !== 'open') return lock === 'kept' ? [] : [issueAt(at, 'read_only')]
    return storedIssues(child, raw, at, isVisible(child) ? inner : hidden)
  })
  if (secrets === 'allow') return known
  const unknown = Object.entries(value).filter(([key]) => !field.fields.some(({ name }) => name === key))
  return [...known, ...unknown.flatMap(([key, entry]) => secretIn(entry, pointer + pointerTo(key)) ?? [])]
}

function listIssues(
  field: Field,
  value: JsonValue | undefined,
  pointer: string,
  context: RuleContext,
): readonly Issue[] {
  if (!Array.isArray(value)) return [issueAt(pointer, 'invalid_type')]
  const counted = countIssue(field, value.length, pointer)
  const { item } = field
  const inner = item
    ? value.flatMap((entry, index) => storedIssues(item, entry, pointer + pointerTo(String(index)), context))
    : []
  return counted ? [counted, ...inner] : inner
}

function countIssue({ minItems, maxItems }: Field, count: number, pointer: string): Issue | null {
  if (minItems !== null && count < minItems) return issueAt(pointer, 'too_few_items', { min: minItems })
  return maxItems !== null && count > maxItems ? issueAt(pointer, 'too_many_items', { max: maxItems }) : null
}

function shapeIssue(field: Field, value: JsonValue | undefined, pointer: string, context: RuleContext): Issue | null {
  const at = (code: Code, params?: Params) => issueAt(pointer, code, params)
  if (field.oneOf && !field.oneOf.some((allowed) => allowed === value)) return at('not_an_option')
  switch (field.type) {
    case 'checkbox':
    case 'switch':
      return typeof value === 'boolean' ? null : at('invalid_type')
    case 'number':
    case 'range':
      return numberIssue(field, value, pointer)
    case 'multiselect': {
      if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return at('invalid_type')
      if (new Set(value).size < value.length) return at('not_an_option')
      return countIssue(field, value.length, pointer) ?? optionIssue(field, value, pointer, context)
    }
    case 'consent':
      return consentIssue(field, value, pointer)
    case 'custom':
      return null
    case 'hidden':
      return typeof value === typeof field.value ? null : at('invalid_type')
    default:
      return typeof value === 'string' ? textIssue(field, value, pointer, context) : at('invalid_type')
  }
}

function numberIssue({ min, max, step }: Field, value: JsonValue | undefined, pointer: string): Issue | null {
  if (typeof value === 'string') return issueAt(pointer, 'invalid_number')
  if (typeof value !== 'number') return issueAt(pointer, 'invalid_type')
  if (!Number.isFinite(value)) return issueAt(pointer, 'invalid_number')
  if (typeof min === 'number' && value < min) return issueAt(pointer, 'value_too_small', { min })
  if (typeof max === 'number' && value > max) return issueAt(pointer, 'value_too_large', { max })
  if (step === null) return null
  const from = typeof min === 'number' ? min : 0
  const steps = (value - from) / step
  // 0.1 + 0.2 is not 0.3 in binary: a step is met when the distance is no more than such numbers are off.
  const blur = (4 * Number.EPSILON * (Math.abs(value) + Math.abs(from))) / step
  return Math.abs(steps - Math.round(steps)) <= blur ? null : issueAt(pointer, 'invalid_step', { step })
}

function textIssue(field: Field, value: string, pointer: string, context: RuleContext): Issue | null {
  const at = (code: Code, params?: Params) => issueAt(pointer, code, params)
  const { type, min, max, minLength, maxLength, pattern } = field
  switch (type) {
    case 'date':
    case 'time':
    case 'datetime':
    case 'month':
      if (!isDateValue(type, value)) return at('invalid_date')
      if (min !== null && value < String(min)) return at('value_too_small', { min })
      return max !== null && value > String(max) ? at('value_too_large', { max }) : null
    case 'color':
      return COLOR.test(value) ? null : at('invalid_color')
    case 'select':
    case 'radio':
      return value === '' ? at('not_an_option') : optionIssue(field, [value], pointer, context)
    case 'country':
    case 'language':
    case 'timezone':
    case 'currency': {
      const known = field.codes ? field.codes.includes(value) : isKnownCode(type, value)
      return known ? null : at('not_an_option')
    }
    case 'email':
      if (!isEmail(value)) return at('invalid_email')
      break
    case 'url':
    case 'picture':
      if (!isWebAddress(value)) return at('invalid_url')
      break
    case 'tel':
      if (!PHONE.test(value)) return at('invalid_phone')
  }
  const length = codePoints(value)
  if (minLength !== null && length < minLength) return at('value_too_short', { min: minLength })
  if (maxLength !== null && length > maxLength) return at('value_too_long', { max: maxLength })
  return pattern === null || patternOf(pattern).test(value) ? null : at('pattern_mismatch')
}

function optionIssue(field: Field, values: readonly string[], pointer: string, context: RuleContext): Issue | null {
  const options = context.optionsOf(field)
  const right = values.every((value) => options?.some((option) => option.value === value && !option.disabled) ?? true)
  return right ? null : issueAt(pointer, 'not_an_option')
}

function consentIssue({ version }: Field, value: JsonValue | undefined, pointer: string): Issue | null {
  if (!isJsonObject(value) || typeof value.granted !== 'boolean') return issueAt(pointer, 'invalid_type')
  const { at, textHash, locale } = value
  if (typeof at !== 'string' || typeof locale !== 'string' || typeof textHash !== 'string')
    return issueAt(pointer, 'invalid_type')
  const proven = value.version === version && /^[0-9a-f]{64}$/.test(textHash) && locale.length <= 35
  return proven ? null : issueAt(pointer, 'invalid_value')
}

function secretIssue(
  field: Field,
  value: JsonValue | undefined,
  pointer: string,
  { secrets }: RuleContext,
): Issue | null {
  if (secrets === 'allow' || field.type === 'tel') return null
  return secretIn(value, pointer)
}
