// Everything that `defineFields` would refuse, not only the first: each refusal is mended in a copy, which is then tried again.
import { checkFields } from '../fields/define.ts'
import type { DefinitionPolicy, Field } from '../fields/field.ts'
import { checkRules } from '../fields/references.ts'
import { adviceOn } from './advice.ts'
import { type Finding, givenText } from './finding.ts'
import { changedAt, type Refusal, refusalOf, type Written } from './place.ts'
import { outermostOf, repaired, standInField } from './repair.ts'
import { KNOWN_FIELD } from './stand-in.ts'

export interface Examined {
  readonly findings: readonly Finding[]
  /** The checked fields, with stand-ins for what was refused; as many as were written. */
  readonly fields: readonly Field[]
}

export type NameSettings = Omit<DefinitionPolicy, 'rules'>

/** Holds definitions to every rule. Never throws: what is no definition is a finding. */
export function examine(fields: unknown, rules: unknown, policy: NameSettings): Examined {
  const findings: Finding[] = []
  if (!Array.isArray(fields)) {
    const message = refused({ fields, rules }, policy)
    const refusal = typeof message === 'string' ? refusalOf({ fields, rules }, message) : null
    return { findings: [findingFor(refusal, String(message))], fields: [] }
  }
  let written: Written = { fields: [...fields, KNOWN_FIELD], rules }
  const seen = new Set<string>()
  /** Names that have a stand-in now: conditions about them are right. */
  const renamed = new Set<unknown>()
  for (let number = 0; ; number++) {
    const outcome = refused(written, policy)
    if (typeof outcome !== 'string') return { findings, fields: outcome.slice(0, fields.length) }
    const refusal = refusalOf(written, outcome)
    const isNew = !seen.has(outcome)
    seen.add(outcome)
    if (isNew && !(isUnknownName(refusal) && renamed.has(refusal?.given))) {
      findings.push(findingFor(refusal, outcome))
    }
    if (!refusal) return { findings, fields: [] }
    if (refusal.keys.at(-1) === 'name') renamed.add(refusal.given)
    const next = isNew ? repaired(written, refusal, number) : withoutDefinition(written, refusal, number)
    if (!next) return { findings, fields: [] }
    written = next
  }
}

function isUnknownName(refusal: Refusal | null): boolean {
  return refusal?.rule.startsWith('no field has this name') ?? false
}

/** The checked fields, or the message of the first refusal. */
function refused({ fields, rules }: Written, policy: NameSettings): readonly Field[] | string {
  try {
    const whole = checkFields(fields, policy)
    if (rules !== undefined) checkRules(rules, whole.fields)
    return whole.fields
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** A repair that did not help would go on for ever; without the whole definition the others are still looked at. */
function withoutDefinition(written: Written, refusal: Refusal, number: number): Written | null {
  const at = outermostOf(refusal)
  if (at?.[0] !== 'fields') return null
  const changed = changedAt(written.fields, at.slice(1), () => standInField(false, number))
  return { ...written, fields: changed }
}

function findingFor(refusal: Refusal | null, message: string): Finding {
  if (!refusal) return { level: 'error', path: 'fields', given: null, problem: message, fix: 'write it as plain data' }
  return { level: 'error', path: refusal.path, given: givenText(refusal.given), ...adviceOn(refusal) }
}
