// What a backend can do, declared by the backend and read by the client that compiles intents.

export interface Capabilities {
  /** What sign-up takes in `user_metadata`. */
  readonly signUpValues: 'json'
  /** How deep an update merges: `root` replaces each named root key whole and leaves the others. */
  readonly merge: 'root'
  /** Whether `null` at the root deletes a key. */
  readonly nullDeletes: true
  /** Whether an empty object clears everything; never sent but for a `clear` intent. */
  readonly emptyClears: true
  /** Whether profiles carry a version that a save can be tied to. */
  readonly versions: boolean
  /** Largest `user_metadata` after a save, in bytes of its JSON. */
  readonly maxMetadataBytes: number
}
