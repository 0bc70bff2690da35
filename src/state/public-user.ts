// What everyone who listens may know of a profile.
import { isJsonObject, type JsonObject, type JsonValue } from '../contract/json.ts'
import type { Profile } from '../contract/profile.ts'
import type { Field, Fields } from '../fields/field.ts'
import { withValue } from '../fields/merge.ts'
import { valueAt } from '../fields/stored.ts'
import type { WholeFields } from './whole-fields.ts'

/** A profile without the values of sensitive fields, which never get into an event. */
export async function publicUser(definition: WholeFields, user: Profile): Promise<Profile> {
  try {
    // A group or a list can have a sensitive field inside.
    if (!JSON.stringify(await definition.written()).includes('"sensitive":true')) return user
    return withoutSecrets(await definition.whole(), user)
  } catch {
    // Whoever cannot tell what is sensitive says nothing but who it is.
    const { id, email, email_verified } = user
    return { id, email, email_verified, user_metadata: {} }
  }
}

/** Those inside groups and lists, too. */
function withoutSecrets({ fields }: Fields, user: Profile): Profile {
  const user_metadata = fields
    .filter((field) => field.storage === 'user_metadata')
    .reduce((metadata, field) => withoutSensitive(field, metadata), user.user_metadata)
  const shown = { ...user, user_metadata }
  for (const { storage, name, sensitive } of fields)
    if (sensitive && storage === 'root') Reflect.deleteProperty(shown, name)
  return shown
}

function withoutSensitive(field: Field, metadata: JsonObject): JsonObject {
  const places = [field.path, ...field.renamedFrom.map((name) => [name])]
  return places.reduce((rest, path) => {
    const value = valueAt(rest, path)
    return value === undefined ? rest : withValue(rest, path, shownPart(field, value))
  }, metadata)
}

function shownPart(field: Field, value: JsonValue): JsonValue | undefined {
  if (field.sensitive) return undefined
  const { item } = field
  if (item && Array.isArray(value)) return value.flatMap((entry) => shownPart(item, entry) ?? [])
  if (field.type !== 'group' || !isJsonObject(value)) return value
  return field.fields.reduce((object, child) => withoutSensitive(child, object), value)
}
