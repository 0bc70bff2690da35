// What a person wants done to their profile, before anyone thinks about a wire format.
import type { JsonValue } from './json.ts'

/** One wish about one root key of `user_metadata`, or about all of it. */
export type Intent =
  | { readonly action: 'set'; readonly key: string; readonly value: JsonValue }
  | { readonly action: 'unset'; readonly key: string }
  | { readonly action: 'clear' }

export type Intents = readonly Intent[]
