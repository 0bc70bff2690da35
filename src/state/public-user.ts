// What everyone who listens may know of a profile.
import type { Profile } from '../contract/profile.ts'
import type { Fields } from '../fields/field.ts'
import { withValue } from '../fields/merge.ts'

/** A profile without the values of sensitive fields, which never get into an event. */
export function publicUser({ fields }: Fields, user: Profile): Profile {
  const sensitive = fields.filter((field) => field.sensitive)
  const user_metadata = sensitive
    .filter((field) => field.storage === 'user_metadata')
    .flatMap((field) => [field.path, ...field.renamedFrom.map((name) => [name])])
    .reduce((metadata, path) => withValue(metadata, path, undefined), user.user_metadata)
  const shown = { ...user, user_metadata }
  for (const { storage, name } of sensitive) if (storage === 'root') Reflect.deleteProperty(shown, name)
  return shown
}
