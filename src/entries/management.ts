// Entry `latchkey/management`: accounts read and written by a site's own server, on an account server or in an Auth0 tenant.
export { isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
export type { ManagedUser } from '../contract/management.ts'
export { type Auth0ManagementOptions, createAuth0Management } from '../management/auth0.ts'
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
