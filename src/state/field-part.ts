// The site's fields of one screen, as a part of its form that is fetched when the form is made.
import { type ReadonlySignal, signal } from '@preact/signals'
import { onDemand } from '../client/on-demand.ts'
import { fieldsOn } from '../fields/field.ts'
import type { FieldForm, FieldFormOptions } from './field-form.ts'

export interface FieldPart {
  /** Null until it was fetched, and for a screen without fields. */
  readonly form: ReadonlySignal<FieldForm | null>
  readonly status: ReadonlySignal<'ready' | 'loading' | 'failed'>
  /** How many fields a person will see, so that their places can be kept. */
  readonly count: number
  /** Fetches it, again after a failure; rejects with `network` when it cannot be fetched. */
  load(): Promise<void>
}

export function createFieldPart(options: FieldFormOptions): FieldPart {
  const here = fieldsOn(options.fields, options.screen)
  const form = signal<FieldForm | null>(null)
  const status = signal<'ready' | 'loading' | 'failed'>(here.length > 0 ? 'loading' : 'ready')
  let loading: Promise<void> | null = null

  async function fetchPart(): Promise<void> {
    status.value = 'loading'
    try {
      const { createFieldForm } = await onDemand(() => import('./field-form.ts'))
      if (options.ended.aborted) return
      form.value = createFieldForm(options)
      status.value = 'ready'
    } catch (error) {
      loading = null
      status.value = 'failed'
      throw error
    }
  }

  return {
    form,
    status,
    count: here.filter(({ type, visibleWhen, signUpStep }) => type !== 'hidden' && !visibleWhen && !signUpStep).length,
    load() {
      if (here.length === 0) return Promise.resolve()
      loading ??= fetchPart()
      return loading
    },
  }
}
