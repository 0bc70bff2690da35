// Entry `latchkey/client`: the thin client with the `rest` backend, without a user interface.
export { rest } from '../backends/rest.ts'
export { type Client, type ClientOptions, createClient } from '../client/client.ts'
export type { Environment } from '../client/environment.ts'
export type { Backend } from '../contract/backend.ts'
export { isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
export type { Identity, Profile, VersionedProfile } from '../contract/profile.ts'
