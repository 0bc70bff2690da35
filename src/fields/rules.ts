// What a stored value of each field has to be, as zod/mini schemas whose messages are our codes.
import * as z from 'zod/mini'
import { type Code, type Issue, isCode, pointerTo } from '../contract/codes.ts'
import type { JsonValue } from '../contract/json.ts'
import { codePoints } from '../contract/limits.ts'
import { isEmail } from './credentials.ts'
import type { Field } from './definition.ts'
import { patternOf } from './pattern.ts'

type Params = NonNullable<Issue['params']>

/** The schema of one field's stored value, null and absence aside. */
function schemaOf(field: Field): z.ZodMiniType<JsonValue> {
  const text = z.string('invalid_type' satisfies Code)
  const rule = (test: (value: string) => boolean, error: Code, params: Params = {}) =>
    z.refine<string>(test, { error, params })
  switch (field.type) {
    case 'checkbox':
      return z.boolean('invalid_type' satisfies Code)
    case 'email':
      return text.check(rule(isEmail, 'invalid_email'))
    case 'hidden':
      return text
    case 'select':
      return text.check(rule((value) => field.options.some((option) => option.value === value), 'not_an_option'))
    default: {
      const { minLength: min, maxLength: max } = field
      const pattern = 'pattern' in field && field.pattern !== null ? patternOf(field.pattern) : null
      return text.check(
        rule((value) => min === null || codePoints(value) >= min, 'value_too_short', { min: min ?? 0 }),
        rule((value) => max === null || codePoints(value) <= max, 'value_too_long', { max: max ?? 0 }),
        rule((value) => pattern === null || pattern.test(value), 'pattern_mismatch'),
      )
    }
  }
}

/**
 * The first rule a stored value breaks, or null. Absent and null both mean "no value";
 * a required checkbox has to be true.
 */
export function valueIssue(field: Field, value: JsonValue | undefined): Issue | null {
  const pointer = pointerTo('user_metadata', field.name)
  if (value === undefined || value === null || value === '' || (field.type === 'checkbox' && value === false)) {
    return field.required ? { code: 'required', pointer } : null
  }
  const result = schemaOf(field).safeParse(value)
  const problem = result.success ? undefined : result.error.issues[0]
  if (!problem) return null
  const params = problem.code === 'custom' ? numbersOf(problem.params) : {}
  return { code: isCode(problem.message) ? problem.message : 'invalid_value', pointer, params }
}

function numbersOf(params: Record<string, unknown> | undefined): Params {
  const numbers = Object.entries(params ?? {}).flatMap(([key, value]) =>
    typeof value === 'number' ? [[key, value] as const] : [],
  )
  return Object.fromEntries(numbers)
}
