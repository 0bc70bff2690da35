// Asks the guard, and says its answer in short.
import type { JsonObject } from '../../src/contract/json.ts'
import { defineFields } from '../../src/fields/define.ts'
import type { FieldDefinition } from '../../src/fields/definition.ts'
import type { DefinitionPolicy, Fields } from '../../src/fields/field.ts'
import { type GuardInput, type GuardResult, guard } from '../../src/fields/guard.ts'

const NOW = Date.UTC(2026, 10, 24)

/** The issues in short, or what would be stored. */
export function shortOf(result: GuardResult): readonly string[] | JsonObject | null {
  return result.ok
    ? result.patch
    : result.issues.map(({ code, pointer, text }) => [code, pointer, text].filter(Boolean).join(' '))
}

export function asked(
  fields: Fields,
  patch: JsonObject,
  stored: JsonObject | null = {},
  input: Partial<GuardInput> = {},
) {
  return shortOf(guard(fields, { patch, stored, now: NOW, ...input }))
}

/** A definition whose types nobody looks at. */
export const definitions = (list: readonly FieldDefinition[], policy?: DefinitionPolicy): Fields =>
  defineFields(list, policy)
