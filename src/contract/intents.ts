// What a person wants done to their profile, before anyone thinks about a wire format.
import type { JsonValue } from './json.ts'

/** Where an intent works: a standard attribute at the root of the profile, or `user_metadata`. */
export type IntentTarget = 'root' | 'user_metadata'

/**
 * One wish about one key, about one place inside a key, or about all of `user_metadata`.
 * `set` replaces a value whole; `setIn` and `unsetIn` follow keys and leave every neighbour alone.
 * Removing what is not there changes nothing, and a parent that becomes empty stays: only `unset` takes a key away.
 * In a list of them a later one is seen over the earlier ones, and alone where it says the same place anew.
 *
 * @example
 * await client.save([
 *   { target: 'root', action: 'set', key: 'given_name', value: 'Ana' },
 *   { target: 'user_metadata', action: 'setIn', path: ['address', 'city'], value: 'Lisbon' },
 *   { target: 'user_metadata', action: 'unset', key: 'fax' },
 * ])
 */
export type Intent =
  | { readonly target: IntentTarget; readonly action: 'set'; readonly key: string; readonly value: JsonValue }
  | { readonly target: IntentTarget; readonly action: 'unset'; readonly key: string }
  | {
      readonly target: 'user_metadata'
      readonly action: 'setIn'
      readonly path: readonly string[]
      readonly value: JsonValue
    }
  | { readonly target: 'user_metadata'; readonly action: 'unsetIn'; readonly path: readonly string[] }
  | { readonly target: 'user_metadata'; readonly action: 'clear' }

export type Intents = readonly Intent[]
