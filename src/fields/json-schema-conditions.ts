// A condition of a definition in JSON Schema: what the values it looks at have to be, and where they are.
import type { JsonObject } from '../contract/json.ts'
import { emptyValue } from './codec.ts'
import { passes } from './condition.ts'
import { partsOf } from './condition-names.ts'
import type { Field } from './field.ts'
import { ALWAYS, allOf, anyOf, NEVER, nest, not, type Said, type Scope } from './json-schema-logic.ts'
import { emptySchema, testPart } from './json-schema-tests.ts'
import { conditionValue } from './stored.ts'
import { isRecord } from './wrong.ts'

/** Fields that a condition can name, and where they are in their scope; inner ones come first. */
export interface Frame {
  readonly fields: readonly Field[]
  readonly scope: Scope
  /** Keys from the scope to the object that has the fields. */
  readonly steps: readonly string[]
}

export function conditionSchema(condition: unknown, frames: readonly Frame[]): Said {
  return allOf(
    partsOf(condition).map(([key, test]) => {
      if (Array.isArray(test)) {
        const inner = test.map((part: unknown) => conditionSchema(part, frames))
        return key === 'or' ? anyOf(inner) : allOf(inner)
      }
      return key === 'not' && isRecord(test) ? not(conditionSchema(test, frames)) : testSchema(key, test, frames)
    }),
  )
}

/** A test of one field; a hidden field counts as empty. */
function testSchema(name: string, test: unknown, frames: readonly Frame[]): Said {
  const index = frames.findIndex(({ fields }) => fields.some((field) => field.name === name))
  const frame = frames[index]
  const field = frame?.fields.find((candidate) => candidate.name === name)
  // A root attribute is beside the metadata, a renamed value in either of two places, and no value meets another.
  if (!frame || !field || field.storage === 'root' || field.renamedFrom.length > 0 || comparesFields(test)) return null
  const passesEmpty = passes(test, undefined, () => undefined)
  const there = placed(field, test, frame, passesEmpty)
  if (field.visibleWhen === null) return there
  const visible = conditionSchema(field.visibleWhen, frames.slice(index))
  return anyOf([allOf([visible, there]), passesEmpty ? not(visible) : NEVER])
}

function comparesFields(test: unknown): boolean {
  return isRecord(test) && Object.values(test).some(isRecord)
}

/** The test at the place of the value. Where a missing one passes too, nothing has to be there. */
function placed(field: Field, test: unknown, { scope, steps }: Frame, passesEmpty: boolean): Said {
  const part = orEmpty(testPart(field, test), emptySchema(field), passesEmpty)
  const passesAbsent = passes(test, conditionValue(field, emptyValue(field)), () => undefined)
  if (part === null || part.schema === passesAbsent) return part && (passesAbsent ? ALWAYS : NEVER)
  const way = scope === 'metadata' && steps.length === 0 ? field.path : [...steps, field.name]
  return { schema: nest(way, part.schema, !passesAbsent), scope }
}

/** Values that are stored and yet count as none are as a missing one. */
function orEmpty(part: Said, empty: JsonObject | null, passesEmpty: boolean): Said {
  if (empty === null || part === null) return part
  const none: Said = { schema: empty, scope: null }
  if (passesEmpty) return anyOf([part, none])
  return part.schema === true ? not(none) : part
}
