// Entry `latchkey/management`: accounts read and written by a site's own server, with a management token.
export { isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
export type { ManagedUser } from '../contract/management.ts'
export type { MetadataChanges, NewUser, UserChanges } from '../management/changes.ts'
export { createManagement, type ManagementClientOptions } from '../management/client.ts'
export type {
  ChangedUser,
  ListUsersOptions,
  Management,
  ManagementCallOptions,
  ManagementWriteOptions,
  UpdateUserOptions,
  UserList,
  VersionedUser,
} from '../management/management.ts'
