// What the profile form does when it is submitted: it saves what was changed, over the profile that was read.
import type { Client } from '../client/client.ts'
import { isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
import type { JsonObject } from '../contract/json.ts'
import type { Events } from './events.ts'
import type { FieldForm } from './field-form.ts'
import type { SessionState } from './session.ts'
import type { WholeFields } from './whole-fields.ts'

export interface ProfileActionOptions {
  readonly client: Client
  readonly definition: WholeFields
  readonly session: SessionState<JsonObject>
  readonly events: Events<JsonObject>
  /** Aborts when the widget is taken off the page. */
  readonly aborted: AbortSignal
}

/** Saves the form; answers what it has to say about that. */
export async function saveProfile(
  made: FieldForm | null,
  { client, definition, session, events, aborted }: ProfileActionOptions,
): Promise<'saved' | 'unchanged'> {
  const { value } = session.session
  if (value.status !== 'signedIn') throw new LatchkeyError('unauthenticated', 'nobody is signed in')
  const intents = made?.intents() ?? []
  const answer = await client.save(intents, { signal: aborted, base: value }).catch(async (error) => {
    // The newer profile comes in beside what the person changed, so that a second save is based on it.
    if (isLatchkeyError(error) && error.code === 'version_conflict')
      session.take(await client.getProfile({ signal: aborted }))
    throw error
  })
  if (!answer) return 'unchanged'
  session.take(answer)
  events.emit('saved', { user: await definition.publicUser(answer.user) })
  return 'saved'
}
