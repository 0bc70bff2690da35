// A condition in words, for documentation.

import { partsOf } from './condition-names.ts'
import type { Field } from './field.ts'
import { isRecord } from './wrong.ts'

/** Finds a field by its name from where the condition stands. */
export type FindField = (name: string) => Field | undefined

/** A condition as an English clause: `Team size is "51+" and Newsletter is ticked`. */
export function conditionText(condition: unknown, find: FindField): string {
  return partsOf(condition)
    .map(([key, test]) => {
      if (Array.isArray(test)) {
        const parts = test.map((part) => grouped(part, find))
        return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(key === 'or' ? ' or ' : ' and ')})`
      }
      if (key === 'not' && isRecord(test)) return `not (${conditionText(test, find)})`
      return testText(key, test, find)
    })
    .join(' and ')
}

/** A part of a list of conditions; one that says several things stands in brackets. */
function grouped(part: unknown, find: FindField): string {
  const text = conditionText(part, find)
  return partsOf(part).length > 1 ? `(${text})` : text
}

function testText(name: string, test: unknown, find: FindField): string {
  const field = find(name)
  const subject = field?.label || name
  if (!isRecord(test)) return `${subject} ${equalText(test, field, find)}`
  return Object.entries(test)
    .map(([operator, operand]) => `${subject} ${operatorText(operator, operand, field, find)}`)
    .join(' and ')
}

function operatorText(operator: string, operand: unknown, field: Field | undefined, find: FindField): string {
  const isNumber = field?.type === 'number' || field?.type === 'range' || typeof operand === 'number'
  switch (operator) {
    case 'in':
      return `is one of ${Array.isArray(operand) ? operand.map((value) => shown(value, find)).join(', ') : ''}`
    case 'contains':
      return `contains ${shown(operand, find)}`
    case 'greater':
      return `is ${isNumber ? 'above' : 'after'} ${shown(operand, find)}`
    case 'less':
      return `is ${isNumber ? 'below' : 'before'} ${shown(operand, find)}`
    case 'matches':
      return `matches ${String(operand)}`
    case 'empty':
      return operand === true ? 'is empty' : 'has a value'
    default:
      return equalText(operand, field, find)
  }
}

/** What the two states of a control are called. */
const STATES: Readonly<Record<string, readonly [on: string, off: string]>> = {
  checkbox: ['is ticked', 'is not ticked'],
  switch: ['is on', 'is off'],
  consent: ['is given', 'is not given'],
}

function equalText(value: unknown, field: Field | undefined, find: FindField): string {
  const states = field && STATES[field.type]
  if (states && typeof value === 'boolean') return value ? states[0] : states[1]
  return value === null || value === '' ? 'is empty' : `is ${shown(value, find)}`
}

/** A value as JSON writes it, or the name of the other field that has it. */
function shown(value: unknown, find: FindField): string {
  return isRecord(value) ? find(String(value.field))?.label || String(value.field) : JSON.stringify(value)
}
