// The parts that conditions become in JSON Schema, and how they are put together.
import type { JsonObject } from '../contract/json.ts'
import type { Field } from './field.ts'

/** An object that a condition can be written into: the metadata itself, or an item of a list. */
export type Scope = Field | 'metadata'

/**
 * A condition as a schema of its scope; true or false where it always or never holds, null where JSON Schema cannot
 * say it: it compares no texts by order and no values with each other, and reaches nothing outside of an object.
 */
export type Said = { readonly schema: JsonObject | boolean; readonly scope: Scope | null } | null

export const ALWAYS: Said = { schema: true, scope: null }
export const NEVER: Said = { schema: false, scope: null }

export function allOf(parts: readonly Said[]): Said {
  return joined(parts, 'allOf', false)
}

export function anyOf(parts: readonly Said[]): Said {
  return joined(parts, 'anyOf', true)
}

export function not(part: Said): Said {
  if (part === null) return null
  const { schema, scope } = part
  return { schema: typeof schema === 'boolean' ? !schema : { not: schema }, scope }
}

/** Parts under one keyword; `decisive` is the answer that needs no other part. */
function joined(parts: readonly Said[], keyword: 'allOf' | 'anyOf', decisive: boolean): Said {
  if (parts.some((part) => part?.schema === decisive)) return decisive ? ALWAYS : NEVER
  const open = parts.filter((part) => part?.schema !== !decisive)
  const [first, ...rest] = open
  if (first === undefined) return decisive ? NEVER : ALWAYS
  if (first === null || rest.some((part) => part === null || part.scope !== first.scope)) return null
  const schemas = open.flatMap((part) => (part ? [part.schema] : []))
  return { schema: rest.length === 0 ? first.schema : { [keyword]: schemas }, scope: first.scope }
}

/** A key of an object, or null for every item of a list. */
export type Step = string | null

/** A schema of the value at the end of some steps; with `present` there has to be one, in every item there is. */
export function nest(steps: readonly Step[], inner: JsonObject | boolean, present: boolean): JsonObject | boolean {
  const [step, ...rest] = steps
  if (step === undefined) return inner
  const isLast = rest.length === 0
  const next = nest(rest, inner, present)
  const typed = isLast || typeof next === 'boolean' ? next : { type: rest[0] === null ? 'array' : 'object', ...next }
  if (step === null) return { items: typed }
  return { properties: { [step]: typed }, ...(present && !rest.includes(null) && { required: [step] }) }
}

/** A schema that takes these values and no other. */
export function oneOfValues(values: readonly (string | number)[]): JsonObject {
  return values.length === 0 ? { not: {} } : { enum: [...values] }
}
