// The choices of one control: written down, depending on other fields, or found by a function of the site.
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { onDemand } from '../client/on-demand.ts'
import { staticOptions } from '../fields/choices.ts'
import { holds, type ReadValue } from '../fields/condition.ts'
import { type Field, type FieldFunctions, type FieldValue, functionsOf, type Option } from '../fields/field.ts'
import { type Choices, noChoices } from './control.ts'
import type { FormScope } from './form-scope.ts'

export interface ControlChoices {
  readonly state: ReadonlySignal<Choices>
  /** The choices a value is held to: of a search every one met so far; null where nobody knows them. */
  known(): readonly Option[] | null
  /** A value that was not typed is a choice, even where no search has answered with it yet. */
  trust(value: FieldValue): void
  search(text: string): void
  retry(): void
}

function fixed(state: ReadonlySignal<Choices>): ControlChoices {
  return { state, known: () => state.value.options, trust() {}, search() {}, retry() {} }
}

export function choicesOf(field: Field, read: ReadValue, scope: FormScope): ControlChoices {
  const load = functionsOf(field).options
  if (!load) {
    if (field.optionsWhen.length === 0)
      return fixed(field.options ? signal({ status: 'ready', options: field.options }) : noChoices)
    const options = computed(() => staticOptions(field, (condition) => holds(condition, read)))
    return fixed(computed(() => ({ status: 'ready', options: options.value })))
  }
  return foundChoices(load, field.searchable, scope)
}

function foundChoices(load: FieldFunctions['options'], searchable: boolean, scope: FormScope): ControlChoices {
  const state = signal<Choices>({ status: 'loading', options: null })
  const met = new Map<string, Option>()
  const question = signal({ search: '', attempt: 0 })
  let typed = 0
  let following = false
  async function follow(): Promise<void> {
    const { followChoices } = await onDemand(() => import('./load-choices.ts'))
    if (scope.ended.aborted || following) return
    following = true
    followChoices({ load, question, state, met, scope })
  }
  function begin(): void {
    state.value = { status: 'loading', options: null }
    follow().catch(() => {
      state.value = { status: 'failed', options: null }
    })
  }
  begin()
  return {
    state,
    known: () => (!searchable ? state.value.options : met.size > 0 ? [...met.values()] : null),
    trust(value) {
      for (const text of Array.isArray(value) ? value : [value]) {
        if (typeof text !== 'string' || text === '' || met.has(text)) continue
        met.set(text, { value: text, label: text, description: null, disabled: false, group: null })
      }
    },
    async search(search) {
      typed += 1
      const latest = typed
      await scope.pause(200)
      if (latest === typed) question.value = { ...question.value, search }
    },
    retry() {
      if (!following) {
        begin()
        return
      }
      const { search, attempt } = question.value
      question.value = { search, attempt: attempt + 1 }
    },
  }
}
