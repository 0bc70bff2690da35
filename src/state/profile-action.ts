// What the profile form does when it is submitted: it saves what was changed, over the profile that was read.
import type { JsonObject } from '../contract/json.ts'
import type { Events } from './events.ts'
import type { FieldForm } from './field-form.ts'
import type { SaveContext } from './field-save.ts'
import { publicUser } from './public-user.ts'
import type { WholeFields } from './whole-fields.ts'

export interface ProfileActionOptions extends SaveContext {
  readonly definition: WholeFields
  readonly events: Events<JsonObject>
}

/** Saves the form; answers what it has to say about that. */
export async function saveProfile(
  made: FieldForm | null,
  { definition, events, ...context }: ProfileActionOptions,
): Promise<'saved' | 'unchanged'> {
  const answer = await made?.save(context)
  if (!answer) return 'unchanged'
  events.emit('saved', { user: await publicUser(definition, answer.user) })
  return 'saved'
}
