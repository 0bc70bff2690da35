// What a backend can do, declared by the backend and read by the client that compiles intents.
import type { RootAttribute } from './names.ts'

/**
 * How an update of `user_metadata` is taken:
 * `root` replaces each named root key whole and leaves the others;
 * `deep` goes into objects and replaces what is not one (RFC 7396);
 * `replace` stores what is sent in place of everything;
 * `columns` is `root` for a fixed list of keys.
 */
export type Merge = 'root' | 'deep' | 'replace' | 'columns'

export interface Capabilities {
  readonly merge: Merge
  /**
   * Whether `null` deletes the key it is sent for, inside objects too where `merge` is `deep`; if not, it is stored.
   * Where `merge` is `replace` a key is deleted by leaving it out, and this is not asked.
   */
  readonly nullDeletes: boolean
  /** What an empty `user_metadata` does: `clears` everything, `nothing`, or is `refused`. It is sent for a `clear` intent only. */
  readonly emptyClears: 'clears' | 'nothing' | 'refused'
  /** The only keys there are; others would be dropped without a word. Null where any key can be stored. */
  readonly columns: readonly string[] | null
  /** Whether profiles carry a version that a save can be tied to. */
  readonly versions: boolean
  /** Whether a sign-up or save that is sent twice with one idempotency key is carried out once. */
  readonly idempotency: boolean
  /** Standard attributes that a save can change. */
  readonly rootAttributes: readonly RootAttribute[]
  /** What sign-up takes in `user_metadata`. */
  readonly signUpValues: SignUpValues
  /** Largest `user_metadata` after a save, in bytes of its JSON. */
  readonly maxMetadataBytes: number
  /** What proves who is signed in: a cookie of the server's, or a token that the page holds. */
  readonly session: 'cookie' | 'bearer'
  /** Whether accounts have user names, which people can log in with as well. */
  readonly usernames: boolean
  /** Whether a forgotten password can be set anew by e-mail. */
  readonly passwordReset: boolean
  /** Whether an e-mail address is verified: not at all, after sign-up, or before anyone can log in. */
  readonly verification: 'none' | 'optional' | 'required'
}

/** Any JSON, or texts only and not too many of them. What such a sign-up cannot carry follows after the first log-in. */
export type SignUpValues =
  | { readonly type: 'json' }
  | {
      readonly type: 'strings'
      readonly maxSignUpFields: number
      /** In code points. */
      readonly maxSignUpValueLength: number
      /** In code points. */
      readonly maxNameLength: number
    }
