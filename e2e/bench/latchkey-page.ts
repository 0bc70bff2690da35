// The page of the contestant Latchkey: a sign-up form with the fields that are asked for.
import { createLatchkey, defineFields, type FieldDefinition, rest } from 'latchkey'
import { startBench } from './bench-page.ts'
import { countRenders } from './count-renders.ts'
import type { BenchField } from './forms.ts'

function definitionOf({ name, label, options, shownWhen, digits }: BenchField): FieldDefinition {
  const shared = {
    name,
    label,
    ...(shownWhen && { visibleWhen: { [shownWhen.field]: shownWhen.value ?? { empty: false } } }),
  }
  if (options) return { ...shared, type: 'select', options }
  return digits ? { ...shared, required: true, pattern: '[0-9]+' } : shared
}

startBench((fields, host) => {
  const definitions: readonly FieldDefinition[] = fields.map(definitionOf)
  const latchkey = createLatchkey({ backend: rest('/account'), fields: defineFields(definitions) })
  latchkey.mount(host, 'signUp')
}, countRenders())
