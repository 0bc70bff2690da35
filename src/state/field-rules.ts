// The rules that one control's value breaks: those of its field, the site's own, and those over several fields.
import type { ReadonlySignal } from '@preact/signals'
import { onDemand } from '../client/on-demand.ts'
import type { Issue } from '../contract/issues.ts'
import type { JsonValue } from '../contract/json.ts'
import { staticOptions } from '../fields/choices.ts'
import { encode, plainValue } from '../fields/codec.ts'
import { holds } from '../fields/condition.ts'
import { type Field, type FieldValue, functionsOf } from '../fields/field.ts'
import type { ControlChoices } from './choices.ts'
import type { Control } from './control.ts'
import { crossIssue, type FormScope } from './form-scope.ts'

export interface FieldRulesOptions {
  readonly field: Field
  readonly scope: FormScope
  readonly place: {
    readonly pointer: () => string
    /** What is stored for it as it is; undefined for nothing. */
    readonly raw: () => JsonValue | undefined
    /** What it would hold for what is stored. */
    readonly before: () => FieldValue
    /** True while the list it is an item of is as it was stored. */
    readonly kept: () => boolean
  }
  readonly held: () => FieldValue
  readonly required: ReadonlySignal<boolean>
  readonly parts: ReadonlySignal<readonly Control[]>
  readonly choices: ControlChoices
}

export interface FieldRules {
  /** Whether the site's own code is asked, which may take its time. */
  readonly isSlow: boolean
  /** Whether the value is as it is stored. */
  isKept(): boolean
  issue(signal: AbortSignal): Promise<Issue | null>
}

export function createFieldRules(options: FieldRulesOptions): FieldRules {
  const { field, scope, place, held, required, parts, choices } = options
  const functions = functionsOf(field)
  const isSlow = functions.validate !== undefined || functions.schema !== undefined

  /** A value that is stored already and was not changed breaks no rule, so that one from before a rule was added never blocks. */
  function isKept(): boolean {
    if (place.kept()) return true
    const current = held()
    // A choice that was stored for other choices than there are now is looked at again.
    if (hasOtherChoices()) return false
    // A consent to an earlier version is shown as none: it is asked again.
    if (place.raw() === undefined || (field.type === 'consent' && current === null)) return false
    return JSON.stringify(encode(field, place.before())) === JSON.stringify(encode(field, current))
  }

  function hasOtherChoices(): boolean {
    if (field.optionsWhen.length === 0 || !scope.stored.value) return false
    const stored = staticOptions(field, (condition) => holds(condition, scope.readStored))
    return JSON.stringify(stored) !== JSON.stringify(choices.known())
  }

  async function issue(signal: AbortSignal): Promise<Issue | null> {
    const pointer = place.pointer()
    const ruled = isKept() ? null : await valueIssue(pointer, signal)
    return ruled ?? crossIssue(field.name, pointer, scope)
  }

  async function valueIssue(pointer: string, signal: AbortSignal): Promise<Issue | null> {
    const [{ valueIssues }, { metadataIssues }] = await onDemand(() =>
      Promise.all([import('../fields/rules.ts'), import('../fields/metadata.ts')]),
    )
    const current = plainValue(field, held())
    const [structural] =
      current === undefined || parts.value.length > 0
        ? []
        : metadataIssues({ [field.name]: current }, { reservedNames: false })
    if (structural) return { ...structural, pointer }
    const found = valueIssues(field, current, pointer, {
      isRequired: (asked) => (asked === field ? required.value : asked.required),
      optionsOf: choices.known,
      secrets: scope.secrets,
    })
    // The parts of a group or a list speak for themselves.
    const issue = found.find((candidate) => candidate.pointer === pointer)
    if (issue) return issue
    if (!isSlow) return null
    const { ownFinding } = await onDemand(() => import('../fields/own-checks.ts'))
    const own = await Promise.all(ownFinding(field, current, pointer, { values: scope.values, signal }))
    return own.find((candidate) => candidate !== null) ?? null
  }

  return { isSlow, isKept, issue }
}
