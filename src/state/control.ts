// The state of one control: its value, its failed rule, and when the rule is spoken of.
import { type Signal, signal } from '@preact/signals'
import { onDemand } from '../client/on-demand.ts'
import type { Issue } from '../contract/codes.ts'
import type { JsonObject } from '../contract/json.ts'
import { emptyValue, encode } from '../fields/codec.ts'
import { emailIssue, passwordIssue } from '../fields/credentials.ts'
import type { Field, FieldValue } from '../fields/definition.ts'
import { isChanged } from '../fields/diff.ts'
import { metadataIssues } from '../fields/metadata.ts'
import type { StandardControl } from './screens.ts'

export interface Control {
  readonly name: string
  readonly source: StandardControl | Field
  readonly value: Signal<FieldValue>
  readonly issue: Signal<Issue | null>
  /** The rule its value breaks now, said or not. */
  check(): Promise<Issue | null>
  /** Takes what was typed; an issue that was shown is checked again at once. */
  input(value: FieldValue): void
  /** The control was left: content that breaks a rule is spoken of, emptiness not yet. */
  leave(): void
}

/** A control of the screen's own; `value` can be shared, so that an e-mail address follows from screen to screen. */
export function standardControl(source: StandardControl, value: Signal<FieldValue>): Control {
  return control(source, value, async () => standardIssue(source, value.value))
}

/**
 * A control of one of the site's fields. A value that is stored already and was not changed breaks no rule here,
 * so that one from before a rule was added never blocks a save of something else.
 */
export function fieldControl(field: Field, stored: () => JsonObject | null): Control {
  const value = signal<FieldValue>(emptyValue(field))
  return control(field, value, async () => {
    const base = stored()
    const kept = base !== null && Object.hasOwn(base, field.name) && !isChanged(field, base, value.value)
    return kept ? null : fieldIssue(field, value.value)
  })
}

function control(
  source: StandardControl | Field,
  value: Signal<FieldValue>,
  check: () => Promise<Issue | null>,
): Control {
  const issue = signal<Issue | null>(null)
  let asked = 0
  /** Checks and says so; of several checks at once the latest wins. */
  async function say(): Promise<void> {
    asked += 1
    const question = asked
    const found = await check()
    if (question === asked) issue.value = found
  }
  return {
    name: source.name,
    source,
    value,
    issue,
    check,
    input(typed) {
      value.value = typed
      if (issue.value) void say()
    },
    leave() {
      if (!issue.value && value.value !== '' && value.value !== false) void say()
    },
  }
}

function standardIssue({ name, autocomplete }: StandardControl, value: FieldValue): Issue | null {
  if (autocomplete === 'new-password') return passwordIssue(value)
  if (name === 'password') return value === '' ? { code: 'required', pointer: '/password' } : null
  return emailIssue(String(value).trim(), `/${name}`)
}

async function fieldIssue(field: Field, value: FieldValue): Promise<Issue | null> {
  const { valueIssue } = await onDemand(() => import('../fields/rules.ts'))
  const encoded = encode(field, value)
  const [structural] = encoded === undefined ? [] : metadataIssues({ [field.name]: encoded }, { reservedNames: false })
  return structural ?? valueIssue(field, encoded)
}
