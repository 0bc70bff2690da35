// What has to be right between the fields of a definition: names, places and the conditions that refer to others.

import { namesIn } from './condition-names.ts'
import type { CrossRule } from './definition.ts'
import type { Field } from './field.ts'
import { checkCondition } from './read-setting.ts'
import { fail, isRecord } from './wrong.ts'

/** Throws for a name used twice, two fields in one place, a condition about no field, and conditions in a circle. */
export function checkReferences(fields: readonly Field[], path: string, outer: readonly Field[]): void {
  const known = [...fields, ...outer]
  fields.forEach((field, index) => {
    const at = `${path}[${index}]`
    const earlierName = field.renamedFrom.find((name) =>
      fields.some((other) => other.storage !== 'root' && collide(other.path, [name])),
    )
    if (earlierName !== undefined)
      fail(
        `${at}.renamedFrom ${JSON.stringify(earlierName)}`,
        'is where a field is stored now, and would be removed; leave it out',
      )
    const earlier = fields.slice(0, index)
    const twin = earlier.findIndex(({ name }) => name === field.name)
    if (twin >= 0)
      fail(
        `${at}.name ${JSON.stringify(field.name)}`,
        `${path}[${twin}] has this name already; every name can be used once`,
      )
    const rival = earlier.findIndex((other) => other.storage === field.storage && collide(other.path, field.path))
    if (rival >= 0) fail(`${at}.path`, `${path}[${rival}] is stored at the same place; give one of them another path`)
    const circle = circleOf(field, known)
    if (circle)
      fail(`${at}.visibleWhen`, `depends on itself through ${circle.join(', ')}; a condition cannot go in a circle`)
    checkInside(field, at, known)
  })
}

/** The conditions of a field, and what is inside of it. */
function checkInside(field: Field, path: string, known: readonly Field[]): void {
  for (const [key, condition] of conditionsOf(field)) checkNames(condition, known, `${path}.${key}`)
  if (field.fields.length > 0) checkReferences(field.fields, `${path}.fields`, known)
  if (field.item) checkInside(field.item, `${path}.item`, known)
}

/** Throws for a rule over several fields that is not one. */
export function checkRules(rules: unknown, fields: readonly Field[]): asserts rules is readonly CrossRule[] {
  if (!Array.isArray(rules)) return fail('rules', 'must be a list; write rules: [{ field, refuseWhen, message }]')
  rules.forEach((rule: unknown, index) => {
    const at = `rules[${index}]`
    if (!isRecord(rule) || typeof rule.message !== 'string' || rule.message === '')
      fail(at, 'must be { field, refuseWhen, message }')
    if (!fields.some(({ name }) => name === rule.field))
      fail(`${at}.field ${JSON.stringify(rule.field)}`, unknownName(fields))
    checkCondition(rule.refuseWhen, `${at}.refuseWhen`)
    checkNames(rule.refuseWhen, fields, `${at}.refuseWhen`)
  })
}

function conditionsOf(field: Field): readonly (readonly [string, unknown])[] {
  return [
    ['visibleWhen', field.visibleWhen],
    ['requiredWhen', field.requiredWhen],
    ['readOnlyWhen', field.readOnlyWhen],
    ...field.optionsWhen.map(({ when }, index) => [`optionsWhen[${index}].when`, when] as const),
  ]
}

function checkNames(condition: unknown, known: readonly Field[], path: string): void {
  for (const name of namesIn(condition)) {
    if (!known.some((field) => field.name === name)) fail(`${path} ${JSON.stringify(name)}`, unknownName(known))
  }
}

function unknownName(fields: readonly Field[]): string {
  return `no field has this name; use one of ${fields.map(({ name }) => name).join(', ')}`
}

/** Whether one place is the other, or inside of it. */
function collide(one: readonly string[], other: readonly string[]): boolean {
  return one.every((key, index) => index >= other.length || other[index] === key)
}

/** The names on the way from a field's visibility back to itself, or null. */
function circleOf(start: Field, known: readonly Field[]): readonly string[] | null {
  const seen = new Set<string>()
  const search = (field: Field, way: readonly string[]): readonly string[] | null => {
    for (const name of namesIn(field.visibleWhen)) {
      if (name === start.name) return [...way, name]
      if (seen.has(name)) continue
      seen.add(name)
      const next = known.find((other) => other.name === name)
      const found = next && search(next, [...way, name])
      if (found) return found
    }
    return null
  }
  return search(start, [])
}
