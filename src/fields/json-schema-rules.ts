// The rules of a definition that depend on other values, as conditional parts of the objects they can be said in.
import type { JsonObject } from '../contract/json.ts'
import type { Condition } from './condition.ts'
import { conditionText, type FindField } from './describe-condition.ts'
import { type Field, functionsOf, type Option } from './field.ts'
import { conditionSchema, type Frame } from './json-schema-conditions.ts'
import { allOf, nest, not, type Said, type Scope } from './json-schema-logic.ts'
import { isShown, needOf, type Spot, spotOfItem, spotsInside } from './json-schema-spots.ts'
import { choiceSchema, filledSchema } from './json-schema-values.ts'

export interface Rule {
  readonly scope: Scope
  readonly schema: JsonObject
}

/** Every conditional rule of a field and of what is inside of it. */
export function rulesOf(spot: Spot): readonly Rule[] {
  const { item, stored } = spot.field
  // A condition does not look into a text.
  const inside = stored === 'text' ? [] : item ? [spotOfItem(spot, item)] : spotsInside(spot)
  return [...needRules(spot), ...choiceRules(spot), ...inside.flatMap(rulesOf)]
}

/** The rules over several fields. */
export function crossRules(
  rules: readonly { readonly refuseWhen: unknown; readonly message: string }[],
  fields: readonly Field[],
): readonly Rule[] {
  const frames = [{ fields, scope: 'metadata', steps: [] }] as const
  return rules.map(({ refuseWhen, message }): Rule => {
    const said = not(conditionSchema(refuseWhen, frames))
    if (said === null) return { scope: 'metadata', schema: { $comment: `JSON Schema cannot say it: ${message}` } }
    const schema = typeof said.schema === 'boolean' ? (said.schema ? {} : { not: {} }) : said.schema
    return { scope: 'metadata', schema: { ...schema, $comment: message } }
  })
}

/** A value that is needed under a condition, or that an earlier name may have. */
function needRules(spot: Spot): readonly Rule[] {
  const { field, offered } = spot
  const need = needOf(spot)
  if (need === null) return [comment(spot, `is required${whenText(spot, field.requiredWhen)}`)]
  if (need.schema === false) return []
  const filled = filledSchema(field)
  const earlier = offered ? field.renamedFrom : []
  if (need.schema === true && earlier.length === 0) return []
  const [way] = spot.ways.filter(({ scope }) => need.scope === null || scope === need.scope)
  const present = way && nest(way.steps, filled, offered)
  if (!way || typeof present !== 'object' || (filled === true && !offered)) return []
  const then: JsonObject =
    earlier.length === 0
      ? present
      : { anyOf: [present, ...earlier.map((name) => ({ properties: { [name]: true }, required: [name] }))] }
  return [{ scope: way.scope, schema: need.schema === true ? then : { if: need.schema, then } }]
}

/** Choices that depend on other values: the first condition that holds counts. */
function choiceRules(spot: Spot): readonly Rule[] {
  const { field, frames } = spot
  const isText = field.type === 'multiselect' && field.stored === 'text'
  if (field.optionsWhen.length === 0 || isText) return []
  const cases = field.optionsWhen.map(({ when, options }) => ({ options, said: conditionSchema(when, frames) }))
  const shown = isShown(spot)
  const whole = allOf([shown, ...cases.flatMap(({ said }) => [said, not(said)])].filter((said) => !isConstant(said)))
  const way = spot.ways.find(({ scope }) => whole?.scope === null || scope === whole?.scope)
  if (whole === null || !way) return [comment(spot, 'has choices that depend on other values')]
  const choice = (options: readonly Option[] | null) => nest(way.steps, choicePart(field, options), false)
  const rest = field.options ?? (functionsOf(field).options ? null : [])
  const chain = cases.reduceRight<JsonObject | boolean>(
    (otherwise, { said, options }) => conditional(said, choice(options), otherwise),
    choice(rest),
  )
  const schema = conditional(shown, chain, true)
  return typeof schema === 'object' ? [{ scope: way.scope, schema }] : []
}

function isConstant(said: Said): boolean {
  return said !== null && typeof said.schema === 'boolean'
}

function conditional(said: Said, then: JsonObject | boolean, otherwise: JsonObject | boolean): JsonObject | boolean {
  if (said === null || typeof said.schema === 'boolean') return said?.schema ? then : otherwise
  return { if: said.schema, then, ...(otherwise !== true && { else: otherwise }) }
}

function choicePart(field: Field, options: readonly Option[] | null): JsonObject | boolean {
  if (field.type !== 'multiselect') return choiceSchema(options, field.oneOf)
  return { type: 'array', items: choiceSchema(options) }
}

/** Says what JSON Schema cannot, at the innermost object. */
function comment({ field, ways }: Spot, text: string): Rule {
  return { scope: ways[0].scope, schema: { $comment: `JSON Schema cannot say it: ${field.name} ${text}.` } }
}

/** The conditions of a need in words. */
function whenText({ shown, locked, frames }: Spot, requiredWhen: Field['requiredWhen']): string {
  const text = (condition: Condition, around: readonly Frame[]) => conditionText(condition, finderIn(around))
  const clauses = [
    ...shown.map((clause) => text(clause.condition, clause.frames)),
    ...locked.map((clause) => `not (${text(clause.condition, clause.frames)})`),
    ...(requiredWhen === null ? [] : [text(requiredWhen, frames)]),
  ]
  return clauses.length === 0 ? '' : ` when ${clauses.join(' and ')}`
}

function finderIn(frames: readonly Frame[]): FindField {
  return (name) => frames.flatMap(({ fields }) => fields).find((field) => field.name === name)
}
