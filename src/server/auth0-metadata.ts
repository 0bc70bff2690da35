// What Auth0 allows of `user_metadata` at sign-up, and how texts become the values that the site's fields describe.
import { isJsonObject, type JsonObject } from '../contract/json.ts'
import { codePoints, MAX_NAME_LENGTH } from '../contract/limits.ts'
import { nestedNameProblem } from '../contract/names.ts'
import { typedValue } from '../fields/codec.ts'
import type { Fields } from '../fields/field.ts'

/** Properties, and code points of a value (Auth0 docs, sign-up endpoint: "no more than 500 characters"). */
const MAX = { properties: 10, value: 500 } as const

/** The rule of sign-up that metadata breaks, in Auth0's words as far as they are known, or null. */
export function signUpFault(metadata: unknown): string | null {
  if (metadata === undefined) return null
  if (!isJsonObject(metadata)) return 'invalid user_metadata type (expected object)'
  const entries = Object.entries(metadata)
  if (entries.length > MAX.properties) {
    return `invalid user_metadata (no more than ${MAX.properties} properties are allowed)`
  }
  for (const [name, value] of entries) {
    if (typeof value !== 'string') return `invalid user_metadata.${name} type (only strings are allowed)`
    if (codePoints(name) > MAX_NAME_LENGTH) {
      return `invalid user_metadata property name (no more than ${MAX_NAME_LENGTH} characters are allowed)`
    }
    const fault = nameFault(name)
    if (fault) return fault
    if (codePoints(value) > MAX.value) {
      return `invalid user_metadata.${name} length (no more than ${MAX.value} characters are allowed)`
    }
  }
  return null
}

/** What Auth0 says of a name it does not take, or null. */
export function nameFault(name: string): string | null {
  if (name.includes('.')) return 'Fields with "." are not allowed, please remove all dotted fields.'
  if (name.includes('$')) return 'Fields with "$" are not allowed, please remove all such fields.'
  return nestedNameProblem(name) ? 'invalid user_metadata property name' : null
}

/**
 * Metadata whose texts are of the types that the definition says, where they can be read so: Auth0's sign-up takes texts
 * only, and the same account is read and held to its fields at the other door.
 */
export function typedMetadata(metadata: JsonObject, { fields }: Fields): JsonObject {
  const typed = Object.entries(metadata).map(([name, value]) => {
    const field = fields.find(
      ({ storage, path }) => storage === 'user_metadata' && path.length === 1 && path[0] === name,
    )
    return [name, (field && typedValue({ ...field, stored: 'text' }, value)) ?? value] as const
  })
  return Object.fromEntries(typed)
}
