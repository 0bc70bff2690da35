// A profile form without markup, over a backend in memory that others write to as well.

import { computed, signal } from '@preact/signals'
import { type MemoryBackend, memory } from '../../src/backends/memory.ts'
import type { MemoryProfile } from '../../src/backends/memory-profiles.ts'
import { restCapabilities } from '../../src/backends/rest-over.ts'
import { createClient } from '../../src/client/client.ts'
import { systemEnvironment } from '../../src/client/environment.ts'
import type { LatchkeyError } from '../../src/contract/errors.ts'
import type { JsonObject } from '../../src/contract/json.ts'
import { checkFields } from '../../src/fields/define.ts'
import { type Control, everyIn } from '../../src/state/control.ts'
import { createEvents } from '../../src/state/events.ts'
import { createFieldForm } from '../../src/state/field-form.ts'
import { createForm, type Form } from '../../src/state/form.ts'
import { saveProfile } from '../../src/state/profile-action.ts'
import { createSession } from '../../src/state/session.ts'
import { createWholeFields } from '../../src/state/whole-fields.ts'

export const email = 'ana@example.org'

export interface ProfileForm {
  readonly form: Form
  readonly backend: MemoryBackend
  readonly errors: readonly LatchkeyError[]
  /** The control of that name; inside a group `address.city`. */
  control(name: string): Control
  /** Brings in what is stored now, as news from another tab would. */
  refresh(): Promise<void>
  /** Everything that is stored and can be changed. */
  stored(): JsonObject
  /** How many requests could have changed something. */
  writes(): number
}

export interface Start {
  readonly user_metadata?: JsonObject
  readonly root?: JsonObject
  readonly imitate?: MemoryProfile
}

export async function openProfileForm(definitions: readonly unknown[], start: Start): Promise<ProfileForm> {
  const { user_metadata = {}, root = {}, imitate = 'latchkey' } = start
  const account = { email, password: 'correct horse', user_metadata, root }
  const backend = memory({ imitate, accounts: [account], signedIn: email })
  const fields = checkFields(definitions)
  const client = createClient({ backend, fields })
  const { signal: never } = new AbortController()
  const session = createSession(client, never)
  await session.load()
  const made = createFieldForm({
    fields,
    screen: 'profile',
    profile: computed(() => (session.session.value.status === 'signedIn' ? session.session.value.user : null)),
    draft: new Map(),
    environment: systemEnvironment(),
    pressEnded: () => Promise.resolve(),
    capabilities: restCapabilities,
    ended: never,
  })
  const errors: LatchkeyError[] = []
  const context = { client, session, events: createEvents<JsonObject>(), aborted: never }
  const definition = createWholeFields(fields, () => {})
  const form = createForm({
    standard: [],
    part: { form: signal(made), status: signal('ready'), count: 0, load: () => Promise.resolve() },
    action: () => saveProfile(made, { ...context, definition }),
    onError: (error) => errors.push(error),
  })
  return {
    form,
    backend,
    errors,
    control(name) {
      const found = form.controls.value.flatMap(everyIn).find((control) => control.name === name)
      if (!found) throw new Error(`no control ${name}`)
      return found
    },
    refresh: session.load,
    stored() {
      const { root: attributes = {}, user_metadata: metadata = {} } = backend.account(email) ?? {}
      return { ...attributes, user_metadata: metadata }
    },
    writes: () => backend.requests.filter(({ call }) => call === 'patchProfile').length,
  }
}
