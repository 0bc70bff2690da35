// What a site's own server can do to the accounts of an account server.
import type { ManagedUser } from '../contract/management.ts'
import type { NewUser, UserChanges } from './changes.ts'

export interface ManagementCallOptions {
  /** Aborts the call; it then rejects with `aborted`. */
  readonly signal?: AbortSignal
}

export interface ManagementWriteOptions extends ManagementCallOptions {
  /**
   * A word for this write that no other has: sent again with the same, within a day, the write is carried out once.
   * @default none
   */
  readonly idempotencyKey?: string
}

export interface UpdateUserOptions extends ManagementWriteOptions {
  /**
   * The version the change is based on; a newer one on the server is `version_conflict`.
   * @default none: the last write wins per key
   */
  readonly version?: string | null
}

export interface ListUsersOptions extends ManagementCallOptions {
  /**
   * Counts from 0.
   * @default 0
   */
  readonly page?: number
  /**
   * 1 to 100.
   * @default 50
   */
  readonly perPage?: number
}

export interface VersionedUser {
  readonly user: ManagedUser
  readonly version: string | null
}

export interface ChangedUser extends VersionedUser {
  /** JSON pointers to what was sent and not stored, as the server's `deniedAttributes` say. */
  readonly dropped: readonly string[]
}

export interface UserList {
  /** In the order the accounts were made. */
  readonly users: readonly ManagedUser[]
  readonly page: number
  readonly perPage: number
  /** How many there are on all pages. */
  readonly total: number
}

/** Each call rejects with `LatchkeyError`: `unauthenticated` for a wrong token, `not_found` for an id that no account has. */
export interface Management {
  /** Makes an account, signed in nowhere; without a password nobody can log in to it. `user_exists` when the address is taken. */
  createUser(user: NewUser, options?: ManagementWriteOptions): Promise<ChangedUser>
  getUser(id: string, options?: ManagementCallOptions): Promise<VersionedUser>
  /** The account of an e-mail address in any case, or null. */
  findUser(email: string, options?: ManagementCallOptions): Promise<VersionedUser | null>
  listUsers(options?: ListUsersOptions): Promise<UserList>
  /** Changes what is named and leaves the rest alone. Answers null, without a request, when there is nothing to change. */
  updateUser(id: string, changes: UserChanges, options?: UpdateUserOptions): Promise<ChangedUser | null>
  /** Removes everything from `user_metadata`. */
  clearMetadata(id: string, options?: UpdateUserOptions): Promise<ChangedUser>
  /** Deletes an account and ends its sessions. */
  deleteUser(id: string, options?: ManagementCallOptions): Promise<void>
}
