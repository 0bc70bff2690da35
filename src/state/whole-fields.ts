// The definition a widget works with: whole already, or checked and completed when a form first needs it.
import { onDemand } from '../client/on-demand.ts'
import type { Profile } from '../contract/profile.ts'
import type { Fields } from '../fields/field.ts'
import type { WrittenFields } from '../fields/written.ts'

export interface WholeFields {
  /** The definition as it was given, for what can be told from it at once. */
  readonly given: Fields | WrittenFields
  /** Rejects with the TypeError of a wrong definition, or with `network`. */
  whole(): Promise<Fields>
  /** A profile without the values of sensitive fields, which never get into an event. */
  publicUser(user: Profile): Promise<Profile>
}

/** `accept` may refuse a whole definition by throwing TypeError. */
export function createWholeFields(given: Fields | WrittenFields, accept: (fields: Fields) => void): WholeFields {
  const known = 'fields' in given ? given : null
  if (known) accept(known)
  async function check({ written, policy }: WrittenFields): Promise<Fields> {
    const { checkFields } = await onDemand(() => import('../fields/define.ts'))
    const fields = checkFields(written, policy)
    accept(fields)
    return fields
  }
  let checked: Promise<Fields> | null = known && Promise.resolve(known)
  async function whole(): Promise<Fields> {
    checked ??= 'fields' in given ? Promise.resolve(given) : check(given)
    try {
      return await checked
    } catch (error) {
      checked = null
      throw error
    }
  }
  return {
    given,
    whole,
    async publicUser(user) {
      const list: readonly object[] = 'fields' in given ? given.fields : given.written
      // A group or a list can have a sensitive field inside.
      if (!JSON.stringify(list).includes('"sensitive":true')) return user
      try {
        const { publicUser } = await onDemand(() => import('./public-user.ts'))
        return publicUser(await whole(), user)
      } catch {
        // Whoever cannot tell what is sensitive says nothing but who it is.
        const { id, email, email_verified } = user
        return { id, email, email_verified, user_metadata: {} }
      }
    },
  }
}
