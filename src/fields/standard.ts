// A definition as a Standard Schema: the rules of every field over a whole `user_metadata`.
import { keysOf } from '../contract/issues.ts'
import type { Fields } from './field.ts'
import { guardAsync } from './guard.ts'
import type { StandardResult } from './standard-schema.ts'

/** The metadata unchanged, or an issue with a path for every rule it breaks; its message is the site's text or the code. */
export async function validateMetadata(fields: Fields, value: unknown): Promise<StandardResult<unknown>> {
  // Root attributes stand beside the metadata, not in it.
  const metadataFields = { ...fields, fields: fields.fields.filter(({ storage }) => storage !== 'root') }
  const result = await guardAsync(metadataFields, {
    patch: value,
    stored: null,
    actor: 'management',
    unknownKeys: 'allow',
  })
  if (!result.ok)
    return {
      issues: result.issues.map(({ code, pointer, text }) => ({
        message: text ?? code,
        path: keysOf(pointer).slice(1),
      })),
    }
  return { value }
}
