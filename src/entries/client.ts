// Entry `latchkey/client`: the thin client with the `rest` backend, without a user interface.
export { rest } from '../backends/rest-whole.ts'
export {
  type Client,
  type ClientOptions,
  createClient,
  type MetadataUpdate,
  type SaveOptions,
  type SignedIn,
} from '../client/client.ts'
export type { ClientEnvironment } from '../client/client-environment.ts'
export type { Preview } from '../client/preview.ts'
export type { Backend } from '../contract/backend.ts'
export type { Capabilities } from '../contract/capabilities.ts'
export { type Conflict, isLatchkeyError, LatchkeyError } from '../contract/errors.ts'
export type { Intent, Intents } from '../contract/intents.ts'
export type { Identity, Profile, VersionedProfile } from '../contract/profile.ts'
