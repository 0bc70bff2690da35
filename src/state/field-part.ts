// The site's fields of one screen, as a part of its form that is fetched when the form is made.
import { type ReadonlySignal, signal } from '@preact/signals'
import { onDemand } from '../client/on-demand.ts'
import type { FieldForm, FieldFormOptions } from './field-form.ts'
import type { WholeFields } from './whole-fields.ts'

export interface FieldPart {
  /** Null until it was fetched, and for a screen without fields. */
  readonly form: ReadonlySignal<FieldForm | null>
  readonly status: ReadonlySignal<'ready' | 'loading' | 'failed'>
  /** How many fields a person will see, so that their places can be kept. */
  readonly count: number
  /** Fetches it, again after a failure; rejects with `network` when it cannot be fetched. */
  load(): Promise<void>
}

export interface FieldPartOptions extends Omit<FieldFormOptions, 'fields'> {
  /** Null for a screen that has none of the site's fields. */
  readonly definition: WholeFields | null
}

export function createFieldPart({ definition, ...options }: FieldPartOptions): FieldPart {
  const count = definition?.count(options.screen) ?? null
  const form = signal<FieldForm | null>(null)
  const status = signal<'ready' | 'loading' | 'failed'>(count === null ? 'ready' : 'loading')
  let loading: Promise<void> | null = null

  async function fetchPart(): Promise<void> {
    status.value = 'loading'
    try {
      if (!definition) return
      const fetching = onDemand(() => import('./field-form.ts'))
      const [{ createFieldForm }, fields] = await Promise.all([fetching, definition.whole()])
      if (options.ended.aborted) return
      form.value = createFieldForm({ ...options, fields })
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
    count: count ?? 0,
    load() {
      if (count === null) return Promise.resolve()
      loading ??= fetchPart()
      return loading
    },
  }
}
