// What a conformance case is, and what a run of it says.
import type { Probe } from './probe.ts'

/** Who can show it: anyone over the wire, the client library by itself, or whoever runs the server. */
export type CaseTag = 'wire' | 'client' | 'operator'

/** One rule of the account contract, with the requests that show whether a server holds it. */
export interface ConformanceCase {
  /** Its number, which stays the same from release to release. */
  readonly number: number
  readonly title: string
  readonly tag: CaseTag
  /** Sends the requests and says what came; throws NotRun where the server at hand cannot be asked. */
  readonly run: (probe: Probe) => Promise<void>
}

/** One request, what the contract expects of its answer, and what came. Passwords and tokens are not in it. */
export interface Check {
  readonly request: string
  readonly expected: string
  readonly got: string
  readonly passed: boolean
}

export type Outcome = 'passed' | 'failed' | 'not run'

export interface CaseResult {
  readonly number: number
  readonly title: string
  readonly tag: CaseTag
  /** `failed` with one check that failed, `not run` when nothing of the case was checked. */
  readonly outcome: Outcome
  readonly checks: readonly Check[]
  /** The parts that were not run, each with its reason. */
  readonly notRun: readonly string[]
}

/** Ends a case, or the part of it that is left, which the server at hand cannot be asked about; the message says why. */
export class NotRun extends Error {
  override readonly name = 'NotRun'
}

/** A request that the rest of the case stands on did not do what it has to: the case has failed there. */
export class CaseStopped extends Error {
  override readonly name = 'CaseStopped'
  readonly check: Check

  constructor(check: Check) {
    super(`${check.request}: expected ${check.expected}, got ${check.got}`)
    this.check = check
  }
}

/** The run cannot begin: the server does not answer, or not as an account server; the message says what to do. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError'
}
