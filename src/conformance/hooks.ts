// What a person who runs the kit may lend it: hands that reach behind the wire.
import { NotRun } from './case.ts'

/** A second configuration of the server, for the rules that hold only there. */
export type Variant = 'reservedNamesOff' | 'enumerationProtection' | 'stringSignUp'

/**
 * Everything the cases cannot do over the wire. Each hook is optional; what needs one that is missing is not run.
 *
 * @example
 * export const removeAccount = ({ email }) => database.query('DELETE FROM users WHERE email = $1', [email])
 * export const restart = async () => { await kill(); await start() }
 */
export interface ConformanceHooks {
  /** Removes an account the run has made. Called once for each when everything has run. */
  removeAccount?(account: { readonly email: string; readonly id: string | null }): Promise<void> | void
  /** The token of the latest mail to an address. */
  mailToken?(mail: { readonly email: string; readonly purpose: 'verify' | 'reset' }): Promise<string> | string
  /** Everything the server has logged since the run began. */
  logs?(): Promise<string> | string
  /** Base address of the same server in another configuration, or null where there is none. */
  variant?(configuration: Variant): Promise<string | null> | string | null
  /** Ends the server as a crash would (kill -9) and starts it again; settles once it answers. */
  restart?(): Promise<void> | void
  /** Lets every session run out. */
  expireSessions?(): Promise<void> | void
  /** Sends a request from another address than the run does. */
  fetchFromElsewhere?: typeof globalThis.fetch
  /** Path of an account's profile by its id, relative to the base address, where a server has such a path. */
  profilePath?(id: string): string
}

/** The names a module of hooks may export. */
export const HOOK_NAMES: readonly (keyof ConformanceHooks)[] = [
  'removeAccount',
  'mailToken',
  'logs',
  'variant',
  'restart',
  'expireSessions',
  'fetchFromElsewhere',
  'profilePath',
]

/** Runs a hook's work; a hook that fails says nothing about the server. */
export async function lent<Result>(
  name: keyof ConformanceHooks,
  work: () => Promise<Result> | Result,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw new NotRun(`the hook ${name} failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}
