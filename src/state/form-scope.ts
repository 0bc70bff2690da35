// What the controls of one form share: what is stored, what the others hold, and the rules over several of them.
import type { ReadonlySignal } from '@preact/signals'
import type { Issue } from '../contract/issues.ts'
import type { JsonObject } from '../contract/json.ts'
import { holds, type ReadValue } from '../fields/condition.ts'
import type { CrossRule, FieldScreen } from '../fields/definition.ts'
import type { Stored } from '../fields/stored.ts'

/** What every control of a form shares. */
export interface FormScope {
  readonly screen: FieldScreen
  /** What is stored about the person; null on sign-up. */
  readonly stored: ReadonlySignal<Stored | null>
  /** Reads the form's values, and the stored ones of fields that are not in it, for conditions. */
  readonly read: ReadValue
  /** The same for what is stored, before anything was typed. */
  readonly readStored: ReadValue
  /** The form's values in their stored form, for the site's functions. */
  readonly values: JsonObject
  readonly rules: readonly CrossRule[]
  readonly secrets: 'refuse' | 'allow'
  readonly pause: (milliseconds: number) => Promise<void>
  /** Resolves once nothing on the page is pressed. */
  readonly pressEnded: () => Promise<void>
  /** Calls back once every control can be read, which is at once after the form was made. */
  readonly whenMade: (start: () => void) => void
  /** Aborts when the form is gone. */
  readonly ended: AbortSignal
}

/** A rule over several fields that is said at this one, and was not broken by what is stored. */
export function crossIssue(
  name: string,
  pointer: string,
  { rules, read, readStored, stored }: FormScope,
): Issue | null {
  const broken = rules.find(
    ({ field, refuseWhen }) =>
      field === name && holds(refuseWhen, read) && !(stored.value && holds(refuseWhen, readStored)),
  )
  return broken ? { code: 'refused', pointer, text: broken.message } : null
}
