// The choices of one control: written down, depending on other fields, or found by a function of the site.
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { onDemand } from '../client/on-demand.ts'
import { staticOptions } from '../fields/choices.ts'
import { holds, type ReadValue } from '../fields/condition.ts'
import { type Field, functionsOf } from '../fields/field.ts'
import { type Choices, noChoices } from './control.ts'
import type { FormScope } from './field-control.ts'

export interface ControlChoices {
  readonly state: ReadonlySignal<Choices>
  search(text: string): void
  retry(): void
}

const fixed = { search() {}, retry() {} }

export function choicesOf(field: Field, read: ReadValue, scope: FormScope): ControlChoices {
  const load = functionsOf(field).options
  if (!load) {
    if (field.optionsWhen.length === 0)
      return { ...fixed, state: field.options ? signal({ status: 'ready', options: field.options }) : noChoices }
    const options = computed(() => staticOptions(field, (condition) => holds(condition, read)))
    return { ...fixed, state: computed(() => ({ status: 'ready', options: options.value })) }
  }
  const state = signal<Choices>({ status: 'loading', options: null })
  const question = signal({ search: '', attempt: 0 })
  let typed = 0
  async function start(): Promise<void> {
    const { followChoices } = await onDemand(() => import('./load-choices.ts'))
    if (!scope.ended.aborted) followChoices({ load, question, state, scope })
  }
  const begin = () =>
    start().catch(() => {
      state.value = { status: 'failed', options: null }
    })
  void begin()
  return {
    state,
    async search(search) {
      typed += 1
      const latest = typed
      await scope.pause(200)
      if (latest === typed) question.value = { ...question.value, search }
    },
    retry() {
      const { search, attempt } = question.value
      question.value = { search, attempt: attempt + 1 }
    },
  }
}
