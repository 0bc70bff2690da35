// Asks a site's function for choices, again whenever a value it read changes; the latest answer counts.
import { effect, type ReadonlySignal, type Signal, untracked } from '@preact/signals'
import type { FieldFunctions, Option } from '../fields/field.ts'
import { wholeOptions } from '../fields/whole-options.ts'
import type { Choices } from './control.ts'
import type { FormScope } from './form-scope.ts'

export interface Loading {
  readonly load: FieldFunctions['options']
  readonly question: ReadonlySignal<{ readonly search: string }>
  readonly state: Signal<Choices>
  /** Every choice met so far, which a later search need not answer with. */
  readonly met: Map<string, Option>
  readonly scope: FormScope
}

export function followChoices({ load, question, state, met, scope }: Loading): void {
  let asked = new AbortController()
  const stop = effect(() => {
    const { search } = question.value
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    const settle = (choices: Choices) => {
      if (signal.aborted) return
      for (const option of choices.options ?? []) met.set(option.value, option)
      state.value = choices
    }
    const last = untracked(() => state.value.options)
    // The values that the function reads before its first await are what it is asked again for.
    const answer = answerOf(() => load?.({ values: scope.values, search, signal }))
    untracked(() => settle({ status: 'loading', options: last }))
    void answer.then(
      (options) => settle({ status: 'ready', options, search }),
      () => settle({ status: 'failed', options: last }),
    )
  })
  scope.ended.addEventListener('abort', () => {
    stop()
    asked.abort()
  })
}

async function answerOf(ask: () => unknown): Promise<readonly Option[]> {
  const given = await ask()
  // No choices are a fine answer to a search.
  return Array.isArray(given) && given.length === 0 ? [] : wholeOptions(given, 'options()')
}
