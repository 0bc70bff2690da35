// What a person wants done to their profile, before anyone thinks about a wire format.
import type { JsonValue } from './json.ts'

/** Where an intent works: a standard attribute at the root of the profile, or a root key of `user_metadata`. */
export type IntentTarget = 'root' | 'user_metadata'

/** One wish about one key, or about all of `user_metadata`. */
export type Intent =
  | { readonly target: IntentTarget; readonly action: 'set'; readonly key: string; readonly value: JsonValue }
  | { readonly target: IntentTarget; readonly action: 'unset'; readonly key: string }
  | { readonly target: 'user_metadata'; readonly action: 'clear' }

export type Intents = readonly Intent[]
