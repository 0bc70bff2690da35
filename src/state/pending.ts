// What was given at sign-up and is not stored yet, in the words of the form.
import { keysOf } from '../contract/issues.ts'
import type { Fields } from '../fields/field.ts'

/** The labels of the fields that the pointers of a session lead to, each once. */
export function pendingLabels({ fields }: Fields, pending: readonly string[]): readonly string[] {
  const keys = pending.map((pointer) => keysOf(pointer)[1])
  const about = fields.filter(({ storage, type }) => storage === 'user_metadata' && type !== 'hidden')
  return [...new Set(about.filter(({ path }) => keys.includes(path[0])).map(({ label }) => label))]
}
