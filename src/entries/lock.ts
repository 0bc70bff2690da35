// Entry `latchkey/lock`: takes the options of Auth0 Lock, and prints them as a definition of our own.
export {
  type LockCallback,
  type LockLoader,
  type LockOption,
  type LockPrefill,
  type LockValidator,
  lockOptions,
  lockPrefill,
  lockValidator,
} from '../lock/adapters.ts'
export { definitionSource } from '../lock/definition-source.ts'
export { type FromLock, type FromLockSettings, fromLock } from '../lock/from-lock.ts'
export type { LockNote } from '../lock/note.ts'
